"""The shape a knife leaves: a centre line widened into a closed polygon."""

from collections.abc import Sequence
from itertools import pairwise
from math import acos, ceil, cos, hypot, inf, pi, sin, sqrt

from game.glyphs.path import Point, Polyline, length, mix, resample
from game.glyphs.union import simple_outline

# Shares of the length where a straight cut gets extra points, since its width changes fastest at the ends.
_STOPS = (0.008, 0.03, 0.07, 0.13, 0.22, 0.35, 0.5, 0.65, 0.78, 0.87, 0.93, 0.97, 0.992)
_SLANT = (0.6, 0.8)  # a cut without a direction of its own leans as a right hand holds the knife
_TIP = ((1.0, 0.0), (0.87, 0.5), (0.5, 0.87), (0.0, 1.0))  # sine and cosine of the points that round a tip
_BEND = 0.82  # cosine of 35 degrees: any sharper turn is a corner
_CURL = 2.6  # radians: a line that bends less on its way cannot come back to itself

_Station = tuple[Point, float]  # a place on the centre line and half the width there


def knife_outline(p: Sequence[Point], width: float) -> Polyline:
    """Closed polygon (the first point is not repeated) of a cut along `p`, in the units of `p`.

    Full `width` in the middle, following sin(pi s)^0.45 along the length and never under a quarter of it,
    with rounded tips. A stroke that ends where it starts keeps its width and is joined without a seam. A
    very short one becomes a small lens. Corners are round outside and sharp inside. The polygon never
    crosses itself: holes (the inside of a ring) hang on a bridge run twice, so an even-odd fill, as
    pygame.draw.polygon does it, is right. ValueError when `p` is empty or `width` is not positive.
    """
    if not p or not width > 0:
        raise ValueError("an outline wants a point and a width > 0")
    total = length(p)
    if total < 1.2 * width:
        return _lens(p, total, width)
    closed = total > 5 * width and hypot(p[-1][0] - p[0][0], p[-1][1] - p[0][1]) < 0.8 * width
    left, right, crossing = _sides(_stations(_lap(p, width) if closed else p, width, closed))
    outline = left + right[::-1]
    return simple_outline(outline, width * 1e-4, width * width * 0.06) if crossing else tuple(outline)


def _lens(p: Sequence[Point], total: float, width: float) -> Polyline:
    """A dot: pointed ellipse around the middle of `p`, a little longer than wide."""
    a, m, b = resample(p, 3)
    run = hypot(b[0] - a[0], b[1] - a[1])
    ux, uy = ((b[0] - a[0]) / run, (b[1] - a[1]) / run) if run > 1e-9 else _SLANT
    half = max(total, 0.9 * width) / 2 + 0.2 * width
    out: list[Point] = []
    for i in range(24):
        t = 1 - i / 6 if i < 12 else i / 6 - 3  # from one tip to the other, and back along the other side
        across = (width if i < 12 else -width) / 2 * max(0.0, 1 - t * t) ** 0.75
        out.append((m[0] - ux * t * half + uy * across, m[1] - uy * t * half - ux * across))
    return tuple(out)


def _lap(p: Sequence[Point], width: float) -> Polyline:
    """A closed stroke run on a little past its start, so that both ends vanish in the body."""
    lap: list[Point] = [*p[:-1], p[0]]
    left = 0.6 * width
    for a, b in pairwise(p):
        side = hypot(b[0] - a[0], b[1] - a[1])
        if side >= left:
            lap.append(mix(a, b, left / side))
            break
        lap.append(b)
        left -= side
    return tuple(lap)


