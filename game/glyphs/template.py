"""A form made ready to be compared with ink: points with directions, found quickly by place."""

from collections.abc import Sequence
from math import ceil, floor, hypot, sqrt

from game.glyphs.form import Form
from game.glyphs.path import Point, length
from game.glyphs.strictness import Limits

SPACING = 4.0  # box units between two points of a template; a joint a child draws is never exact to less
TINY = 5.0  # ink shorter than this is a dot
DOT = 12.0  # strokes up to this length may be set as a dot
ROUND = 8.0  # strokes up to this length have no direction worth asking for
_CELL = 5.0


def beads(p: Sequence[Point], spacing: float, least: int) -> list[tuple[float, float, float, float]]:
    """(x, y, direction x, direction y) in the middles of equal steps along `p`, as unit vectors.

    A polyline without length gives one bead without direction (0, 0).
    """
    total = length(p)
    if total < 1e-9:
        return [(p[0][0], p[0][1], 0.0, 0.0)]
    n = max(least, ceil(total / spacing))
    step = total / n
    out: list[tuple[float, float, float, float]] = []
    passed, wanted = 0.0, step / 2
    for i in range(len(p) - 1):
        (ax, ay), (bx, by) = p[i], p[i + 1]
        side = hypot(bx - ax, by - ay)
        while side and wanted <= passed + side and len(out) < n:
            t = (wanted - passed) / side
            out.append((ax + (bx - ax) * t, ay + (by - ay) * t, (bx - ax) / side, (by - ay) / side))
            wanted += step
        passed += side
    return out


class Template:
    """Beads of all strokes of a form, and by cell of the box the beads that ink there may belong to."""

    __slots__ = ("_cells", "beads", "form", "lengths", "of", "ranges", "total")

    def __init__(self, form: Form, limits: Limits) -> None:
        self.form = form
        self.lengths = [length(s) for s in form.strokes]
        self.total = sum(self.lengths)
        self.beads: list[tuple[float, float, float, float]] = []
        self.of: list[int] = []  # stroke of each bead
        self.ranges: list[range] = []  # beads of each stroke
        for i, stroke in enumerate(form.strokes):
            start = len(self.beads)
            self.beads += beads(stroke, SPACING, 3)
            self.of += [i] * (len(self.beads) - start)
            self.ranges.append(range(start, len(self.beads)))
        self._cells: dict[tuple[int, int], list[int]] = {}
        far = (hypot(limits.near, limits.reach) / _CELL + 0.71) ** 2  # from a cell's centre, in cells
        for j, (x, y, _, _) in enumerate(self.beads):
            cx, cy = x / _CELL - 0.5, y / _CELL - 0.5
            span = sqrt(far)
            for ix in range(ceil(cx - span), floor(cx + span) + 1):
                tall = sqrt(max(0.0, far - (ix - cx) ** 2))
                for iy in range(ceil(cy - tall), floor(cy + tall) + 1):
                    self._cells.setdefault((ix, iy), []).append(j)

    def around(self, x: float, y: float) -> Sequence[int]:
        """Beads that may be near enough to a place, a few too many."""
        return self._cells.get((int(x // _CELL), int(y // _CELL)), ())

    def nearest(self, point: Point, strokes: Sequence[int]) -> int:
        """The one of `strokes` that comes nearest to `point`."""
        return min(strokes, key=lambda i: self.distance(point, i))

    def distance(self, point: Point, stroke: int) -> float:
        """Least distance of a point from a stroke's beads."""
        x, y = point
        return min(hypot(self.beads[j][0] - x, self.beads[j][1] - y) for j in self.ranges[stroke])
