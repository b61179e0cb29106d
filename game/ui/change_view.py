"""A character changing through its scripts: picture, oracle, bronze, seal, regular, at any place between."""

from typing import Final

from pygame import Rect, Surface

from game.content.model import Glyph
from game.glyphs.form import Form
from game.glyphs.morph import Morph
from game.glyphs.path import length, resample
from game.ui import theme
from game.ui.carved import CINNABAR, INKED, Cut, draw_cuts, draw_live
from game.ui.kit import Kit
from game.ui.theme import cut_share
from game.ui.widget import Widget

SCRIPTS: Final = ("picture", "oracle", "bronze", "seal", "regular")
STEPS: Final = 40
"""A change from one script to the next is drawn in so many steps."""


def stages(glyph: Glyph) -> list[str]:
    """The scripts in which the character can be shown, oldest first; the regular form always can."""
    return [name for name in SCRIPTS if name == "regular" or getattr(glyph, name) is not None]


MELT_SPACING: Final = 5.0
"""Box units between the points of a stroke in motion: half as many as at rest, and nobody sees it."""


class ChangeView(Widget):
    """Shows `glyph` at `value`: 0 is the first of its stages, 1 the second, and so on; between two it is
    on its way, part by part. The last stage is the regular form in type, which the others fade into."""

    role = "img"

    def __init__(self, rect: Rect, id: str, label: str, glyph: Glyph, value: float = 0.0) -> None:
        super().__init__(rect, id, label)
        self.glyph = glyph
        self.stages = stages(glyph)
        self.value = value
        self.goal = value
        self.wait = 0.0
        self._morphs: dict[int, Morph] = {}
        self._form: Form | None = None

    @property
    def moving(self) -> bool:
        """While it is on its way to `goal`."""
        return abs(self.value - self.goal) > 1e-3

    def update(self, dt: float, kit: Kit) -> None:
        """Goes on to `goal`, a stage in about a second, once `wait` seconds have passed."""
        if self.wait > 0:
            self.wait -= dt
        elif self.moving:
            step = dt * 0.95 if not kit.still else 9.0
            away = self.goal - self.value
            self.value = self.goal if abs(away) <= step else self.value + (step if away > 0 else -step)

    def melt(self) -> None:
        """From the picture of the thing, after a moment to look at it, into the oracle form."""
        self.value, self.goal, self.wait = 0.0, float(self.stages.index("oracle")), 1.1

    def _at(self, place: int) -> Form:
        form: Form | None = getattr(self.glyph, self.stages[place])
        assert form is not None
        return form

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the form at `value`."""
        last = len(self.stages) - 1
        lower = min(int(self.value), last)
        share = round((self.value - lower) * STEPS) / STEPS
        width = cut_share(self.rect.w / kit.metrics.unit)
        if lower == last or (lower == last - 1 and share > 0):
            if lower < last:
                cuts = draw_cuts(self._at(lower).strokes, self.rect.w, CINNABAR, width)
                cuts.surface.set_alpha(round(255 * max(0.0, 1 - share * 1.6)))
                cuts.put(canvas, self.rect)
            self._regular(canvas, kit, 1.0 if lower == last else max(0.0, share * 1.6 - 0.6))
            return
        cut = INKED if self.stages[lower] == "picture" and share < 0.5 else CINNABAR
        if share == 0:
            kit.engraver.form(self._at(lower), self.rect.w, cut, width).put(canvas, self.rect)
            return
        if lower not in self._morphs:
            self._morphs[lower] = Morph(self._at(lower), self._at(lower + 1))
        flat = Cut(cut.body, cut.core, relief=False)  # in motion the lips of a cut are not missed
        for stroke in self._morphs[lower].at(share).strokes:
            if len(stroke) > 1:
                points = max(3, min(len(stroke), round(length(stroke) / MELT_SPACING)))
                draw_live(canvas, resample(stroke, points), self.rect, flat, width)

    def _regular(self, canvas: Surface, kit: Kit, alpha: float) -> None:
        drawn = kit.type.line(self.glyph.char, "serif", round(self.rect.h * 0.86), theme.INK)
        shown = drawn.copy()
        shown.set_alpha(round(255 * alpha))
        canvas.blit(shown, shown.get_rect(center=self.rect.center))
