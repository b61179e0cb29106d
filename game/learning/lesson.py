"""A lesson: a few characters met, told apart and carved. A pure state machine without clock or window."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from game.content.library import Library
from game.content.model import Unit
from game.journal.event import Value, load_json
from game.learning.exercise import Choice, Exercise, Happening, Judged, Outcome, judge, phrase
from game.learning.quiz import carvable, recognise, skills

RETURNS = 2
"""How often one step may come back: enough to get it right once told, and every lesson ends."""
LATER = 2
"""A miss comes back as the second step after: soon enough to remember the reason, not the position."""
_VERSION = 1
_GUISE = {"read": "mean", "mean": "sound", "sound": "read", "part": "read"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `kind` is "meet", "choose" or "carve"; `attempt` counts the misses before it."""

    kind: str
    char: str
    skill: str = ""
    attempt: int = 0


def plan(library: Library, unit: Unit, rng: Random, known: Collection[str] = ()) -> list[Step]:
    """The steps of a lesson, four a character.

    Each character is met (unless `known`), told by its glyph, and carved if it has an oracle form. From the
    third on, an earlier one is asked in between: a lit part where there are parts, else from its meaning. The
    end asks for one glyph by its meaning and one by its sound, of those that have been asked least.
    """
    steps: list[Step] = []
    mixed: list[str] = []
    for i, char in enumerate(unit.characters):
        if char not in known:
            steps.append(Step("meet", char))
        steps.append(Step("choose", char, "read"))
        earlier = [one for one in unit.characters[: max(0, i - 1)] if one not in mixed]
        if i > 1 and earlier:
            mixed.append(rng.choice(earlier))
            asks_part = len(mixed) % 2 and "part" in skills(library, mixed[-1])
            steps.append(Step("choose", mixed[-1], "part" if asks_part else "mean"))
        if carvable(library, char):
            steps.append(Step("carve", char))
    last = sorted(unit.characters, key=lambda char: (char in mixed, rng.random()))
    steps += [Step("choose", char, skill) for char, skill in zip(last[:2], ("mean", "sound"), strict=False)]
    return steps


class Lesson:
    """A lesson on `unit`. `known` are characters the player knows already: they are not introduced again,
    and they serve as wrong answers. Everything follows from `rng` and the answers; `rng` is used only here.

    `right` and `asked` count first answers to planned questions and carvings.
    """

    def __init__(self, library: Library, unit: Unit, rng: Random, known: Collection[str] = ()) -> None:
        self.unit = unit
        self.right = 0
        self.asked = 0
        self._library = library
        self._known = sorted(known)
        self._seed = rng.getrandbits(32)
        self._steps = plan(library, unit, rng, known)
        self._at = 0
        self._ended = False
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
        """(steps done, steps in all); misses add to the latter."""
        return self._at, len(self._steps)

    def answer(self, choice: Choice) -> Outcome:
        """Answers the present step and goes on to the next.

        `choice` is an option's index, for a carving its verdict, to "meet" anything. Raises ValueError when
        the lesson is over and TypeError on the wrong sort of answer; the lesson stays where it was.
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
        if not right and step.attempt < RETURNS:
            skill = _GUISE.get(step.skill, "")
            again = Step(step.kind, step.char, skill, step.attempt + 1)
            self._steps.insert(self._at + LATER - 1, again)
        return Outcome(right, exercise.explain, (*events, *self._ending()), self.step is None)

    def again(self, verdict: Judged) -> Outcome:
        """Another carving of the character just carved, without going on. If it passes, the step that was to
        come back for it is dropped. Raises ValueError unless a carving was answered last."""
        last = self._steps[self._at - 1] if self._at else None
        if last is None or last.kind != "carve":
            raise ValueError("no carving was answered last")
        carved: dict[str, Value] = {"score": int(verdict.score), "passed": bool(verdict.passed)}
        if verdict.passed:
            ahead = self._steps[self._at :]
            ahead = [
                one for one in ahead if not (one.kind == "carve" and one.char == last.char and one.attempt)
            ]
            self._steps[self._at :] = ahead
            self._shown = None
        events = (("carving", last.char, carved), *self._ending())
        return Outcome(bool(verdict.passed), None, events, self.step is None)

    def to_json(self) -> str:
        """The lesson as it stands, on one line."""
        data = {
            "version": _VERSION,
            "unit": self.unit.id,
            "known": self._known,
            "seed": self._seed,
            "steps": [[one.kind, one.char, one.skill, one.attempt] for one in self._steps],
            "at": self._at,
            "right": self.right,
            "asked": self.asked,
            "ended": self._ended,
        }
        return json.dumps(data, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, library: Library) -> Lesson | None:
        """The lesson that `to_json` wrote; None if it cannot go on, as after a change of content."""
        try:
            data = load_json(text)
            if data["version"] != _VERSION:
                return None
            unit = library.unit(data["unit"])
            known = [char for char in data["known"] if library.has_character(char)]
            lesson = cls(library, unit, Random(0), known)
            lesson._resume(data)
        except (ValueError, LookupError, TypeError):
            return None
        return lesson

    def _resume(self, data: dict[str, Any]) -> None:
        steps = [Step(*one) for one in data["steps"]]
        for step in steps:
            if step.char not in self.unit.characters or step.attempt not in range(RETURNS + 1):
                raise ValueError("not a step of this unit")
            if step.kind == "choose" and step.skill not in skills(self._library, step.char):
                raise ValueError("no longer to be asked")
            if step.kind == "carve" and not carvable(self._library, step.char):
                raise ValueError("no longer to be carved")
            if step.kind not in ("meet", "choose", "carve"):
                raise ValueError("not a kind of step")
        if data["at"] not in range(len(steps) + 1):
            raise ValueError("not a place in the lesson")
        self._steps, self._at, self._seed = steps, data["at"], int(data["seed"])
        self.right, self.asked, self._ended = int(data["right"]), int(data["asked"]), data["ended"] is True

    def _exercise(self, step: Step) -> Exercise:
        library, char = self._library, step.char
        if step.kind != "choose":
            prompt = phrase(library, f"exercise.{step.kind}", char=char)
            return Exercise(step.kind, char, "", prompt, attempt=step.attempt)
        pool = [*self._known, *self.unit.characters]
        # Its own source of chance for each step, so that a resumed lesson goes on with the same questions.
        made = recognise(library, char, step.skill, pool, Random(self._seed * 1009 + self._at))
        return replace(made, attempt=step.attempt)

    def _ending(self) -> tuple[Happening, ...]:
        """The event of the finished lesson, the first time that it is finished."""
        if self._at < len(self._steps) or self._ended:
            return ()
        self._ended = True
        characters: Any = list(self.unit.characters)
        result: dict[str, Value] = {"right": self.right, "asked": self.asked, "characters": characters}
        return (("lesson", self.unit.id, result),)
