"""The last days at a glance: kept, rested, missed, and today."""

from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from game.ui import theme
from game.ui.kit import Kit
from game.ui.widget import Widget

STATES: Final = ("kept", "rested", "missed", "open")
"""Kept: a disc with a tick. Rested, a missed day that is forgiven: a ring. Missed: a dot. Open, today and not
kept yet: a bright ring with nothing in it."""


class Week(Widget):
    """A disc for each day, today last."""

    role = "img"

    def __init__(self, rect: Rect, id: str, label: str, days: Sequence[str]) -> None:
        super().__init__(rect, id, label)
        self.days = list(days)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the discs from the left."""
        step = min(self.rect.h + kit.px(10), self.rect.w // len(self.days))
        side = min(self.rect.h, step - kit.px(4))
        for i, state in enumerate(self.days):
            spot = Rect(self.rect.x + i * step, self.rect.centery - side // 2, side, side)
            if state == "kept":
                kit.disc(canvas, spot, theme.CINNABAR)
                x, y, s = spot.centerx, spot.centery, side / 5
                tick = [(x - s * 1.2, y), (x - s * 0.3, y + s), (x + s * 1.3, y - s)]
                pygame.draw.lines(canvas, theme.TEXT, False, tick, kit.px(3))
            elif state == "missed":
                kit.disc(canvas, spot.inflate(-side * 2 // 3, -side * 2 // 3), (110, 90, 70))
            else:
                kit.disc(canvas, spot, theme.BRONZE_LIGHT if state == "rested" else theme.TEXT)
                rim = kit.px(3)
                kit.disc(canvas, spot.inflate(-2 * rim, -2 * rim), (38, 31, 25))
                if state == "rested":
                    bar = Rect(0, 0, side // 2, kit.px(3))
                    bar.center = spot.center
                    canvas.fill(theme.BRONZE_LIGHT, bar)
