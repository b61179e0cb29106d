"""The duel on the screen: two players side by side when wide, one above the other when tall."""

import random
from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.content.model import Option
from game.learning.duel import TO_WIN, Duel
from game.scenes.frame import header
from game.ui import theme
from game.ui.carved import CINNABAR
from game.ui.choices import OptionCard
from game.ui.kit import Kit
from game.ui.layout import Part, column, grid, row
from game.ui.scene import Scene
from game.ui.theme import cut_share
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Dots, Label

if TYPE_CHECKING:
    from game.app import App

PAUSE = 1.4
"""Seconds a side waits after a mistake: guessing costs more than looking."""


class Asked(Widget):
    """What is asked of one side: a glyph on the dark, or words."""

    role = "img"

    def __init__(self, rect: Rect, id: str, char: str, text: str, glyph: bool) -> None:
        super().__init__(rect, id, text)
        self.char, self.text, self.glyph = char, text, glyph

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws it in the middle of its rectangle."""
        form = kit.library.glyph(self.char).oracle if self.glyph else None
        if form is not None:
            side = min(self.rect.size)
            spot = Rect(0, 0, side, side)
            spot.center = self.rect.center
            kit.lay(canvas, spot, "duel", 16, 0.3)
            inner = spot.inflate(-side // 6, -side // 6)
            kit.engraver.form(form, inner.w, CINNABAR, cut_share(inner.w / kit.metrics.unit)).put(
                canvas, inner
            )
            return
        Label(self.rect, self.text, 26, theme.TEXT, "serif", "centre", middle=True).paint(canvas, kit)


class DuelScene(Scene):
    """Two sides, eight to win."""

    name = "duel"
    fingers = True

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.duel: Duel
        self._wait = [0.0, 0.0]
        self._told: list[tuple[int, bool] | None] = [None, None]
        self._begin()

    def heading(self) -> str:
        """The title."""
        return self.kit.t("duel.title")

    @property
    def busy(self) -> bool:
        """Until somebody has won."""
        return self.duel.winner is None

    def _begin(self) -> None:
        rng = random.Random(int.from_bytes(self.app.host.random_bytes(4), "big"))
        learned = [c for c, state in self.app.session.progress.characters.items() if state.met]
        self.duel = Duel(self.kit.library, learned, rng)
        self._wait = [0.0, 0.0]
        self._told = [None, None]
        self.invalidate()

    def update(self, dt: float) -> None:
        """A side that was wrong waits a moment."""
        for side in (0, 1):
            if self._wait[side] > 0:
                self._wait[side] -= dt
                if self._wait[side] <= 0:
                    self._told[side] = None
                    self.invalidate()

    def _pick(self, side: int, choice: int) -> Action:
        def pick() -> None:
            if self._wait[side] > 0 or self.duel.winner is not None:
                return
            right = self.duel.answer(side, choice)
            self.kit.sound.play(f"bell{self.duel.score[side] % 6}" if right else "low", 0.5)
            self._told[side] = (choice, right)
            self._wait[side] = 0.25 if right else PAUSE
            if self.duel.winner is not None:
                self.kit.sound.play("bell5", 0.8)
                self.kit.host.announce(self.kit.t(f"duel.won_{self.duel.winner}"))
                self.focus = "again"
            self.invalidate()

        return pick

    def build(self) -> list[Widget]:
        """Two halves, or the result."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        if self.duel.winner is not None:
            return [*widgets, *self._result(body)]
        if kit.metrics.wide:
            left, _, right = row(body, [Part(), kit.px(2), Part()], kit.px(30))
        else:
            right, _, left = column(body, [Part(), kit.px(2), Part()], kit.px(18))
        return [*widgets, *self._side(left, 0), *self._side(right, 1)]

    def _side(self, box: Rect, side: int) -> list[Widget]:
        kit = self.kit
        exercise = self.duel.step(side)
        wide = kit.metrics.wide
        top, rest = column(box, [kit.px(44), Part()], kit.px(10))
        name, dots = row(top, [Part(), Part(1.6)], kit.px(10))
        score = kit.t("duel.score", score=self.duel.score[side], count=TO_WIN)
        if wide:
            asked, options = column(rest, [Part(0.8), Part(1.2)], kit.px(16))
        else:
            asked, options = row(rest, [Part(0.8), Part(1.2)], kit.px(16))
        glyph = all(o.text is not None for o in exercise.options)
        widgets: list[Widget] = [
            Label(name, kit.t(f"duel.side_{side}"), 20, theme.TEXT_SECOND, id=f"side-{side}", middle=True),
            Dots(dots, self.duel.score[side], TO_WIN, score),
            Asked(asked, f"asked-{side}", exercise.subject, kit.words(exercise.prompt), glyph),
        ]
        widgets[1].id = f"score-{side}"
        if self._wait[side] > 0:
            told = self._told[side]
            right = told is not None and told[1]
            colour = theme.BRONZE_LIGHT if right else theme.TEXT_SECOND
            text = kit.t("duel.right" if right else "duel.wait")
            return [*widgets, Label(options, text, 30, colour, "serif", "centre", f"told-{side}", True)]
        return [*widgets, *self._options(options, side, exercise.options)]

    def _options(self, box: Rect, side: int, options: tuple[Option, ...]) -> list[Widget]:
        kit = self.kit
        gap = kit.px(12)
        glyphs = options[0].glyph is not None
        columns = 2 if glyphs or box.w > kit.px(420) else 1
        rows = -(-len(options) // columns)
        high = min((box.h - gap * (rows - 1)) // rows, kit.px(150 if glyphs else 92))
        places = grid(box, columns, len(options), high, gap)
        return [
            OptionCard(
                place,
                f"side{side}-option-{i}",
                kit.words(option.text) if option.text else kit.t("exercise.glyph", n=i + 1),
                option,
                self._pick(side, i),
            )
            for i, (option, place) in enumerate(zip(options, places, strict=True))
        ]

    def _result(self, body: Rect) -> list[Widget]:
        kit = self.kit
        title, line, buttons, _ = column(body, [Part(), kit.px(60), kit.px(68), Part(0.6)], kit.px(20))
        room = min(body.w, kit.px(620))
        home, again = row(
            Rect(body.centerx - room // 2, buttons.y, room, buttons.h), [Part(), Part()], kit.px(16)
        )
        scores = kit.t("duel.scores", left=self.duel.score[0], right=self.duel.score[1])
        return [
            Label(
                title, kit.t(f"duel.won_{self.duel.winner}"), 40, theme.TEXT, "serif", "centre", "title", True
            ),
            Label(line, scores, theme.READING, theme.TEXT_SECOND, align="centre", id="scores"),
            Button(home, "home", kit.t("theatre.home"), self.back),
            Button(again, "again", kit.t("common.again"), self._begin, main=True),
        ]
