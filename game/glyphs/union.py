"""The true outline of a polygon that runs over itself.

A widened stroke covers itself at tight corners, at crossings and where a ring closes; filled by the even-odd
rule those places would show as holes. Here the polygon is cut at its crossings and only the pieces with
nothing outside them are kept (the winding number changes by one at each crossing, so one walk finds it).
"""

from collections.abc import Sequence
from math import hypot

from game.glyphs.path import Point, Polyline

# A crossing as one of its edges sees it: share along the edge, number of the crossing, change of winding.
_Crossing = tuple[float, int, int]
# A place where pieces meet: (0, vertex) or (1, crossing).
_Key = tuple[int, int]
_Piece = tuple[Point, _Key, _Key]


def simple_outline(points: Sequence[Point], tremble: float, speck: float) -> Polyline:
    """The region that `points` winds around, as one polygon that fills alike by every rule.

    `points` run clockwise on a screen (y down) and no region is wound negatively. Vertices are first moved
    by up to `tremble`, which must be far below a pixel, so that no two edges lie on each other. Holes and
    islands smaller than the area `speck` are dropped. Polygons without crossings come back unchanged.
    """
    shaken = [
        (x + tremble * _noise(2 * i), y + tremble * _noise(2 * i + 1)) for i, (x, y) in enumerate(points)
    ]
    crossings, places = _cross(shaken)
    if not places:
        return tuple(points)
    loops = _loops(_boundary(shaken, crossings, places))
    loops = sorted(loops, key=lambda loop: -abs(_area(loop)))
    if not loops:
        return tuple(points)  # rounding defeated us: the crossing outline is still the best there is
    outer = loops[0]
    for loop in loops[1:]:
        if abs(_area(loop)) >= speck:
            outer = _bridge(outer, loop)
    return tuple(outer)


def _noise(i: int) -> float:
    """A fixed sequence without pattern, -0.5..0.5 (Knuth's multiplicative hash)."""
    return ((i * 2654435761) & 0xFFFF) / 0xFFFF - 0.5


def _cross(points: list[Point]) -> tuple[dict[int, list[_Crossing]], list[Point]]:
    """All crossings of edge i (points i to i + 1) with another, by edge, and where they are."""
    n = len(points)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    # Sweep along the longer side of the shape: fewer edges stand beside each other.
    u, v = (xs, ys) if max(xs) - min(xs) > max(ys) - min(ys) else (ys, xs)
    edges = []
    for i in range(n):
        j = i + 1 if i + 1 < n else 0
        a, b, c, d = u[i], u[j], v[i], v[j]
        edges.append((min(a, b), max(a, b), min(c, d), max(c, d), i))
    edges.sort()
    found: dict[int, list[_Crossing]] = {}
    places: list[Point] = []
    for at, (_, high, low_v, high_v, i) in enumerate(edges):
        for k in range(at + 1, n):
            low2, _, low_v2, high_v2, j = edges[k]
            if low2 > high:
                break
            if low_v2 > high_v or high_v2 < low_v or (i - j) % n in (1, n - 1):
                continue
            ax, ay = points[i]
            fx, fy = points[(i + 1) % n][0] - ax, points[(i + 1) % n][1] - ay
            bx, by = points[j]
            gx, gy = points[(j + 1) % n][0] - bx, points[(j + 1) % n][1] - by
            turn = fy * gx - fx * gy  # > 0: edge i goes to the inner side of edge j
            if not turn:
                continue
            s = ((ay - by) * gx - (ax - bx) * gy) / -turn
            t = ((ay - by) * fx - (ax - bx) * fy) / -turn
            if 0 <= s < 1 and 0 <= t < 1:
                sign = 1 if turn > 0 else -1
                found.setdefault(i, []).append((s, len(places), sign))
                found.setdefault(j, []).append((t, len(places), -sign))
                places.append((ax + fx * s, ay + fy * s))
    return found, places


def _boundary(
    points: list[Point], crossings: dict[int, list[_Crossing]], places: list[Point]
) -> list[_Piece]:
    """The pieces of edges with winding 0 on their outer side, each with where it starts and ends."""
    n = len(points)
    first = min(range(n), key=points.__getitem__)  # the leftmost corner has nothing outside it
    winding = 0
    pieces: list[_Piece] = []
    for step in range(n):
        i = (first + step) % n
        at: Point = points[i]
        key: _Key = (0, i)
        for _, number, change in sorted(crossings.get(i, ())):
            if winding == 0:
                pieces.append((at, key, (1, number)))
            at, key = places[number], (1, number)
            winding += change
        if winding == 0:
            pieces.append((at, key, (0, (i + 1) % n)))
    return pieces


def _loops(pieces: list[_Piece]) -> list[list[Point]]:
    """Pieces joined end to start into closed loops; chains that do not close are left out."""
    by_start = {start: (at, end) for at, start, end in pieces}
    loops: list[list[Point]] = []
    while by_start:
        start = next(iter(by_start))
        key, loop = start, []
        while key in by_start:
            at, key = by_start.pop(key)
            loop.append(at)
        if key == start:
            loops.append(loop)
    return loops


def _area(loop: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(loop, [*loop[1:], loop[0]], strict=True)) / 2


def _bridge(outer: list[Point], loop: list[Point]) -> list[Point]:
    """`outer` with `loop` hung in by one line there and the same line back, which fills nothing."""
    k = min(range(len(loop)), key=loop.__getitem__)
    x, y = loop[k]
    i = min(range(len(outer)), key=lambda i: hypot(outer[i][0] - x, outer[i][1] - y))
    return [*outer[: i + 1], *loop[k:], *loop[: k + 1], *outer[i:]]
