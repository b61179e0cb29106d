"""What the pages of the ledger's dashboard cost in a large organisation, beside the same in a small one.

SHIQI_BENCH_MEMBERS (default 57 000) and SHIQI_BENCH_EVENTS (default 17.5 for each member, so 10 million for
570 000) are the size of the large one; the small one has 10 000 members. The days of members are made up.
What stands above them is summed up in SQL, because the fold would take half an hour; in the small one the
fold's own figures must be the same in every row, and in both a sample is counted again by plain sums.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from game.workshop.bench import Figure
from game.workshop.bench.ledger import databases
from game.workshop.places import HERE
from game.workshop.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Engine

SMALL = 10_000
PER_MEMBER = 17.5
DAYS = 60
"""Days over which the events lie."""
IN_DAY = 5
"""Events of a member on a day with any."""
TURNS = 25
PART = 50_000
COPIED = ("organisation", "member", "device", "refusal", "tally")
SAMPLE = 25


def measure(progress: Progress) -> list[Figure]:
    """p95 of every page at the root, in a county and in a branch."""
    sys.path.insert(0, str(HERE.root))
    members = int(os.environ.get("SHIQI_BENCH_MEMBERS", "57000"))
    events = int(os.environ.get("SHIQI_BENCH_EVENTS", str(int(members * PER_MEMBER))))
    found: dict[tuple[str, str], list[float]] = {}
    for size in ((SMALL, int(SMALL * PER_MEMBER)), (members, events)):
        filled: Engine | None = None
        with ExitStack() as stack:
            for name, engine in databases():
                start = time.perf_counter()
                bound = stack.enter_context(engine)
                if filled is None:
                    _people(bound, size[0])
                    filled = bound
                else:
                    _copy(filled, bound)
                _days(bound, *size)
                _settle(bound)
                if size[0] == SMALL:
                    _folded(bound)
                _check(bound)
                took = time.perf_counter() - start
                progress.say(f"  {name}: {size[0]} members, {size[1]} events, made in {took:.0f} s")
                for page, p95 in _pages(bound).items():
                    found.setdefault((name, page), []).append(p95)
    return [
        Figure(f"{page} ({name}, {members})", large, "ms", small)
        for (name, page), (small, large) in found.items()
    ]


def _people(bound: Engine, members: int) -> None:
    """Ten counties of units of ten branches of fifty; two thirds of the members joined with a device, and
    every fifth device had a line refused."""
    from game.ledger import db, organisations
    from game.ledger.models import Device, Member, Refusal, fresh
    from tests.ledger.town import FAMILY, GIVEN, NOW

    chance = random.Random(3)
    with db.session(bound) as work:
        root = organisations.add(work, "市", None, NOW)
        branches = []
        for c in range(10):
            county = organisations.add(work, f"县{c}", root, NOW)
            for u in range(max(1, members // 10 // 500)):
                unit = organisations.add(work, f"单位{u}", county, NOW)
                branches += [organisations.add(work, f"支部{b}", unit, NOW) for b in range(10)]
        people, devices, refusals = [], [], []
        for number in range(members):
            place = branches[number % len(branches)]
            joined = number % 3 > 0
            one = {
                "shard": place.shard,
                "id": fresh(),
                "organisation_id": place.id,
                "number": f"{chance.randrange(10**7):07d}{number}",
                "name": chance.choice(FAMILY) + chance.choice(GIVEN) + chance.choice(GIVEN),
                "party": number % 4 > 0,
                "joined_ms": NOW if joined else None,
            }
            people.append(one)
            if joined:
                device = {
                    "id": chance.randbytes(16).hex(),
                    "shard": place.shard,
                    "organisation_id": place.id,
                    "member_id": one["id"],
                    "secret": "00" * 32,
                    "enrolled_ms": NOW,
                    "seen_ms": NOW - chance.randrange(20 * 86_400_000),
                }
                devices.append(device)
                if number % 5 == 0:
                    refusals.append(
                        {
                            "shard": place.shard,
                            "id": fresh(),
                            "organisation_id": place.id,
                            "device_id": device["id"],
                            "received_ms": NOW,
                            "line": '{"device":"p","seq":1}',
                            "line_hash": chance.randbytes(16),
                            "reason": "mac",
                        }
                    )
        db.insert_rows(work, Member, people)
        db.insert_rows(work, Device, devices)
        db.insert_rows(work, Refusal, refusals)
        organisations.recount_heads(work)


DAYS_OF = """INSERT INTO member_day (shard, member_id, day, kind, worth, points, events)
SELECT shard, id, {today} - (id % 60 + 7 * g) % 60, 'lesson', 1 + (id / 7 + 31 * g) % 60,
  1 + (id / 7 + 31 * g) % 60, {in_day}
FROM member JOIN ({series}) AS turn ON g <= 1 + id / 64 % {span} WHERE joined_ms IS NOT NULL
ORDER BY 1, 2, 3"""
"""Some days of each member who joined, spread over 60 by their ids."""
ABOVE = (
    """CREATE TEMPORARY TABLE person AS
