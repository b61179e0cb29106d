"""What the ledger hands out: tables, workbooks, circulars, learning-record statements."""
