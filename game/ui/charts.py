"""Charts as they would be carved: on a plate of bone, each value one cut, upright by day or level by name."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pygame import Rect, Surface

from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, Cut, draw_cuts
from game.ui.kit import Kit
from game.ui.widget import Widget

THICK: Final = 15.0
"""Width of a cut, units."""
LEAST: Final = 10
"""A single point does not fill a chart."""
TICK: Final = Cut((150, 124, 86), (150, 124, 86), relief=False)
"""Where there is nothing, a scratch says so."""


class Value(NamedTuple):
    """One figure of a chart and its name; "" where the name would only crowd the line."""

    name: str
    value: int


class Chart(Widget):
    """A plate of bone with a heading; subclasses carve the values. `now` is the index that stands out."""

    role = "img"

    def __init__(
        self, rect: Rect, id: str, heading: str, label: str, values: Sequence[Value], now: int = -1
    ) -> None:
        super().__init__(rect, id, label)
        self.heading, self.values, self.now = heading, list(values), now

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the plate, the heading and the values."""
        kit.lay(canvas, self.rect, f"chart-{self.id}", 16, 0.4)
        inner = self.rect.inflate(-kit.px(44), -kit.px(32))
        top = Rect(inner.x, inner.y, inner.w, kit.px(30))
        size = kit.type.fit(self.heading, top.w, "serif", kit.size(20))
        kit.type.put(canvas, self.heading, top, "serif", size, theme.INK_SOFT, "left")
        self.carve(
            canvas, kit, Rect(inner.x, top.bottom + kit.px(8), inner.w, inner.bottom - top.bottom - kit.px(8))
        )

    def carve(self, canvas: Surface, kit: Kit, box: Rect) -> None:
        """Draws the values in `box`."""
        raise NotImplementedError

    def cut(
        self, canvas: Surface, kit: Kit, start: tuple[int, int], end: tuple[int, int], look: Cut, thick: float
    ) -> None:
        """One straight cut between two points of the canvas, `thick` units wide at its widest."""
        side = max(self.rect.size)
        scale = 100 / side
        line = [((x - self.rect.x) * scale, (y - self.rect.y) * scale) for x, y in (start, end)]
        middle = ((line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2)
        picture = draw_cuts([(line[0], middle, line[1])], side, look, thick * kit.metrics.unit / side)
        picture.put(canvas, Rect(self.rect.x, self.rect.y, side, side))

    @property
    def top(self) -> int:
        """What the longest cut stands for: the largest value, but `LEAST` where all are small."""
        return max(LEAST, *(one.value for one in self.values))


class Uprights(Chart):
    """One cut upwards for each value, from the left; its figure above it where there is room for one."""

    def carve(self, canvas: Surface, kit: Kit, box: Rect) -> None:
        """Names below, cuts above."""
        foot = kit.px(28)
        step = box.w / len(self.values)
        size = kit.type.fit("88", max(kit.px(20), round(step) - 2), "sans", kit.size(18))
        head = round(size * 1.3)
        room = box.h - foot - head
        for i, one in enumerate(self.values):
            x = round(box.x + (i + 0.5) * step)
            y = box.bottom - foot
            look = CINNABAR if i == self.now else BRONZE
            if one.value:
                high = max(kit.px(14), round(room * one.value / self.top))
                self.cut(canvas, kit, (x, y - high), (x, y), look, min(THICK, 0.62 * step / kit.metrics.unit))
                figure = Rect(x - round(step), y - high - head, round(2 * step), head)
                kit.type.put(canvas, str(one.value), figure, "sans", size, theme.INK)
            else:
                self.cut(canvas, kit, (x - kit.px(5), y - kit.px(2)), (x + kit.px(5), y - kit.px(2)), TICK, 4)
            if one.name:
                below = Rect(x - kit.px(50), y + kit.px(2), kit.px(100), foot)
                small = kit.type.fit(one.name, kit.px(90), "sans", kit.size(17))
                colour = theme.INK if i == self.now else theme.INK_SOFT
                kit.type.put(canvas, one.name, below, "sans", small, colour)


class Levels(Chart):
    """One cut to the right for each value, under one another: name, cut, figure."""

    def carve(self, canvas: Surface, kit: Kit, box: Rect) -> None:
        """Names left, figures right, cuts between."""
        step = box.h / len(self.values)
        size = kit.size(18)
        names = max(kit.type.width(one.name, "sans", size) for one in self.values)
        if names > box.w * 0.46:
            size = max(9, round(size * box.w * 0.46 / names))
            names = round(box.w * 0.46)
        figures = kit.type.width("888", "sans", size)
        left, room = box.x + names + kit.px(14), box.w - names - figures - kit.px(24)
        for i, one in enumerate(self.values):
            y = round(box.y + (i + 0.5) * step)
            line = Rect(box.x, y - round(step / 2), names, round(step))
            kit.type.put(canvas, one.name, line, "sans", size, theme.INK, "left")
            if one.value:
                long = max(kit.px(14), round(room * one.value / self.top))
                thick = min(THICK, 0.6 * step / kit.metrics.unit)
                self.cut(canvas, kit, (left, y), (left + long, y), CINNABAR, thick)
            else:
                long = kit.px(12)
                self.cut(canvas, kit, (left, y), (left + long, y), TICK, 4)
            figure = Rect(left + long + kit.px(8), line.y, figures, line.h)
            kit.type.put(canvas, str(one.value), figure, "sans", size, theme.INK, "left")
