"""Which glyph was drawn? The nearest known forms to a drawing, whatever the order and direction of strokes.

Every form is kept as a field: for each place of a coarse grid and each of four directions, how far the form's
nearest point of about that direction lies (a chamfer distance, as in H. G. Barrow et al., "Parametric
correspondence and chamfer matching", 1977, with the direction added). A drawing is compared both ways, ink to
form and form to ink; ink without a form costs more than form without ink, so that a glyph half drawn is
already found. numpy is imported when a `Recogniser` is made.
"""

from collections.abc import Mapping, Sequence
from math import atan2, pi
from typing import TYPE_CHECKING, Any, Final

from game.glyphs.form import Form
from game.glyphs.path import Point, Polyline, length, resample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

GRID: Final = 20
"""Places of the grid on a side of the glyph's box."""
WAYS: Final = 4
"""Directions told apart: flat, rising, upright, falling."""
SPACING: Final = 4.0
"""Box units between two points on a stroke."""
MOST: Final = 96
"""Points kept of a form, so that all forms fit one array."""
FAR: Final = 22.0
"""A distance beyond this counts as this: one stroke too many does not drown the rest."""
ASTRAY: Final = 9.0
"""What a point of the right place but the opposite direction costs, in box units."""
INK: Final = 0.62
"""Weight of ink without a form, against form without ink."""
STRETCH: Final = 1.45
"""A narrow glyph is widened by at most so much: hands differ in proportion more than in shape."""


def spread(strokes: Sequence[Polyline]) -> tuple[list[Point], list[float]]:
    """Points along the strokes, `SPACING` apart, and the direction there in radians (0..pi)."""
    points: list[Point] = []
    ways: list[float] = []
    for stroke in strokes:
        count = max(2, min(40, round(length(stroke) / SPACING) + 1))
        line = resample(stroke, count)
        for i, point in enumerate(line):
            (x0, y0), (x1, y1) = line[max(0, i - 1)], line[min(count - 1, i + 1)]
            points.append(point)
            ways.append(atan2(y1 - y0, x1 - x0) % pi)
    return points, ways


class Recogniser:
    """Holds the fields of all `forms` (a character has several). Raises ImportError without numpy."""

    def __init__(self, forms: Mapping[str, Sequence[Form]]) -> None:
        import numpy as np

        self._np = np
        self._chars: list[str] = []
        clouds: list[tuple[list[Point], list[float]]] = []
        for char, shapes in forms.items():
            for form in shapes:
                points, ways = spread(form.strokes)
                # Carvers wrote either way round: the two halves of a plastron mirror each other.
                mirrored = [(-x, y) for x, y in points], [pi - way for way in ways]
                self._chars += [char, char]
                clouds += [(points, ways), mirrored]
        count = len(clouds)
        self._fields = np.zeros((count, WAYS, GRID, GRID), np.float32)
        self._points = np.zeros((count, MOST, 2), np.float32)
        self._ways = np.zeros((count, MOST), np.int64)
        self._weights = np.zeros((count, MOST), np.float32)
        for i, (points, ways) in enumerate(clouds):
            cloud, angles = self._fit(points, ways)
            step = max(1.0, len(cloud) / MOST)
            kept = (np.arange(min(MOST, len(cloud))) * step).astype(int)
            cloud, angles = cloud[kept], angles[kept]
            self._fields[i] = self._field(cloud, angles)
            self._points[i, : len(cloud)] = cloud
            self._ways[i, : len(cloud)] = self._bins(angles)
            self._weights[i, : len(cloud)] = 1.0 / len(cloud)

    def nearest(self, inks: Sequence[Polyline], count: int = 10) -> list[tuple[str, float]]:
        """The `count` nearest characters with their distance in box units, nearest first.

        `inks` are the strokes drawn, in any coordinates with y downwards. Without ink, nothing is near.
        """
        points, ways = spread([ink for ink in inks if len(ink) > 1])
        return self.nearest_points(points, ways, count) if len(points) > 2 else []

    def nearest_points(
        self, points: Sequence[Point], ways: Sequence[float], count: int = 10
    ) -> list[tuple[str, float]]:
        """As `nearest`, for points with their directions (radians)."""
        cloud, angles = self._fit(points, ways)
        away = self._distance(cloud, angles)
        best: dict[str, float] = {}
        for i in self._np.argsort(away):
            best.setdefault(self._chars[int(i)], float(away[i]))
            if len(best) == count:
                break
        return list(best.items())

    # --- the parts ----------------------------------------------------------------------------------------

    def _fit(self, points: Sequence[Point], ways: Sequence[float]) -> "tuple[Array, Array]":
        """Centred in the box, the larger side 92 units, the smaller widened a little."""
        np = self._np
        cloud = np.asarray(points, np.float32)
        low, high = cloud.min(0), cloud.max(0)
        sides = np.maximum(high - low, 1e-3)
        scale = 92 / sides.max()
        scales = np.minimum(92 / sides, scale * STRETCH)
        angles = np.asarray(ways, np.float32)
        turned = np.arctan2(np.sin(angles) * scales[1], np.cos(angles) * scales[0]) % pi
        return (cloud - (low + high) / 2) * scales + 50, turned.astype(np.float32)

    def _bins(self, angles: "Array") -> Any:
        """Of each angle, the number of the nearest direction."""
        return self._np.round(angles / (pi / WAYS)).astype(self._np.int64) % WAYS

    def _field(self, cloud: "Array", angles: "Array") -> "Array":
        """For each direction and place of the grid, the distance to the nearest point, direction included."""
        np = self._np
        axis = (np.arange(GRID, dtype=np.float32) + 0.5) * (100 / GRID)
        dx = (axis[:, None] - cloud[None, :, 0]) ** 2
        dy = (axis[:, None] - cloud[None, :, 1]) ** 2
        apart = np.sqrt(dy[:, None, :] + dx[None, :, :])  # rows, columns, points
        field = np.empty((WAYS, GRID, GRID), np.float32)
        for way in range(WAYS):
            astray = np.abs(np.sin(angles - way * pi / WAYS)) * ASTRAY
            field[way] = (apart + astray).min(-1)
        near: Array = np.minimum(field, FAR)
        return near

    def _cells(self, cloud: Any) -> Any:
        return self._np.clip((cloud * (GRID / 100)).astype(self._np.int64), 0, GRID - 1)

    def _distance(self, cloud: "Array", angles: "Array") -> "Array":
        """Of the drawing to every form, the best of a few small shifts."""
        np = self._np
        bins = self._bins(angles)
        best: Array | None = None
        for shift in ((0, 0), (-5, 0), (5, 0), (0, -5), (0, 5)):
            moved = cloud + np.asarray(shift, np.float32)
            cells = self._cells(moved)
            ink = self._fields[:, bins, cells[:, 1], cells[:, 0]].mean(1)
            own = self._field(moved, angles)
            places = self._cells(self._points)
            form = (own[self._ways, places[..., 1], places[..., 0]] * self._weights).sum(1)
            away = INK * ink + (1 - INK) * form
            best = away if best is None else np.minimum(best, away)
        assert best is not None
        return best
