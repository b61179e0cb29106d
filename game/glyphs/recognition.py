"""Which glyph was drawn? The nearest known forms to a drawing, whatever the order and direction of strokes.

A vector of directions by place (`histogram`) is compared with those of all forms, of their mirror
images (carvers wrote either way round: the halves of a plastron mirror each other) and of the forms with one
part left out (a glyph half drawn is already found). To the nearest of these the drawing is compared point by
point, and to the nearest of those it is bent (`bending`); both figures together give the order. Wants numpy.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from game.glyphs.bending import MOST, Stencils
from game.glyphs.cloud import Array, Cloud, centred, cloud_of, extent, framed, spread
from game.glyphs.form import Form
from game.glyphs.histogram import histogram, mirrored
from game.glyphs.path import Point, Polyline

COMPARED: Final = 200
"""Forms and mirror images whose points are compared with the drawing's as they stand."""
BENT_TO: Final = 56
"""The nearest of those, which the drawing is then bent to."""
DIRECTIONS: Final = 0.1
"""Weight of the histograms beside what is left after bending."""
LACKING: Final = 0.012
"""What a part left out costs, in sides of the frame."""
ENOUGH: Final = 0.4
"""A form without one of its parts is kept when this share of its ink is left."""


class Recogniser:
    """Knows all `forms`; a character may have several. Raises ValueError when there is none."""

    def __init__(self, forms: Mapping[str, Sequence[Form]]) -> None:
        chars: list[str] = []
        owners: list[int] = []
        lacking: list[float] = []
        clouds: list[Cloud] = []
        for char, shapes in forms.items():
            for form in shapes:
                for cloud, whole in _states(form):
                    owners.append(len(chars))
                    lacking.append(0.0 if whole else LACKING)
                    clouds.append(cloud.evened())
                chars.append(char)
        if not clouds:
            raise ValueError("no forms to recognise")
        straight = np.array([histogram(centred(cloud)) for cloud in clouds], np.float32)
        # Even numbers are forms as drawn, odd ones their mirror images.
        self._chars = chars
        self._owners = np.array(owners * 2, np.int64) * 2
        self._owners[len(clouds) :] += 1
        self._lacking = np.array(lacking * 2, np.float32)
        self._vectors = np.concatenate([straight, mirrored(straight)])
        thin = [framed(cloud).thinned(MOST) for cloud in clouds]
        self._stencils = Stencils([*thin, *(cloud.mirrored() for cloud in thin)])
        # Rows of one form (or mirror image) side by side, so that the best of each is one reduction.
        self._by_owner = np.argsort(self._owners, kind="stable")
        self._starts = np.searchsorted(self._owners[self._by_owner], np.arange(2 * len(chars)))

    def nearest(self, inks: Sequence[Polyline], count: int = 10) -> list[tuple[str, float]]:
        """The `count` nearest characters with their distance, nearest first.

        `inks` are the strokes drawn, in any coordinates with y downwards. Without ink, nothing is near. A
        distance is in hundredths of the drawing's size and says little by itself: the order counts.
        """
        return self._nearest(spread([ink for ink in inks if len(ink) > 1]), count)

    def nearest_points(
        self, points: Sequence[Point], ways: Sequence[float], count: int = 10
    ) -> list[tuple[str, float]]:
        """As `nearest`, for points with the directions of their lines (radians)."""
        return self._nearest(cloud_of(points, ways), count)

    def distances(self, drawn: Cloud) -> Array:
        """Of a cloud (any coordinates) to every form, in the order given, in sides of the frame.

        Below 1 for a form that was bent to; above for the others, which only keep their order.
        """
        even = drawn.evened()
        cloud = framed(even)
        unlike = (1 - self._vectors @ histogram(centred(even))) * DIRECTIONS + self._lacking
        best = np.minimum.reduceat(unlike[self._by_owner], self._starts)
        # Each step orders the forms that it looks at before all that it leaves out.
        found = best + 2
        thin = cloud.thinned(MOST)
        near = np.argsort(best)[:COMPARED]
        rows = np.array([self._row(int(owner), unlike) for owner in near], np.int64)
        found[near] = 1 + unlike[rows] + self._stencils.misfit(thin, rows, 0)
        nearest = np.argsort(found[near])[:BENT_TO]
        near, rows = near[nearest], rows[nearest]
        found[near] = unlike[rows] + self._stencils.misfit(thin, rows)
        return np.asarray(found.reshape(-1, 2).min(1), np.float32)

    def _row(self, owner: int, unlike: Array) -> int:
        """The state of a form (whole, or without a part) that is most like the drawing."""
        end = self._starts[owner + 1] if owner + 1 < len(self._starts) else len(unlike)
        rows = self._by_owner[self._starts[owner] : end]
        return int(rows[unlike[rows].argmin()])

    def _nearest(self, drawn: Cloud, count: int) -> list[tuple[str, float]]:
        if len(drawn.points) < 3:
            return []
        away = self.distances(drawn)
        best: dict[str, float] = {}
        for i in np.argsort(away, kind="stable"):
            best.setdefault(self._chars[int(i)], float(away[i]) * 100)
            if len(best) == count:
                break
        return list(best.items())


def _states(form: Form) -> list[tuple[Cloud, bool]]:
    """The form whole, then without each of its parts in turn where enough is left."""
    parts = _by_part(form)
    whole = sum(len(part.points) for part in parts)
    states = [(_joined(parts), True)]
    if len(parts) > 1:
        for number, part in enumerate(parts):
            if whole - len(part.points) >= ENOUGH * whole:
                states.append((_joined(parts[:number] + parts[number + 1 :]), False))
    return states


def _by_part(form: Form) -> list[Cloud]:
    """The clouds of its parts, equally dense whatever the size of each."""
    size = extent(form.strokes)
    return [spread(part.strokes, size) for part in form.parts]


def _joined(clouds: Sequence[Cloud]) -> Cloud:
    return Cloud(np.concatenate([c.points for c in clouds]), np.concatenate([c.ways for c in clouds]))
