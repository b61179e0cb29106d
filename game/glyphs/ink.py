"""One movement of the finger, tidied for grading."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite

from game.glyphs.path import Point, length, resample
from game.glyphs.template import TINY

_SPACING = 3.4  # box units between two points of ink
_MOST = 170  # points kept of one ink, so that a long scribble stays cheap


@dataclass(frozen=True, slots=True)
class Ink:
    """Evenly spread `points` (x, y, direction x, direction y; no direction at a sharp turn), the `length` of
    the movement, its `middle`, and the `area` and diagonal (`spread`) of the upright box around it."""

    points: list[tuple[float, float, float, float]]
    length: float
    middle: Point
    area: float
    spread: float

    @property
    def tiny(self) -> bool:
        """A tap or a tremble, not a line."""
        return self.length < TINY


def tidy(raw: Sequence[Point]) -> Ink | None:
    """The ink of pointer positions in box units; None when there is no finite one among them."""
    points: list[Point] = []
    for x, y in raw:
        if isfinite(x) and isfinite(y):
            point = (float(x), float(y))
            if not points or hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > 0.3:
                points.append(point)
    if not points:
        return None
    total = length(points)
    n = max(3, min(_MOST, 1 + round(total / _SPACING)))
    even = resample(points, n)
    out: list[tuple[float, float, float, float]] = []
    last = n - 1
    for i, (x, y) in enumerate(even):
        ax, ay = even[i - 1 if i else 0]
        bx, by = even[i + 1 if i < last else last]
        dx, dy = bx - ax, by - ay
        run = hypot(dx, dy)
        # Where the finger turns back the direction means nothing: leave it open.
        wide = total / last * (2 if 0 < i < last else 1)
        out.append((x, y, dx / run, dy / run) if run > 0.35 * wide and run > 0 else (x, y, 0.0, 0.0))
    xs, ys = [p[0] for p in even], [p[1] for p in even]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    return Ink(out, total, even[last // 2], width * height, hypot(width, height))
