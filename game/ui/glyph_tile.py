"""A small piece of bone with one glyph and its modern form: the tile of the catalogue."""

from pygame import Rect, Surface

from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, WAITING, Cut
from game.ui.glyph_widgets import paint_character
from game.ui.kit import Kit
from game.ui.widget import Action, Widget

STATES: dict[str, Cut] = {"waiting": WAITING, "carved": CINNABAR, "mastered": BRONZE}


class GlyphTile(Widget):
    """`state` colours the glyph: waiting, carved, mastered."""

    role = "button"

    def __init__(
        self, rect: Rect, id: str, char: str, action: Action, label: str = "", state: str = "carved"
    ) -> None:
        super().__init__(rect, id, label or char, action)
        self.char, self.state = char, state

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The bone, the glyph, the modern form below it."""
        box = self.rect
        canvas.blit(kit.slab(box.size, f"tile{ord(self.char) % 5}", 12, 0.2), box)
        low = kit.px(30)
        side = min(box.w, box.h - low) - kit.px(18)
        spot = Rect(box.centerx - side // 2, box.y + kit.px(8), side, side)
        paint_character(canvas, kit, self.char, spot, STATES[self.state])
        foot = Rect(box.x, box.bottom - low - kit.px(4), box.w, low)
        kit.type.put(canvas, self.char, foot, "serif", kit.size(20), theme.INK)