SELECT member.shard AS shard, organisation_id, party, member_id, {period} AS period, sum(points) AS points,
  count(*) AS days
FROM member_day JOIN member ON member.shard = member_day.shard AND id = member_id GROUP BY 1, 2, 3, 4, 5""",
    """INSERT INTO person
SELECT shard, organisation_id, party, member_id, substr(period, 1, 4), sum(points), sum(days) FROM person
GROUP BY 1, 2, 3, 4, 5""",
    """INSERT INTO member_period (shard, organisation_id, period, member_id, points, days)
SELECT shard, ancestor, period, member_id, points, days FROM person JOIN above ON id = organisation_id
ORDER BY 1, 2, 3, 4""",
    """INSERT INTO organisation_period
(shard, organisation_id, period, participants, party_participants, points, days)
SELECT shard, ancestor, period, count(*), sum(CASE WHEN party THEN 1 ELSE 0 END), sum(points), sum(days)
FROM person JOIN above ON id = organisation_id GROUP BY 1, 2, 3""",
    """INSERT INTO score_count (shard, organisation_id, period, points, members)
SELECT shard, organisation_id, period, points, count(*) FROM member_period GROUP BY 1, 2, 3, 4""",
    """INSERT INTO organisation_day (shard, organisation_id, day, participants, points, events)
