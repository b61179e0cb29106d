"""Carved glyphs: strokes with tapered ends, a shadowed upper lip, a lit lower lip and a darker core.

Drawn several times larger and shrunk, then kept, so that a still glyph costs one blit. All sizes are canvas
pixels; glyph coordinates are the 100 x 100 box, y downwards.
"""

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pygame
from pygame import Rect, Surface, transform

from game.glyphs.form import Form
from game.glyphs.outline import knife_outline
from game.glyphs.path import Polyline
from game.ui import theme
from game.ui.theme import Colour, cut_share

KEPT_GLYPHS: Final = 260
SHARP: Final = 2
"""Glyphs are drawn this many times larger, then shrunk."""
CORE_FROM: Final = 90
"""Below this many pixels a box the darker core of a cut cannot be seen."""
CORE_SHARE: Final = 0.42


@dataclass(frozen=True, slots=True)
class Cut:
    """How a cut looks: body and core colours, and whether it has lit and shadowed lips."""

    body: Colour
    core: Colour
    relief: bool = True


CINNABAR: Final = Cut(theme.CINNABAR, theme.CINNABAR_DEEP)
BRONZE: Final = Cut(theme.BRONZE, theme.BRONZE_DEEP)
WAITING: Final = Cut(theme.WAITING, (82, 62, 40))
CAST: Final = Cut(theme.BONE_LIGHT, theme.BONE_LIGHT, relief=False)
"""Cast in bronze: light lines that throw no shadow."""
INKED: Final = Cut(theme.INK, (24, 18, 14))
GUIDE: Final = Cut((203, 182, 141), (203, 182, 141), relief=False)
LIT: Final = Cut((203, 92, 44), (160, 58, 24))
ON_DARK: Final = Cut(theme.TEXT, theme.BONE_SHADE, relief=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn glyph: its pixels, and where they lie from the top left corner of the glyph's box."""

    surface: Surface
    dx: int
    dy: int

    def put(self, target: Surface, box: Rect) -> None:
        """Blits it with its glyph box at `box`'s top left corner."""
        target.blit(self.surface, (box.x + self.dx, box.y + self.dy))


def outlines(strokes: Sequence[Polyline], size: float, share: float) -> list[list[tuple[float, float]]]:
    """Polygons of the cuts in pixels from the top left of a box of `size` pixels; `share` is their width as
    a share of the box, never under 1.6 pixels."""
    scale = size / 100
    width = max(share * 100, 160 / size)
    return [[(x * scale, y * scale) for x, y in knife_outline(s, width)] for s in strokes if len(s) > 1]


def draw_cuts(strokes: Sequence[Polyline], size: int, cut: Cut, share: float) -> Picture:
    """The strokes cut into nothing, at `size` pixels a box; only as large as the strokes need."""
    shapes = outlines(strokes, size, share)
    if not shapes:
        return Picture(Surface((1, 1), pygame.SRCALPHA).convert_alpha(), 0, 0)
    rim = 2 + size // 300
    left = math.floor(min(x for s in shapes for x, _ in s)) - rim
    top = math.floor(min(y for s in shapes for _, y in s)) - rim
    width = math.ceil(max(x for s in shapes for x, _ in s)) + rim - left
    height = math.ceil(max(y for s in shapes for _, y in s)) + rim - top
    large = Surface((width * SHARP, height * SHARP), pygame.SRCALPHA)
    large.fill((*cut.body, 0))

    def pen(colour: tuple[int, ...], outline: list[tuple[float, float]], shift: float) -> None:
        points = [((x - left) * SHARP + shift, (y - top) * SHARP + shift) for x, y in outline]
        pygame.draw.polygon(large, colour, points)

    lip = SHARP * max(1.0, size / 420)
    if cut.relief:
        for shape in shapes:
            pen((*theme.CUT_SHADOW, 200), shape, -lip)
        for shape in shapes:
            pen((*theme.CUT_LIGHT, 235), shape, lip)
    for shape in shapes:
        pen((*cut.body, 255), shape, 0)
    if cut.relief and size >= CORE_FROM:
        for core in outlines(strokes, size, share * CORE_SHARE):
            pen((*cut.core, 255), core, 0)
    return Picture(transform.smoothscale(large, (width, height)).convert_alpha(), left, top)


def draw_live(target: Surface, stroke: Polyline, box: Rect, cut: Cut, share: float) -> None:
    """A stroke that is changing, drawn straight onto the target: quick, with edges smoothed by lines."""
    pen = pygame.draw.polygon
    for outline in outlines([stroke], box.w, share):
        body = [(x + box.x, y + box.y) for x, y in outline]
        if cut.relief:
            pen(target, theme.CUT_SHADOW, [(x - 1, y - 1) for x, y in body])
            pen(target, theme.CUT_LIGHT, [(x + 1, y + 1) for x, y in body])
        pen(target, cut.body, body)
        pygame.draw.aalines(target, cut.body, True, body)
    if cut.relief and box.w >= CORE_FROM:
        for outline in outlines([stroke], box.w, share * CORE_SHARE):
            pen(target, cut.core, [(x + box.x, y + box.y) for x, y in outline])


class Engraver:
    """Draws forms and keeps what it drew."""

    def __init__(self) -> None:
        # The form is kept beside its picture: so its id stays its own, and no points need hashing.
        self._kept: OrderedDict[tuple[object, ...], tuple[Form, Picture]] = OrderedDict()

    def form(self, form: Form, size: int, cut: Cut, share: float | None = None) -> Picture:
        """The whole form at `size` pixels a box."""
        key = (id(form), size, cut, share)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept[1]
        drawn = draw_cuts(form.strokes, size, cut, share or cut_share(size))
        self._kept[key] = (form, drawn)
        if len(self._kept) > KEPT_GLYPHS:
            self._kept.popitem(last=False)
        return drawn
