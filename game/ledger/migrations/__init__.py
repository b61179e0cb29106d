"""The schema's history; `migrate.py` brings a database up to the newest version."""
