"""What build.py runs inside .venv: building, serving, checking and testing the game. Never packed."""
