"""How an organisation stands in a month or a year: figures, trend, ranking, and a calendar of its days."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from game.journal.day import day, iso_day
from game.ledger import standing as figures
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Sees, Visit, Which

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.STANDING))]
Period = Annotated[str, Query(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")]
Figure = Annotated[str, Query(pattern="^(participation|registration|per_head|points)$")]
BY = ("participation", "per_head", "registration", "points")
MOST = 50
DEEPEST = 100_000
FIRST = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its neighbours; `first` and `last` are day numbers."""

    period: str
    before: str
    after: str
    month: str
    year: str
    first: int
    last: int


def span(period: str, now_ms: int) -> Span:
    """The days of "2026-11" or "2026"; the present month for "". `after` is "" if it would be the future."""
    today = day(now_ms)
    told = period or today[:7]
    year = int(told[:4])
    if len(told) == 4:
        after, first, last = f"{year + 1}", date(year, 1, 1), date(year, 12, 31)
    else:
        month = int(told[5:])
        after = f"{year + month // 12}-{month % 12 + 1:02d}"
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return Span(
        told,
        figures.previous(told),
        after if after <= today[: len(after)] else "",
        told if len(told) == 7 else today[:7] if today.startswith(told) else f"{told}-12",
        told[:4],
        (first - FIRST).days,
        (last - FIRST).days,
    )


@router.get("/standing")
def standing(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """The figures of an organisation, its days, and how those below it stand."""
    when = span(period, visit.now)
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        days = figures.trend(session, place, when.first, when.last)
        return page.placed(
            visit,
            session,
            "standing.html",
            place,
            when=when,
            own=figures.standing(session, place, when.period),
            below=figures.children(session, place, when.period),
            days=[(iso_day(number), participants, points) for number, participants, points, _ in days],
        )


@router.get("/ranking")
def ranking(
    visit: Seen,
    org: Which = None,
    period: Period = "",
    by: Figure = "participation",
    first: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
) -> Response:
    """The organisations just below by a figure, and the people by points, page by page."""
    when = span(period, visit.now)
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        people = figures.people(session, place, when.period, first, MOST + 1)
        return page.placed(
            visit,
            session,
            "ranking.html",
            place,
            when=when,
            by=by,
            choices=BY,
            below=figures.ranking(session, place, when.period, by),
            people=people[:MOST],
            first=first,
            more=first + MOST if len(people) > MOST and first + MOST <= DEEPEST else 0,
        )


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the calendar: where it is drawn, and how dark (0 nobody … 4)."""

    x: int
    y: int
    level: int
    day: str
    participants: int


def squares(year: int, participants: dict[int, int]) -> list[Square]:
    """The days of a year, a column for each week from Monday on. `participants` by day number."""
    start = date(year, 1, 1)
    most = max(participants.values(), default=0)
    made = []
    for at in range(366 if calendar.isleap(year) else 365):
        one = start + timedelta(at)
        people = participants.get((one - FIRST).days, 0)
        level = min(4, 1 + 4 * people // most) if people else 0
        column = (at + start.weekday()) // 7
        made.append(Square(column, one.weekday(), level, one.isoformat(), people))
    return made


@router.get("/days")
def days(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """The calendar of a year: how many took part on each day."""
    when = span((period or day(visit.now))[:4], visit.now)
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        trend = figures.trend(session, place, when.first, when.last)
        told = {number: participants for number, participants, _, _ in trend}
        return page.placed(
            visit,
            session,
            "days.html",
            place,
            when=when,
            squares=squares(int(when.period), told),
            rows=[
                (iso_day(number), participants, points, events)
                for number, participants, points, events in trend
            ],
        )
