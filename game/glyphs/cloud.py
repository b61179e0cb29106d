"""A drawing as a cloud of points with directions, laid into a common frame. Wants numpy.

Directions are axes: a line drawn from left to right and one from right to left are the same, so that neither
the order nor the direction of strokes counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

from game.glyphs.path import Point, Polyline, bounds, length, resample

Array = NDArray[np.float32]

SPACING: Final = 2.4
"""Points along a stroke are so far apart, in hundredths of the drawing's larger side."""
STRETCH: Final = 2.0
"""A narrow drawing is widened by at most so much: hands differ in proportion more than in shape."""
DEVIATION: Final = 0.22
"""Standard deviation of a cloud in the frame, along each side that may be widened so far."""


_FLIP: Final = np.array([-1, 1], np.float32)
_ACROSS: Final = np.array([1, 0], np.float32)


@dataclass(frozen=True, slots=True)
class Cloud:
    """`points` (n, 2), x and y with y downwards; `ways` (n,), the line's direction at each, in radians."""

    points: Array
    ways: Array

    def mirrored(self) -> "Cloud":
        """Left and right exchanged about x = 0.5, the middle of the frame."""
        return Cloud(self.points * _FLIP + _ACROSS, (pi - self.ways) % pi)

    def evened(self) -> "Cloud":
        """One point in each small cell, so that a line drawn twice counts once."""
        if not len(self.points):
            return self
        size = max(float(np.ptp(self.points, 0).max()), 1e-3)
        return self._kept(SPACING / 100 * size)

    def thinned(self, most: int) -> "Cloud":
        """At most `most` points: one in each cell of the finest grid that allows it."""
        fewer, cell = self, 0.03
        while len(fewer.points) > most:
            fewer = self._kept(cell)
            cell *= 1.1
        return fewer

    def _kept(self, cell: float) -> "Cloud":
        places = np.floor(self.points / cell).astype(np.int64)
        _, kept = np.unique(places[:, 0] * 4096 + places[:, 1], return_index=True)
        return Cloud(self.points[kept], self.ways[kept])


def cloud_of(points: Sequence[Point], ways: Sequence[float]) -> Cloud:
    """A cloud of what is given, not yet laid into the frame."""
    return Cloud(np.asarray(points, np.float32).reshape(-1, 2), np.asarray(ways, np.float32))


def extent(strokes: Sequence[Polyline]) -> float:
    """The larger side of the box around the strokes; ValueError when there are no points."""
    left, top, right, bottom = bounds(strokes)
    return max(right - left, bottom - top)


def spread(strokes: Sequence[Polyline], size: float | None = None) -> Cloud:
    """Points evenly along the strokes and the direction there; none without a stroke that moves.

    They lie `SPACING` hundredths of `size` apart, by default of the extent of these strokes.
    """
    moving = [stroke for stroke in strokes if length(stroke) > 0]
    if not moving:
        return cloud_of((), ())
    gap = SPACING / 100 * (size or extent(moving))
    points: list[Point] = []
    ways: list[float] = []
    for stroke in moving:
        count = max(2, min(120, round(length(stroke) / gap) + 1))
        line = resample(stroke, count)
        last = count - 1
        for i, point in enumerate(line):
            (x0, y0), (x1, y1) = line[i - 1 if i else 0], line[i + 1 if i < last else last]
            points.append(point)
            ways.append(atan2(y1 - y0, x1 - x0) % pi)
    return cloud_of(points, ways)


def framed(cloud: Cloud) -> Cloud:
    """Laid into the frame, whose middle is (0.5, 0.5) and whose side is about 1; directions turn with it.

    Half by the box around the drawing and half by how its ink is spread: one long tail moves the box and
    hardly the spread, one heavy corner the spread and not the box. The larger side sets the scale, the
    smaller one is widened by up to `STRETCH`. A cloud without points stays as it is.
    """
    if not len(cloud.points):
        return cloud
    points = cloud.points
    low, high = points.min(0), points.max(0)
    sides = np.maximum(high - low, 1e-3)
    by_box = np.minimum(1 / sides, STRETCH / sides.max())
    by_spread = _by_spread(points)
    laid = (points - (low + high) / 2) * by_box + (points - points.mean(0)) * by_spread
    return _placed(cloud, laid / 2 + 0.5, by_box + by_spread)


def centred(cloud: Cloud) -> Cloud:
    """Laid into the frame by how the ink is spread alone."""
    if not len(cloud.points):
        return cloud
    scale = _by_spread(cloud.points)
    return _placed(cloud, (cloud.points - cloud.points.mean(0)) * scale + 0.5, scale)


def _by_spread(points: Array) -> Array:
    spreads = np.maximum(points.std(0), 1e-3)
    scale: Array = np.minimum(DEVIATION / spreads, STRETCH * DEVIATION / spreads.max())
    return scale


def _placed(cloud: Cloud, points: Array, scale: Array) -> Cloud:
    turned = np.arctan2(np.sin(cloud.ways) * scale[1], np.cos(cloud.ways) * scale[0]) % pi
    return Cloud(points.astype(np.float32), turned.astype(np.float32))
