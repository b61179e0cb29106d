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
from game.ledger.writer import Writer

FOLDED = 200
"""Pending rows carried in one transaction while devices wait for theirs."""


@dataclass(slots=True)
class State:
    """What the endpoints share: `engine`, the dated `rules`, `clock`, the time now (ms UTC), and `writer`,
    which takes in what devices send."""

    engine: Engine
    rules: Points
    clock: Callable[[], int]
    writer: Writer
    fold_every: float = 1.0
    stop: threading.Event = field(default_factory=threading.Event)


def app(
    engine: Engine,
    rules: Points | None = None,
    clock: Callable[[], int] | None = None,
    fold_every: float = 1.0,
    public: str = "",
    game: str = "",
) -> FastAPI:
    """The service on `engine`. `rules` are levels/points.yaml's by default. Every `fold_every` seconds (0:
    never) the aggregates are brought up to date in the background. `public` is the address under which people
    reach it, `game` the path of the game there (web.gate.Dashboard)."""
    rules, clock = rules or read_rules(), clock or now_ms
    state = State(engine, rules, clock, Writer(engine, rules, clock), fold_every)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        worker = threading.Thread(target=_fold, args=(state,), name="fold", daemon=True)
        if fold_every:
            worker.start()
        yield
        state.stop.set()
        state.writer.stop()
        if fold_every:
            worker.join(10)

    made = FastAPI(title="Shiqi ledger", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    made.state.ledger = state
    api.mount(made)
    store = Store(lambda: session(engine, write=False), lambda: session(engine))
    web.install(made, store, state.clock, rules, public, game)
    return made


def _fold(state: State) -> None:
    while not state.stop.wait(state.fold_every):
        try:
            fold(state.engine, state.rules, FOLDED)
        except Exception:  # the database may be away for a while; what is pending stays pending
            logging.getLogger("game.ledger").exception("the fold failed; it will be tried again")
