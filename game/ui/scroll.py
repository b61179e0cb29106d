"""A part of a scene that scrolls. Its children are drawn once, on bands of the sheet that are in view."""

from collections.abc import Sequence

import pygame
from pygame import Rect, Surface

from game.ui import theme
from game.ui.kit import Kit
from game.ui.widget import Widget

SLOWING = 5.0
"""How fast a flicked sheet comes to rest, per second."""


class Scroll(Widget):
    """`children` have rects as if nothing were scrolled; `content` is the height of the sheet in pixels.

    Keep one Scroll for a scene, so that the offset outlives a rebuild: `fill` gives it new children.
    """

    drags = True

    def __init__(self) -> None:
        super().__init__(Rect(0, 0, 1, 1), "scroll")
        self.children: list[Widget] = []
        self.content = 0
        self.offset = 0.0
        self._speed = 0.0
        self._grip: float | None = None
        self._bands: dict[int, Surface] = {}
        self._settled = True
        self._last = 0.0

    def fill(self, rect: Rect, children: Sequence[Widget], content: int) -> list[Widget]:
        """Lays the children on the sheet; returns the scroll and its children for the scene's list."""
        self.rect, self.content, self._bands = rect, content, {}
        self.children = list(children)
        for child in self.children:
            child.within = self
        self.offset = min(max(0.0, self.offset), float(self.most))
        return [self, *self.children]

    @property
    def most(self) -> int:
        """The largest offset."""
        return max(0, self.content - self.rect.h)

    @property
    def focusable(self) -> bool:
        """A finger may take hold of it when there is something to scroll; keys go to its children."""
        return self.most > 0

    @property
    def moving(self) -> bool:
        """While held or coming to rest, and one frame longer."""
        return self._grip is not None or abs(self._speed) > 4 or not self._settled

    def reach(self, kit: Kit) -> Rect:
        """Its window, the shadow above it and the mark beside it."""
        return self.rect.inflate(kit.px(60), kit.px(60))

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """Takes hold."""
        self._grip, self._speed = pos[1] + self.offset, 0.0

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """Follows the finger."""
        if self._grip is not None:
            self._go(self._grip - pos[1])

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """Lets go; a quick finger leaves it running on."""
        self._grip = None

    def update(self, dt: float, kit: Kit) -> None:
        """Runs on and slows down."""
        if self._grip is None and abs(self._speed) > 4:
            self._go(self.offset + self._speed * dt, keep=True)
            self._speed *= max(0.0, 1 - SLOWING * dt)
        elif self._grip is not None and dt > 0:
            self._speed = 0.6 * self._speed + 0.4 * (self.offset - self._last) / dt
        self._last = self.offset

    def wheel(self, notches: float, kit: Kit) -> bool:
        """Turns the sheet by so many notches."""
        if self.most:
            self._go(self.offset + kit.px(90) * notches)
        return self.most > 0

    def show(self, child: Widget) -> None:
        """Scrolls so far that the child is inside the window."""
        if child.rect.top - self.offset < self.rect.top:
            self._go(child.rect.top - self.rect.top - 20)
        elif child.rect.bottom - self.offset > self.rect.bottom:
            self._go(child.rect.bottom - self.rect.bottom + 20)

    def _go(self, offset: float, keep: bool = False) -> None:
        bounded = min(max(0.0, offset), float(self.most))
        if keep and bounded != offset:
            self._speed = 0.0
        if bounded != self.offset:
            self._settled = False
        self.offset = bounded

    def renew(self) -> None:
        """A child looks different now: the sheet is drawn anew."""
        self._bands = {}
        self._settled = False

    def _band(self, number: int, margin: int, kit: Kit) -> Surface:
        """A band of the sheet, as high as the window, with `margin` pixels to either side."""
        if number not in self._bands:
            size = (self.rect.w + 2 * margin, self.rect.h)
            band = Surface(size, pygame.SRCALPHA).convert_alpha()
            band.fill((0, 0, 0, 0))
            room = Rect(0, 0, *size).inflate(0, 2 * margin)
            for child in self.children:
                place = child.rect
                child.rect = place.move(margin - self.rect.x, -self.rect.y - number * self.rect.h)
                if child.rect.colliderect(room):
                    child.paint(band, kit)
                child.rect = place
            self._bands[number] = band
            for far in [n for n in self._bands if abs(n - number) > 2]:
                del self._bands[far]
        return self._bands[number]

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Shows the window onto the sheet, and a thin mark of where it stands."""
        margin = kit.px(24)
        top = round(self.offset)
        window = self.rect.inflate(2 * margin, 0)
        clip = canvas.get_clip()
        canvas.set_clip(window.clip(clip))
        for number in range(top // self.rect.h, (top + self.rect.h - 1) // self.rect.h + 1):
            at = (window.x, self.rect.y + number * self.rect.h - top)
            canvas.blit(self._band(number, margin, kit), at)
        canvas.set_clip(clip)
        if self.most:
            long = max(kit.px(40), self.rect.h * self.rect.h // self.content)
            y = self.rect.y + (self.rect.h - long) * top // self.most
            mark = Rect(self.rect.right + kit.px(8), y, kit.px(5), long)
            canvas.blit(kit.pill(mark.size, (*theme.BONE_SHADE, 130), 2.5), mark)
        self._settled = True
