"""A quiet notice of the badges just won, for the end of a lesson or a level."""

from collections.abc import Sequence
from typing import Final

from pygame import Rect

from game.content.model import Badge
from game.ui.kit import Kit
from game.ui.layout import Part, row
from game.ui.medal import Medal
from game.ui.widget import Widget

HIGH: Final = 88
"""Units the notice is high."""
MOST: Final = 3
"""Badges told at once; the record page has them all."""


def news_height(kit: Kit, badges: Sequence[Badge]) -> int:
    """Canvas pixels to keep free: none without news."""
    return kit.px(HIGH) if badges else 0


def news_row(kit: Kit, box: Rect, badges: Sequence[Badge]) -> list[Widget]:
    """The badges beside one another in the middle of `box`."""
    shown = list(badges[: MOST if kit.metrics.wide else MOST - 1])
    if not shown:
        return []
    wide = min(box.w, kit.px(340) * len(shown))
    middle = Rect(box.centerx - wide // 2, box.y, wide, box.h)
    return [
        Medal(place, f"won-{badge.id}", badge.glyph, kit.words(badge.title), kit.t("record.won"))
        for badge, place in zip(shown, row(middle, [Part()] * len(shown), kit.px(20)), strict=True)
    ]
