"""Days as the game counts them: from midnight to midnight in Shanghai, UTC+8 all the year.

China has kept UTC+8 without summer time since 1992, so no table of time zones is needed.
"""

from __future__ import annotations

import time
from functools import lru_cache

_OFFSET = 8 * 3600
_DAY = 86400


def day_number(ms: int) -> int:
    """The day in Shanghai at `ms` (UTC since 1970), counted from 1970-01-01 = 0."""
    return (ms // 1000 + _OFFSET) // _DAY


@lru_cache(1024)
def iso_day(number: int) -> str:
    """A day's number as "2026-11-24"."""
    return time.strftime("%Y-%m-%d", time.gmtime(number * _DAY))


def start_ms(number: int) -> int:
    """When a day begins in Shanghai (ms of UTC since 1970)."""
    return (number * _DAY - _OFFSET) * 1000


def day(ms: int) -> str:
    """The day in Shanghai at `ms` (UTC since 1970) as "2026-11-24"."""
    return iso_day(day_number(ms))


def clock(ms: int) -> str:
    """The time of day in Shanghai at `ms` (UTC since 1970) as "08:05:09"."""
    return time.strftime("%H:%M:%S", time.gmtime(ms // 1000 + _OFFSET))
