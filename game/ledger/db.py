"""The database: SQLite on a file or PostgreSQL by URL, with the same sessions and the same upsert."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from game.ledger.models import Base

BUSY_MS = 30_000
"""How long a writer waits for another one on SQLite before it gives up."""


class _Turns:
    """A lock that is given to those who wait for it in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Lock] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        mine = threading.Lock()
        mine.acquire()
        with self._guard:
            self._queue.append(mine)
            if self._queue[0] is mine:
                mine.release()
        # Longer than SQLite itself would wait: then the database says what is the matter.
        mine.acquire(timeout=BUSY_MS / 1000)
        try:
            yield
        finally:
            with self._guard:
                self._queue.remove(mine)
                if self._queue and self._queue[0].locked():
                    self._queue[0].release()


_turns: WeakKeyDictionary[Engine, _Turns] = WeakKeyDictionary()
"""SQLite has one writer at a time, and those who wait only look again now and then: of the threads of one
process some would wait for seconds. Here each has its turn."""


def engine(url: str) -> Engine:
    """An engine for `url`: sqlite:///file, sqlite:// (in memory) or postgresql://…; the driver is psycopg.

    Raises ValueError for any other database.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        made = parsed.set(drivername="postgresql+psycopg")
        return create_engine(made, pool_size=12, max_overflow=12, pool_pre_ping=True)
    if backend != "sqlite":
        raise ValueError(f"the ledger is kept in SQLite or PostgreSQL, not in {backend}")
    if parsed.database in (None, "", ":memory:"):
        options: dict[str, Any] = {"poolclass": StaticPool}
    else:
        options = {"pool_size": 12, "max_overflow": 12}
        Path(str(parsed.database)).absolute().parent.mkdir(parents=True, exist_ok=True)
    options["connect_args"] = {"check_same_thread": False, "timeout": BUSY_MS / 1000}
    made_engine = create_engine(parsed, **options)
    _turns[made_engine] = _Turns()
    event.listen(made_engine, "connect", _prepare)
    event.listen(made_engine, "begin", _begin)
    if parsed.database not in (None, "", ":memory:") and os.name == "posix":
        # Secrets of devices are in the file: nobody else on the machine may read it.
        place = Path(str(parsed.database))
        place.touch(mode=0o600)
    return made_engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver shall not begin by itself: `_begin` does
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "cache_size=-65536",
        "temp_store=MEMORY",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: upgrading a read later can only fail with "busy".
    immediate = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def session(bound: Engine, write: bool = True) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on an exception.

    `write=False` is for reading only: it never waits for a writer.
    """
    turns = _turns.get(bound) if write else None
    with (
        turns.turn() if turns else nullcontext(),
        bound.connect().execution_options(write=write) as connection,
        Session(connection, expire_on_commit=False, autoflush=True) as made,
    ):
        yield made
        if write:
            made.commit()
        else:
            made.expunge_all()  # what was read stays readable after the rollback
            made.rollback()


def upsert(
    work: Session,
    table: type[DeclarativeBase],
    rows: Sequence[Mapping[str, Any]],
    *,
    add: Sequence[str] = (),
    set_: Sequence[str] = (),
    keys: Sequence[str] = (),
) -> None:
    """Inserts `rows` (all with the same columns); where the key is there already, `add` columns grow by the
    row's value and `set_` columns become it; with neither, the row that is there stays.

    `keys` is the conflicting unique key, by default the primary key. A key may appear once in `rows`.
    """
    if not rows:
        return
    dialect = work.get_bind().dialect.name
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    names = list(keys) or [column.name for column in inspect(table).primary_key]
    columns = table.__table__.c
    changes = {name: columns[name] + made.excluded[name] for name in add}
    changes.update({name: made.excluded[name] for name in set_})
    statement: Any = (
        made.on_conflict_do_update(index_elements=names, set_=changes)
        if changes
        else made.on_conflict_do_nothing(index_elements=names)
    )
    work.connection().execute(statement, [dict(row) for row in rows])


def insert_rows(work: Session, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts many rows with the same columns in one go."""
    if rows:
        work.connection().execute(insert(table.__table__), [dict(row) for row in rows])  # type: ignore[arg-type]


def create(bound: Engine) -> None:
    """Makes the tables of the newest schema that are missing, without Alembic: for tests and benches."""
    with bound.connect().execution_options(write=True) as connection:
        for statement in _statements(bound.dialect.name):
            connection.exec_driver_sql(statement)
        connection.commit()


@cache
def _statements(dialect: str) -> tuple[str, ...]:
    """What makes the tables and indexes, in order. Kept: `create_all` writes it anew each time, and looks for
    each table first."""
    kind = {"sqlite": sqlite, "postgresql": postgresql}[dialect].dialect()
    tables = Base.metadata.sorted_tables
    made: list[ExecutableDDLElement] = [CreateTable(table, if_not_exists=True) for table in tables]
    made += [
        CreateIndex(one, if_not_exists=True)
        for table in tables
        for one in sorted(table.indexes, key=lambda one: str(one.name))
    ]
    return tuple(str(one.compile(dialect=kind)) for one in made)
