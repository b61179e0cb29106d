"""The shape of a cut."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.glyphs.outline import knife_outline
from game.glyphs.path import Point, Polyline, bounds, flatten, length, resample
from game.glyphs.union import simple_outline

PATHS = {
    "line": "M 10 20 L 90 25",
    "corner": "M 20 20 L 80 20 L 80 80",
    "acute": "M 20 20 L 80 30 L 20 40",
    "back": "M 20 50 L 80 50 L 50 52",
    "retrace": "M 20 50 L 80 50 L 20 50",
    "ring": "M 50 15 C 95 15 95 85 50 85 C 5 85 5 15 50 15",
    "short lap": "M 50 15 C 95 15 95 85 50 85 C 5 85 5 15 48 15",
    "square": "M 20 20 L 80 20 L 80 80 L 20 80 L 20 20",
    "square from a side": "M 50 20 L 80 20 L 80 80 L 20 80 L 20 20 L 50 20",
    "eight": "M 20 20 C 80 20 20 80 80 80 C 110 50 0 50 20 20",
    "P": "M 30 90 L 30 20 C 70 10 70 60 30 50",
    "small ring": "M 50 40 C 62 40 62 58 50 58 C 38 58 38 40 50 40",
    "hook": "M 30 10 L 30 80 Q 30 90 40 85",
    "zigzag": "M 10 50 L 20 30 L 30 70 L 40 30 L 50 70 L 60 30 L 70 70",
    "wave": "M 10 50 Q 20 20 30 50 Q 40 80 50 50 Q 60 20 70 50",
    "spiral": "M 50 50 C 60 40 70 60 50 65 C 20 65 20 25 55 25 C 100 25 95 90 50 85",
}


def odd(polygon: Polyline, x: float, y: float) -> bool:
    """Inside by the even-odd rule, as pygame fills."""
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def away(p: Polyline, x: float, y: float) -> float:
    """Distance from a polyline."""
    best = math.inf
    for (ax, ay), (bx, by) in pairwise(p):
        dx, dy = bx - ax, by - ay
        t = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
        t = min(1.0, max(0.0, t))
        best = min(best, math.hypot(ax + dx * t - x, ay + dy * t - y))
    return best


def area(polygon: Polyline) -> float:
    return abs(
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, polygon[1:] + polygon[:1], strict=True)) / 2
    )


def check_shape(p: Polyline, width: float) -> None:
    """The line itself is in it everywhere, and nothing far from the line is."""
    outline = knife_outline(p, width)
    assert len(outline) >= 8
    assert all(math.isfinite(v) for point in outline for v in point)
    for x, y in resample(p, 60)[2:-2]:
        # Beside a vertex, so that the test point lies on no edge of the polygon.
        assert odd(outline, x + width * 1.3e-3, y + width * 1.7e-3), (x, y)
    x0, y0, x1, y1 = bounds([p])
    for i in range(24):
        for j in range(24):
            x = x0 - width + (x1 - x0 + 2 * width) * (i + 0.51) / 24
            y = y0 - width + (y1 - y0 + 2 * width) * (j + 0.47) / 24
            if away(p, x, y) > width * 0.8:
                assert not odd(outline, x, y), (x, y)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("width", [1.4, 3.4, 7.5])
def test_no_holes_and_nothing_astray(name: str, width: float) -> None:
    check_shape(flatten(PATHS[name]), width)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=6, unique=True),
    st.floats(1, 8),
)
def test_any_broken_line(corners: list[tuple[int, int]], width: float) -> None:
    line: Polyline = tuple((x * 5.0, y * 5.0) for x, y in corners)
    outline = knife_outline(line, width)
    assert all(math.isfinite(v) for point in outline for v in point)
    x0, y0, x1, y1 = bounds([outline])
    assert all(away(line, x, y) < width * 1.25 for x, y in outline)
    assert x1 - x0 <= 100 + 2 * width
    assert y1 - y0 <= 100 + 2 * width
    if length(line) > 3 * width:
        middle = resample(line, 9)[4]
        assert odd(outline, middle[0] + 1.3e-3, middle[1] + 1.7e-3)


def test_width_in_the_middle_and_at_the_ends() -> None:
    outline = knife_outline(((0.0, 0.0), (100.0, 0.0)), 4)
    at_middle = [y for x, y in outline if abs(x - 50) < 1e-6]
    assert max(at_middle) - min(at_middle) == pytest.approx(4)
    at_end = [y for x, y in outline if abs(x) < 1e-6]
    assert max(at_end) - min(at_end) == pytest.approx(1)
    quarter = [abs(y) for x, y in outline if 20 < x < 24]
    assert max(quarter) == pytest.approx(2 * math.sin(math.pi * 0.22) ** 0.45, rel=0.02)


def test_tips_reach_a_little_beyond() -> None:
    x0, _, x1, _ = bounds([knife_outline(((0.0, 0.0), (100.0, 0.0)), 4)])
    assert -1 < x0 < 0
    assert 100 < x1 < 101


def test_scale_does_not_change_the_shape() -> None:
    stroke = flatten(PATHS["hook"])
    small = knife_outline(stroke, 4)
    large = knife_outline(tuple((x * 6, y * 6) for x, y in stroke), 24)
    assert len(small) == len(large)
    assert all(math.dist((x * 6, y * 6), q) < 0.05 for (x, y), q in zip(small, large, strict=True))


@pytest.mark.parametrize("dot", [((5.0, 5.0),), ((5.0, 5.0), (5.0, 5.0)), ((5.0, 5.0), (6.0, 5.5))])
def test_a_dot_is_a_lens(dot: Polyline) -> None:
    outline = knife_outline(dot, 3)
    x0, y0, x1, y1 = bounds([outline])
    assert odd(outline, 5.01, 5.02)
    assert 2 < max(x1 - x0, y1 - y0) < 6
    assert area(outline) > 3


def test_a_ring_has_an_even_wall_and_a_hole() -> None:
    k = 30 * 0.5522847498
    ring = flatten(
        f"M 50 20 C {50 + k} 20 80 {50 - k} 80 50 C 80 {50 + k} {50 + k} 80 50 80 "
        f"C {50 - k} 80 20 {50 + k} 20 50 C 20 {50 - k} {50 - k} 20 50 20"
    )
    outline = knife_outline(ring, 4)
    assert not odd(outline, 50.1, 50.2)
    assert area(outline) == pytest.approx(math.pi * (32**2 - 28**2), rel=0.02)
    for degrees in range(0, 360, 7):
        x, y = math.cos(math.radians(degrees + 0.3)), math.sin(math.radians(degrees + 0.3))
        assert odd(outline, 50 + 31.7 * x, 50 + 31.7 * y), degrees
        assert odd(outline, 50 + 28.4 * x, 50 + 28.4 * y), degrees
        assert not odd(outline, 50 + 32.4 * x, 50 + 32.4 * y), degrees


def test_nothing_to_outline() -> None:
    with pytest.raises(ValueError, match="outline"):
        knife_outline((), 3)
    with pytest.raises(ValueError, match="outline"):
        knife_outline(((0.0, 0.0), (1.0, 1.0)), 0)


def test_a_simple_polygon_is_left_alone() -> None:
    square: list[Point] = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert simple_outline(square, 1e-6, 0) == tuple(square)


def test_small_holes_are_filled() -> None:
    # A band that goes round a hole of one unit and over its own beginning.
    band: list[Point] = [
        (0, 0), (10, 0), (10, 10), (0, 10), (0, -3), (3, -3),
        (3, 3), (4.5, 7), (7, 7), (7, 4.5), (-3, 4.5), (-3, 0),
    ]  # fmt: skip
    kept, filled = simple_outline(band, 1e-6, 0.1), simple_outline(band, 1e-6, 1000)
    assert area(filled) >= area(kept)
    assert len(filled) < len(kept)


def test_chains_that_do_not_close_are_given_up() -> None:
    # A bow tie winds one half negatively, which no cut does: what comes back is still a polygon.
    tie: list[Point] = [(0, 0), (10, 10), (10, 0), (0, 10)]
    assert len(simple_outline(tie, 1e-9, 0)) >= 3
