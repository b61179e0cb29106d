"""Widgets that show glyphs: a bare slab, a glyph that carves itself on it, a card with a glyph."""

import pygame
from pygame import Rect, Surface

from game.content.model import REGULAR
from game.glyphs.form import Form
from game.glyphs.growth import grow
from game.ui import theme
from game.ui.carved import CINNABAR, GUIDE, Cut, Picture, draw_cuts, draw_live
from game.ui.kit import Kit
from game.ui.layout import aspect
from game.ui.motion import ease
from game.ui.stack import Words, paint_stack
from game.ui.theme import cut_share
from game.ui.widget import Action, Widget

SECONDS_A_STROKE = 0.34
"""How long the knife takes for a stroke when a glyph carves itself."""


def glyph_box(rect: Rect, kit: Kit, margin: float = 44) -> Rect:
    """The square in the middle of a slab in which a glyph stands, `margin` units from its rim."""
    square = aspect(rect, 1.0)
    pad = min(kit.px(margin), square.w // 8)
    return square.inflate(-2 * pad, -2 * pad)


def paint_character(
    canvas: Surface, kit: Kit, char: str, spot: Rect, cut: Cut = CINNABAR, shape: int = 0
) -> None:
    """A character in the square `spot`: one of its oracle `shapes` (0 is the chief one), or its regular form
    where none is known or drawn, or where that is asked for (`REGULAR`)."""
    shapes = kit.library.glyph(char).shapes if kit.library.has_glyph(char) else ()
    form = shapes[shape] if shape != REGULAR and shape < len(shapes) else None
    if form is None:
        kit.type.put(canvas, char, spot, "serif", round(spot.h * 0.82), cut.body)
    else:
        share = cut_share(spot.w / kit.metrics.unit)
        kit.engraver.form(form, spot.w, cut, share).put(canvas, spot)


class BoneSlab(Widget):
    """A bare piece of bone to put things on."""

    def __init__(self, rect: Rect, seed: str, radius: float = 20, edge: float = 0.55) -> None:
        super().__init__(rect)
        self.seed, self.radius, self.edge = seed, radius, edge

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the bone and its shadow."""
        kit.lay(canvas, self.rect, self.seed, self.radius, self.edge)


class GlyphView(Widget):
    """A form inside `rect`, carved stroke after stroke if `carving`; the part named `lit` stands out."""

    role = "img"

    def __init__(
        self,
        rect: Rect,
        id: str,
        label: str,
        form: Form,
        cut: Cut = CINNABAR,
        carving: bool = False,
        lit: str | None = None,
        action: Action | None = None,
    ) -> None:
        super().__init__(rect, id, label, action)
        self.form, self.cut, self.lit = form, cut, lit
        self.seconds = SECONDS_A_STROKE * len(form.strokes)
        self.passed = 0.0 if carving else self.seconds
        self._cuts: dict[int, Picture] = {}
        self._cut_at = 0

    @property
    def moving(self) -> bool:
        """While it carves itself."""
        return self.passed < self.seconds

    def replay(self) -> None:
        """Carves it again from the first stroke."""
        self.passed = 0.0

    def update(self, dt: float, kit: Kit) -> None:
        """Carves on; with less motion the glyph is simply there."""
        if self.passed < self.seconds:
            self.passed = self.seconds if kit.still else min(self.seconds, self.passed + dt)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws what is carved so far; while it is growing a last frame shows it whole."""
        share = cut_share(self.rect.w / kit.metrics.unit)
        if self.lit is not None:
            kit.engraver.form(self.form, self.rect.w, GUIDE, share).put(canvas, self.rect)
            draw_cuts(self.form.part(self.lit).strokes, self.rect.w, self.cut, share).put(canvas, self.rect)
            return
        if self.passed >= self.seconds:
            kit.engraver.form(self.form, self.rect.w, self.cut, share).put(canvas, self.rect)
            return
        grown = grow(self.form.strokes, ease(self.passed / self.seconds))
        if self._cut_at != self.rect.w:
            self._cuts, self._cut_at = {}, self.rect.w
        for i, _ in grown[:-1]:  # a finished stroke is drawn once, not the whole glyph with every stroke
            if i not in self._cuts:
                self._cuts[i] = draw_cuts([self.form.strokes[i]], self.rect.w, self.cut, share)
            self._cuts[i].put(canvas, self.rect)
        if grown and len(grown[-1][1]) > 1:
            draw_live(canvas, grown[-1][1], self.rect, self.cut, share)


class GlyphCard(Widget):
    """A bone card to tap: a small glyph, a title and perhaps a second line; a green tick when done."""

    role = "button"

    def __init__(
        self,
        rect: Rect,
        id: str,
        title: str,
        second: str,
        form: Form | None,
        action: Action | None,
        cut: Cut = CINNABAR,
        done: bool = False,
    ) -> None:
        super().__init__(rect, id, f"{title} {second}".strip(), action)
        self.title, self.second, self.form, self.cut, self.done = title, second, form, cut, done

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the card; pressed it sinks a little."""
        box = self.rect.move(0, kit.px(2) if self.pressed else 0)
        kit.lay(canvas, box, self.id, 14, 0.22)
        pad = kit.px(16)
        side = min(box.h - 2 * kit.px(14), kit.px(64), box.w // 4)
        x = box.x + pad
        if self.form is not None:
            share = cut_share(side / kit.metrics.unit)
            spot = Rect(x, box.centery - side // 2, side, side)
            kit.engraver.form(self.form, side, self.cut, share).put(canvas, spot)
            x += side + pad
        room = box.right - pad - x - (kit.px(26) if self.done else 0)
        texts = [Words(self.title, "serif", 26, theme.INK)]
        if self.second:
            texts.append(Words(self.second, "sans", theme.SMALL, theme.INK_SOFT))
        inner = Rect(x, box.y, room, box.h).inflate(0, -kit.px(16))
        paint_stack(canvas, kit, inner, texts)
        if self.done:
            tick(canvas, kit, (box.right - kit.px(24), box.y + kit.px(24)))
        if not self.enabled:
            canvas.blit(kit.pill(box.size, (24, 18, 14, 150), 14), box)


def tick(canvas: Surface, kit: Kit, centre: tuple[int, int]) -> None:
    """A small bronze-green disc with a tick: this is done."""
    r = kit.px(13)
    canvas.blit(kit.pill((2 * r, 2 * r), theme.BRONZE, 13), (centre[0] - r, centre[1] - r))
    x, y, s = centre[0], centre[1], kit.px(5)
    points = [(x - s, y), (x - s * 0.2, y + s * 0.8), (x + s * 1.1, y - s * 0.9)]
    pygame.draw.lines(canvas, theme.TEXT, False, points, kit.px(3))
