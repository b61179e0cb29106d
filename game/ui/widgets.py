"""The plain widgets: words, buttons, chips, dots, the back mark."""

from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect, Surface

from game.ui import theme
from game.ui.kit import Kit
from game.ui.stack import Words, paint_stack
from game.ui.text import Align, Face
from game.ui.theme import Colour
from game.ui.widget import Action, Widget

LEAST: Final = 0.62
"""Text that does not fit is set smaller, down to this share: better small than cut off."""


class Label(Widget):
    """Wrapped text in a box, set smaller if it must be. It is read out when given an `id`."""

    role = "text"

    def __init__(
        self,
        rect: Rect,
        text: str,
        units: float = theme.READING,
        colour: Colour = theme.TEXT,
        face: Face = "sans",
        align: Align = "left",
        id: str = "",
        middle: bool = False,
    ) -> None:
        super().__init__(rect, id, text)
        self.text, self.units, self.colour, self.face, self.align = text, units, colour, face, align
        self.middle = middle

    def fitted(self, kit: Kit) -> int:
        """The type size in pixels: as asked, or smaller until the text fits, never under LEAST of it."""
        size = asked = kit.size(self.units)
        while (
            size > 9 and kit.type.height(self.text, self.rect.w, self.face, size) > self.rect.h + size * 0.4
        ):
            if size - 1 < asked * LEAST:
                break
            size -= 1
        return size

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the lines from the top of the box, or about its middle."""
        size = self.fitted(kit)
        box = self.rect
        if self.middle:
            height = kit.type.height(self.text, box.w, self.face, size)
            box = Rect(box.x, box.y + (box.h - height) // 2, box.w, height)
        kit.type.block(canvas, self.text, box, self.face, size, self.colour, self.align)


class Button(Widget):
    """A pill with one line. The main one of a screen is cinnabar, others have a quiet rim."""

    role = "button"

    def __init__(
        self,
        rect: Rect,
        id: str,
        label: str,
        action: Action,
        main: bool = False,
        units: float = theme.READING,
        inset: float = 14,
    ) -> None:
        super().__init__(rect, id, label, action)
        self.main = main
        self.units = units
        self.inset = inset
        """Units kept free at either end of the line."""

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the pill; pressed it sinks a little."""
        box = self.rect.move(0, kit.px(2) if self.pressed else 0)
        radius = box.h / 2 / kit.metrics.unit
        colour: Colour = theme.TEXT if self.enabled else theme.WAITING
        if self.main and self.enabled:
            fill = theme.CINNABAR_DEEP if self.pressed else theme.CINNABAR
            canvas.blit(kit.pill(box.size, fill, radius), box)
        else:
            rim = theme.BONE_SHADE if self.enabled else theme.WAITING
            canvas.blit(kit.pill(box.size, rim, radius), box)
            inner = box.inflate(-2 * kit.px(1.5), -2 * kit.px(1.5))
            fill = theme.GALLERY_LIT if self.pressed else (42, 34, 28)
            canvas.blit(kit.pill(inner.size, fill, radius - 1.5), inner)
            colour = theme.TEXT_SECOND if self.enabled else theme.WAITING
        size = kit.type.fit(self.label, box.w - kit.px(2 * self.inset), "sans", kit.size(self.units))
        kit.type.put(canvas, self.label, box, "sans", size, colour)


class QuietButton(Widget):
    """A line in soft ink on the bone itself, to tap: for what may be looked at but need not."""

    role = "button"

    def __init__(self, rect: Rect, id: str, label: str, action: Action) -> None:
        super().__init__(rect, id, label, action)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the words with a turning arrow's chevron after them."""
        size = kit.type.fit(self.label, self.rect.w - kit.px(30), "sans", kit.size(19))
        colour = theme.CINNABAR if self.pressed else theme.INK_SOFT
        place = kit.type.put(canvas, self.label, self.rect, "sans", size, colour)
        x, y, s = place.right + kit.px(8), self.rect.centery, kit.px(5)
        pygame.draw.lines(canvas, colour, False, [(x, y - s), (x + s, y), (x, y + s)], kit.px(2))


