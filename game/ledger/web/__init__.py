"""The dashboard: pages for administrators, drawn on the server, each for its own subtree only."""

from __future__ import annotations

from fastapi import FastAPI


def mount(app: FastAPI) -> None:
    """Give the service (`app.state.ledger` is its State) the dashboard at "/"."""
    from game.ledger import db
    from game.ledger.security.store import Store
    from game.ledger.web import service

    state = app.state.ledger
    store = Store(lambda: db.session(state.engine, write=False), lambda: db.session(state.engine))
    service.install(app, store, state.clock)
