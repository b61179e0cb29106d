from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from game.journal.day import clock, day, day_number, iso_day
from tests.journal.helpers import calm

SHANGHAI = timezone(timedelta(hours=8))


@calm
@given(st.integers(0, 253_370_764_799_999))
def test_days_and_clock_are_those_of_shanghai(ms: int) -> None:
    there = datetime.fromtimestamp(ms // 1000, UTC).astimezone(SHANGHAI)
    assert day(ms) == there.date().isoformat()
    assert clock(ms) == there.time().isoformat()
    assert iso_day(day_number(ms)) == day(ms)


def test_a_day_turns_at_midnight_in_shanghai() -> None:
    midnight = int(datetime(2026, 11, 24, tzinfo=SHANGHAI).timestamp() * 1000)
    assert day(midnight - 1) == "2026-11-23"
    assert day(midnight) == "2026-11-24"
    assert clock(midnight - 1) == "23:59:59"
    assert day_number(midnight) == day_number(midnight - 1) + 1
