"""Who may enter the ledger's dashboard, what they may do there, and the record of what they did."""
