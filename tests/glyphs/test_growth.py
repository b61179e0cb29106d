"""A glyph carved to a fraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.glyphs.growth import grow
from game.glyphs.path import length
from tests.glyphs.samples import RAIN, SUN, TREE


def test_nothing_and_everything() -> None:
    assert grow(TREE.strokes, 0) == []
    assert grow(TREE.strokes, -1) == []
    assert grow(TREE.strokes, 1) == list(enumerate(TREE.strokes))
    assert grow(TREE.strokes, 7) == list(enumerate(TREE.strokes))
    assert grow((), 0.5) == []


def test_time_goes_by_length() -> None:
    half = grow([((0.0, 0.0), (60.0, 0.0)), ((0.0, 0.0), (20.0, 0.0))], 0.5)
    assert half == [(0, ((0.0, 0.0), (40.0, 0.0)))]


def test_a_dot_takes_its_time() -> None:
    shown = dict(grow(SUN.strokes, 0.99))
    assert length(shown[1]) < length(SUN.strokes[1])


@given(st.floats(0, 1), st.floats(0, 1))
def test_it_only_grows(a: float, b: float) -> None:
    a, b = sorted((a, b))
    less = sum(length(s) for _, s in grow(RAIN.strokes, a))
    more = sum(length(s) for _, s in grow(RAIN.strokes, b))
    assert less <= more + 1e-9


@given(st.floats(0.01, 0.99))
def test_only_the_last_is_unfinished(fraction: float) -> None:
    shown = grow(TREE.strokes, fraction)
    assert [i for i, _ in shown] == list(range(len(shown)))
    assert all(stroke == TREE.strokes[i] for i, stroke in shown[:-1])
    total = sum(length(s) for s in TREE.strokes)
    assert sum(length(s) for _, s in shown) == pytest.approx(fraction * total)
