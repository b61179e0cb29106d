"""A lesson: a few characters met, told apart and carved. A pure state machine without clock or window."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from game.content.library import Library
from game.content.model import Unit
from game.journal.event import Value, load_json
from game.learning.build import build
from game.learning.course import Step, askable, guise, plan
from game.learning.exercise import (
    MEMORY,
    Choice,
    Exercise,
    Happening,
    Judged,
    Outcome,
    carved,
    judge,
    phrase,
)
from game.learning.quiz import carvable, recognise
from game.learning.review import choose
from game.learning.schedule import Key

RETURNS = 2
"""How often one step may come back: enough to get it right once told, and every lesson ends."""
LATER = 2
"""A miss comes back as the second step after: soon enough to remember the reason, not the position."""
SURE = 2
"""Right answers in a row after which the spare question about a character is left out."""
REVIEWS = 3
"""Due reviews mixed into a lesson at most: the old stays alive and the new stays in front."""
_VERSION = 2


class Lesson:
    """A lesson on `unit`. `known` are characters the player knows already: they are not introduced again,
    and they serve as wrong answers. Of the `due` cards those that are not of this unit are mixed in, up to
    `REVIEWS`. Everything follows from `rng` and the answers; `rng` is used only here.

    It adapts: a miss comes back as the second step after, in another guise; whoever answered twice running
    about a character is spared its third recognition. `right` and `asked` count first answers to planned
    questions and carvings; `reviews` are the characters mixed in.
    """

    def __init__(
        self,
        library: Library,
        unit: Unit,
        rng: Random,
        known: Collection[str] = (),
        due: Sequence[Key] = (),
    ) -> None:
        self.unit = unit
        self.right = 0
        self.asked = 0
        self._library = library
        self._known = sorted(known)
        self._seed = rng.getrandbits(32)
        old = choose(library, [key for key in due if key[0] not in unit.characters], REVIEWS)
        self.reviews = tuple(char for char, _ in old)
        self._steps = plan(library, unit, rng, known, old)
        self._at = 0
        self._ended = False
        self._sure: dict[str, int] = {}
        self._shown: tuple[int, Exercise] | None = None

    @property
    def step(self) -> Exercise | None:
        """What the player is to do now; None when the lesson is over."""
        if self._at == len(self._steps):
            return None
        if self._shown is None or self._shown[0] != self._at:
            self._shown = self._at, self._exercise(self._steps[self._at])
        return self._shown[1]

    @property
    def position(self) -> tuple[int, int]:
        """(steps done, steps in all); misses add to the latter, what is spared takes from it."""
        return self._at, len(self._steps)

    def answer(self, choice: Choice) -> Outcome:
        """Answers the present step and goes on to the next.

        `choice` is an option's index (several to "build"), for a carving its verdict, to "meet" anything.
        Raises ValueError when the lesson is over and TypeError on the wrong sort of answer; the lesson stays
        where it was.
        """
        exercise = self.step
        if exercise is None:
            raise ValueError("the lesson is over")
        right, events = judge(exercise, choice)
        step = self._steps[self._at]
        self._at += 1
        if step.kind != "meet" and step.attempt == 0:
            self.asked += 1
            self.right += right
        if step.kind == "choose":
            self._sure[step.char] = self._sure.get(step.char, 0) + 1 if right else 0
            if self._sure[step.char] >= SURE:
                self._leave_out(lambda one: one.spare and one.char == step.char)
        if not right and step.attempt < RETURNS:
            again = Step(step.kind, step.char, guise(self._library, step), step.attempt + 1)
            # What comes back twice over is asked once: the later would only repeat the earlier.
            self._leave_out(
                lambda one: one.attempt > 0 and (one.char, one.skill) == (again.char, again.skill)
            )
            self._steps.insert(self._at + LATER - 1, again)
        return Outcome(right, exercise.explain, (*events, *self._ending()), self.step is None)

    def again(self, verdict: Judged) -> Outcome:
        """Another carving of the character just carved, without going on. If it passes, the step that was to
        come back for it is dropped. Raises ValueError unless a carving was answered last."""
        last = self._steps[self._at - 1] if self._at else None
        if last is None or last.kind != "carve":
            raise ValueError("no carving was answered last")
        if verdict.passed:
            self._leave_out(lambda one: one.kind == "carve" and one.char == last.char and one.attempt > 0)
        events = (carved(last.char, last.skill, verdict), *self._ending())
        return Outcome(bool(verdict.passed), None, events, self.step is None)

    def to_json(self) -> str:
        """The lesson as it stands, on one line."""
        data = {
            "version": _VERSION,
            "unit": self.unit.id,
            "known": self._known,
            "reviews": self.reviews,
            "seed": self._seed,
            "steps": [[one.kind, one.char, one.skill, one.attempt, one.spare] for one in self._steps],
            "at": self._at,
            "right": self.right,
            "asked": self.asked,
            "sure": self._sure,
            "ended": self._ended,
        }
        return json.dumps(data, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, library: Library) -> Lesson | None:
        """The lesson that `to_json` wrote, today or in version 1 (which had no reviews and nothing to spare);
        None if it cannot go on, as after a change of content."""
        try:
            data = load_json(text)
            if data["version"] not in (1, _VERSION):
                return None
            unit = library.unit(data["unit"])
            known = [char for char in data["known"] if library.has_character(char)]
            lesson = cls(library, unit, Random(0), known)
            lesson._resume(data)
        except (ValueError, LookupError, TypeError, AttributeError):
            return None
        return lesson

    def _resume(self, data: dict[str, Any]) -> None:
        steps = [Step(*one) for one in data["steps"]]
        can = {char: askable(self._library, char) for char in {step.char for step in steps}}
        reviews = tuple(str(char) for char in data.get("reviews", ()))
        for step in steps:
            if step.char not in (*self.unit.characters, *reviews) or step.attempt not in range(RETURNS + 1):
                raise ValueError("not a step of this lesson")
            if step.kind == "choose" and step.skill not in can[step.char]:
                raise ValueError("no longer to be asked")
            if step.kind == "carve" and not carvable(self._library, step.char):
                raise ValueError("no longer to be carved")
            if step.kind not in ("meet", "choose", "carve"):
                raise ValueError("not a kind of step")
        if data["at"] not in range(len(steps) + 1):
            raise ValueError("not a place in the lesson")
        self._steps, self._at, self._seed, self.reviews = steps, data["at"], int(data["seed"]), reviews
        self.right, self.asked, self._ended = int(data["right"]), int(data["asked"]), data["ended"] is True
        self._sure = {str(char): int(count) for char, count in data.get("sure", {}).items()}

    def _exercise(self, step: Step) -> Exercise:
        library, char = self._library, step.char
        if step.kind != "choose":
            key = "exercise.memory" if step.skill == MEMORY else f"exercise.{step.kind}"
            prompt = phrase(library, key, char=char)
            return Exercise(step.kind, char, step.skill, prompt, attempt=step.attempt)
        pool = [*self._known, *self.unit.characters]
        # Its own source of chance for each step, so that a resumed lesson goes on with the same questions.
        rng = Random(self._seed * 1009 + self._at)
        if step.skill == "build":
            made = build(library, char, pool, rng)
        else:
            made = recognise(library, char, step.skill, pool, rng)
        return replace(made, attempt=step.attempt)

    def _leave_out(self, spared: Callable[[Step], bool]) -> None:
        """Takes steps still ahead out of the lesson."""
        self._steps[self._at :] = [one for one in self._steps[self._at :] if not spared(one)]
        self._shown = None

    def _ending(self) -> tuple[Happening, ...]:
        """The event of the finished lesson, the first time that it is finished."""
        if self._at < len(self._steps) or self._ended:
            return ()
        self._ended = True
        characters: Any = list(self.unit.characters)
        result: dict[str, Value] = {"right": self.right, "asked": self.asked, "characters": characters}
        return (("lesson", self.unit.id, result),)
