"""How well a drawing fits many forms when it may bend a little: no two hands write alike.

Every point of the drawing is pulled to the nearest point of the form that runs in about the same direction,
and every point of the form pulls the nearest point of the drawing; neighbours move together, a few rounds;
then what still does not fit is measured both ways (iterated closest points after Besl and McKay, 1992, with a
smooth displacement for their rigid one). All forms are bent to at once.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from game.glyphs.cloud import Array, Cloud

Numbers = NDArray[np.int64]

MOST: Final = 40
"""Points kept of a drawing and of a form."""
ROUNDS: Final = 3
STIFF: Final = 0.22
"""How far a pull is felt, in sides of the frame: standard deviation."""
INERTIA: Final = 0.3
"""Pulls, counted as points, that a point withstands."""
ASTRAY: Final = 0.03
"""What a point across the line costs, as a squared distance."""
FAR: Final = 0.18
"""A distance beyond this counts as this: one stroke too many does not drown the rest."""
INK: Final = 0.55
"""Weight of ink without a form, against form without ink."""


class Stencils:
    """The forms to bend to, as arrays over `clouds`, each framed and of at most `MOST` points."""

    def __init__(self, clouds: list[Cloud]) -> None:
        count = len(clouds)
        self._points = np.zeros((count, MOST, 2), np.float32)
        self._axes = np.zeros((count, MOST, 2), np.float32)
        self._there = np.zeros((count, MOST), np.float32)
        for i, cloud in enumerate(clouds):
            many = len(cloud.points)
            self._points[i, :many] = cloud.points
            self._axes[i, :many] = _axes(cloud)
            self._there[i, :many] = 1

    def misfit(self, drawn: Cloud, which: Numbers, rounds: int = ROUNDS) -> Array:
        """For each form numbered in `which`, what is left when `drawn` (framed, thinned) has bent to it for
        so many rounds; 0 compares it unbent.

        In sides of the frame: 0 fits wholly, `FAR` nowhere.
        """
        points, axes, there = self._points[which], self._axes[which], self._there[which]
        start = drawn.points
        many, count = len(start), len(which)
        across = points.transpose(0, 2, 1)
        # Squared distance = x.x - 2 x.p + p.p; what no round changes is summed once.
        fixed = (points**2).sum(-1) + (1 - there) * 9
        fixed = fixed[:, None, :] + (ASTRAY / 2) * (1 - _axes(drawn) @ axes.transpose(0, 2, 1))
        apart = ((start[:, None] - start[None]) ** 2).sum(-1)
        felt = np.exp(apart / (-2 * STIFF * STIFF)).astype(np.float32)
        bent = np.repeat(start[None], count, 0)
        first = (np.arange(count) * many)[:, None]
        for step in range(rounds + 1):
            cost = fixed - 2 * (bent @ across) + (bent**2).sum(-1)[:, :, None]
            to_form, to_ink = cost.argmin(2), cost.argmin(1)
            ink = np.maximum(np.take_along_axis(cost, to_form[:, :, None], 2)[:, :, 0], 0)
            form = np.maximum(np.take_along_axis(cost, to_ink[:, None, :], 1)[:, 0], 0)
            if step == rounds:
                break
            trust, back = np.exp(ink / -(FAR**2)), np.exp(form / -(FAR**2)) * there
            pull = (np.take_along_axis(points, to_form[:, :, None], 1) - bent) * trust[:, :, None]
            pulled = (points - np.take_along_axis(bent, to_ink[:, :, None], 1)) * back[:, :, None]
            flat = (to_ink + first).ravel()

            def gathered(values: Array, at: Numbers = flat) -> Array:
                """What the form's points say, summed at the ink's points they draw."""
                return np.bincount(at, values.ravel(), count * many).reshape(count, many).astype(np.float32)

            pull[:, :, 0] += gathered(pulled[:, :, 0])
            pull[:, :, 1] += gathered(pulled[:, :, 1])
            weight = (trust + gathered(back)) @ felt + INERTIA
            bent = bent + (felt @ pull) / weight[:, :, None]
        astray = np.sqrt(np.minimum(ink, FAR**2)).mean(1)
        bare = (np.sqrt(np.minimum(form, FAR**2)) * there).sum(1) / there.sum(1)
        left: Array = INK * astray + (1 - INK) * bare
        return left


def _axes(cloud: Cloud) -> Array:
    """Directions as unit vectors of twice the angle: opposite ends of an axis are the same."""
    return np.stack([np.cos(2 * cloud.ways), np.sin(2 * cloud.ways)], 1).astype(np.float32)
