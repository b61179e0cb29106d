"""The web service: the endpoints for devices, the pages for administrators, and the fold behind them.

`app(engine)` makes the whole service; several may run beside one another on one database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI
from sqlalchemy import Engine

from game.learning.points import Points
from game.ledger import api
from game.ledger.db import session
from game.ledger.fold import fold
from game.ledger.rules import now_ms, read_rules
from game.ledger.security.store import Store
from game.ledger.web import service as web


@dataclass(slots=True)
class State:
    """What the endpoints share: `engine`, the dated `rules`, and `clock`, the time now (ms UTC)."""

    engine: Engine
    rules: Points
    clock: Callable[[], int]
    fold_every: float = 1.0
    stop: threading.Event = field(default_factory=threading.Event)


def app(
    engine: Engine,
    rules: Points | None = None,
    clock: Callable[[], int] | None = None,
    fold_every: float = 1.0,
) -> FastAPI:
    """The service on `engine`. `rules` are levels/points.yaml's by default. Every `fold_every` seconds (0:
    never) the aggregates are brought up to date in the background."""
    state = State(engine, rules or read_rules(), clock or now_ms, fold_every)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        worker = threading.Thread(target=_fold, args=(state,), name="fold", daemon=True)
        if fold_every:
            worker.start()
        yield
        state.stop.set()
        if fold_every:
            worker.join(10)

    made = FastAPI(title="Shiqi ledger", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    made.state.ledger = state
    api.mount(made)
    web.install(made, Store(lambda: session(engine, write=False), lambda: session(engine)), state.clock)
    return made


def _fold(state: State) -> None:
    while not state.stop.wait(state.fold_every):
        try:
            fold(state.engine, state.rules)
        except Exception:  # the database may be away for a while; what is pending stays pending
            logging.getLogger("game.ledger").exception("the fold failed; it will be tried again")
