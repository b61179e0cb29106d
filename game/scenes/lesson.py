"""A lesson on the screen: it shows the steps of a `game.learning.lesson.Lesson` and brings it the answers."""

from typing import TYPE_CHECKING, Any, Final

from pygame import Rect

from game.content.model import Unit
from game.learning.exercise import Exercise, Outcome
from game.learning.lesson import Lesson
from game.scenes.board import Board
from game.scenes.carve import CarveStep
from game.scenes.frame import halves, header
from game.scenes.meet import MeetStep
from game.ui import theme
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.layout import Part, column
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App

STORE: Final = "lesson/"


class LessonScene(Scene):
    """Plays one lesson from its first step, or from where it was left."""

    name = "lesson"

    def __init__(self, app: "App", unit: Unit, lesson: Lesson) -> None:
        super().__init__(app)
        self.unit = unit
        self.lesson = lesson
        self.points = 0
        self.step: MeetStep | CarveStep | Board | None = None
        self.exercise: Exercise | None = None
        self._view: tuple[str, GlyphView] | None = None
        self._next()

    @property
    def busy(self) -> bool:
        """In the middle of a lesson."""
        return self.exercise is not None

    def heading(self) -> str:
        """The unit's title."""
        return self.kit.words(self.unit.title)

    # --- going on -------------------------------------------------------------------------------------

    def _next(self) -> None:
        """Sets up the step the lesson is at, or opens its end."""
        self.exercise = self.lesson.step
        self._view = None
        if self.exercise is None:
            from game.scenes.lesson_end import LessonEnd

            self.app.replace(LessonEnd(self.app, self.unit, self.lesson, self.points))
            return
        if self.exercise.kind == "meet":
            self.step = MeetStep(self, self.exercise.subject, self._meet)
        elif self.exercise.kind == "carve":
            self.step = CarveStep(self, self.exercise.subject, self._answer, self._again, self._next)
        else:
            self.step = Board(self, self.exercise, self._answer, self._next)
        self.focus = "next"
        self.invalidate()
        self.kit.host.announce(self.kit.words(self.exercise.prompt))

    async def _meet(self) -> None:
        await self._answer(0)
        self._next()

    async def _answer(self, choice: Any) -> Outcome:
        """Brings an answer to the lesson, what comes of it to the journal, and keeps the place."""
        return await self._keep(self.lesson.answer(choice))

    async def _again(self, verdict: Any) -> Outcome:
        """Another carving of the same character."""
        return await self._keep(self.lesson.again(verdict))

    async def _keep(self, outcome: Outcome) -> Outcome:
        for kind, subject, result in outcome.events:
            self.points += await self.app.session.record(kind, subject, dict(result))
        await self._keep_place(outcome.finished)
        return outcome

    async def _keep_place(self, finished: bool) -> None:
        player = self.app.session.player
        if player is not None:
            lines = [] if finished else [self.lesson.to_json()]
            await self.app.host.store.replace(STORE + player.id, lines)

    def key(self, name: str) -> bool:
        """The step may use a key of its own."""
        return isinstance(self.step, CarveStep) and self.step.key(name)

    # --- drawing --------------------------------------------------------------------------------------

    def build(self) -> list[Widget]:
        """The header and the step."""
        position, count = self.lesson.position
        title = self.kit.words(self.unit.title)
        widgets, body = header(self, title, position, count)
        if isinstance(self.step, Board):
            return [*widgets, *self._question(body, self.step)]
        if self.step is not None:
            return [*widgets, *self.step.build(body)]
        return widgets

    def _question(self, body: Rect, board: Board) -> list[Widget]:
        """Glyph → words shows the glyph on the slab; words → glyph shows the glyphs to choose from there."""
        kit, exercise = self.kit, board.exercise
        glyphs = all(o.glyph is not None for o in exercise.options)
        upper, lower = halves(self, body, 0.46 if not glyphs else 0.5)
        if glyphs:
            prompt, answered = column(lower, [Part(0.9), Part(1.1)], kit.px(16))
            return [
                Label(prompt, kit.words(exercise.prompt), 30, theme.TEXT, "serif", id="prompt", middle=True),
                *board.options(upper),
                *board.answered(answered),
            ]
        need = kit.type.height(kit.words(exercise.prompt), lower.w, "serif", kit.size(28)) + kit.px(8)
        shown = board.shown()
        gaps = kit.px(16) * (len(shown) - 1)
        high = min(kit.px(84), (lower.h - need - gaps - kit.px(130)) // max(1, len(shown)))
        prompt, options, answered = column(lower, [need, high * len(shown) + gaps, Part()], kit.px(16))
        return [
            *self._slab(upper, exercise),
            Label(prompt, kit.words(exercise.prompt), 28, theme.TEXT, "serif", id="prompt"),
            *board.options(options),
            *board.answered(answered),
        ]

    def _slab(self, box: Rect, exercise: Exercise) -> list[Widget]:
        kit = self.kit
        slab = BoneSlab(box, "lesson")
        form = kit.library.glyph(exercise.subject).oracle
        if form is None:
            return [slab]
        lit = exercise.lit
        key = f"{exercise.subject}{lit}"
        spot = glyph_box(box, kit)
        if self._view is None or self._view[0] != key:
            label = kit.t("exercise.shown")
            self._view = (key, GlyphView(spot, "glyph", label, form, lit=lit))
        view = self._view[1]
        view.rect = spot
        return [slab, view]
