"""How well a character is known, to see: the glyphs of the wall, and the four plates that count them."""

from typing import Final

from pygame import Rect, Surface

from game.ui import theme
from game.ui.carved import BRONZE, CAST, CINNABAR, Cut
from game.ui.glyph_widgets import paint_character
from game.ui.kit import Kit
from game.ui.stack import Words, paint_stack
from game.ui.widget import Action, Widget

STRENGTHS: Final = ("new", "learning", "known", "mastered")
FAINT: Final = Cut((158, 132, 94), (140, 114, 78), relief=False)
CUTS: Final[dict[str, Cut]] = {"new": FAINT, "learning": CINNABAR, "known": BRONZE, "mastered": CAST}


def paint_strength(canvas: Surface, kit: Kit, box: Rect, char: str, strength: str) -> None:
    """A glyph of the wall: new a faint scratch, learning red, known green over a line, mastered cast in a
    bronze plate; so that the four are told apart without colour as well."""
    if strength == "mastered":
        canvas.blit(kit.pill(box.size, theme.BRONZE_DEEP, 10), box)
        inner = box.inflate(-2 * kit.px(2), -2 * kit.px(2))
        canvas.blit(kit.pill(inner.size, theme.BRONZE, 8.5), inner)
    side = round(box.w * 0.76)
    spot = Rect(0, 0, side, side)
    spot.center = box.center
    paint_character(canvas, kit, char, spot, CUTS[strength])
    if strength == "known":
        line = Rect(0, 0, round(box.w * 0.5), kit.px(3))
        line.midbottom = (box.centerx, box.bottom)
        canvas.blit(kit.pill(line.size, theme.BRONZE, 1.5), line)


class WallGlyph(Widget):
    """One character of the wall, to tap."""

    role = "button"

    def __init__(self, rect: Rect, char: str, strength: str, label: str, action: Action) -> None:
        super().__init__(rect, f"wall-{char}", label, action)
        self.char, self.strength = char, strength

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws it."""
        paint_strength(canvas, kit, self.rect, self.char, self.strength)


class StrengthPlate(Widget):
    """How many characters are of one strength, with a sample of how they look on the wall."""

    role = "text"

    def __init__(self, rect: Rect, strength: str, sample: str, name: str, count: int) -> None:
        super().__init__(rect, f"count-{strength}", f"{name} {count}")
        self.strength, self.sample, self.name, self.count = strength, sample, name, count

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Sample on a small bone, figure and name beside it."""
        box = self.rect
        bone = Rect(box.x, box.y, box.h, box.h)
        canvas.blit(kit.slab(bone.size, f"plate-{self.strength}", 12, 0.25), bone)
        paint_strength(canvas, kit, bone.inflate(-kit.px(12), -kit.px(12)), self.sample, self.strength)
        words = Rect(bone.right + kit.px(14), box.y, box.right - bone.right - kit.px(14), box.h)
        paint_stack(
            canvas,
            kit,
            words,
            [
                Words(str(self.count), "serif", 28, theme.TEXT),
                Words(self.name, "sans", 18, theme.TEXT_SECOND),
            ],
        )
