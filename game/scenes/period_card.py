"""The card of a period to print and hang up: A4 upright, the timeline with its carved characters on paper.

Drawn once and let go: nothing of it stays in the caches of type and glyphs, which are for the screen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pygame
from pygame import Rect, Surface

from game.content.model import PartyLevel
from game.learning.party import Period
from game.ui import theme
from game.ui.carved import CINNABAR, draw_cuts
from game.ui.glyph_row import undrawn_label
from game.ui.kit import Kit
from game.ui.text import LEADING, Align, Face
from game.ui.theme import Colour, cut_share

SIZE: Final = (1240, 1754)
"""A4 upright at 150 dots an inch."""
DEPTH: Final = 24
"""Bits a pixel: paper needs no alpha, and a browser's memory is spared a quarter."""
PAPER: Final[Colour] = (253, 250, 243)
RIM: Final = 44
EDGE: Final = 96
HEAD: Final = Rect(EDGE, 86, SIZE[0] - 2 * EDGE, 214)
FOOT: Final = Rect(EDGE, 1644, SIZE[0] - 2 * EDGE, 44)
ROWS: Final = Rect(EDGE, 322, SIZE[0] - 2 * EDGE, 1306)
YEAR: Final = 118
"""Width of the column of years."""
GLYPH: Final = (124, 270)
"""Least and greatest side of a character's tile."""
TALLEST: Final = 420
"""A row's greatest height: few events stand close together at the top rather than far apart."""
READING: Final = (24, 23, 22, 21, 20)
"""Sizes of type for what is read, in pixels of the card: 20 are 3.4 mm on paper."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where one event stands: its year, the knot on the line, its character's tile, its words."""

    year: Rect
    knot: tuple[int, int]
    tile: Rect
    words: Rect


