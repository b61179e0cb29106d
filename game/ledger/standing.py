"""How an organisation and its people stand: registration, participation, points, ranking, movement.

Every figure of a month or a year is read from aggregates, so that a page costs the same in a branch and in a
city. Definitions: registration rate = registered members ÷ Party members (above 1 when others join);
participation rate = members with an event in the period ÷ Party members; per head = points ÷ Party members.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.ledger import organisations
from game.ledger.models import (
    Member,
    MemberDay,
    MemberPeriod,
    Organisation,
    OrganisationDay,
    OrganisationPeriod,
    ScoreCount,
)

TARGET = 0.40
"""The participation rate that is asked for."""
_AT_ONCE = 500
"""Organisations asked for in one query: databases bound the number of its parameters."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation, with all below it, in a period. `party_members` is the declared number, or the
    roster's; rates are None where there are none. `party_participants` are participants of the Party."""

    organisation_id: int
    name: str
    period: str
    members: int
    party_members: int
    registered: int
    participants: int
    party_participants: int
    points: int
    days: int

    @property
    def registration(self) -> float | None:
        return self.registered / self.party_members if self.party_members else None

    @property
    def participation(self) -> float | None:
        return self.participants / self.party_members if self.party_members else None

    @property
    def per_head(self) -> float | None:
        return self.points / self.party_members if self.party_members else None

    @property
    def on_target(self) -> bool:
        """Whether participation reaches the target; with no Party members there is nothing to reach."""
        return self.participation is None or self.participants >= TARGET * self.party_members


@dataclass(frozen=True, slots=True)
class Place:
    """A member's place: equal points, equal `rank`. `moved`: places won since the last period; None: new."""

    rank: int
    member_id: int
    number: str
    name: str
    organisation: str
    points: int
    days: int
    moved: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An organisation's place among its siblings; `moved` as for `Place`."""

    rank: int
    standing: Standing
    moved: int | None


def previous(period: str) -> str:
    """The period before: "2026-01" -> "2025-12", "2026" -> "2025"."""
    if "-" not in period:
        return f"{int(period) - 1:04d}"
    year, month = (int(part) for part in period.split("-"))
    return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"


def standing(work: Session, organisation: Organisation, period: str) -> Standing:
    """How one organisation stands."""
    return standings(work, [organisation], period)[0]


def children(work: Session, organisation: Organisation, period: str) -> list[Standing]:
    """How the open organisations just below stand, by name."""
    return standings(work, organisations.below(work, organisation), period)


def ranking(work: Session, organisation: Organisation, period: str, by: str = "per_head") -> list[Ranked]:
    """The organisations just below, best first. `by` is "per_head", "participation", "registration" or
    "points"; equal figures share a rank and stand by name."""
    if by not in ("per_head", "participation", "registration", "points"):
        raise ValueError(f"not a figure to rank by: {by}")
    below = organisations.below(work, organisation)
    now = _ordered(standings(work, below, period), by)
    before = dict(_ranks(_ordered(standings(work, below, previous(period)), by), by))
    ranks = dict(_ranks(now, by))
    made = []
    for one in now:
        rank_now, rank_then = ranks[one.organisation_id], before.get(one.organisation_id)
        made.append(Ranked(rank_now, one, None if rank_then is None else rank_then - rank_now))
    return made


def people(
    work: Session, organisation: Organisation, period: str, first: int = 0, limit: int = 50
) -> list[Place]:
    """Members by points, most first, from place `first` (0: the best) on; equal points stand by member id."""
    # The places before the page are only counted off: whose they are is looked up for those on it alone.
    page = (
        select(MemberPeriod.shard, MemberPeriod.member_id, MemberPeriod.points, MemberPeriod.days)
        .where(MemberPeriod.organisation_id == organisation.id, MemberPeriod.period == period)
        .order_by(MemberPeriod.points.desc(), MemberPeriod.member_id)
        .offset(first)
        .limit(limit)
        .subquery()
    )
    rows = work.execute(
        select(
            page.c.shard,
            page.c.member_id,
            page.c.points,
            page.c.days,
            Member.number,
            Member.name,
            Organisation.name,
        )
        .join(Member, (Member.shard == page.c.shard) & (Member.id == page.c.member_id))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .order_by(page.c.points.desc(), page.c.member_id)
    ).all()
    before = _scores(work, organisation.id, previous(period), [row[1] for row in rows])
    places = _rank_of(work, organisation.id, period, {row[2] for row in rows})
    earlier = _rank_of(work, organisation.id, previous(period), set(before.values()))
    return [
        Place(
            places[points],
            member,
            number,
            name,
            place,
            points,
            days,
            earlier[before[member]] - places[points] if member in before else None,
        )
        for _, member, points, days, number, name, place in rows
    ]


