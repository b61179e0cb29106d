"""Dates as levels write them: a year, a month or a day ("1921", "1921-07", "1921-07-23")."""

from __future__ import annotations

from datetime import date
from typing import Any

from game.content.checks.document import At
from game.content.checks.shapes import Report, wrong

_MEND = "write a year, a month or a day: 1921, 1921-07 or 1921-07-23"


def first_day(written: str) -> date | None:
    """The first day of what is written, or None when it is no date."""
    numbers = written.split("-")
    if [len(one) for one in numbers] not in ([4], [4, 2], [4, 2, 2]):
        return None
    if not all(one.isascii() and one.isdigit() for one in numbers):
        return None
    year, month, day = ([int(one) for one in numbers] + [1, 1])[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso_date(value: Any, at: At, report: Report) -> Any:
    """Shape of a date; packed as text."""
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(written, str) and first_day(written):
        return written
    return wrong(value, at, report, "a date", _MEND)
