"""A badge: a little bronze mirror, a glyph cast in its middle; not won yet it is dark, its rim filling up."""

from math import cos, pi, sin
from typing import Final

import pygame
from pygame import Rect, Surface, transform

from game.ui import theme
from game.ui.carved import CAST, Cut
from game.ui.glyph_widgets import paint_character
from game.ui.kit import Kit
from game.ui.stack import Words, paint_stack
from game.ui.widget import Widget

UNCAST: Final = Cut((150, 122, 88), (150, 122, 88), relief=False)
SHARP: Final = 3
"""The arc is drawn this many times larger, then shrunk."""


def paint_medal(canvas: Surface, kit: Kit, box: Rect, char: str, share: float = 1.0) -> None:
    """The badge with the glyph of `char` in a square box; `share` 0..1 of it is done, 1 is won."""
    won = share >= 1
    rings = (
        (
            (0.0, theme.BRONZE_DEEP),
            (0.02, theme.BRONZE_LIGHT),
            (0.06, theme.BRONZE),
            (0.13, theme.BRONZE_DEEP),
        )
        if won
        else ((0.0, (88, 72, 56)), (0.07, (42, 34, 28)))
    )
    for inset, colour in rings:
        _disc(canvas, kit, box, inset, colour)
    if won:
        _disc(canvas, kit, box, 0.145, theme.BRONZE)
    elif share > 0:
        _arc(canvas, box, share)
    side = round(box.w * 0.5)
    spot = Rect(0, 0, side, side)
    spot.center = box.center
    paint_character(canvas, kit, char, spot, CAST if won else UNCAST)


def _disc(canvas: Surface, kit: Kit, box: Rect, inset: float, colour: theme.Colour) -> None:
    cut = round(box.w * inset)
    disc = box.inflate(-2 * cut, -2 * cut)
    kit.disc(canvas, disc, colour)


def _arc(canvas: Surface, box: Rect, share: float) -> None:
    """The done part of the rim, from the top with the clock."""
    side = box.w * SHARP
    sheet = Surface((side, side), pygame.SRCALPHA)
    steps = max(2, round(60 * share))
    turns = [2 * pi * share * i / steps for i in range(steps + 1)]
    rim = [
        (side / 2 + radius * side * sin(turn), side / 2 - radius * side * cos(turn))
        for radius, order in ((0.5, turns), (0.43, turns[::-1]))
        for turn in order
    ]
    sheet.fill((*theme.BRONZE_LIGHT, 0))
    pygame.draw.polygon(sheet, theme.BRONZE_LIGHT, rim)
    canvas.blit(transform.smoothscale(sheet, box.size), box)


class Medal(Widget):
    """A badge with its name below, or beside where it is wider than high; it is read out."""

    role = "img"

    def __init__(
        self, rect: Rect, id: str, char: str, title: str, about: str = "", share: float = 1.0
    ) -> None:
        super().__init__(rect, id, f"{title} {about}".strip())
        self.char, self.title, self.about, self.share = char, title, about, share

    def texts(self) -> list[Words]:
        """What stands with it."""
        found = [Words(self.title, "serif", 24 if self.about else 18, theme.TEXT)]
        return [*found, Words(self.about, "sans", 18, theme.TEXT_SECOND)] if self.about else found

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The mirror and the words."""
        box = self.rect
        if box.w > box.h * 1.4:
            side = min(box.h, box.w // 3)
            disc = Rect(box.x, box.y + (box.h - side) // 2, side, side)
            words = Rect(disc.right + kit.px(20), box.y, box.right - disc.right - kit.px(20), box.h)
            paint_stack(canvas, kit, words, self.texts())
        else:
            side = min(box.w - kit.px(16), box.h - kit.px(52))
            disc = Rect(box.centerx - side // 2, box.y, side, side)
            words = Rect(box.x, disc.bottom + kit.px(4), box.w, box.bottom - disc.bottom - kit.px(4))
            paint_stack(canvas, kit, words, self.texts(), "centre")
        paint_medal(canvas, kit, disc, self.char, self.share)
