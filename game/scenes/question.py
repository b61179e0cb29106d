"""Where the parts of a question about a character stand: slab and options, prompt, verdict."""

from pygame import Rect

from game.content.model import Option
from game.learning.exercise import Exercise
from game.scenes.board import Board
from game.scenes.frame import halves
from game.ui import theme
from game.ui.choices import Niche
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Label

PROMPT = 28
"""Size of the question in units."""
HINT = 44
"""Height of the hint of what to do, in units."""
LEAST = 0.24
"""The share of the height that the object keeps, however long the words are."""


class QuestionView:
    """Lays a board out in a rectangle. Keep one for a scene: it holds the glyph's view between rebuilds.

    Glyph → words shows the glyph on the slab; words → glyph shows the glyphs to choose from in its place;
    what is put together lies in niches on the slab, the cards under the question.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._view: tuple[str, GlyphView] | None = None

    def forget(self) -> None:
        """The next question begins."""
        self._view = None

    def build(self, body: Rect, board: Board) -> list[Widget]:
        """The widgets of the question in `body`."""
        if board.exercise.kind == "build":
            return self._build(body, board)
        if all(o.glyph is not None for o in board.exercise.options):
            return self._glyphs(body, board)
        kit, exercise = self.scene.kit, board.exercise
        gap, count = kit.px(16), len(exercise.options)
        room = board.room(body.w)
        open_, told = (n * kit.px(84) + n * gap for n in (count, min(2, count)))
        rest = self._need(exercise, body.w) + gap + max(open_ + kit.px(HINT), told + room)
        upper, lower = self._halves(body, 0.46, rest)
        need = self._need(exercise, lower.w)
        shown = board.shown()
        gaps = gap * (len(shown) - 1)
        below = kit.px(HINT) if board.outcome is None else board.room(lower.w)
        high = min(kit.px(84), (lower.h - need - gaps - 2 * gap - below) // max(1, len(shown)))
        high = max(high, kit.px(48 if board.outcome is None else 36))
        prompt, options, answered = column(lower, [need, high * len(shown) + gaps, Part()], gap)
        return [
            *self._slab(upper, exercise),
            self._prompt(prompt, exercise),
            *board.options(options),
            *board.answered(answered),
        ]

    def _glyphs(self, body: Rect, board: Board) -> list[Widget]:
        """Glyphs to choose from; beside the question the shape that is known, if another is asked for."""
        kit, exercise = self.scene.kit, board.exercise
        known = kit.px(120 if kit.metrics.wide else 148) if exercise.skill == "same" else 0
        asked = max(known, self._need(exercise, body.w - known - kit.px(24) if known else body.w))
        upper, lower = self._halves(body, 0.5, asked + kit.px(18) + board.room(body.w))
        words_wide = lower.w - known - kit.px(24) if known else lower.w
        high = max(known, self._need(exercise, words_wide))
        head, answered = column(lower, [high, Part()], kit.px(18))
        widgets = board.options(upper)
        if known:
            place, words = row(head, [known, Part()], kit.px(24))
            square = Rect(place.x, place.y + (place.h - known) // 2, known, known)
            widgets += self._slab(square, exercise, "exercise.same_known", 14)
        else:
            words = head
        return [*widgets, self._prompt(words, exercise, bool(known)), *board.answered(answered)]

    def _build(self, body: Rect, board: Board) -> list[Widget]:
        """Niches on the slab, cards under the question; once answered the compound carves itself."""
        kit, exercise = self.scene.kit, board.exercise
        count, gap = len(exercise.options), kit.px(16)
        high = min(kit.px(150), (body.w - gap * (count - 1)) // count) + 2 * gap
        upper, lower = self._halves(body, 0.46, self._need(exercise, body.w) + high + board.room(body.w))
        need = self._need(exercise, lower.w)
        side = min(kit.px(150), (lower.w - gap * (count - 1)) // count)
        side = min(side, max(kit.px(60), lower.h - need - 2 * gap - board.room(lower.w)))
        prompt, cards, answered = column(lower, [need, side, Part()], gap)
        cards.w = side * count + gap * (count - 1)
        widgets: list[Widget]
        if board.outcome is None:
            picked = [exercise.options[i] for i in board.picked]
            widgets = [BoneSlab(upper, "lesson"), *niches(self.scene, upper, len(exercise.answer), picked)]
        else:
            widgets = self._slab(upper, exercise, carving=True)
        return [
            *widgets,
            self._prompt(prompt, exercise),
            *board.options(cards),
            *board.answered(answered),
        ]

    def _halves(self, body: Rect, share: float, rest: int) -> tuple[Rect, Rect]:
        """Object and words; above one another the object has `share` of the height, or what `rest` pixels of
        words leave, before the answer and after it, so that nothing moves."""
        left = (body.h - self.scene.kit.px(24) - rest) / max(1, body.h)
        return halves(self.scene, body, max(LEAST, min(share, left)))

    def _need(self, exercise: Exercise, width: int) -> int:
        kit = self.scene.kit
        return kit.type.height(kit.words(exercise.prompt), width, "serif", kit.size(PROMPT)) + kit.px(8)

    def _prompt(self, box: Rect, exercise: Exercise, middle: bool = False) -> Label:
        text = self.scene.kit.words(exercise.prompt)
        return Label(box, text, PROMPT, theme.TEXT, "serif", id="prompt", middle=middle)

    def _slab(
        self,
        box: Rect,
        exercise: Exercise,
        key: str = "exercise.shown",
        margin: float = 44,
        carving: bool = False,
    ) -> list[Widget]:
        kit = self.scene.kit
        slab = BoneSlab(box, "lesson")
        glyph = kit.library.glyph(exercise.subject) if kit.library.has_glyph(exercise.subject) else None
        spot = glyph_box(box, kit, margin)
        if glyph is None or glyph.oracle is None:
            big = spot.h / kit.metrics.unit * 0.7
            return [slab, Label(spot, exercise.subject, big, theme.INK, "serif", "centre", "glyph", True)]
        which = f"{exercise.subject}{exercise.lit}"
        if self._view is None or self._view[0] != which:
            label = kit.t(key, char=exercise.subject)
            view = GlyphView(spot, "glyph", label, glyph.oracle, carving=carving, lit=exercise.lit)
            self._view = (which, view)
        view = self._view[1]
        view.rect = spot
        return [slab, view]


def niches(scene: Scene, slab: Rect, count: int, picked: list[Option]) -> list[Widget]:
    """Places on a slab for what is put together, in the middle, side by side, with plus signs between."""
    kit = scene.kit
    inner = slab.inflate(-kit.px(56), -kit.px(56))
    plus = kit.px(46)
    side = min((inner.w - plus * (count - 1)) // count, inner.h, kit.px(240))
    x = slab.centerx - (side * count + plus * (count - 1)) // 2
    places = [Rect(x + i * (side + plus), slab.centery - side // 2, side, side) for i in range(count)]
    widgets: list[Widget] = []
    for i, place in enumerate(places):
        option = picked[i] if i < len(picked) else None
        key = "exercise.niche" if option is None else "exercise.placed"
        widgets.append(Niche(place, f"niche-{i}", kit.t(key, n=i + 1, count=count), option))
        if i:
            sign = Rect(place.x - plus, place.y, plus, place.h)
            widgets.append(Label(sign, "+", 44, theme.INK_SOFT, "sans", "centre", middle=True))
    return widgets
