"""A few texts under one another in a box: as large as they all fit in at most two lines each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pygame import Rect, Surface

from game.ui.kit import Kit
from game.ui.text import SMALLEST, Align, Face
from game.ui.theme import Colour

LINES: Final = 2
LEAST: Final = 0.62
"""Smaller than this share of the size asked for, words would be cut off rather than read."""
ONE_LINE: Final = 0.74
"""A text is rather set this much smaller than broken in two."""
SECOND: Final = 0.9
"""The texts under the first are small already: they shrink no further until the first has by `LEAST`."""
TIGHT: Final = 1.28
"""Line distance in type sizes: titles need less air than running text."""


class Words(NamedTuple):
    """A text, its typeface, its size in units and its colour."""

    text: str
    face: Face
    units: float
    colour: Colour


class Set(NamedTuple):
    """A text as it is set: its lines and its size in canvas pixels."""

    lines: list[str]
    size: int


def fitted(kit: Kit, size: tuple[int, int], texts: Sequence[Words]) -> list[Set]:
    """The texts set in a box of `size` pixels, made smaller until they fit, the first more than the others.

    Type that the player's setting enlarges may shrink back by as much.
    """
    share, least = 1.0, LEAST / max(1.0, kit.metrics.text_scale)
    while True:
        tried = [
            _set(kit, size[0], words, max(share, SECOND) if i and share > LEAST else share)
            for i, words in enumerate(texts)
        ]
        if share <= least or _fits(kit, size, texts, tried):
            return tried
        share -= 0.03


def _set(kit: Kit, width: int, words: Words, share: float) -> Set:
    size = max(SMALLEST, round(kit.size(words.units) * share))
    for smaller in range(size, round(size * ONE_LINE) - 1, -1):
        if kit.type.width(words.text, words.face, smaller) <= width:
            return Set([words.text], smaller)
    return Set(kit.type.wrapped(words.text, width, words.face, size), size)


def _fits(kit: Kit, size: tuple[int, int], texts: Sequence[Words], tried: Sequence[Set]) -> bool:
    if sum(_high(one) for one in tried) > size[1] or any(len(one.lines) > LINES for one in tried):
        return False
    return all(
        kit.type.width(line, words.face, one.size) <= size[0]
        for words, one in zip(texts, tried, strict=True)
        for line in one.lines
    )


def _high(one: Set) -> int:
    return len(one.lines) * round(one.size * TIGHT)


def paint_stack(canvas: Surface, kit: Kit, box: Rect, texts: Sequence[Words], align: Align = "left") -> None:
    """Draws the texts in the middle of the box's height."""
    placed = fitted(kit, box.size, texts)
    y = box.centery - sum(_high(one) for one in placed) // 2
    for words, one in zip(texts, placed, strict=True):
        high = round(one.size * TIGHT)
        for line in one.lines:
            kit.type.put(canvas, line, Rect(box.x, y, box.w, high), words.face, one.size, words.colour, align)
            y += high
