"""The check that nobody can dispute the figures: everything counted again from the lines themselves.

It shares no arithmetic with the fold but the rules: each stored line is read and scored once more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.journal.day import iso_day
from game.journal.line import make_out
from game.learning.points import Points
from game.ledger import organisations
from game.ledger.intake import score
from game.ledger.models import (
    Chain,
    Event,
    Member,
    MemberDay,
    MemberPeriod,
    Organisation,
    OrganisationDay,
    OrganisationPeriod,
    Pending,
    ScoreCount,
    Tally,
)

PART = 5_000
"""Events held in memory at a time."""


@dataclass(slots=True)
class Recount:
    """`events` counted; `differences` in words, at most 100 of each table; none: all agrees to the point."""

    events: int = 0
    points: int = 0
    differences: list[str] = field(default_factory=list)


def recount(work: Session, rules: Points) -> Recount:
    """Counts all anew and compares every aggregate. Fold first: what is pending counts as a difference."""
    done = Recount()
    if waiting := work.scalar(select(func.count()).select_from(Pending)):
        done.differences.append(f"pending: {waiting} member-days are not folded yet")
    worths: Counter[tuple[int, int, int, str]] = Counter()
    numbers: Counter[tuple[int, int, int, str]] = Counter()
    chains: Counter[str] = Counter()
    for event in _events(work):
        done.events += 1
        chains[event.chain] += 1
        if event.line == "":  # erased (privacy.py): its worth is all that is left of it
            place = (event.shard, event.member_id or 0, event.day, event.kind)
            worths[place] += event.worth
            numbers[place] += 1
            continue
        line = make_out(event.line)
        if line.event is None or line.reason or line.event.id.replace("-", "") != event.id.hex():
            done.differences.append(f"event {event.id.hex()}: the stored line says something else")
            continue
        worth = score(rules, line.event, event.day)
        if worth != event.worth:
            done.differences.append(f"event {event.id.hex()}: worth {event.worth}, by the rules {worth}")
        if event.member_id is not None:
            place = (event.shard, event.member_id, event.day, line.event.kind)
            worths[place] += worth
            numbers[place] += 1
    points = {
        place: min(worth, rules.rule(iso_day(place[2])).caps.get(place[3], 0))
        for place, worth in worths.items()
    }
    done.points = sum(points.values())
    _compare(done, "chain", dict(chains), _all(work, Chain.name, Chain.count, keys=1))
    wanted = {place: (worths[place], points[place], numbers[place]) for place in worths}
    day_row = (MemberDay.worth, MemberDay.points, MemberDay.events)
    columns = (MemberDay.shard, MemberDay.member_id, MemberDay.day, MemberDay.kind, *day_row)
    _compare(done, "member_day", wanted, _all(work, *columns, keys=4))
    _upwards(work, done, points, numbers)
    heads = {key: value for key, value in organisations.heads(work).items() if any(value)}
    names = (getattr(Tally, name) for name in organisations.HEADS)
    _compare(done, "tally", heads, _all(work, Tally.shard, Tally.organisation_id, *names, keys=2))
    return done


def _upwards(
    work: Session,
    done: Recount,
    points: dict[tuple[int, int, int, str], int],
    numbers: Counter[tuple[int, int, int, str]],
) -> None:
    paths = dict(work.execute(select(Organisation.id, Organisation.path)).all())
    people = {
        (shard, member): (organisations.ancestors(paths[organisation]), party)
        for shard, member, organisation, party in work.execute(
            select(Member.shard, Member.id, Member.organisation_id, Member.party)
        )
    }
    by_day: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for (shard, member, day, kind), value in points.items():
        row = by_day[shard, member, day]
        row[0] += value
        row[1] += numbers[shard, member, day, kind]
    days: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    personal: dict[tuple[int, int, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for (shard, member, day), (value, events) in by_day.items():
        for one in people[shard, member][0]:
            total = days[shard, one, day]
            for index, amount in enumerate((1, value, events)):
                total[index] += amount
            for period in (iso_day(day)[:7], iso_day(day)[:4]):
                row = personal[shard, one, period, member]
                row[0] += value
                row[1] += 1
    totals: dict[tuple[int, int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    scores: Counter[tuple[int, int, str, int]] = Counter()
    for (shard, one, period, member), (value, active) in personal.items():
        total = totals[shard, one, period]
        for index, amount in enumerate((1, int(people[shard, member][1]), value, active)):
            total[index] += amount
        scores[shard, one, period, value] += 1
    _compare_above(work, done, days, totals)
    person = MemberPeriod
    key = (person.shard, person.organisation_id, person.period, person.member_id)
    stored = _all(work, *key, person.points, person.days, keys=4)
    _compare(done, "member_period", {k: tuple(v) for k, v in personal.items()}, stored)
    count = ScoreCount
    stored = _all(work, count.shard, count.organisation_id, count.period, count.points, count.members, keys=4)
    _compare(done, "score_count", dict(scores), stored)


def _compare_above(
    work: Session,
    done: Recount,
    days: dict[tuple[int, int, int], list[int]],
    totals: dict[tuple[int, int, str], list[int]],
) -> None:
    day, period = OrganisationDay, OrganisationPeriod
    stored = _all(
        work, day.shard, day.organisation_id, day.day, day.participants, day.points, day.events, keys=3
    )
    _compare(done, "organisation_day", {k: tuple(v) for k, v in days.items()}, stored)
    values = (period.participants, period.party_participants, period.points, period.days)
    stored = _all(work, period.shard, period.organisation_id, period.period, *values, keys=3)
    _compare(done, "organisation_period", {k: tuple(v) for k, v in totals.items()}, stored)


def _events(work: Session) -> Iterator[Any]:
    columns = (Event.shard, Event.id, Event.chain, Event.day, Event.line, Event.member_id, Event.worth)
    for part in work.execute(select(*columns).execution_options(yield_per=PART)).partitions():
        yield from part


def _all(work: Session, *columns: object, keys: int) -> dict[object, object]:
    """Rows as a dictionary by the first `keys` columns; rows of zeros are as good as none."""
    found: dict[object, object] = {}
    for row in work.execute(select(*columns)):  # type: ignore[call-overload]
        values = tuple(row[keys:])
        if any(values):
            key = row[0] if keys == 1 else tuple(row[:keys])
            found[key] = values[0] if len(values) == 1 else values
    return found


def _compare(done: Recount, table: str, wanted: object, stored: dict[object, object]) -> None:
    assert isinstance(wanted, dict)
    wrong = [key for key in wanted.keys() | stored.keys() if wanted.get(key) != stored.get(key)]
    for key in sorted(wrong, key=repr)[:100]:
        done.differences.append(f"{table} {key}: stored {stored.get(key)}, counted {wanted.get(key)}")
