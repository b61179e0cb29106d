"""A lesson on the screen: it shows the steps of a `game.learning.lesson.Lesson` and brings it the answers."""

from typing import TYPE_CHECKING, Any, Final, Protocol

from game.content.model import Unit
from game.learning.exercise import MEMORY, Exercise, Outcome
from game.learning.lesson import Lesson
from game.scenes.board import Board
from game.scenes.carve import CarveStep
from game.scenes.frame import header
from game.scenes.meet import MeetStep
from game.scenes.question import QuestionView
from game.ui.scene import Scene
from game.ui.widget import Widget

if TYPE_CHECKING:
    from game.app import App

STORE: Final = "lesson/"


class Course(Protocol):
    """What the scene plays: a lesson, or the round of a review."""

    @property
    def step(self) -> Exercise | None:
        """The exercise to answer now."""

    @property
    def position(self) -> tuple[int, int]:
        """(steps done, steps in all)."""

    def answer(self, choice: Any) -> Outcome:
        """Answers the present step."""


class LessonScene(Scene):
    """Plays one lesson from its first step, or from where it was left."""

    name = "lesson"

    def __init__(self, app: "App", unit: Unit, lesson: Course) -> None:
        super().__init__(app)
        self.unit = unit
        self.lesson = lesson
        self.points = 0
        self.step: MeetStep | CarveStep | Board | None = None
        self.exercise: Exercise | None = None
        self._question = QuestionView(self)
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
        self._question.forget()
        if self.exercise is None:
            self.finish()
            return
        if self.exercise.kind == "meet":
            self.step = MeetStep(self, self.exercise.subject, self._meet)
        elif self.exercise.kind == "carve":
            memory = self.exercise.skill == MEMORY
            self.step = CarveStep(self, self.exercise.subject, self._answer, self._again, self._next, memory)
        else:
            self.step = Board(self, self.exercise, self._answer, self._next)
        self.focus = "next"
        self.invalidate()
        self.kit.host.announce(self.kit.words(self.exercise.prompt))

    def finish(self) -> None:
        """The last step is done: the end of the lesson comes up."""
        from game.scenes.lesson_end import LessonEnd

        self.app.replace(LessonEnd(self.app, self.unit, self.points))

    async def _meet(self) -> None:
        await self._answer(0)
        self._next()

    async def _answer(self, choice: Any) -> Outcome:
        """Brings an answer to the lesson, what comes of it to the journal, and keeps the place."""
        return await self._keep(self.lesson.answer(choice))

    async def _again(self, verdict: Any) -> Outcome:
        """Another carving of the same character."""
        return await self._keep(self.again(verdict))

    def again(self, verdict: Any) -> Outcome:
        """What the course makes of another carving of the character just carved."""
        assert isinstance(self.lesson, Lesson)
        return self.lesson.again(verdict)

    async def _keep(self, outcome: Outcome) -> Outcome:
        for kind, subject, result in outcome.events:
            self.points += await self.app.session.record(kind, subject, dict(result))
        await self.keep_place(outcome.finished)
        return outcome

    async def keep_place(self, finished: bool) -> None:
        """Notes where the lesson is, so that it can go on from there; nothing once it is finished."""
        player = self.app.session.player
        if player is not None and isinstance(self.lesson, Lesson):
            lines = [] if finished else [self.lesson.to_json()]
            await self.app.host.store.replace(STORE + player.id, lines)

    def key(self, name: str) -> bool:
        """The step may use a key of its own."""
        return isinstance(self.step, CarveStep) and self.step.key(name)

    # --- drawing --------------------------------------------------------------------------------------

    def _answered(self) -> bool:
        """The course has gone on, but the step it went on from is still on the screen."""
        if isinstance(self.step, CarveStep):
            return self.step.tries > 0
        return isinstance(self.step, Board) and (self.step.waiting or self.step.outcome is not None)

    def build(self) -> list[Widget]:
        """The header and the step."""
        position, count = self.lesson.position
        position -= self._answered()
        title = self.kit.words(self.unit.title)
        if isinstance(self.lesson, Lesson) and self.exercise and self.exercise.subject in self.lesson.reviews:
            title = self.kit.t("lesson.old_friend")
        widgets, body = header(self, title, position, count)
        if isinstance(self.step, Board):
            return [*widgets, *self._question.build(body, self.step)]
        if self.step is not None:
            return [*widgets, *self.step.build(body)]
        return widgets
