"""Answers to tap: glyphs or words on bone, told right or wrong by colour, mark and word."""

from collections.abc import Callable, Sequence

import pygame
from pygame import Rect, Surface

from game.content.model import Option
from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, INKED
from game.ui.glyph_widgets import glyph_box, paint_character, tick
from game.ui.kit import Kit
from game.ui.layout import grid
from game.ui.text import Align
from game.ui.widget import Action, Widget

HOLLOW = (214, 195, 158)
"""An empty niche: bone in its own shade."""


class OptionCard(Widget):
    """One answer. `state` is idle, right, wrong, or picked (then `number` says as which)."""

    role = "button"

    def __init__(
        self,
        rect: Rect,
        id: str,
        label: str,
        option: Option,
        action: Action | None,
        state: str = "idle",
        number: int = 0,
        align: Align = "centre",
    ) -> None:
        super().__init__(rect, id, label, action)
        self.option, self.state, self.number, self.align = option, state, number, align
        self.enabled = action is not None

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the piece of bone with its glyph or words, and how it was judged."""
        box = self.rect.move(0, kit.px(2) if self.pressed else 0)
        kit.lay(canvas, box, self.id, 16, 0.3)
        if self.option.glyph is not None:
            spot = glyph_box(box, kit, 22)
            cut = {"right": BRONZE, "wrong": INKED}.get(self.state, CINNABAR)
            paint_character(canvas, kit, self.option.glyph, spot, cut, self.option.shape)
        elif self.option.text is not None:
            self._words(canvas, kit, box)
        if self.state in ("right", "wrong", "picked"):
            colour = {"right": theme.BRONZE, "wrong": theme.INK_SOFT, "picked": theme.CINNABAR}[self.state]
            pygame.draw.rect(canvas, colour, box, kit.px(4), kit.px(16))
        corner = (box.right - kit.px(22), box.y + kit.px(22))
        if self.state == "right":
            tick(canvas, kit, corner)
        elif self.state == "wrong":
            cross(canvas, kit, corner)
        elif self.state == "picked" and self.number:
            side = kit.px(30)
            disc = Rect(0, 0, side, side)
            disc.center = corner
            canvas.blit(kit.pill(disc.size, theme.CINNABAR, 15), disc)
            kit.type.put(canvas, str(self.number), disc, "sans", kit.size(theme.SMALL), theme.TEXT)

    def _words(self, canvas: Surface, kit: Kit, box: Rect) -> None:
        assert self.option.text is not None
        text = kit.words(self.option.text)
        size = kit.size(theme.READING if len(text) < 40 else theme.ASIDE)
        inner = box.inflate(-kit.px(40), 0)
        while size > kit.px(15) and kit.type.height(text, inner.w, "sans", size) > box.h - kit.px(8):
            size -= 1
        height = kit.type.height(text, inner.w, "sans", size)
        place = Rect(inner.x, box.centery - height // 2, inner.w, height)
        kit.type.block(canvas, text, place, "sans", size, theme.INK, self.align)


class Niche(Widget):
    """A place cut into the bone for one of the glyphs that are put together; empty or filled."""

    role = "img"

    def __init__(self, rect: Rect, id: str, label: str, option: Option | None) -> None:
        super().__init__(rect, id, label)
        self.option = option

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the hollow, a little darker than the bone, and what lies in it."""
        rim = kit.px(2.5)
        canvas.blit(kit.pill(self.rect.size, (*theme.BONE_SHADE, 255), 18), self.rect)
        inner = self.rect.inflate(-2 * rim, -2 * rim)
        canvas.blit(kit.pill(inner.size, HOLLOW if self.option is None else theme.BONE, 16), inner)
        if self.option is not None and self.option.glyph is not None:
            spot = glyph_box(self.rect, kit, 22)
            paint_character(canvas, kit, self.option.glyph, spot, CINNABAR, self.option.shape)


def cross(canvas: Surface, kit: Kit, centre: tuple[int, int]) -> None:
    """A small ink disc with a cross: not this one."""
    r = kit.px(13)
    canvas.blit(kit.pill((2 * r, 2 * r), theme.INK_SOFT, 13), (centre[0] - r, centre[1] - r))
    x, y, s = centre[0], centre[1], kit.px(5)
    for a, b in (((x - s, y - s), (x + s, y + s)), ((x - s, y + s), (x + s, y - s))):
        pygame.draw.line(canvas, theme.TEXT, a, b, kit.px(3))


def option_label(kit: Kit, option: Option, index: int) -> str:
    """What a screen reader says of an option: its words, or a number for a glyph (its name would tell)."""
    if option.text is not None:
        return kit.words(option.text)
    return kit.t("exercise.glyph", n=index + 1)


def judged(kit: Kit, option: Option, index: int, state: str) -> str:
    """The option's label with how it was judged, for those who do not see the colour."""
    label = option_label(kit, option, index)
    return kit.t(f"exercise.judged_{state}", label=label) if state in ("right", "wrong") else label


def option_cards(
    kit: Kit,
    box: Rect,
    options: Sequence[Option],
    shown: Sequence[int],
    pick: Callable[[int], Action | None],
    states: Sequence[str],
    numbers: Sequence[int],
) -> list[Widget]:
    """Cards for the options numbered `shown`, filling `box`: glyphs in a square-ish grid, words one under
    the other."""
    glyphs = all(o.glyph is not None for o in options)
    short = all(len(kit.words(o.text)) < 24 for o in options if o.text is not None)
    align: Align = "centre" if short else "left"  # one for the whole set
    count = len(shown)
    gap = kit.px(16)
    if glyphs:
        columns = count if box.w > box.h * 2.2 else 2 if count in (2, 4) else 3
    else:
        columns = 2 if box.w > kit.px(900) and count > 3 else 1
    rows = -(-count // columns)
    height = (box.h - gap * (rows - 1)) // rows
    height = min(height, (box.w - gap * (columns - 1)) // columns if glyphs else kit.px(108))
    used = rows * height + gap * (rows - 1)
    place = Rect(box.x, box.y + (box.h - used) // 2 if glyphs else box.y, box.w, used)
    return [
        OptionCard(
            rect,
            f"option-{i}",
            judged(kit, options[i], i, states[i]),
            options[i],
            pick(i),
            states[i],
            numbers[i],
            align,
        )
        for i, rect in zip(shown, grid(place, columns, count, height, gap), strict=True)
    ]
