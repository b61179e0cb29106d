"""A slider: a thin line with named stops and a thumb to drag, tap or move by the arrow keys."""

from collections.abc import Callable, Sequence

from pygame import Rect, Surface

from game.ui import theme
from game.ui.kit import Kit
from game.ui.widget import Widget


class Slider(Widget):
    """`value` runs from 0 to the number of `stops` less one; `on_move` is told of every change."""

    role = "slider"
    drags = True

    def __init__(
        self,
        rect: Rect,
        id: str,
        label: str,
        stops: Sequence[str],
        value: float,
        on_move: Callable[[float], None],
    ) -> None:
        super().__init__(rect, id, label)
        self.stops = stops
        self.value = value
        self.on_move = on_move

    def _line(self, kit: Kit) -> Rect:
        """The line the thumb runs on; the first and last stops stand half a stop from the rims."""
        inset = self.rect.w // (2 * len(self.stops))
        return Rect(self.rect.x + inset, self.rect.y + kit.px(26), self.rect.w - 2 * inset, kit.px(5))

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """Jumps to the finger."""
        self.drag(pos, kit)

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """Follows the finger."""
        line = self._line(kit)
        share = (pos[0] - line.x) / max(1, line.w)
        self._go(share * (len(self.stops) - 1))

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """Rests on a stop when let go near one."""
        nearest = round(self.value)
        if abs(self.value - nearest) < 0.12:
            self._go(nearest)

    def key(self, name: str, kit: Kit) -> bool:
        """Left and right move by a quarter of a stop."""
        if name in ("left", "right"):
            self._go(self.value + (0.25 if name == "right" else -0.25))
            return True
        return False

    def _go(self, value: float) -> None:
        value = min(max(0.0, value), len(self.stops) - 1.0)
        if value != self.value:
            self.value = value
            self.on_move(value)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the line, the stops with their names, and the thumb."""
        line = self._line(kit)
        canvas.blit(kit.pill(line.size, (88, 70, 54), 2.5), line)
        wide = self.rect.w // len(self.stops)
        for i, name in enumerate(self.stops):
            x = line.x + line.w * i // max(1, len(self.stops) - 1)
            r = kit.px(6)
            near = abs(self.value - i) < 0.5
            colour = theme.CINNABAR if near else theme.BONE_SHADE
            canvas.blit(kit.pill((2 * r, 2 * r), colour, 6), (x - r, line.centery - r))
            box = Rect(
                x - wide // 2, line.bottom + kit.px(14), wide, self.rect.bottom - line.bottom - kit.px(14)
            )
            size = kit.type.fit(max(name.split("\n"), key=len), wide - kit.px(6), "sans", kit.size(17))
            text = theme.TEXT if near else theme.TEXT_SECOND
            kit.type.block(canvas, name, box, "sans", size, text, "centre")
        x = round(line.x + line.w * self.value / max(1, len(self.stops) - 1))
        paint_thumb(canvas, kit, (x, line.centery))


def paint_thumb(canvas: Surface, kit: Kit, middle: tuple[int, int], units: float = 13) -> None:
    """The round piece that the finger holds on a line: of `units` radius, cinnabar in bone."""
    for radius, colour in ((units, theme.BONE_LIGHT), (units / 2, theme.CINNABAR)):
        r = kit.px(radius)
        canvas.blit(kit.pill((2 * r, 2 * r), colour, radius), (middle[0] - r, middle[1] - r))
