"""The plain matcher the grader is measured beside: strokes in their order and direction, by Fréchet distance.

Discrete Fréchet distance after T. Eiter and H. Mannila, "Computing discrete Fréchet distance", TU Wien
CD-TR 94/64, 1994.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from game.glyphs.path import resample

POINTS = 32
"""Points on each line that is compared."""
LIMITS = (16.5, 13.8, 11.2, 8.5)
"""Largest distance that matches, by strictness: what the grader bears sideways and along together."""


def frechet(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """The shortest leash on which both ends can walk their lines, forwards only."""
    row: list[float] = []
    for i, (ax, ay) in enumerate(one):
        last, row = row, []
        for j, (bx, by) in enumerate(other):
            away = hypot(ax - bx, ay - by)
            if i and j:
                before = min(last[j], last[j - 1], row[j - 1])
            elif i:
                before = last[j]
            else:
                before = row[j - 1] if j else 0.0
            row.append(max(away, before))
    return row[-1]


class FixedOrder:
    """One character being carved, stroke after stroke."""

    def __init__(self, strokes: Sequence[Sequence[tuple[float, float]]], strictness: int) -> None:
        self._strokes = [resample(stroke, POINTS) for stroke in strokes]
        self._limit = LIMITS[strictness]
        self.at = 0

    @property
    def complete(self) -> bool:
        """Whether every stroke is carved."""
        return self.at == len(self._strokes)

    def cut(self, ink: Sequence[tuple[float, float]]) -> bool:
        """Whether the ink is the stroke whose turn it is."""
        if self.complete or not ink:
            return False
        right = frechet(resample(ink, POINTS), self._strokes[self.at]) <= self._limit
        self.at += right
        return right
