"""The ledger's figures: intake beside the raw insert ceiling of the same database, and a million events.

SHIQI_BENCH_EVENTS is the number of events (default: 50 000 for intake, 1 000 000 for million). PostgreSQL is
measured where its binaries are. What is written is in a temporary folder (TMPDIR says where).
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.workshop.bench import Figure
from game.workshop.places import HERE
from game.workshop.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from tests.ledger import storm

CUT = 200
"""Lines in a request, at most: what a device sends after a week without a network."""
EACH = 100
"""Events of a device."""
TOGETHER = 8
"""Requests that are taken in together, at most: what has gathered while the disk was waited for."""


def intake(progress: Progress) -> list[Figure]:
    """Events a second: intake of everything, verification included, from devices that shuffle, cut, send half
    twice and have a tenth tampered with; as many requests together as gather while many devices send, and
    each by itself. Beside it plain inserts of the finished rows."""
    figures = []
    events = int(os.environ.get("SHIQI_BENCH_EVENTS", "50000"))
    for name, engine in databases():
        for how, together in (("", TOGETHER), (", one by one", 1)):
            with engine as bound:
                figures += _intake(progress, f"{name}{how}", bound, events, together)
    return figures


def million(progress: Progress) -> list[Figure]:
    """A million events of 10 000 devices, treated as above: fails unless the totals are those of a plain
    count and each tampered line is refused with its reason."""
    from game.ledger import db
    from tests.ledger import storm

    figures: list[Figure] = []
    events = int(os.environ.get("SHIQI_BENCH_EVENTS", "1000000"))
    made: storm.Storm | None = None
    for name, engine in databases():
        with engine as bound:
            with db.session(bound) as work:
                if made is None:  # all get the same storm
                    made = _brewed(work, events)
                    settlers = storm.settlers(work)
                else:
                    for table, rows in settlers:
                        db.insert_rows(work, table, rows)
            took, folded = _poured(progress, name, bound, made, TOGETHER)
            figures += [
                Figure(f"{events:,} events stored of {made.sent:,} lines ({name})", events / took, "/s"),
                Figure(f"{events:,} events folded ({name})", events / folded, "/s"),
            ]
            for part, size in _bytes(bound).items():
                figures.append(Figure(f"bytes an event, {part} ({name})", size / events, "B"))
    return figures


@contextmanager
def _sqlite() -> Iterator[Engine]:
    from game.ledger import db

    with tempfile.TemporaryDirectory(prefix="shiqi-bench-") as place:
        made = db.engine(f"sqlite:///{Path(place) / 'ledger.db'}")
        db.create(made)
        yield made
        made.dispose()


class _Postgres:
    """A PostgreSQL whose tables are made anew each time it is entered."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> Engine:
        from game.ledger import db
        from game.ledger.models import Base

        self._made = db.engine(self._url)
        Base.metadata.drop_all(self._made)
        db.create(self._made)
        return self._made

    def __exit__(self, *_: object) -> None:
        self._made.dispose()


class _Sqlite:
    """A new file each time it is entered."""

    def __enter__(self) -> Engine:
        self._stack = ExitStack()
        return self._stack.enter_context(_sqlite())

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def databases() -> Iterator[tuple[str, Any]]:
    """Each database by name; entering it gives an engine on empty tables."""
    yield "SQLite", _Sqlite()
    sys.path.insert(0, str(HERE.root))
    from tests.ledger import postgres

    if postgres.binaries() is not None:
        with postgres.server() as url:
            yield "PostgreSQL", _Postgres(url)


def _intake(progress: Progress, name: str, bound: Engine, events: int, together: int) -> list[Figure]:
    from sqlalchemy import delete, select

    from game.ledger import db
    from game.ledger.models import Event

    with db.session(bound) as work:
        made = _brewed(work, events)
    took, folded = _poured(progress, name, bound, made, together)
    with db.session(bound, write=False) as work:
        rows = [dict(row._mapping) for row in work.execute(select(Event.__table__))]
    random.Random(1).shuffle(rows)
    with db.session(bound) as work:
        work.execute(delete(Event))
    start = time.perf_counter()
    for at in range(0, len(rows), CUT):
        with db.session(bound) as work:
            db.insert_rows(work, Event, rows[at : at + CUT])
    ceiling = len(rows) / (time.perf_counter() - start)
    return [
        Figure(f"intake, lines verified ({name})", made.sent / took, "/s", ceiling),
        Figure(f"intake, events stored ({name})", events / took, "/s", ceiling),
        Figure(f"fold, events carried ({name})", events / folded, "/s"),
    ]


def _brewed(work: Session, events: int) -> storm.Storm:
    """The storm, with its devices enrolled."""
    from game.ledger.rules import read_rules
    from tests.ledger import storm

    return storm.brew(work, read_rules(), events // EACH, EACH, random.Random(11), CUT)


def _poured(
    progress: Progress, name: str, bound: Engine, made: storm.Storm, together: int
) -> tuple[float, float]:
    """Seconds that intake and fold of a storm took. Raises AssertionError unless all is as it must be."""
    from game.ledger import db
    from game.ledger.fold import fold
    from game.ledger.rules import read_rules
    from tests.ledger import storm

    rules = read_rules()
    progress.say(f"  {name}: {len(made.secrets)} devices, {made.events} events, {made.sent} lines")
    start = time.perf_counter()
    storm.pour(bound, rules, made, random.Random(together), together)
    took = time.perf_counter() - start
    start = time.perf_counter()
    fold(bound, rules)
    folded = time.perf_counter() - start
    progress.say(f"  {name}: taken in {took:.0f} s, folded in {folded:.0f} s")
    with db.session(bound, write=False) as work:
        faults = storm.faults(work, rules, made)
    if faults:
        raise AssertionError("; ".join(faults[:5]))
    told = f"{made.points} points as by a plain count, {len(made.bad)} lines refused with their reasons"
    progress.say(f"  {name}: recounted without a difference; {told}")
    return took, folded


def _bytes(bound: Engine) -> dict[str, int]:
    """Bytes of the table of events and of all tables, with their indexes; of all alone where SQLite was built
    without dbstat."""
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError

    if bound.dialect.name == "postgresql":
        every = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
        every += " AND relnamespace = 'public'::regnamespace"
    else:
        every = "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_schema m USING (name) GROUP BY 1"
    with bound.connect() as connection:
        try:
            sizes = {row[0]: int(row[1]) for row in connection.execute(text(every))}
        except OperationalError:
            pages = connection.scalar(
                text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            )
            return {"all tables": int(pages or 0)}
    return {"table event": sizes["event"], "all tables": sum(sizes.values())}