def card_spots(count: int) -> list[Spots]:
    """Places for `count` events (1 to 9) under one another, in pixels of the card."""
    high = min(TALLEST, ROWS.h // count)
    side = max(GLYPH[0], min(GLYPH[1], high - 18))
    line = ROWS.x + YEAR + 26
    spots = []
    for i in range(count):
        row = Rect(ROWS.x, ROWS.y + i * high, ROWS.w, high)
        tile = Rect(line + 40, row.y + (high - side) // 2, side, side)
        words = Rect(tile.right + 36, row.y + 3, row.right - tile.right - 36, high - 6)
        spots.append(Spots(Rect(row.x, tile.centery - 30, YEAR, 60), (line, tile.centery), tile, words))
    return spots


def card_name(kit: Kit, period: Period) -> str:
    """The file's name: shiqi-1921-zh.png."""
    return f"shiqi-{period.id}-{kit.lang}.png"


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of one size under one another."""

    lines: list[str]
    face: Face
    size: int
    colour: Colour

    @property
    def leading(self) -> int:
        return round(self.size * LEADING * 0.83)

    @property
    def high(self) -> int:
        return len(self.lines) * self.leading


def first_year(level: PartyLevel) -> str:
    """The year that the level's date tells first, which may be later than the year it was decided in."""
    told = re.search(r"\d{4}", level.date.zh)
    return told.group() if told else level.date_from[:4]


class _Pen:
    """Type on the card, not kept."""

    def __init__(self, sheet: Surface, kit: Kit) -> None:
        self.sheet, self.kit = sheet, kit

    def line(self, text: str, box: Rect, face: Face, size: int, colour: Colour, align: Align) -> None:
        """One line in the middle of the box's height, made smaller until it fits its width."""
        size = self.kit.type.fit(text, box.w, face, size)
        drawn = self.kit.type.font(face, size).render(text, True, colour)
        place = drawn.get_rect(midleft=box.midleft)
        if align == "centre":
            place.center = box.center
        elif align == "right":
            place.right = box.right
        self.sheet.blit(drawn, place)

    def parts(self, parts: Sequence[_Part], box: Rect) -> None:
        """Texts under one another in the middle of the box's height."""
        y = box.y + (box.h - _high(parts)) // 2
        for part in parts:
            for text in part.lines:
                place = Rect(box.x, y, box.w, part.leading)
                self.line(text, place, part.face, part.size, part.colour, "left")
                y += part.leading


def period_card(kit: Kit, period: Period, levels: Sequence[PartyLevel]) -> bytes:
    """A PNG of `SIZE` pixels in the player's language; `levels` are the period's, in order of time."""
    sheet = Surface(SIZE, depth=DEPTH)
    sheet.fill(PAPER)
    pygame.draw.rect(sheet, theme.BONE_EDGE, Rect(0, 0, *SIZE).inflate(-2 * RIM, -2 * RIM), 4)
    pygame.draw.rect(sheet, theme.BONE_SHADE, Rect(0, 0, *SIZE).inflate(-2 * RIM - 20, -2 * RIM - 20), 2)
    pen = _Pen(sheet, kit)
    _head(pen, period)
    spots = card_spots(len(levels))
    x = spots[0].knot[0]
    last = spots[-1].tile.bottom
    pygame.draw.line(sheet, theme.BONE_SHADE, (x, ROWS.y), (x, last), 5)
    year = ""
    texts = _texts(kit, levels, [spot.words for spot in spots])
    for level, spot, parts in zip(levels, spots, texts, strict=True):
        began = first_year(level)
        if began != year:
            pen.line(began, spot.year, "serif", 44, theme.BRONZE_DEEP, "right")
        year = began
        pygame.draw.circle(sheet, PAPER, spot.knot, 13)
        pygame.draw.circle(sheet, theme.BRONZE, spot.knot, 10)
        _character(pen, level.character, spot.tile)
        pen.parts(parts, spot.words)
    foot = kit.t("party.card_foot")
    pen.line(foot, FOOT, "sans", 22, theme.INK_SOFT, "centre")
    out = BytesIO()
    pygame.image.save(sheet, out, "card.png")
    return out.getvalue()


def _head(pen: _Pen, period: Period) -> None:
    """The house's seal at the right; programme, years and the period's name at the left; a cut below."""
    kit = pen.kit
    years, name = kit.t(f"period.{period.id}").split(None, 1)
    seal = Rect(HEAD.right - 150, HEAD.y + 8, 150, 150)
    pygame.draw.rect(pen.sheet, theme.CINNABAR, seal, border_radius=16)
    pygame.draw.rect(pen.sheet, PAPER, seal.inflate(-16, -16), 3, border_radius=10)
    pen.line(kit.t("app.name"), seal.inflate(-34, -34), "brush", 62, PAPER, "centre")
    room = HEAD.w - seal.w - 30
    programme = kit.t("programme.party")
    pen.line(programme, Rect(HEAD.x, HEAD.y, room, 40), "sans", 28, theme.INK_SOFT, "left")
    pen.line(name, Rect(HEAD.x, HEAD.y + 46, room, 84), "serif", 62, theme.INK, "left")
    pen.line(years, Rect(HEAD.x, HEAD.y + 130, room, 54), "serif", 38, theme.CINNABAR, "left")
    pygame.draw.rect(pen.sheet, theme.CINNABAR, Rect(HEAD.x, HEAD.bottom - 10, HEAD.w, 4))


def _character(pen: _Pen, char: str, tile: Rect) -> None:
    """The oracle form carved on its tile; or the regular form, and why none is drawn."""
    kit = pen.kit
    pygame.draw.rect(pen.sheet, theme.BONE_LIGHT, tile, border_radius=18)
    pygame.draw.rect(pen.sheet, theme.BONE_SHADE, tile, 2, border_radius=18)
    side = round(tile.w * 0.78)
    box = Rect(0, 0, side, side)
    box.center = tile.center
    form = kit.library.glyph(char).oracle if kit.library.has_glyph(char) else None
    if form is not None:
        draw_cuts(form.strokes, side, CINNABAR, cut_share(side)).put(pen.sheet, box)
        return
    pen.line(char, box.move(0, -8), "serif", round(side * 0.7), theme.INK, "centre")
    low = Rect(tile.x + 6, tile.bottom - 32, tile.w - 12, 28)
    pen.line(kit.t(undrawn_label(kit.library, char)), low, "sans", 18, theme.INK_SOFT, "centre")


def _texts(kit: Kit, levels: Sequence[PartyLevel], rooms: Sequence[Rect]) -> list[list[_Part]]:
    """What stands beside each character: date and place, the title with its character; then why this
    character, and what happened, each only if every row of the card holds it whole."""
    told = []
    for level, room in zip(levels, rooms, strict=True):
        when = f"{kit.words(level.date)} · {kit.words(level.place)}"
        title = f"{kit.words(level.title)} · {level.character}"
        size = next((one for one in READING if kit.type.width(when, "sans", one) <= room.w), READING[-1])
        lines = kit.type.wrapped(when, room.w, "sans", size)
        told.append([_Part(lines, "sans", size, theme.INK_SOFT), _Part([title], "serif", 36, theme.INK)])
    for more in ([level.link for level in levels], [level.event for level in levels]):
        for size in READING:
            added = [
                _Part(kit.type.wrapped(kit.words(words), room.w, "sans", size), "sans", size, theme.INK)
                for words, room in zip(more, rooms, strict=True)
            ]
            if all(_high([*one, new]) <= room.h for one, new, room in zip(told, added, rooms, strict=True)):
                told = [[*one, new] for one, new in zip(told, added, strict=True)]
                break
    return told


def _high(parts: Sequence[_Part]) -> int:
    return sum(part.high for part in parts)
