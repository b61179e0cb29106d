"""`build.py story`: one play for the person who writes it: window, contact sheet, video."""
