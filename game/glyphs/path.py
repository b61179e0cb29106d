"""Centre lines as text and as points.

A *path* is one knife movement written with absolute ``M``, ``L``, ``Q`` and ``C`` commands (a subset of
SVG path data) in a 100 x 100 box, x to the right, y downwards. A *polyline* is the same movement as points.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, dist, hypot, isfinite

Point = tuple[float, float]
Polyline = tuple[Point, ...]

_ARITY = {"M": 1, "L": 1, "Q": 2, "C": 3}
_NUMBER = frozenset("0123456789.+-")


class PathError(ValueError):
    """A path that cannot be read: `.token` is the offending text, `.position` its offset in the path."""

    def __init__(self, message: str, token: str, position: int) -> None:
        super().__init__(f"{message}: {token!r} at {position}")
        self.token = token
        self.position = position


def mix(a: Point, b: Point, t: float) -> Point:
    """The point a share `t` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def _tokens(path: str) -> list[tuple[str, int]]:
    """Split into one-letter commands and numbers, each with its offset."""
    out: list[tuple[str, int]] = []
    word, start = "", 0
    for i, c in enumerate(path + " "):
        if c.isspace() or c == "," or c.isalpha():
            if word:
                out.append((word, start))
                word = ""
            if c.isalpha():
                out.append((c, i))
        else:
            if not word:
                start = i
            word += c
    return out


def _number(token: str, position: int) -> float:
    if not _NUMBER.issuperset(token):
        raise PathError("a number is wanted", token, position)
    try:
        value = float(token)
    except ValueError:
        raise PathError("a number is wanted", token, position) from None
    if not isfinite(value):
        raise PathError("the number is too large", token, position)
    return value


def _curve(at: Point, controls: Sequence[Point], step: float) -> list[Point]:
    """Points along a quadratic or cubic Bezier curve, without its first, about `step` apart."""
    hull = length((at, *controls))
    # Between chord and control polygon lies the length; their mean is good to a few per cent (Gravesen 1997).
    n = max(2, ceil((hull + dist(at, controls[-1])) / 2 / step))
    # A quadratic curve is the cubic whose inner controls lie two thirds of the way to its one control.
    first, last = controls[0], controls[-1]
    if len(controls) == 2:
        c, d = mix(at, first, 2 / 3), mix(last, first, 2 / 3)
    else:
        c, d = first, controls[1]
    out: list[Point] = []
    for i in range(1, n):
        t, u = i / n, 1 - i / n
        k0, k1, k2, k3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        out.append(
            (
                k0 * at[0] + k1 * c[0] + k2 * d[0] + k3 * last[0],
                k0 * at[1] + k1 * c[1] + k2 * d[1] + k3 * last[1],
            )
        )
    out.append(last)
    return out


def flatten(path: str, step: float = 2.0) -> Polyline:
    """Points of a path in box units: curves as chords about `step` long, straight lines kept whole.

    A command letter may be left out when it repeats (after ``M`` comes ``L``). At least two points come
    back and no two neighbours are equal. Raises PathError on any other letter, on broken numbers, on a
    second ``M`` (one path is one movement) and on a path that does not move; ValueError when `step` is
    not positive.
    """
    if not step > 0:
        raise ValueError("step must be positive")
    tokens = _tokens(path)
    points: list[Point] = []
    command, i = "", 0
    while i < len(tokens):
        token, position = tokens[i]
        if token.isalpha():
            if token not in _ARITY:
                raise PathError("unknown command", token, position)
            if token == "M" and points:
                raise PathError("one path is one movement, a second M", token, position)
            command = token
            i += 1
        if not points and command != "M":
            raise PathError("a path starts with M", token, position)
        ends: list[Point] = []
        for _ in range(_ARITY[command]):
            pair = tokens[i : i + 2]
            if len(pair) < 2:
                raise PathError(f"{command} lacks numbers", token, position)
            ends.append((_number(*pair[0]), _number(*pair[1])))
            i += 2
        if command == "M":
            points.append(ends[0])
            command = "L"
        else:
            new = ends if command == "L" else _curve(points[-1], ends, step)
            for point in new:
                if point != points[-1]:
                    points.append(point)
    if len(points) < 2:
        raise PathError("the path does not move", path, 0)
    return tuple(points)


def length(p: Sequence[Point]) -> float:
    """Length of a polyline in its own units; 0 for a single point or none."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(p))


def resample(p: Sequence[Point], n: int) -> Polyline:
    """`n` points (at least 2) spread evenly along `p`, its two ends included exactly.

    A polyline without length gives `n` times its first point. Raises ValueError when `p` is empty or `n` < 2.
    """
    if not p or n < 2:
        raise ValueError("resample wants a point and n >= 2")
    total = length(p)
    if total == 0:
        return (p[0],) * n
    gap = total / (n - 1)
    out = [p[0]]
    passed, wanted = 0.0, gap
    for a, b in pairwise(p):
        side = hypot(b[0] - a[0], b[1] - a[1])
        while wanted <= passed + side and len(out) < n - 1:
            t = (wanted - passed) / side if side else 0.0
            out.append(mix(a, b, t))
            wanted = gap * len(out)
        passed += side
    while len(out) < n - 1:  # rounding can leave the last one out
        out.append(p[-1])
    out.append(p[-1])
    return tuple(out)


def head(p: Sequence[Point], fraction: float) -> Polyline:
    """The first part of `p` by length: 0 gives its first point alone, 1 the whole of it (clamped)."""
    if fraction >= 1:
        return tuple(p)
    left = max(0.0, fraction) * length(p)
    out = [p[0]]
    for a, b in pairwise(p):
        side = hypot(b[0] - a[0], b[1] - a[1])
        if side >= left:
            if left > 0:
                t = left / side
                out.append(mix(a, b, t))
            break
        out.append(b)
        left -= side
    return tuple(out)


def bounds(polys: Iterable[Sequence[Point]]) -> tuple[float, float, float, float]:
    """Smallest upright box (x0, y0, x1, y1) around all points; ValueError when there are none."""
    points = [point for p in polys for point in p]
    if not points:
        raise ValueError("no points, no bounds")
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
