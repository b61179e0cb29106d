"""A question on the screen, for every scene that asks: choosing, filling in, putting in order.

The board holds what was picked; the scene gives it rectangles and is told the answer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pygame import Rect

from game.learning.exercise import SKILLS, Exercise, Outcome
from game.ui import theme
from game.ui.choices import option_cards
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from collections.abc import Coroutine

BUTTON = 64
"""Height in units of the way on."""
Answer = Callable[[int | tuple[int, ...]], "Coroutine[object, object, Outcome]"]


class Board:
    """One exercise in play: idle, picked, then told right or wrong with the reason, then on."""

    def __init__(self, scene: Scene, exercise: Exercise, answer: Answer, on: Action) -> None:
        self.scene = scene
        self.exercise = exercise
        self.answer = answer
        self.on = on
        self.picked: list[int] = []
        self.outcome: Outcome | None = None
        self.waiting = False

    # --- playing --------------------------------------------------------------------------------------

    def pick(self, index: int) -> Action | None:
        """What tapping an option does now; nothing once it is answered."""
        if self.outcome is not None or self.waiting:
            return None
        return lambda: self._picked(index)

    async def _choose(self, choice: int | tuple[int, ...]) -> None:
        self.waiting = True
        outcome = await self.answer(choice)
        self.waiting = False
        self.outcome = outcome
        kit = self.scene.kit
        kit.sound.play("bell3" if outcome.right else "low", 0.5)
        said = self.verdict()
        kit.host.announce(f"{said} {kit.words(outcome.explain) if outcome.explain else ''}")
        self.scene.focus = "next"
        self.scene.invalidate()

    def _picked(self, index: int) -> "Coroutine[object, object, None] | None":
        self.scene.invalidate()
        if self.exercise.kind not in ("order", "build"):
            self.picked = [index]
            return self._choose(index)
        if index in self.picked:
            self.picked.remove(index)
            return None
        self.picked.append(index)
        if len(self.picked) == len(self.exercise.answer):
            return self._choose(tuple(self.picked))
        return None

    def verdict(self) -> str:
        """A short warm word on the answer, different from one exercise to the next."""
        return self._word(self.outcome is not None and self.outcome.right)

    def _word(self, right: bool) -> str:
        kit = self.scene.kit
        kind = "praise" if right else "kind_word"
        if self.exercise.skill not in SKILLS:  # a fact or a level, not a glyph that is looked at
            kind += "_fact"
        strings = kit.library.strings(kit.lang)
        count = sum(1 for key in strings if key.startswith(f"{kind}."))
        which = sum(map(ord, self.exercise.subject + self.exercise.prompt.zh)) % max(1, count) + 1
        return kit.t(f"{kind}.{which}")

    # --- drawing --------------------------------------------------------------------------------------

    def shown(self) -> list[int]:
        """Which options are on the screen: once answered, of words only what matters, of things to order all
        in their right order."""
        options = self.exercise.options
        if self.outcome is not None and self.exercise.kind == "order":
            return list(self.exercise.answer)
        if self.outcome is None or self.exercise.kind == "order" or options[0].glyph is not None:
            return list(range(len(options)))
        return [i for i in range(len(options)) if i in self.exercise.answer or i in self.picked]

    def options(self, box: Rect) -> list[Widget]:
        """The option cards in `box`."""
        exercise, outcome = self.exercise, self.outcome
        states, numbers = [], []
        for i in range(len(exercise.options)):
            state = "picked" if i in self.picked else "idle"
            number = self.picked.index(i) + 1 if i in self.picked and exercise.kind == "order" else 0
            if outcome is not None and exercise.kind == "order":
                number = exercise.answer.index(i) + 1
                state = "right" if outcome.right else "picked"
            elif outcome is not None:
                state = "right" if i in exercise.answer else "wrong" if i in self.picked else "idle"
            states.append(state)
            numbers.append(number)
        return option_cards(self.scene.kit, box, exercise.options, self.shown(), self.pick, states, numbers)

    def answered(self, box: Rect) -> list[Widget]:
        """Verdict, reason and the way on, once answered; before that the hint of what to do."""
        kit = self.scene.kit
        if self.outcome is None:
            key = self.exercise.kind if self.exercise.kind in ("order", "build") else "choose"
            return [Label(box, kit.t(f"exercise.{key}"), theme.ASIDE, theme.TEXT_SECOND, id="hint")]
        words, button = column(box, [Part(), kit.px(BUTTON)], kit.px(12))
        head, reason = column(words, [self._high(self.verdict(), box.w), Part()])
        colour = theme.BRONZE_LIGHT if self.outcome.right else (232, 150, 120)
        widgets: list[Widget] = [Label(head, self.verdict(), 26, colour, "serif", id="verdict")]
        if self.outcome.explain is not None:
            text = kit.words(self.outcome.explain)
            units = theme.READING
            while units > theme.SMALL and kit.type.height(text, reason.w, "sans", kit.size(units)) > reason.h:
                units -= 1
            widgets.append(Label(reason, text, units, theme.TEXT, id="explain"))
        place = row(button, [Part(), Part()], kit.px(16))[1]
        return [*widgets, Button(place, "next", kit.t("common.next"), self.on, main=True)]

    def room(self, width: int) -> int:
        """The height that verdict, reason and button want in `width` pixels, whatever the answer; pixels."""
        kit, explain = self.scene.kit, self.exercise.explain
        text = kit.words(explain) if explain is not None else ""
        reason = kit.type.height(text, width, "sans", kit.size(theme.READING)) if text else 0
        head = max(self._high(self._word(right), width) for right in (True, False))
        return head + reason + kit.px(12) + kit.px(BUTTON)

    def _high(self, verdict: str, width: int) -> int:
        kit = self.scene.kit
        return max(kit.px(46), kit.type.height(verdict, width, "serif", kit.size(26)) + kit.px(8))
