"""The ledger's figures: intake beside the raw insert ceiling of the same database, and the cost of a page.

Sizes come from SHIQI_BENCH_EVENTS (intake; default 50 000), SHIQI_BENCH_MEMBERS and SHIQI_BENCH_PAGE_EVENTS
(standing; defaults 20 000 members, 200 000 events). PostgreSQL is measured where its binaries are.
"""

from __future__ import annotations

import os
import random
import statistics
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

CUT = 200
"""Lines in a request: what a device sends after a week without a network."""


def intake(progress: Progress) -> list[Figure]:
    """Events a second: plain inserts of the finished rows, then intake of everything, verification included,
    from devices that shuffle, cut, send half twice and have a tenth tampered with."""
    figures = []
    for name, engine in _databases():
        with engine as bound:
            figures += _intake(progress, name, bound, int(os.environ.get("SHIQI_BENCH_EVENTS", "50000")))
    return figures


def standing(progress: Progress) -> list[Figure]:
    """Milliseconds a page of ranking and rates takes at the root, and in a small ledger beside it."""
    members = int(os.environ.get("SHIQI_BENCH_MEMBERS", "20000"))
    events = int(os.environ.get("SHIQI_BENCH_PAGE_EVENTS", str(members * 10)))
    figures = []
    for name, engine in _databases():
        with engine as bound:
            small = _pages(progress, bound, 2_000, 20_000)
        with engine as bound:
            large = _pages(progress, bound, members, events)
        figures.append(Figure(f"page p95, {members} members ({name}; bare: 2 000)", large, "ms", small))
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


def _databases() -> Iterator[tuple[str, Any]]:
    yield "SQLite", _Sqlite()
    sys.path.insert(0, str(HERE.root))
    from tests.ledger import postgres

    if postgres.binaries() is not None:
        with postgres.server() as url:
            yield "PostgreSQL", _Postgres(url)


def _intake(progress: Progress, name: str, bound: Engine, events: int) -> list[Figure]:
    from sqlalchemy import delete, func, select

    from game.journal.line import make_out
    from game.learning.progress import fold as play
    from game.ledger import db
    from game.ledger import intake as taking
    from game.ledger.fold import fold
    from game.ledger.models import Device, Event, Refusal
    from game.ledger.recount import recount
    from game.ledger.rules import read_rules
    from tests.ledger.players import NOW, player, tamper, tree

    rules, chance = read_rules(), random.Random(11)
    each = 100
    with db.session(bound) as work:
        branches = tree(work)
        players = [player(work, branches[i % 4], f"p{i}", each, chance) for i in range(events // each)]
    progress.say(f"  {name}: {len(players)} devices, {events} events")
    plain = sum(play([e for x in one.lines if (e := make_out(x).event)], rules).total for one in players)
    storm: list[tuple[Any, list[tuple[str, str | None]]]] = []
    bad = 0
    for one in players:
        letters = one.signed()
        letters += chance.sample(letters, each // 2)
        worse = [(tamper(line, chance), mac) for line, mac in chance.sample(letters, each // 10)]
        bad += len(worse)
        letters += worse
        chance.shuffle(letters)
        while letters:
            size = chance.randrange(CUT // 4, CUT)
            storm.append((one.device.id, letters[:size]))
            del letters[:size]
    chance.shuffle(storm)
    sent = sum(len(letters) for _, letters in storm)
    start = time.perf_counter()
    for device, letters in storm:
        with db.session(bound) as work:
            taking.take(work, rules, work.get_one(Device, device), letters, NOW)
    took = time.perf_counter() - start
    start = time.perf_counter()
    fold(bound, rules)
    folded = time.perf_counter() - start
    with db.session(bound, write=False) as work:
        done = recount(work, rules)
        refused = work.scalar(select(func.count()).select_from(Refusal))
        rows = [dict(row._mapping) for row in work.execute(select(Event.__table__))]
    agree = done.differences == [] and done.points == plain and done.events == events and refused == bad
    if not agree:
        raise AssertionError(f"{done.points} points of {plain}, {done.events} events, {refused} of {bad}")
    chance.shuffle(rows)
    with db.session(bound) as work:
        work.execute(delete(Event))
    start = time.perf_counter()
    for at in range(0, len(rows), CUT):
        with db.session(bound) as work:
            db.insert_rows(work, Event, rows[at : at + CUT])
    raw = time.perf_counter() - start
    ceiling = len(rows) / raw
    return [
        Figure(f"intake, lines verified and decided ({name})", sent / took, "/s", ceiling),
        Figure(f"intake, events stored ({name})", events / took, "/s", ceiling),
        Figure(f"fold, events carried upwards ({name})", events / folded, "/s"),
    ]


def _pages(progress: Progress, bound: Engine, members: int, events: int) -> float:
    """p95 of the pages at the root: rates, children, their ranking, the first and a middle page of people."""
    from sqlalchemy import select, text

    from game.ledger import db, organisations
    from game.ledger import standing as asking
    from game.ledger.fold import rebuild_from_days
    from game.ledger.models import Member, MemberDay, Organisation, fresh
    from tests.ledger.players import NOW

    chance = random.Random(3)
    progress.say(f"  {members} members, {events} events")
    with db.session(bound) as work:
        root = organisations.add(work, "市", None, NOW)
        branches = []
        for c in range(10):
            county = organisations.add(work, f"县{c}", root, NOW)
            for u in range(max(1, members // 10 // 500)):
                unit = organisations.add(work, f"单位{u}", county, NOW)
                branches += [organisations.add(work, f"支部{b}", unit, NOW) for b in range(10)]
        rows = [
            {
                "shard": (place := branches[i % len(branches)]).shard,
                "id": fresh(),
                "organisation_id": place.id,
                "number": f"n{i}",
                "name": f"m{i}",
                "party": i % 3 > 0,
                "joined_ms": NOW,
            }
            for i in range(members)
        ]
        db.insert_rows(work, Member, rows)
        organisations.recount_heads(work)
        today = NOW // 86_400_000
        days: dict[tuple[int, int], dict[str, Any]] = {}
        for _ in range(events // 5):  # five events on a member-day
            who, day = chance.randrange(members), today - chance.randrange(60)
            row = {"shard": rows[who]["shard"], "member_id": rows[who]["id"], "day": day, "kind": "lesson"}
            days[who, day] = {**row, "worth": 10, "points": chance.randrange(1, 13), "events": 5}
        db.insert_rows(work, MemberDay, list(days.values()))
        del days
        rebuild_from_days(work)
        if bound.dialect.name == "sqlite":
            work.execute(text("ANALYZE"))
    if bound.dialect.name == "postgresql":
        with bound.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    period = asking_period(today)
    taken = []
    for turn in range(40):
        with db.session(bound, write=False) as work:
            top = work.scalars(select(Organisation).where(Organisation.depth == 0)).one()
            start = time.perf_counter()
            asking.standing(work, top, period)
            asking.ranking(work, top, period, "participation")
            asking.trend(work, top, today - 60, today)
            asking.people(work, top, period, (turn % 8) * 50, 50)
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


def asking_period(day: int) -> str:
    """The month of a day."""
    from game.journal.day import iso_day

    return iso_day(day)[:7]
