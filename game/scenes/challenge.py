"""The challenge on the screen: questions until the first mistake, one revival a day."""

import random
from typing import TYPE_CHECKING, Any

from pygame import Rect

from game.journal.day import day_number
from game.learning.challenge import Challenge
from game.learning.exercise import Outcome
from game.scenes.board import Board
from game.scenes.frame import header
from game.scenes.question import QuestionView
from game.ui import theme
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App


class ChallengeScene(Scene):
    """One run after another."""

    name = "challenge"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.points = 0
        self.best = 0
        self._question = QuestionView(self)
        self.board: Board | None = None
        self.run_: Challenge
        self._begin()

    def heading(self) -> str:
        """The title and how many were right so far."""
        return self.kit.t("challenge.title", right=self.run_.right)

    @property
    def busy(self) -> bool:
        """In the middle of a run."""
        return self.run_.ending is None

    def _runs(self) -> list[Any]:
        journal = self.app.session.journal
        return [event for event in journal.events if event.kind == "quiz"] if journal else []

    def _begin(self) -> None:
        session, now = self.app.session, self.app.host.now_ms()
        runs = self._runs()
        self.best = max((int(e.result.get("right", 0)) for e in runs), default=0)
        used = any(e.result.get("revived") is True and day_number(e.time) == day_number(now) for e in runs)
        rng = random.Random(int.from_bytes(self.app.host.random_bytes(4), "big"))
        learned = [c for c, state in session.progress.characters.items() if state.met]
        self.run_ = Challenge(self.kit.library, learned, rng, 0 if used else 1)
        self.points = 0
        self._next()

    def _next(self) -> None:
        self._question.forget()
        step = self.run_.step
        if self.run_.ending is not None or step is None:
            self.board = None
            self.focus = "again"
        else:
            self.board = Board(self, step, self._answer, self._on)
            self.focus = "option-0"
            self.kit.host.announce(self.kit.words(step.prompt))
        self.invalidate()

    async def _answer(self, choice: Any) -> Outcome:
        outcome = self.run_.answer(choice)
        for kind, subject, result in outcome.events:
            self.points += await self.app.session.record(kind, subject, dict(result))
        await self._record()
        return outcome

    async def _record(self) -> None:
        """The run's own event, once it is over."""
        ending = self.run_.ending
        if ending is not None:
            kind, subject, result = ending
            self.points += await self.app.session.record(kind, subject, dict(result))

    def _on(self) -> None:
        if self.run_.fallen and self.run_.ending is None:
            self.board = None
            self.focus = "revive"
            self.invalidate()
        else:
            self._next()

    def _revive(self) -> None:
        self.run_.revive()
        self._next()

    async def _stop(self) -> None:
        self.run_.stop()
        await self._record()
        self._next()

    def build(self) -> list[Widget]:
        """The question, the choice to go on, or the end of the run."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        if self.board is not None:
            return [*widgets, *self._question.build(body, self.board)]
        title, lines, buttons, _ = column(body, [Part(0.9), kit.px(120), kit.px(68), Part(0.6)], kit.px(20))
        room = min(body.w, kit.px(620))
        place = Rect(body.centerx - room // 2, buttons.y, room, buttons.h)
        left, right = row(place, [Part(), Part()], kit.px(16))
        if self.run_.ending is None:
            return [
                *widgets,
                Label(title, kit.t("challenge.fallen"), 36, theme.TEXT, "serif", "centre", "title", True),
                Label(lines, kit.t("challenge.revival"), 22, theme.TEXT_SECOND, align="centre", id="about"),
                Button(left, "stop", kit.t("challenge.stop"), self._stop),
                Button(right, "revive", kit.t("challenge.revive"), self._revive, main=True),
            ]
        told = kit.t(
            "challenge.told", right=self.run_.right, best=max(self.best, self.run_.right), points=self.points
        )
        return [
            *widgets,
            Label(title, kit.t("challenge.end"), 36, theme.TEXT, "serif", "centre", "title", True),
            Label(lines, told, theme.READING, theme.TEXT_SECOND, align="centre", id="points"),
            Button(left, "home", kit.t("theatre.home"), self.back),
            Button(right, "again", kit.t("common.again"), self._begin, main=True),
        ]
