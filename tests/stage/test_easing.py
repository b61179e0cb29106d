"""How changes run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.stage.easing import Ease, arrive, depart, linear, smooth, tremble, unit

share = st.floats(0, 1)


@pytest.mark.parametrize("ease", [linear, smooth, arrive, depart])
def test_every_ease_runs_from_nothing_to_all_and_never_back(ease: Ease) -> None:
    assert ease(0) == 0
    assert ease(1) == 1
    values = [ease(i / 100) for i in range(101)]
    assert values == sorted(values)


def test_how_they_start_and_stop() -> None:
    step = 0.01
    assert smooth(step) < 0.001
    assert 1 - smooth(1 - step) < 0.001
    assert arrive(step) > 2 * step
    assert 1 - arrive(1 - step) < 0.001
    assert depart(step) < 0.001
    assert smooth(0.5) == 0.5


@given(share, st.integers(2, 12))
def test_a_trembling_dies_away(p: float, cycles: int) -> None:
    assert abs(tremble(p, cycles)) <= (1 - p) ** 2 + 1e-12
    assert tremble(0, cycles) == tremble(1, cycles) == tremble(-1, cycles) == tremble(2, cycles) == 0


def test_unit() -> None:
    assert [unit(v) for v in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]
