import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.glyphs.form import Form, Part
from game.glyphs.likeness import apart
from game.glyphs.path import Polyline

POINTS = st.tuples(st.floats(0, 100, width=16), st.floats(0, 100, width=16))
STROKES = st.lists(st.lists(POINTS, min_size=2, max_size=5).map(tuple), min_size=1, max_size=6)


def form(*strokes: Polyline) -> Form:
    return Form("oracle", (Part("whole", tuple(strokes)),), "commons", ())


@settings(max_examples=25)
@given(STROKES, st.floats(0.2, 5), st.floats(-50, 50))
def test_size_and_place_do_not_matter(strokes: list[Polyline], scale: float, off: float) -> None:
    moved = [tuple((x * scale + off, y * scale - off) for x, y in stroke) for stroke in strokes]
    assert apart(form(*strokes), form(*moved)) == pytest.approx(0, abs=0.5)


@settings(max_examples=25)
@given(STROKES, STROKES)
def test_it_is_the_same_both_ways(one: list[Polyline], other: list[Polyline]) -> None:
    assert apart(form(*one), form(*other)) == pytest.approx(apart(form(*other), form(*one)))


def test_different_lines_lie_apart() -> None:
    upright, level = ((50.0, 0.0), (50.0, 100.0)), ((0.0, 50.0), (100.0, 50.0))
    assert apart(form(upright), form(level)) > 20
    assert apart(form(upright, level), form(upright)) > 5
    assert apart(form(((3.0, 3.0), (3.0, 3.0))), form(upright)) > 10