def rank(work: Session, organisation_id: int, period: str, points: int) -> int:
    """The place of somebody with so many points: 1 + how many have more."""
    return _rank_of(work, organisation_id, period, {points})[points]


def trend(
    work: Session, organisation: Organisation, first_day: int, last_day: int
) -> list[tuple[int, int, int, int]]:
    """(day, participants, points, events) of each day with any, both ends included."""
    day = OrganisationDay
    rows = work.execute(
        select(day.day, func.sum(day.participants), func.sum(day.points), func.sum(day.events))
        .where(day.organisation_id == organisation.id, day.day >= first_day, day.day <= last_day)
        .group_by(day.day)
        .order_by(day.day)
    )
    return [(one, int(participants), int(points), int(events)) for one, participants, points, events in rows]


def participants_between(work: Session, organisation: Organisation, first_day: int, last_day: int) -> int:
    """How many members took part on any of these days. For dates that are no month or year: it counts
    people, so its cost grows with them."""
    found = (
        select(func.count(func.distinct(MemberDay.member_id)))
        .join(Member, (Member.shard == MemberDay.shard) & (Member.id == MemberDay.member_id))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(organisations.inside(organisation.path), MemberDay.day >= first_day, MemberDay.day <= last_day)
    )
    return int(work.scalar(found) or 0)


def standings(work: Session, wanted: Sequence[Organisation], period: str) -> list[Standing]:
    """How several organisations stand, in the order given."""
    made: list[Standing] = []
    for at in range(0, len(wanted), _AT_ONCE):
        made += _standings(work, wanted[at : at + _AT_ONCE], period)
    return made


def _standings(work: Session, wanted: Sequence[Organisation], period: str) -> list[Standing]:
    ids = [one.id for one in wanted]
    heads = organisations.tallies(work, ids)
    row = OrganisationPeriod
    totals = {
        one: (int(participants), int(party), int(points), int(days))
        for one, participants, party, points, days in work.execute(
            select(
                row.organisation_id,
                func.sum(row.participants),
                func.sum(row.party_participants),
                func.sum(row.points),
                func.sum(row.days),
            )
            .where(row.organisation_id.in_(ids), row.period == period)
            .group_by(row.organisation_id)
        )
    }
    made = []
    for one in wanted:
        members, party, registered, _ = heads.get(one.id, (0, 0, 0, 0))
        declared = one.party_members or party
        total = totals.get(one.id, (0, 0, 0, 0))
        made.append(Standing(one.id, one.name, period, members, declared, registered, *total))
    return made


def _figure(one: Standing, by: str) -> float:
    value: float | None = getattr(one, by)
    return -1.0 if value is None else value


def _ordered(standings: list[Standing], by: str) -> list[Standing]:
    return sorted(standings, key=lambda one: (-_figure(one, by), one.name, one.organisation_id))


def _ranks(ordered: Iterable[Standing], by: str) -> list[tuple[int, int]]:
    ranks: list[tuple[int, int]] = []
    last: tuple[float, int] = (float("inf"), 0)
    for place, one in enumerate(ordered, 1):
        if _figure(one, by) != last[0]:
            last = (_figure(one, by), place)
        ranks.append((one.organisation_id, last[1]))
    return ranks


def _scores(work: Session, organisation_id: int, period: str, members: list[int]) -> dict[int, int]:
    row = MemberPeriod
    query = select(row.member_id, row.points).where(
        row.organisation_id == organisation_id, row.period == period, row.member_id.in_(members)
    )
    # The shards to look in are all there are below; naming them lets the primary key answer.
    shards = select(Member.shard).where(Member.id.in_(members)).distinct()
    return dict(work.execute(query.where(row.shard.in_(shards))).all())


def _rank_of(work: Session, organisation_id: int, period: str, points: set[int]) -> dict[int, int]:
    """The ranks of these scores, from how many have each score above the least of them."""
    if not points:
        return {}
    row = ScoreCount
    above = work.execute(
        select(row.points, func.sum(row.members))
        .where(row.organisation_id == organisation_id, row.period == period, row.points > min(points))
        .group_by(row.points)
    ).all()
    return {one: 1 + sum(int(members) for score, members in above if score > one) for one in points}
