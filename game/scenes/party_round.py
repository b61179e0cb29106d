"""A round of questions on Party history: the review of a period, or the ten-question test with its slip."""

import random
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pygame
from pygame import Rect, Surface

from game.journal.day import day
from game.learning.exercise import Outcome
from game.learning.party import TEST, by_period, period_round, ten_questions
from game.learning.round import Round
from game.scenes.board import Board
from game.scenes.frame import header
from game.ui import theme
from game.ui.glyph_row import glyph_row
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.seal import paint_seal
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App


class PartyRound(Scene):
    """Asks the round and shows what came of it."""

    name = "party-round"

    def __init__(self, app: "App", title: str, round_: Round) -> None:
        super().__init__(app)
        self.title, self.round = title, round_
        self.points = 0
        self.board: Board | None = None
        self._next()

    def heading(self) -> str:
        """The title."""
        return self.title

    @property
    def busy(self) -> bool:
        """Until the last question."""
        return self.round.step is not None

    def _next(self) -> None:
        step = self.round.step
        self.board = None if step is None else Board(self, step, self._answer, self._next)
        self.focus = "home" if step is None else "option-0"
        if step is not None:
            self.kit.host.announce(self.kit.words(step.prompt))
        self.invalidate()

    async def _answer(self, choice: Any) -> Outcome:
        outcome = self.round.answer(choice)
        for kind, subject, result in outcome.events:
            self.points += await self.app.session.record(kind, subject, dict(result))
        return outcome

    def build(self) -> list[Widget]:
        """The question, or the result."""
        kit = self.kit
        position, count = self.round.position
        widgets, body = header(self, self.title, position, count)
        if self.board is None:
            return [*widgets, *self._result(body)]
        text = kit.words(self.board.exercise.prompt)
        if kit.metrics.wide:
            left, right = row(body, [Part(1.25), Part(1.0)], kit.px(56))
            need = max(kit.type.height(text, right.w, "serif", kit.size(28)) + kit.px(10), right.h // 3)
            prompt, answered = column(right, [need, Part()], kit.px(16))
            options = left
        else:
            need = kit.type.height(text, body.w, "serif", kit.size(26)) + kit.px(10)
            prompt, options, answered = column(body, [need, Part(1.4), Part(0.9)], kit.px(18))
        return [
            *widgets,
            Label(prompt, text, 28, theme.TEXT, "serif", id="prompt", middle=kit.metrics.wide),
            *self.board.options(options),
            *self.board.answered(answered),
        ]

    def _result(self, body: Rect) -> list[Widget]:
        kit = self.kit
        slab, line, buttons = column(body, [Part(), kit.px(60), kit.px(64)], kit.px(18))
        told = kit.t("theatre.scored", right=self.round.right, asked=self.round.asked, points=self.points)
        room = min(buttons.w, kit.px(620))
        middle = Rect(buttons.centerx - room // 2, buttons.y, room, buttons.h)
        left, right = row(middle, [Part(), Part()], kit.px(16))
        chars = "".join(dict.fromkeys(level.character for level in self._levels()))[:4]
        widgets: list[Widget] = [
            *glyph_row(kit, slab, chars, "round"),
            Label(line, told, theme.READING, theme.TEXT, align="centre", id="points", middle=True),
            Button(right, "home", kit.t("theatre.home"), self.back, main=True),
        ]
        if self.round.subject == TEST:
            widgets.append(Button(left, "slip", kit.t("party.slip"), self._slip))
        return widgets

    def _levels(self) -> list[Any]:
        asked = {exercise.subject for exercise in self.round.exercises}
        return [level for level in self.kit.library.party_history if level.id in asked]

    def _slip(self) -> None:
        """The result slip as a picture: score, day and seal, no name."""
        data = slip(self)
        now = self.app.host.now_ms()
        self.app.host.download(f"shiqi-{day(now)}.png", data, "image/png")
        self.kit.host.announce(self.kit.t("party.slip_saved"))


def slip(scene: PartyRound) -> bytes:
    """A PNG of 900 x 560 pixels on bone."""
    kit = scene.kit
    sheet = Surface((900, 560)).convert()
    sheet.fill(theme.BONE_LIGHT)
    pygame.draw.rect(sheet, theme.BONE_EDGE, Rect(24, 24, 852, 512), 3)
    put = kit.type.put
    put(sheet, kit.t("app.name"), Rect(60, 50, 300, 90), "brush", 72, theme.INK, "left")
    put(sheet, scene.title, Rect(60, 150, 780, 70), "serif", 42, theme.INK, "left")
    score = kit.t("party.slip_score", right=scene.round.right, asked=scene.round.asked)
    put(sheet, score, Rect(60, 250, 600, 90), "serif", 56, theme.CINNABAR, "left")
    put(sheet, day(scene.app.host.now_ms()), Rect(60, 360, 500, 60), "sans", 32, theme.INK_SOFT, "left")
    player = scene.app.session.player
    paint_seal(sheet, kit, Rect(660, 320, 170, 170), player.seal if player else "")
    out = BytesIO()
    pygame.image.save(sheet, out, "slip.png")
    return out.getvalue()


def _rng(app: "App") -> random.Random:
    return random.Random(int.from_bytes(app.host.random_bytes(4), "big"))


def make_period(app: "App", id: str) -> PartyRound:
    """The review of one period."""
    library = app.kit.library
    for period, levels in by_period(library.party_history):
        if period.id == id:
            title = app.kit.t(f"period.{id}")
            return PartyRound(app, title, period_round(library, levels, period, _rng(app)))
    raise KeyError(id)


def make_test(app: "App") -> PartyRound:
    """Ten questions over everything."""
    return PartyRound(app, app.kit.t("party.test"), ten_questions(app.kit.library.party_history, _rng(app)))
