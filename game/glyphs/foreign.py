"""Foreign ground: where the player's ink ran and belongs to nothing of the form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from game.glyphs.ink import Ink
from game.glyphs.path import Point

_CELL = 8.0
_MOST = 2 * _CELL  # of one ink in one cell: rubbing on one spot is still one spot
TRY = 26.0
"""A refused ink with its ends no further than this from those of a stroke was meant for it."""


def _ground(points: Sequence[Point], run: float) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for x, y in points:
        cell = (int(x // _CELL), int(y // _CELL))
        found[cell] = min(_MOST, found.get(cell, 0.0) + run)
    return found


@dataclass(slots=True)
class Foreign:
    """All foreign ink on one form.

    The ground it covers counts and not the ink, so that one miss made twenty times counts once. A refused
    ink is forgotten when the stroke it was meant for is carved after all: whoever tries again learns.
    """

    _stray: list[dict[tuple[int, int], float]] = field(default_factory=list)
    _tries: list[tuple[Point, Point, dict[tuple[int, int], float]]] = field(default_factory=list)

    def stray(self, points: Sequence[Point], run: float) -> None:
        """Remembers points, `run` units of ink each, that an accepted ink has on nothing."""
        if points:
            self._stray.append(_ground(points, run))

    def refused(self, ink: Ink) -> None:
        """Remembers a whole ink that was refused."""
        points = [(x, y) for x, y, _, _ in ink.points]
        self._tries.append((points[0], points[-1], _ground(points, ink.length / len(points))))

    def mended(self, stroke: Sequence[Point]) -> None:
        """Forgets the misses of a stroke that is carved now."""
        self._tries = [one for one in self._tries if not _meant(one[0], one[1], stroke[0], stroke[-1])]

    def length(self) -> float:
        """Units of ink, no place counted twice."""
        return sum(self._all().values())

    def middle(self) -> Point:
        """The middle of all the ground; ZeroDivisionError when there is none."""
        ground = self._all()
        whole = sum(ground.values())
        x = sum((column + 0.5) * run for (column, _), run in ground.items())
        y = sum((row + 0.5) * run for (_, row), run in ground.items())
        return _CELL * x / whole, _CELL * y / whole

    def _all(self) -> dict[tuple[int, int], float]:
        most: dict[tuple[int, int], float] = {}
        for ground in (*self._stray, *(ground for _, _, ground in self._tries)):
            for cell, run in ground.items():
                most[cell] = max(run, most.get(cell, 0.0))
        return most


def _meant(a: Point, b: Point, first: Point, last: Point) -> bool:
    return (_near(a, first) and _near(b, last)) or (_near(a, last) and _near(b, first))


def _near(a: Point, b: Point) -> bool:
    return hypot(a[0] - b[0], a[1] - b[1]) <= TRY
