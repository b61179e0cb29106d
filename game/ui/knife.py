"""The carver's tools as they are seen: the bronze knife under the finger, the dust it throws up."""

import random
from typing import Final

import pygame
from pygame import Rect, Surface, transform

from game.ui import theme
from game.ui.kit import Kit

GRAINS: Final = 40
GRAVITY: Final = 420.0
"""Units a second squared: bone dust falls gently."""


class Dust:
    """Grains of bone thrown up from the knife and falling. Positions are canvas pixels."""

    def __init__(self, seed: int = 5) -> None:
        self._rng = random.Random(seed)
        self._grains: list[list[float]] = []

    @property
    def flying(self) -> bool:
        """Whether any grain is still in the air."""
        return bool(self._grains)

    def throw(self, at: tuple[float, float], unit: float, count: int = 3) -> None:
        """Throws a few grains up from `at`; the oldest give way beyond forty."""
        for _ in range(count):
            speed = self._rng.uniform(30, 150) * unit
            aside = self._rng.uniform(-1, 1)
            life = self._rng.uniform(0.25, 0.6)
            size = self._rng.uniform(1.0, 2.6) * unit
            self._grains.append(
                [
                    at[0],
                    at[1],
                    aside * speed,
                    -speed * self._rng.uniform(0.4, 1.2),
                    life,
                    size,
                    self._rng.random(),
                ]
            )
        del self._grains[:-GRAINS]

    def step(self, dt: float, unit: float) -> None:
        """Lets the grains fly and fall."""
        for grain in self._grains:
            grain[0] += grain[2] * dt
            grain[1] += grain[3] * dt
            grain[3] += GRAVITY * unit * dt
            grain[4] -= dt
        self._grains = [g for g in self._grains if g[4] > 0]

    def paint(self, canvas: Surface) -> None:
        """Draws the grains in two colours of bone."""
        for x, y, _, _, _, size, shade in self._grains:
            side = max(1, round(size))
            canvas.fill(
                theme.CUT_LIGHT if shade > 0.5 else theme.BONE_EDGE, Rect(round(x), round(y), side, side)
            )


def knife(kit: Kit) -> Surface:
    """The knife with its tip in the surface's top left corner: bronze blade, wooden handle."""
    unit = kit.metrics.unit
    side = round(190 * unit)
    large = Surface((side * 2, side * 2), pygame.SRCALPHA)
    large.fill((*theme.BRONZE, 0))

    def shape(colour: tuple[int, int, int], points: list[tuple[float, float]]) -> None:
        pygame.draw.polygon(large, colour, [(x * 2 * unit, y * 2 * unit) for x, y in points])

    shape(theme.BRONZE, [(0, 0), (88, 104), (104, 88)])
    shape(theme.BRONZE_LIGHT, [(0, 0), (100, 92), (104, 88)])
    shape((80, 58, 44), [(84, 108), (108, 84), (180, 156), (156, 180)])
    shape((104, 82, 64), [(98, 94), (108, 84), (180, 156), (170, 166)])
    return transform.smoothscale(large, (side, side)).convert_alpha()
