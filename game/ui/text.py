"""Text on the canvas: three typefaces, rendered once and kept.

Rendered lines are kept in the screen's own pixel format: raw font output costs about a tenth of a
millisecond a blit in the browser, converted output a two-hundredth.
"""

from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from typing import Final, Literal

import pygame
from pygame import Rect, Surface

from game.ui.linebreak import wrap
from game.ui.theme import Colour

Face = Literal["sans", "serif", "brush"]
Align = Literal["left", "centre", "right"]
FILES: Final[dict[Face, str]] = {
    "sans": "fonts/sans.ttf",
    "serif": "fonts/serif.ttf",
    "brush": "fonts/brush.ttf",
}
KEPT_LINES: Final = 700
SMALLEST: Final = 8
"""Canvas pixels under which type is no longer drawn smaller to fit."""
LEADING: Final = 1.62
"""Line distance in type sizes: Chinese text needs more air than Latin."""


class Typesetter:
    """Renders and keeps lines of text. `read` gives the bytes of a packed asset."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._data: dict[Face, bytes] = {}
        self._fonts: dict[tuple[Face, int], pygame.font.Font] = {}
        self._lines: OrderedDict[tuple[str, Face, int, Colour], Surface] = OrderedDict()

    def font(self, face: Face, size: int) -> pygame.font.Font:
        """The typeface at `size` canvas pixels."""
        key = (face, size)
        if key not in self._fonts:
            if face not in self._data:
                self._data[face] = self._read(FILES[face])
            self._fonts[key] = pygame.font.Font(BytesIO(self._data[face]), size)
        return self._fonts[key]

    def width(self, text: str, face: Face, size: int) -> int:
        """Width of one line in canvas pixels."""
        return self.font(face, size).size(text)[0]

    def line(self, text: str, face: Face, size: int, colour: Colour) -> Surface:
        """One line rendered, in the screen's format; the caller may not draw on it."""
        key = (text, face, size, colour)
        kept = self._lines.get(key)
        if kept is not None:
            self._lines.move_to_end(key)
            return kept
        drawn = self.font(face, size).render(text, True, colour).convert_alpha()
        self._lines[key] = drawn
        if len(self._lines) > KEPT_LINES:
            self._lines.popitem(last=False)
        return drawn

    def wrapped(self, text: str, width: int, face: Face, size: int) -> list[str]:
        """`text` broken into lines of at most `width` pixels by Chinese line-breaking rules."""
        font = self.font(face, size)
        return wrap(text, width, lambda part: float(font.size(part)[0]))

    def leading(self, size: int) -> int:
        """Distance of base lines in canvas pixels."""
        return round(size * LEADING)

    def height(self, text: str, width: int, face: Face, size: int) -> int:
        """Height in pixels that `block` would use."""
        return self.leading(size) * len(self.wrapped(text, width, face, size))

    def block(
        self,
        target: Surface,
        text: str,
        box: Rect,
        face: Face,
        size: int,
        colour: Colour,
        align: Align = "left",
    ) -> int:
        """Draws wrapped text from the top of `box`; returns the height used (it may pass the box)."""
        y, leading = box.y, self.leading(size)
        for words in self.wrapped(text, box.w, face, size):
            if words:
                self.put(target, words, Rect(box.x, y, box.w, leading), face, size, colour, align)
            y += leading
        return y - box.y

    def put(
        self,
        target: Surface,
        text: str,
        box: Rect,
        face: Face,
        size: int,
        colour: Colour,
        align: Align = "centre",
    ) -> Rect:
        """Draws one line in the middle of `box`'s height; returns where it stands."""
        drawn = self.line(text, face, size, colour)
        x = {
            "left": box.x,
            "centre": box.centerx - drawn.get_width() // 2,
            "right": box.right - drawn.get_width(),
        }
        place = Rect(x[align], box.centery - drawn.get_height() // 2, *drawn.get_size())
        target.blit(drawn, place)
        return place

    def fit(self, text: str, width: int, face: Face, size: int) -> int:
        """The largest type size up to `size` at which one line fits `width`; SMALLEST at the least."""
        while size > SMALLEST and self.width(text, face, size) > width:
            size -= 1
        return size
