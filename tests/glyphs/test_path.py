"""Paths as text, and what is done with polylines."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.glyphs.path import PathError, Point, bounds, flatten, head, length, mix, resample

coordinate = st.floats(-200, 200)
points = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=12)


def test_lines_keep_their_corners() -> None:
    assert flatten("M 0 0 L 10 0 L 10 10") == ((0, 0), (10, 0), (10, 10))


@pytest.mark.parametrize(
    "path", ["M0 0 10 0 10 10", "M0,0L10,0,10,10", " M 0 0\nL 10 0  10 10 ", "M0 0L10 0L10 10"]
)
def test_spacing_and_repeated_letters_are_free(path: str) -> None:
    assert flatten(path) == ((0, 0), (10, 0), (10, 10))


def test_numbers_may_be_signed_and_broken() -> None:
    assert flatten("M -1.5 +2 L .5 3.") == ((-1.5, 2), (0.5, 3))


def test_quadratic_curve_goes_through_its_middle_and_ends() -> None:
    curve = flatten("M 0 0 Q 50 100 100 0", step=1)
    assert curve[0] == (0, 0)
    assert curve[-1] == (100, 0)
    assert min(math.dist(p, (50, 50)) for p in curve) < 0.6
    assert max(math.dist(a, b) for a, b in pairwise(curve)) < 2


def test_cubic_curve_is_the_circle_it_stands_for() -> None:
    k = 50 * 0.5522847498
    curve = flatten(f"M 50 0 C {50 + k} 0 100 {50 - k} 100 50", step=1)
    assert all(abs(math.dist(p, (50, 50)) - 50) < 0.02 for p in curve)
    assert length(curve) == pytest.approx(math.pi * 25, rel=1e-3)


def test_step_sets_the_number_of_points() -> None:
    assert len(flatten("M 0 0 Q 50 50 100 0", step=10)) < len(flatten("M 0 0 Q 50 50 100 0", step=1))


def test_points_that_do_not_move_are_dropped() -> None:
    assert flatten("M 0 0 L 0 0 L 1 0 Q 1 0 1 0") == ((0, 0), (1, 0))


@pytest.mark.parametrize(
    ("path", "token", "position"),
    [
        ("", "", 0),
        ("M 1 2", "M 1 2", 0),
        ("M 1 2 L 1 2", "M 1 2 L 1 2", 0),
        ("L 1 2", "L", 0),
        ("1 2 3 4", "1", 0),
        ("M 1 2 L 3 4 Z", "Z", 12),
        ("M 1 2 l 3 4", "l", 6),
        ("M 1 2 L 3", "L", 6),
        ("M 1 2 Q 3 4 5", "Q", 6),
        ("M 1 2 L 3 4 5", "5", 12),
        ("M 1 2 L 3 L 4 5", "L", 10),
        ("M 1 2 L 3 4_4", "4_4", 10),
        ("M 1 2 L 3 1.1.1", "1.1.1", 10),
        ("M 1 2 M 3 4", "M", 6),
        ("M 1 2 L 3 " + "9" * 400, "9" * 400, 10),
    ],
)
def test_broken_paths_name_token_and_place(path: str, token: str, position: int) -> None:
    with pytest.raises(PathError) as fault:
        flatten(path)
    assert (fault.value.token, fault.value.position) == (token, position)
    assert repr(token) in str(fault.value)


@given(st.text(alphabet="MLQCZ0123456789.,+- e", max_size=40))
def test_any_text_is_read_or_refused(path: str) -> None:
    try:
        out = flatten(path)
    except PathError as fault:
        place = fault.position
    else:
        place = 0
        assert len(out) >= 2
        assert all(a != b for a, b in pairwise(out))
    assert 0 <= place <= len(path)


def test_step_must_be_positive() -> None:
    with pytest.raises(ValueError, match="step"):
        flatten("M 0 0 L 1 1", step=0)


def test_length_of_little() -> None:
    assert length(()) == 0
    assert length(((1, 1),)) == 0
    assert length(((0, 0), (3, 4), (3, 4))) == 5


@given(points, st.integers(2, 40))
def test_resample_keeps_ends_and_count_and_is_even(p: list[Point], n: int) -> None:
    out = resample(p, n)
    assert len(out) == n
    assert math.dist(out[0], p[0]) < 1e-9
    total = length(p)
    if total:
        assert math.dist(out[-1], p[-1]) < 1e-9
        gap = total / (n - 1)
        assert all(math.dist(a, b) <= gap * (1 + 1e-6) + 1e-9 for a, b in pairwise(out))


def test_resample_refuses_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match="resample"):
        resample((), 3)
    with pytest.raises(ValueError, match="resample"):
        resample(((0, 0), (1, 1)), 1)


@given(points, st.floats(-0.5, 1.5))
def test_head_is_that_much_of_the_length(p: list[Point], fraction: float) -> None:
    part = head(p, fraction)
    assert part[0] == p[0]
    assert length(part) == pytest.approx(min(1, max(0, fraction)) * length(p), abs=1e-6)


def test_head_of_nothing_and_of_all() -> None:
    line = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0))
    assert head(line, 0) == (line[0],)
    assert head(line, 1) == line
    assert head(line, 0.75) == ((0, 0), (10, 0), (10, 5))


def test_bounds() -> None:
    assert bounds([((1, 5), (3, 2)), ((0, 4),)]) == (0, 2, 3, 5)
    with pytest.raises(ValueError, match="no points"):
        bounds([])


def test_mix() -> None:
    assert mix((0, 10), (10, 20), 0.25) == (2.5, 12.5)
