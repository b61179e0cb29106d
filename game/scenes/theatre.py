"""The theatre: what an idiom, a story and a Party-history level share. A play, then questions, then an end.

Subclasses say what the level is, what stands beside the stage and what stands at the end.
"""

import random
from typing import TYPE_CHECKING, Any

from pygame import Rect

from game.content.model import Badge, Question, Script, Words
from game.learning.exercise import Exercise, Outcome, judge, shuffled
from game.learning.round import Round
from game.scenes.board import Board
from game.scenes.carve import CarveStep
from game.scenes.frame import header
from game.scenes.news import news_height, news_row
from game.stage.score import compile
from game.ui import theme
from game.ui.glyph_widgets import BoneSlab
from game.ui.layout import Part, aspect, column, row
from game.ui.play import Play, Setting, TimeLine
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App


class Theatre(Scene):
    """A level: `kind` of its event, its `subject` id, its script if it has one, its questions."""

    def __init__(
        self, app: "App", kind: str, subject: str, script: Script | None, questions: tuple[Question, ...]
    ) -> None:
        super().__init__(app)
        self.kind, self.subject = kind, subject
        self.name = kind
        self.points = 0
        self._news: list[Badge] = []
        self.scored: tuple[int, int] = (0, 0)
        self._rng = random.Random(int.from_bytes(app.host.random_bytes(4), "big"))
        self._questions = questions
        self._asked: dict[int, bool] = {}
        self._round: Round | None = None
        self.board: Board | None = None
        self.stage_name = "intro"
        self.play: Play | None = None
        self.setting = Setting(script.setting if script is not None else "plain")
        self.carve: CarveStep | None = None
        if script is not None:
            self.play = Play(self.kit, compile(script), self.title(), self._beat, self._ask, self._ended)

    # --- what subclasses give -----------------------------------------------------------------------------

    def title(self) -> str:
        """The level's name, in the header."""
        raise NotImplementedError

    def intro(self, body: Rect) -> list[Widget]:
        """What is read before the play; a button `begin` calls `self.begin`."""
        raise NotImplementedError

    def ending(self, body: Rect) -> list[Widget]:
        """What is shown at the end; the frame adds points and the way home."""
        raise NotImplementedError

    def heading(self) -> str:
        """The level's name."""
        return self.title()

    @property
    def busy(self) -> bool:
        """Until the end is reached."""
        return self.stage_name not in ("intro", "end")

    def close(self) -> None:
        """The stage lets go of its pictures."""
        if self.play is not None:
            self.play.close()

    def carved_character(self) -> str:
        """The character that is carved after the questions, "" for none."""
        return ""

    # --- going on -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The play begins, or the questions where there is no play."""
        if self.play is None:
            self._ask_round()
            return
        self.stage_name = "play"
        self.play.restart()
        self.focus = "pause"
        self.invalidate()

    def _beat(self, beat: int) -> None:
        if self.play is not None and self.stage_name == "play" and not self.play.scrubbing:
            caption = self.kit.words(self.play.score.beats[max(0, beat)].caption)
            self.kit.host.announce(caption)
            self.kit.host.speak(caption, self.kit.lang)
        self.invalidate()

    def _ask(self, number: int, question: Question) -> None:
        exercise = shuffled(question, self._rng, self.subject)

        async def answer(choice: Any) -> Outcome:
            right, _ = judge(exercise, choice)
            self._asked.setdefault(number, right)
            return Outcome(right, exercise.explain, (), False)

        self.board = Board(self, exercise, answer, self._answered)
        self.focus = "option-0"
        self.kit.host.announce(self.kit.words(question.prompt))
        self.invalidate()

    def _answered(self) -> None:
        self.board = None
        if self.play is not None:
            self.play.go_on()
        self.focus = "pause"
        self.invalidate()

    def _ended(self) -> None:
        if self._questions:
            self._ask_round()
        else:
            self.run(self._finish(sum(self._asked.values()), len(self._asked)))

    def _ask_round(self) -> None:
        exercises = [shuffled(q, self._rng, self.subject) for q in self._questions]
        self._round = Round(self.kind, self.subject, exercises)
        self.stage_name = "questions"
        self._next_question()

    def _next_question(self) -> None:
        assert self._round is not None
        exercise: Exercise | None = self._round.step
        if exercise is None and self.carved_character() and self.stage_name == "questions":
            self._begin_carving()
            return
        if exercise is None:
            self.stage_name = "end"
            self._news = self.app.session.news()
            self.board = None
            self.focus = "home"
            self.kit.sound.play("bell5", 0.7)
        else:
            self.board = Board(self, exercise, self._answer, self._next_question)
            self.focus = "option-0"
            self.kit.host.announce(self.kit.words(exercise.prompt))
        self.invalidate()

    def _begin_carving(self) -> None:
        """The character that stays is carved by hand."""

        async def carved(verdict: Any) -> Outcome:
            char = self.carved_character()
            right, events = judge(Exercise("carve", char, "", Words("", "")), verdict)
            for kind, subject, result in events:
                self.points += await self.app.session.record(kind, subject, dict(result))
            return Outcome(right, None, events, True)

        self.stage_name = "carve"
        self.board = None
        self.carve = CarveStep(self, self.carved_character(), carved, carved, self._carved)
        self.focus = "pad"
        self.invalidate()

    def _carved(self) -> None:
        self.stage_name = "carved"
        self._next_question()

    async def _answer(self, choice: Any) -> Outcome:
        assert self._round is not None
        outcome = self._round.answer(choice)
        for kind, subject, result in outcome.events:
            if kind == self.kind:
                # the questions asked during the play count like those after it
                right = int(result["right"]) + sum(self._asked.values())  # type: ignore[arg-type]
                asked = int(result["asked"]) + len(self._asked)  # type: ignore[arg-type]
                result = {"right": right, "asked": asked}
                self.scored = (right, asked)
            self.points += await self.app.session.record(kind, subject, dict(result))
        return outcome

    async def _finish(self, right: int, asked: int) -> None:
        self.scored = (right, asked)
        self.points += await self.app.session.record(
            self.kind, self.subject, {"right": right, "asked": asked}
        )
        self.stage_name = "end"
        self._news = self.app.session.news()
        self.focus = "home"
        self.kit.sound.play("bell5", 0.7)
        self.invalidate()

    # --- drawing ------------------------------------------------------------------------------------------

    def build(self) -> list[Widget]:
        """The header and the stage the level is at."""
        position, count = self._round.position if self.stage_name == "questions" and self._round else (0, 0)
        widgets, body = header(self, self.title(), position, count)
        if self.stage_name == "intro":
            return [*widgets, *self.intro(body)]
        if self.stage_name == "play":
            return [*widgets, *self._stage(body)]
        if self.stage_name == "carve" and self.carve is not None:
            return [*widgets, *self.carve.build(body)]
        if self.stage_name == "questions":
            assert self.board is not None
            return [*widgets, *self.question(body, self.board)]
        return [*widgets, *self._end(body)]

    def _stage(self, body: Rect) -> list[Widget]:
        """The stage with its caption and controls, or with the question that stopped it."""
        kit, play = self.kit, self.play
        assert play is not None
        if kit.metrics.wide:
            side = min(body.w - kit.px(330), round((body.h - kit.px(30)) * 4 / 3))
            left, right = row(body, [side, Part()], kit.px(40))
            box = aspect(left, 4 / 3, 0.0, 0.0)
            line = Rect(box.x, box.bottom + kit.px(4), box.w, kit.px(26))
            words = right
        else:
            box = aspect(Rect(body.x, body.y, body.w, round(body.w * 3 / 4)), 4 / 3)
            line = Rect(box.x, box.bottom + kit.px(4), box.w, kit.px(26))
            words = Rect(body.x, line.bottom + kit.px(10), body.w, body.bottom - line.bottom - kit.px(10))
        beat = max(0, play.beat) + 1
        play.rect = self.setting.rect = box.inflate(-kit.px(8), -kit.px(6))
        widgets: list[Widget] = [
            BoneSlab(box, "stage", 18, 0.5),
            self.setting,
            play,
            TimeLine(line, play, kit.t("theatre.time", beat=beat, beats=len(play.score.beats)), self._held),
        ]
        if self.board is not None:
            return [*widgets, *self._beside(words, self.board)]
        caption, controls = column(words, [Part(), kit.px(64)], kit.px(16))
        text = kit.words(play.score.beats[max(0, play.beat)].caption)
        before, pause, after = row(controls, [Part(), Part(1.3), Part()], kit.px(12))
        key = "theatre.pause" if play.playing else "theatre.play"
        return [
            *widgets,
            Label(caption, text, 27, theme.TEXT, "serif", id="caption", middle=kit.metrics.wide),
            Button(before, "before", kit.t("theatre.before"), lambda: self._jump(-1), units=20),
            Button(pause, "pause", kit.t(key), self._pause, units=20),
            Button(after, "after", kit.t("theatre.after"), lambda: self._jump(1), main=True, units=20),
        ]

    def _beside(self, box: Rect, board: Board) -> list[Widget]:
        """A question beside the standing stage."""
        kit = self.kit
        text = kit.words(board.exercise.prompt)
        need = kit.type.height(text, box.w, "serif", kit.size(24)) + kit.px(6)
        prompt, options, answered = column(box, [need, Part(1.0), Part(0.9)], kit.px(14))
        return [
            Label(prompt, text, 24, theme.TEXT, "serif", id="prompt"),
            *board.options(options),
            *board.answered(answered),
        ]

    def question(self, body: Rect, board: Board) -> list[Widget]:
        """A question by itself: prompt, options and verdict."""
        kit = self.kit
        if kit.metrics.wide:
            left, right = row(body, [Part(1.25), Part(1.0)], kit.px(56))
            text = kit.words(board.exercise.prompt)
            need = kit.type.height(text, right.w, "serif", kit.size(28)) + kit.px(10)
            prompt, answered = column(right, [max(need, right.h // 3), Part()], kit.px(16))
            return [
                Label(prompt, text, 28, theme.TEXT, "serif", id="prompt", middle=True),
                *board.options(left),
                *board.answered(answered),
            ]
        text = kit.words(board.exercise.prompt)
        need = kit.type.height(text, body.w, "serif", kit.size(26)) + kit.px(10)
        prompt, options, answered = column(body, [need, Part(1.5), Part(0.8)], kit.px(18))
        return [
            Label(prompt, text, 26, theme.TEXT, "serif", id="prompt"),
            *board.options(options),
            *board.answered(answered),
        ]

    def _jump(self, beats: int) -> None:
        assert self.play is not None
        self.play.jump(beats)
        self.invalidate()

    def _held(self) -> None:
        """The time bar was taken hold of, let go or stepped: where it stands now is told once."""
        assert self.play is not None
        if not self.play.scrubbing:
            self._beat(self.play.beat)
        self.invalidate()

    def _pause(self) -> None:
        assert self.play is not None
        self.play.toggle()
        self.invalidate()

    def _end(self, body: Rect) -> list[Widget]:
        kit = self.kit
        news = news_height(kit, self._news)
        upper, won, line, buttons = column(body, [Part(), news, kit.px(44), kit.px(64)], kit.px(12))
        right, asked = self.scored
        key = "theatre.scored" if asked else "theatre.seen"
        text = kit.t(key, right=right, asked=asked, points=self.points)
        room = min(buttons.w, kit.px(620))
        middle = Rect(buttons.centerx - room // 2, buttons.y, room, buttons.h)
        again, home = row(middle, [Part(), Part()], kit.px(16))
        return [
            *self.ending(upper),
            *news_row(kit, won, self._news),
            Label(line, text, theme.ASIDE, theme.TEXT_SECOND, "sans", "centre", "points", True),
            Button(again, "again", kit.t("theatre.again"), self._again),
            Button(home, "home", kit.t("theatre.home"), self.back, main=True),
        ]

    def _again(self) -> None:
        self._asked.clear()
        self.points = 0
        self._round = None
        self.begin()


def paragraphs(
    scene: Scene, box: Rect, blocks: list[tuple[str, float, theme.Colour, str]], gap: float = 14
) -> list[Widget]:
    """Texts under one another, (text, units, colour, id), all shrunk together until they fit the box."""
    kit = scene.kit
    scale = 1.0
    while scale > 0.6:
        heights = [
            kit.type.height(t, box.w, "serif" if u >= 28 else "sans", kit.size(u * scale))
            for t, u, _, _ in blocks
        ]
        if sum(heights) + kit.px(gap) * (len(blocks) - 1) <= box.h:
            break
        scale -= 0.04
    y = box.y
    widgets: list[Widget] = []
    for (text, units, colour, id), high in zip(blocks, heights, strict=True):
        face = "serif" if units >= 28 else "sans"
        widgets.append(Label(Rect(box.x, y, box.w, high), text, units * scale, colour, face, id=id))  # type: ignore[arg-type]
        y += high + kit.px(gap)
    return widgets
