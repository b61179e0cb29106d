"""The dashboard: pages for administrators, drawn on the server, each for its own subtree only."""