class Chip(Widget):
    """A small plate for a part: waiting, in hand (cinnabar rim), or done (bronze green, with a tick)."""

    role = "text"

    def __init__(
        self, rect: Rect, id: str, text: str, label: str, state: str, action: Action | None = None
    ) -> None:
        super().__init__(rect, id, label, action)
        self.text, self.state = text, state
        if action is not None:
            self.role = "button"

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the plate; `state` is waiting, current or done."""
        radius = 14.0
        if self.state == "done":
            canvas.blit(kit.pill(self.rect.size, theme.BRONZE, radius), self.rect)
        else:
            rim = theme.CINNABAR if self.state == "current" else (88, 72, 56)
            canvas.blit(kit.pill(self.rect.size, rim, radius), self.rect)
            width = kit.px(3 if self.state == "current" else 1.5)
            inner = self.rect.inflate(-2 * width, -2 * width)
            canvas.blit(kit.pill(inner.size, (48, 38, 31), radius - 2), inner)
        colour = theme.TEXT if self.state != "waiting" else theme.TEXT_SECOND
        size = kit.type.fit(self.text, self.rect.w - kit.px(16), "sans", kit.size(22))
        place = kit.type.put(canvas, self.text, self.rect, "sans", size, colour)
        if self.state == "done":
            x, y, s = place.right + kit.px(3), self.rect.y + kit.px(10), kit.px(5)
            tick = [(x, y + s), (x + s * 0.7, y + s * 1.6), (x + s * 2, y)]
            pygame.draw.lines(canvas, theme.TEXT, False, tick, kit.px(2))


class Dots(Widget):
    """Where one is among the steps of a lesson: done cinnabar, present bright and larger, the rest dim."""

    role = "text"

    def __init__(self, rect: Rect, position: int, count: int, label: str) -> None:
        super().__init__(rect, "progress", label)
        self.position, self.count = position, count

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the dots from the right, or a bar where there are too many for the room."""
        gap = kit.px(28)
        if gap * self.count > self.rect.w:
            bar = Rect(self.rect.x, self.rect.centery - kit.px(3), self.rect.w, kit.px(6))
            canvas.blit(kit.pill(bar.size, (88, 70, 54), 3), bar)
            done = round(bar.w * self.position / max(1, self.count))
            if done > kit.px(6):
                canvas.blit(kit.pill((done, bar.h), theme.CINNABAR, 3), bar)
            return
        for i in range(self.count):
            x = self.rect.right - gap * (self.count - i) + gap // 2
            here = i == self.position
            colour = theme.TEXT if here else theme.CINNABAR if i < self.position else (88, 70, 54)
            r = kit.px(8 if here else 6)
            canvas.blit(
                kit.pill((2 * r, 2 * r), colour, r / kit.metrics.unit), (x - r, self.rect.centery - r)
            )


class Back(Widget):
    """The mark that leads back, with the name of where one is beside it."""

    role = "button"

    def __init__(self, rect: Rect, label: str, title: str, action: Action) -> None:
        super().__init__(rect, "back", label, action)
        self.title = title

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws a chevron and the title."""
        x, y, s = self.rect.x + kit.px(8), self.rect.centery, kit.px(9)
        colour = theme.TEXT if self.pressed else theme.TEXT_SECOND
        pygame.draw.lines(canvas, colour, False, [(x + s, y - s), (x, y), (x + s, y + s)], kit.px(3))
        left = x + kit.px(36)
        box = Rect(left, self.rect.y, self.rect.right - left, self.rect.h)
        paint_stack(canvas, kit, box, [Words(self.title, "sans", theme.ASIDE, colour)])


class Choice(Widget):
    """One of several choices in a row; the chosen one is bone with a bronze rim and a tick."""

    role = "radio"

    def __init__(
        self,
        rect: Rect,
        id: str,
        label: str,
        text: str,
        chosen: bool,
        action: Action,
        peers: Sequence[str] = (),
    ) -> None:
        super().__init__(rect, id, label, action)
        self.text = text
        self.peers = peers
        """The texts of all choices of the row: they are set in one size, chosen or not."""
        self.checked = chosen

    def fitted(self, kit: Kit) -> int:
        """The type size in pixels at which it and its peers leave room for the tick."""
        room = self.rect.w - kit.px(20) - kit.px(26)
        return min(kit.type.fit(text, room, "sans", kit.size(22)) for text in (self.text, *self.peers))

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the plate."""
        box = self.rect
        if self.checked:
            canvas.blit(kit.pill(box.size, theme.BRONZE_LIGHT, 14), box)
            inner = box.inflate(-2 * kit.px(3), -2 * kit.px(3))
            canvas.blit(kit.pill(inner.size, theme.BONE, 12), inner)
        else:
            canvas.blit(kit.pill(box.size, (88, 72, 56), 14), box)
            inner = box.inflate(-2 * kit.px(1.5), -2 * kit.px(1.5))
            canvas.blit(kit.pill(inner.size, (42, 34, 28), 12.5), inner)
        colour = theme.INK if self.checked else theme.TEXT_SECOND
        mark = kit.px(26) if self.checked else 0
        size = self.fitted(kit)
        place = kit.type.put(canvas, self.text, box.move(-mark // 2, 0), "sans", size, colour)
        if self.checked:
            x, y, s = place.right + kit.px(10), box.centery, kit.px(6)
            points = [(x, y), (x + s * 0.8, y + s * 0.8), (x + s * 2.2, y - s)]
            pygame.draw.lines(canvas, theme.BRONZE, False, points, kit.px(3))
