"""Where parts fly."""

import math

from hypothesis import given
from hypothesis import strategies as st

from game.stage.scatter import flight


@given(st.text(max_size=8), st.integers(0, 12), st.integers(0, 13), st.floats(0, 1))
def test_flights_are_finite_and_repeat(actor: str, part: int, of: int, scatter: float) -> None:
    flown = flight(actor, part, of, scatter)
    assert flown == flight(actor, part, of, scatter)
    assert all(math.isfinite(v) for v in flown)
    assert math.hypot(*flown[:2]) <= 0.91 * scatter + 1e-12


def test_nothing_has_moved_at_first() -> None:
    assert all(v == 0 for v in flight("deer", 2, 4, 0.0))


def test_parts_fly_to_all_sides_and_actors_differ() -> None:
    ends = [flight("deer", i, 4, 1.0)[:2] for i in range(4)]
    assert all(math.dist(a, b) > 0.3 for i, a in enumerate(ends) for b in ends[:i])
    assert min(x for x, _ in ends) < 0 < max(x for x, _ in ends)
    assert flight("deer", 0, 4, 1.0) != flight("tiger", 0, 4, 1.0)
