"""Where the parts of a question about a character stand: slab and options, prompt, verdict."""

from pygame import Rect

from game.learning.exercise import Exercise
from game.scenes.board import Board
from game.scenes.frame import halves
from game.ui import theme
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.layout import Part, column
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Label


class QuestionView:
    """Lays a board out in a rectangle. Keep one for a scene: it holds the glyph's view between rebuilds.

    Glyph → words shows the glyph on the slab; words → glyph shows the glyphs to choose from in its place.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._view: tuple[str, GlyphView] | None = None

    def forget(self) -> None:
        """The next question begins."""
        self._view = None

    def build(self, body: Rect, board: Board) -> list[Widget]:
        """The widgets of the question in `body`."""
        kit, exercise = self.scene.kit, board.exercise
        glyphs = all(o.glyph is not None for o in exercise.options)
        upper, lower = halves(self.scene, body, 0.46 if not glyphs else 0.5)
        prompt_text = kit.words(exercise.prompt)
        if glyphs:
            prompt, answered = column(lower, [Part(0.9), Part(1.1)], kit.px(16))
            return [
                Label(prompt, prompt_text, 30, theme.TEXT, "serif", id="prompt", middle=True),
                *board.options(upper),
                *board.answered(answered),
            ]
        need = kit.type.height(prompt_text, lower.w, "serif", kit.size(28)) + kit.px(8)
        shown = board.shown()
        gaps = kit.px(16) * (len(shown) - 1)
        high = min(kit.px(84), (lower.h - need - gaps - kit.px(130)) // max(1, len(shown)))
        prompt, options, answered = column(lower, [need, high * len(shown) + gaps, Part()], kit.px(16))
        return [
            *self._slab(upper, exercise),
            Label(prompt, prompt_text, 28, theme.TEXT, "serif", id="prompt"),
            *board.options(options),
            *board.answered(answered),
        ]

    def _slab(self, box: Rect, exercise: Exercise) -> list[Widget]:
        kit = self.scene.kit
        slab = BoneSlab(box, "lesson")
        glyph = kit.library.glyph(exercise.subject) if kit.library.has_glyph(exercise.subject) else None
        spot = glyph_box(box, kit)
        if glyph is None or glyph.oracle is None:
            big = spot.h / kit.metrics.unit * 0.7
            return [slab, Label(spot, exercise.subject, big, theme.INK, "serif", "centre", "glyph", True)]
        key = f"{exercise.subject}{exercise.lit}"
        if self._view is None or self._view[0] != key:
            view = GlyphView(spot, "glyph", kit.t("exercise.shown"), glyph.oracle, lit=exercise.lit)
            self._view = (key, view)
        view = self._view[1]
        view.rect = spot
        return [slab, view]