SELECT member.shard, ancestor, day, count(*), sum(points), sum(events) FROM member_day
JOIN member ON member.shard = member_day.shard AND member.id = member_id
JOIN above ON above.id = organisation_id GROUP BY 1, 2, 3""",
)
"""What the fold makes of the days; `above` pairs each organisation with those above it and itself."""


def _days(bound: Engine, members: int, events: int) -> None:
    """The days of members, and everything that is summed up over them."""
    from sqlalchemy import select, text

    from game.ledger import db
    from game.ledger.models import Organisation
    from game.ledger.organisations import ancestors
    from tests.ledger.town import NOW

    span = max(1, round(events / IN_DAY / (members * 2 / 3) * 2) - 1)
    if bound.dialect.name == "postgresql":
        series = f"SELECT generate_series(1, {span}) AS g"
        period = "to_char(to_timestamp(day * 86400) AT TIME ZONE 'UTC', 'YYYY-MM')"
    else:
        series = "WITH RECURSIVE c(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM c WHERE g < {span})"
        series = f"{series.format(span=span)} SELECT g FROM c"
        period = "strftime('%Y-%m', day * 86400, 'unixepoch')"
    with db.session(bound) as work:

        def run(statement: str) -> None:
            work.execute(text(statement))

        run(DAYS_OF.format(today=NOW // 86_400_000, in_day=IN_DAY, series=series, span=span))
        run("CREATE TEMPORARY TABLE above (id integer, ancestor integer)")
        pairs = [
            f"({id}, {one})"
            for id, path in work.execute(select(Organisation.id, Organisation.path))
            for one in ancestors(path)
        ]
        for at in range(0, len(pairs), 5_000):
            run(f"INSERT INTO above VALUES {', '.join(pairs[at : at + 5_000])}")
        for statement in ABOVE:
            run(statement.replace("{period}", period))
        run("DROP TABLE above")
        run("DROP TABLE person")


def _folded(bound: Engine) -> None:
    """Has the fold make the same figures from the same days. Raises AssertionError where a row differs."""
    from sqlalchemy import delete, select

    from game.ledger import db
    from game.ledger.fold import rebuild_from_days
    from game.ledger.models import MemberPeriod, OrganisationDay, OrganisationPeriod, ScoreCount

    with db.session(bound) as work:
        for table in (MemberPeriod, OrganisationDay, OrganisationPeriod, ScoreCount):
            before = set(map(tuple, work.execute(select(table.__table__))))
            assert before, table.__tablename__
            work.info[table] = before
            work.execute(delete(table))
        rebuild_from_days(work)
        for table, before in work.info.items():
            assert set(map(tuple, work.execute(select(table.__table__)))) == before, table.__tablename__


def _check(bound: Engine) -> None:
    """Counts some organisations again by plain sums over the days of their members. Raises AssertionError."""
    from sqlalchemy import func, select

    from game.journal.day import iso_day
    from game.ledger import db, standing
    from game.ledger.models import Member, MemberDay, MemberPeriod, Organisation, ScoreCount
    from game.ledger.organisations import inside
    from tests.ledger.town import NOW

    period = iso_day(NOW // 86_400_000)[:7]
    with db.session(bound, write=False) as work:
        places = list(work.scalars(select(Organisation).order_by(Organisation.id)))
        for place in [places[0], *random.Random(5).sample(places[1:], SAMPLE)]:
            query = (
                select(MemberDay.member_id, MemberDay.day, MemberDay.points)
                .join(Member, (Member.shard == MemberDay.shard) & (Member.id == MemberDay.member_id))
                .join(Organisation, Organisation.id == Member.organisation_id)
                .where(inside(place.path))
            )
            points: Counter[int] = Counter()
            days: Counter[int] = Counter()
            for member, day, value in work.execute(query):
                if iso_day(day)[:7] == period:
                    points[member] += value
                    days[member] += 1
            told = standing.standing(work, place, period)
            assert (told.participants, told.points, told.days) == (
                len(points),
                points.total(),
                days.total(),
            ), f"{place.path}: {told}"
            here = (MemberPeriod.organisation_id == place.id, MemberPeriod.period == period)
            kept = dict(work.execute(select(MemberPeriod.member_id, MemberPeriod.points).where(*here)).all())
            assert kept == points, place.path
            query_scores = select(ScoreCount.points, func.sum(ScoreCount.members)).where(
                ScoreCount.organisation_id == place.id, ScoreCount.period == period
            )
            scores = {
                score: int(n) for score, n in work.execute(query_scores.group_by(ScoreCount.points)) if n
            }
            assert scores == Counter(points.values()), place.path


def _copy(from_: Engine, to: Engine) -> None:
    """The rows of `COPIED`, by COPY."""
    from sqlalchemy import Boolean, select

    from game.ledger.models import Base

    with from_.connect() as source, to.connect() as target:
        driver: Any = target.connection.driver_connection
        for table in Base.metadata.sorted_tables:
            if table.name not in COPIED:
                continue
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            read = source.execute(select(table).execution_options(yield_per=PART))
            truths = [at for at, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
            with driver.cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                for row in read:
                    values = list(row)
                    for at in truths:
                        values[at] = bool(values[at])
                    copy.write_row(values)
        driver.commit()


def _settle(bound: Engine) -> None:
    """Lets the database look at how its values are spread, as it does by itself in time."""
    from sqlalchemy import text

    words = "VACUUM ANALYZE" if bound.dialect.name == "postgresql" else "ANALYZE"
    with bound.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(words))
        if bound.dialect.name == "postgresql":
            sequence = (
                "SELECT setval(pg_get_serial_sequence('organisation', 'id'), max(id)) FROM organisation"
            )
            connection.execute(text(sequence))


def _pages(bound: Engine) -> dict[str, float]:
    """The p95 of each page in ms, asked for as a browser does by one who is logged in."""
    from sqlalchemy import select

    from game.ledger import db
    from game.ledger.models import Device, Member, Organisation
    from tests.ledger.town import NOW, Town

    town, chance = Town(bound, NOW), random.Random(9)
    with db.session(bound, write=False) as work:
        places: dict[int, list[Organisation]] = {}
        for one in work.scalars(select(Organisation)):
            places.setdefault(one.depth, []).append(one)
            town.places[one.path] = one.id
        numbers = list(work.scalars(select(Member.number).order_by(Member.number)))
        keys = list(work.scalars(select(Device.id).order_by(Device.id)))
    town.administrator("bench", "city", places[0][0].path)
    client, _ = town.logged_in("bench")

    def at(depth: int) -> int:
        return chance.choice(places[depth]).id

    asked: dict[str, Callable[[], str]] = {
        "/tree": lambda: "/tree",
        "/tree, county": lambda: f"/tree?org={at(1)}",
        "/standing": lambda: "/standing",
        "/standing, county": lambda: f"/standing?org={at(1)}",
        "/standing, branch": lambda: f"/standing?org={at(3)}",
        "/ranking": lambda: f"/ranking?first={chance.randrange(20) * 50}",
        "/ranking, the last": lambda: f"/ranking?first={min(100_000, len(keys) * 9 // 10)}",
        "/ranking, county": lambda: f"/ranking?org={at(1)}&by=per_head",
        "/days": lambda: "/days",
        "/members": lambda: f"/members?after={chance.choice(numbers)}",
        "/members, county": lambda: f"/members?org={at(1)}&after={chance.choice(numbers)}",
        "/members, unit": lambda: f"/members?org={at(2)}",
        "/members, branch": lambda: f"/members?org={at(3)}",
        "/members, a number": lambda: f"/members?find={chance.choice(numbers)}",
        "/members, a name": lambda: "/members?find=欧阳",
        "/members, a name in a branch": lambda: f"/members?org={at(3)}&find=王",
        "/devices": lambda: f"/devices?after={chance.choice(keys)}",
        "/devices, branch": lambda: f"/devices?org={at(3)}",
        "/refusals": lambda: "/refusals",
        "/refusals, branch": lambda: f"/refusals?org={at(3)}",
        "/awards": lambda: "/awards",
        "/counter": lambda: "/counter",
        "/reports": lambda: "/reports",
        "/audit": lambda: "/audit",
    }
    found = {}
    for page, address in asked.items():
        taken = []
        for _ in range(TURNS):
            url = address()
            start = time.perf_counter()
            answer = client.get(url)
            taken.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, f"{url}: {answer.status_code}"
        found[page] = statistics.quantiles(taken, n=20)[-1]
    return found
