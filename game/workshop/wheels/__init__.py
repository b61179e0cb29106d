"""How the wasm wheels of pygame-ce and numpy are made from their sources (`build.py wheels`)."""
