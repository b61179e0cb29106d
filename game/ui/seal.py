"""A player's seal: two or three oracle glyphs in white on a cinnabar square, as a seal prints them."""

from typing import Final

from pygame import Rect, Surface

from game.ui import theme
from game.ui.carved import Cut
from game.ui.kit import Kit
from game.ui.widget import Action, Widget

WHITE: Final = Cut((250, 236, 220), (250, 236, 220), relief=False)
PLACES: Final = {
    1: ((0.5, 0.5, 0.72),),
    2: ((0.5, 0.28, 0.40), (0.5, 0.72, 0.40)),
    3: ((0.70, 0.5, 0.44), (0.29, 0.28, 0.38), (0.29, 0.72, 0.38)),
}
"""Centre and side of each glyph as shares of the seal: read from the right column to the left, downwards."""


def paint_seal(canvas: Surface, kit: Kit, box: Rect, seal: str, plus: bool = True) -> None:
    """Draws the seal in a square box; an empty one is only the rim, with a `plus` where it can be tapped."""
    radius = box.w / kit.metrics.unit * 0.12
    canvas.blit(kit.pill(box.size, theme.CINNABAR, radius), box)
    rim = max(1, box.w // 26)
    inner = box.inflate(-2 * rim, -2 * rim)
    if not seal:
        canvas.blit(kit.pill(inner.size, (48, 36, 30), radius * 0.8), inner)
        if not plus:
            return
        arm, thick = box.w // 5, max(2, box.w // 18)
        canvas.fill(theme.CINNABAR, Rect(box.centerx - arm, box.centery - thick // 2, 2 * arm, thick))
        canvas.fill(theme.CINNABAR, Rect(box.centerx - thick // 2, box.centery - arm, thick, 2 * arm))
        return
    for char, (x, y, side) in zip(seal, PLACES.get(len(seal), ()), strict=False):
        form = kit.library.glyph(char).oracle if kit.library.has_glyph(char) else None
        if form is not None:
            size = max(8, round(box.w * side))
            spot = Rect(round(box.x + x * box.w - size / 2), round(box.y + y * box.h - size / 2), size, size)
            kit.engraver.form(form, size, WHITE, 0.085).put(canvas, spot)


class SealButton(Widget):
    """A seal to tap; an empty one invites to make one."""

    role = "button"

    def __init__(self, rect: Rect, id: str, label: str, seal: str, action: Action | None) -> None:
        super().__init__(rect, id, label, action)
        self.seal = seal
        if action is None:
            self.role = "img"

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the seal; pressed it sinks a little."""
        side = min(self.rect.size)
        box = Rect(0, 0, side, side)
        box.center = self.rect.centerx, self.rect.centery + (kit.px(2) if self.pressed else 0)
        paint_seal(canvas, kit, box, self.seal, self.action is not None)
