"""The streak: days kept one after the other, with a few missed days a month forgiven."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game.journal.day import iso_day


@dataclass(frozen=True, slots=True)
class Streak:
    """`length` days were kept, the last of them today or before days that are forgiven; 0 once it is over.

    `kept` and `rested` are the days (numbers) of the present streak: kept, and missed but forgiven. `left` is
    how many days the present month still forgives.
    """

    length: int
    kept: frozenset[int]
    rested: frozenset[int]
    left: int

    def state(self, day: int, today: int) -> str:
        """How a day (number) stands: "kept", "rested", "missed", or "open" for today while it can be kept."""
        if day in self.kept:
            return "kept"
        if day in self.rested:
            return "rested"
        return "open" if day == today else "missed"


def streak(days: Iterable[int], today: int, freezes: Callable[[str], int]) -> Streak:
    """The streak on the day `today` from the days that were kept (those after today do not count yet).

    `freezes` tells for an ISO day how many missed days its calendar month forgives by the rules of that day.
    Missed days are forgiven while the month has some left, but not counted; a gap too long for that ends the
    streak and uses none. Today is not missed before it is over.
    """
    used: dict[str, int] = {}
    kept: set[int] = set()
    rested: set[int] = set()
    before = today
    for number in sorted({day for day in days if day <= today}):
        gap = _forgiven(before + 1, number, used, freezes) if kept else None
        if gap is None:
            kept, rested = set(), set()
        else:
            rested |= gap
        kept.add(number)
        before = number
    last = _forgiven(before + 1, today, used, freezes)
    month = iso_day(today)[:7]
    left = max(0, freezes(iso_day(today)) - used.get(month, 0))
    if last is None:
        return Streak(0, frozenset(), frozenset(), left)
    return Streak(len(kept), frozenset(kept), frozenset(rested | last), left)


def _forgiven(
    start: int, stop: int, used: dict[str, int], freezes: Callable[[str], int]
) -> frozenset[int] | None:
    """The days from `start` up to but without `stop` if all are forgiven, else None; notes those used by
    month."""
    now = dict(used)
    for number in range(start, stop):
        iso = iso_day(number)
        now[iso[:7]] = now.get(iso[:7], 0) + 1
        if now[iso[:7]] > freezes(iso):
            return None
    used.update(now)
    return frozenset(range(start, stop))
