"""Carrying what came in upwards: from events to days, periods and organisations, bit by bit.

Each step counts a member's day anew from their events and carries the difference, so the order in which
events came in, and how often a day is looked at, change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Engine, delete, func, select, text, tuple_
from sqlalchemy.orm import Session

from game.journal.day import iso_day
from game.learning.points import Points
from game.ledger import organisations
from game.ledger.db import session, upsert
from game.ledger.models import (
    Event,
    Member,
    MemberDay,
    MemberPeriod,
    Organisation,
    OrganisationDay,
    OrganisationPeriod,
    Pending,
    ScoreCount,
)

BATCH = 5_000
"""Pending rows carried in one transaction: enough to share its cost, few enough to let writers in between."""
_LOCK = 0x5319
_IN = 400


def fold(engine: Engine, rules: Points, batch: int = BATCH) -> int:
    """Carries everything pending; how many member-days that were. One fold works at a time; a second one
    finds nothing to do and returns."""
    total = 0
    with session(engine, write=False) as work:
        if work.scalar(select(Pending.id).limit(1)) is None:
            return 0
    while True:
        with session(engine) as work:
            if engine.dialect.name == "postgresql" and not work.scalar(
                text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}
            ):
                return total
            done = _step(work, rules, batch)
        if not done:
            return total
        total += done


def _step(work: Session, rules: Points, batch: int) -> int:
    rows = work.execute(
        select(Pending.id, Pending.shard, Pending.member_id, Pending.day).order_by(Pending.id).limit(batch)
    ).all()
    if not rows:
        return 0
    ids = [row.id for row in rows]
    for at in range(0, len(ids), _IN):
        work.execute(delete(Pending).where(Pending.id.in_(ids[at : at + _IN])))
    places = {(row.shard, row.member_id, row.day) for row in rows}
    carry(work, rules, places)
    return len(places)


def carry(work: Session, rules: Points, places: Iterable[tuple[int, int, int]]) -> None:
    """Counts these (shard, member, day) anew and carries the differences upwards."""
    wanted = sorted(set(places))
    before = _days(work, wanted)
    after = _count(work, rules, wanted)
    members = _members(work, {(shard, member) for shard, member, _ in wanted})
    lost: list[tuple[int, int, int, str]] = []
    rows = []
    delta: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for place in wanted:
        if place[:2] not in members:
            continue
        old, new = before.get(place, {}), after.get(place, {})
        lost += [(*place, kind) for kind in old if kind not in new]
        for kind, (worth, points, events) in new.items():
            if old.get(kind) != (worth, points, events):
                name = {"shard": place[0], "member_id": place[1], "day": place[2], "kind": kind}
                rows.append({**name, "worth": worth, "points": points, "events": events})
        change = tuple(_sum(new, i) - _sum(old, i) for i in (1, 2))
        delta[place] = (change[0], change[1], bool(new) - bool(old))
    for at in range(0, len(lost), _IN):
        key = tuple_(MemberDay.shard, MemberDay.member_id, MemberDay.day, MemberDay.kind)
        work.execute(delete(MemberDay).where(key.in_(lost[at : at + _IN])))
    upsert(work, MemberDay, rows, set_=("worth", "points", "events"))
    _carry_days(work, delta, members)
    _carry_periods(work, delta, members)


def move(work: Session, member: Member, to: Organisation, party: bool | None = None) -> None:
    """Moves a member to another organisation of their county: all that they did counts there now.

    Raises ValueError if it lies in another shard.
    """
    if to.shard != member.shard:
        raise ValueError("the organisation lies in another county")
    path = work.get_one(Organisation, member.organisation_id).path
    if member.left_ms is None:
        organisations.count_head(work, member, path, -1)
    days: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    query = select(MemberDay.day, func.sum(MemberDay.points), func.sum(MemberDay.events)).where(
        MemberDay.shard == member.shard, MemberDay.member_id == member.id
    )
    for day, points, events in work.execute(query.group_by(MemberDay.day)):
        days[member.shard, member.id, day] = (int(points), int(events), 1)
    key = (member.shard, member.id)
    back = {place: (-points, -events, -1) for place, (points, events, _) in days.items()}
    _carry_days(work, back, {key: (path, member.party)})
    _carry_periods(work, back, {key: (path, member.party)})
    member.organisation_id = to.id
    if party is not None:
        member.party = party
    member.left_ms = None
    work.flush()
    organisations.count_head(work, member, to.path)
    _carry_days(work, days, {key: (to.path, member.party)})
    _carry_periods(work, days, {key: (to.path, member.party)})


def periods(day: int) -> tuple[str, str]:
    """The month and the year of a day."""
    iso = iso_day(day)
    return iso[:7], iso[:4]


_Kinds = dict[str, tuple[int, int, int]]
_Place = tuple[int, int, int]
_People = dict[tuple[int, int], tuple[str, bool]]


def _sum(kinds: _Kinds, index: int) -> int:
    return sum(one[index] for one in kinds.values())


def _days(work: Session, wanted: list[_Place]) -> dict[_Place, _Kinds]:
    found: dict[_Place, _Kinds] = defaultdict(dict)
    for at in range(0, len(wanted), _IN):
        key = tuple_(MemberDay.shard, MemberDay.member_id, MemberDay.day)
        for row in work.execute(select(MemberDay.__table__).where(key.in_(wanted[at : at + _IN]))):
            found[row.shard, row.member_id, row.day][row.kind] = (row.worth, row.points, row.events)
    return found


def _count(work: Session, rules: Points, wanted: list[_Place]) -> dict[_Place, _Kinds]:
    found: dict[_Place, _Kinds] = defaultdict(dict)
    columns = (Event.shard, Event.member_id, Event.day, Event.kind)
    for at in range(0, len(wanted), _IN):
        key = tuple_(Event.shard, Event.member_id, Event.day)
        query = select(*columns, func.sum(Event.worth), func.count()).where(key.in_(wanted[at : at + _IN]))
        for shard, member, day, kind, worth, events in work.execute(query.group_by(*columns)):
            cap = rules.rule(iso_day(day)).caps.get(kind, 0)
            found[shard, member or 0, day][kind] = (int(worth), min(int(worth), cap), int(events))
    return found


def _members(work: Session, keys: set[tuple[int, int]]) -> _People:
    found: _People = {}
    wanted = sorted(keys)
    for at in range(0, len(wanted), _IN):
        query = (
            select(Member.shard, Member.id, Organisation.path, Member.party)
            .join(Organisation, Organisation.id == Member.organisation_id)
            .where(tuple_(Member.shard, Member.id).in_(wanted[at : at + _IN]))
        )
        for shard, member, path, party in work.execute(query):
            found[shard, member] = (path, party)
    return found


def _carry_days(work: Session, delta: dict[_Place, tuple[int, int, int]], members: _People) -> None:
    days: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (shard, member, day), (points, events, present) in delta.items():
        for one in organisations.ancestors(members[shard, member][0]):
            row = days[shard, one, day]
            row[0] += present
            row[1] += points
            row[2] += events
    rows = [
        {"shard": s, "organisation_id": o, "day": d, "participants": p, "points": v, "events": e}
        for (s, o, d), (p, v, e) in sorted(days.items())
        if p or v or e
    ]
    upsert(work, OrganisationDay, rows, add=("participants", "points", "events"))


def _carry_periods(work: Session, delta: dict[_Place, tuple[int, int, int]], members: _People) -> None:
    change: dict[tuple[int, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for (shard, member, day), (points, _events, present) in delta.items():
        for period in periods(day):
            row = change[shard, period, member]
            row[0] += points
            row[1] += present
    change = {key: row for key, row in change.items() if any(row)}
    lasting = _member_periods(work, list(change), members)
    rows: list[dict[str, object]] = []
    gone: list[tuple[int, int, str, int]] = []
    totals: dict[tuple[int, int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    scores: dict[tuple[int, int, str, int], int] = defaultdict(int)
    for (shard, period, member), (points, days) in change.items():
        path, party = members[shard, member]
        above = organisations.ancestors(path)
        was_points, was_days = lasting.get((shard, period, member), (0, 0))
        now_points, now_days = was_points + points, was_days + days
        for one in above:
            if now_days:
                name = {"shard": shard, "organisation_id": one, "period": period, "member_id": member}
                rows.append({**name, "points": now_points, "days": now_days})
                scores[shard, one, period, now_points] += 1
            else:
                gone.append((shard, one, period, member))
            if was_days:
                scores[shard, one, period, was_points] -= 1
            total = totals[shard, one, period]
            new = bool(now_days) - bool(was_days)
            for index, value in enumerate((new, new * party, points, days)):
                total[index] += value
    upsert(work, MemberPeriod, rows, set_=("points", "days"))
    key = tuple_(
        MemberPeriod.shard, MemberPeriod.organisation_id, MemberPeriod.period, MemberPeriod.member_id
    )
    for at in range(0, len(gone), _IN):
        work.execute(delete(MemberPeriod).where(key.in_(gone[at : at + _IN])))
    names = ("participants", "party_participants", "points", "days")
    upsert(
        work,
        OrganisationPeriod,
        [
            {"shard": s, "organisation_id": o, "period": p, **dict(zip(names, values, strict=True))}
            for (s, o, p), values in sorted(totals.items())
        ],
        add=names,
    )
    upsert(
        work,
        ScoreCount,
        [
            {"shard": s, "organisation_id": o, "period": p, "points": v, "members": n}
            for (s, o, p, v), n in sorted(scores.items())
            if n
        ],
        add=("members",),
    )


def _member_periods(
    work: Session, keys: list[tuple[int, str, int]], members: _People
) -> dict[tuple[int, str, int], tuple[int, int]]:
    """What the members have in these periods now: read at their own organisation, the last of their path."""
    wanted = [
        (shard, organisations.ancestors(members[shard, member][0])[-1], period, member)
        for shard, period, member in keys
    ]
    found = {}
    key = tuple_(
        MemberPeriod.shard, MemberPeriod.organisation_id, MemberPeriod.period, MemberPeriod.member_id
    )
    for at in range(0, len(wanted), _IN):
        for row in work.execute(select(MemberPeriod.__table__).where(key.in_(wanted[at : at + _IN]))):
            found[row.shard, row.period, row.member_id] = (row.points, row.days)
    return found


def rebuild_from_days(work: Session) -> None:
    """Fills the empty aggregates above the days from the days of members."""
    columns = (MemberDay.shard, MemberDay.member_id, MemberDay.day)
    query = select(*columns, func.sum(MemberDay.points), func.sum(MemberDay.events)).group_by(*columns)
    part: dict[_Place, tuple[int, int, int]] = {}
    for shard, member, day, points, events in work.execute(query.order_by(*columns)).all():
        if len(part) >= BATCH * 4 and (shard, member) != next(reversed(part))[:2]:
            _carry_all(work, part)
            part = {}
        part[shard, member, day] = (int(points), int(events), 1)
    _carry_all(work, part)


def _carry_all(work: Session, delta: dict[_Place, tuple[int, int, int]]) -> None:
    members = _members(work, {(shard, member) for shard, member, _ in delta})
    _carry_days(work, delta, members)
    _carry_periods(work, delta, members)


def rebuild(work: Session, rules: Points) -> None:
    """Throws every aggregate away and counts all from the events."""
    for table in (MemberDay, MemberPeriod, OrganisationDay, OrganisationPeriod, ScoreCount, Pending):
        work.execute(delete(table))
    organisations.recount_heads(work)
    query = select(Event.shard, Event.member_id, Event.day).where(Event.member_id.is_not(None)).distinct()
    places = [(shard, member or 0, day) for shard, member, day in work.execute(query)]
    for at in range(0, len(places), BATCH):
        carry(work, rules, places[at : at + BATCH])