def _stations(p: Sequence[Point], width: float, closed: bool) -> list[_Station]:
    """The corners of `p` and the extra stops, none closer together than a seventh of the width."""
    total = length(p)
    gap = width / 7
    stops = [s * total for s in _STOPS]
    marks: list[tuple[float, Point]] = [(0.0, p[0])]
    passed, k = 0.0, 0
    for a, b in pairwise(p):
        side = hypot(b[0] - a[0], b[1] - a[1])
        while k < len(stops) and stops[k] < passed + side - gap:
            if stops[k] - marks[-1][0] > gap:
                marks.append((stops[k], mix(a, b, (stops[k] - passed) / side)))
            k += 1
        passed += side
        if passed - marks[-1][0] > gap:
            marks.append((passed, b))
    if len(marks) > 1 and total - marks[-1][0] < gap:
        marks.pop()
    marks.append((total, p[-1]))
    half = width / 2
    if closed:  # all at full width; what laps over the start is a little narrower, so that it stays hidden
        lap = total - 0.5 * width
        return [(point, half * (0.9 if at > lap else 1.0)) for at, point in marks]
    shares = [sin(pi * at / total) ** 0.45 if 0 < at < total else 0.0 for at, _ in marks]
    return [(point, half * max(0.25, share)) for share, (_, point) in zip(shares, marks, strict=True)]


def _sides(stations: list[_Station]) -> tuple[list[Point], list[Point], bool]:
    """The left and the right edge of the cut, both in its direction, and whether they may cross.

    Every stretch between two stations is a sound quadrilateral and every corner a wedge, so the polygon
    made of the two sides winds each place zero or more times: what `simple_outline` needs.
    """
    left: list[Point] = []
    right: list[Point] = []
    ways: list[tuple[float, float, float]] = []
    for (a, _), (b, _) in pairwise(stations):
        run = hypot(b[0] - a[0], b[1] - a[1]) or 1e-9
        ways.append(((b[0] - a[0]) / run, (b[1] - a[1]) / run, run))
    last = len(stations) - 1
    bent = 0.0
    for i, ((x, y), h) in enumerate(stations):
        ix, iy, run_in = ways[max(0, i - 1)]
        ox, oy, run_out = ways[min(last - 1, i)]
        if i in (0, last):
            _tip(left, right, stations[i], (ix, iy), i == 0)
            continue
        cosine = ix * ox + iy * oy
        if cosine > _BEND and h * sqrt(max(0.0, 1 - cosine) / (1 + cosine)) < 0.45 * min(run_in, run_out):
            k = h / (1 + cosine)  # both normals added and brought to the right length
            dx, dy = (iy + oy) * k, (ix + ox) * k
            left.append((x + dx, y - dy))
            right.append((x - dx, y + dy))
            bent += sqrt(max(0.0, 2 - 2 * cosine))
        else:
            _corner(left, right, stations[i], (ix, iy), (ox, oy))
            bent = inf
    return left, right, bent > _CURL


def _tip(left: list[Point], right: list[Point], at: _Station, way: Point, first: bool) -> None:
    """The round end of a cut, set before or after both sides."""
    (x, y), h = at
    dx, dy = way
    back = -0.8 if first else 0.8  # how far it rounds out, against or along the cut
    for s, c in _TIP if first else _TIP[::-1]:
        tip_x, tip_y = x + dx * h * back * s, y + dy * h * back * s
        left.append((tip_x + dy * h * c, tip_y - dx * h * c))
        if c:
            right.append((tip_x - dy * h * c, tip_y + dx * h * c))


def _corner(left: list[Point], right: list[Point], at: _Station, way_in: Point, way_out: Point) -> None:
    """A turn: an arc outside; inside, by way of the centre line, so that no stretch is turned over."""
    (x, y), h = at
    (ix, iy), (ox, oy) = way_in, way_out
    turn = acos(max(-1.0, min(1.0, ix * ox + iy * oy)))
    clockwise = ix * oy - iy * ox > 0
    outer, inner, sign = (left, right, 1.0) if clockwise else (right, left, -1.0)
    inner.append((x - iy * h * sign, y + ix * h * sign))
    inner.append((x, y))
    inner.append((x - oy * h * sign, y + ox * h * sign))
    steps = max(1, ceil(turn / 0.4))
    for k in range(steps + 1):
        c, s = cos(turn * k / steps), sin(turn * k / steps) * sign
        dx, dy = ix * c - iy * s, ix * s + iy * c
        outer.append((x + dy * h * sign, y - dx * h * sign))
