from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.glyphs.path import Polyline, length, resample
from game.glyphs.recall import LARGER, REACH, settle

UPRIGHT: Polyline = ((50.0, 10.0), (50.0, 90.0))
LEVEL: Polyline = ((10.0, 50.0), (90.0, 50.0))
HOOK: Polyline = ((20.0, 20.0), (20.0, 60.0), (60.0, 60.0))
ALL = (UPRIGHT, LEVEL, HOOK)


def moved(stroke: Polyline, dx: float, dy: float, scale: float = 1.0, back: bool = False) -> Polyline:
    x = sum(p[0] for p in resample(stroke, 20)) / 20
    y = sum(p[1] for p in resample(stroke, 20)) / 20
    points = tuple((x + (a - x) * scale + dx, y + (b - y) * scale + dy) for a, b in resample(stroke, 20))
    return points[::-1] if back else points


@given(st.sampled_from(ALL), st.floats(-14, 14), st.floats(-14, 14), st.floats(0.7, 1.4), st.booleans())
def test_a_remembered_stroke_goes_to_its_place(
    stroke: Polyline, dx: float, dy: float, scale: float, back: bool
) -> None:
    laid = settle(ALL, moved(stroke, dx, dy, scale, back))
    model = resample(stroke, 20)
    near = resample(laid, 20)
    if back:
        near = near[::-1]
    assert sum(map(dist, near, model)) / 20 <= 6.001


@given(st.sampled_from(ALL))
def test_what_is_in_its_place_stays(stroke: Polyline) -> None:
    ink = moved(stroke, 1.5, -2.0, 1.02)
    assert settle(ALL, ink) == ink


@pytest.mark.parametrize(
    "ink",
    [
        moved(UPRIGHT, REACH + 5, 0),
        moved(UPRIGHT, 20, 0, 1.1 * LARGER),
        moved(UPRIGHT, 20, 0, 0.9 / LARGER),
        ((10.0, 10.0), (90.0, 30.0), (10.0, 50.0), (90.0, 70.0)),
        ((30.0, 30.0), (30.0, 30.0)),
        ((30.0, 30.0),),
    ],
)
def test_what_is_like_no_stroke_stays_where_it_was_drawn(ink: Polyline) -> None:
    assert settle((UPRIGHT,), ink) == ink


def test_it_goes_to_the_nearest_of_equals() -> None:
    rows: list[Polyline] = [((10.0, y), (90.0, y)) for y in (20.0, 50.0, 80.0)]
    laid = settle(rows, ((12.0, 60.0), (88.0, 60.0)))
    assert [round(y) for _, y in laid] == [50, 50]
    assert length(laid) == pytest.approx(80)
    assert settle([], ((12.0, 60.0), (88.0, 60.0))) == ((12.0, 60.0), (88.0, 60.0))
