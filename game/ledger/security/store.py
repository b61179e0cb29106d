"""How security and the dashboard reach the database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy.orm import Session

Opened = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Store:
    """`read` opens a session to look; `write` one that is committed at its end and undone by an error."""

    read: Opened
    write: Opened
