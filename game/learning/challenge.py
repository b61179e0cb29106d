"""挑战答题: answer on until the first mistake. Questions on everything met, one in five on something new."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from random import Random
from typing import Final

from game.content.library import Library
from game.learning.exercise import Choice, Exercise, Happening, Outcome, judge
from game.learning.quiz import recognise, skills

ONE_NEW_IN: Final = 5
FEWEST: Final = 12
"""Characters to ask about at least: who has met fewer is asked about the first of the path as well."""


class Challenge:
    """One run. No question is asked twice; `revivals` mistakes are forgiven if the player asks for it.

    `learned` are the characters met so far. The run ends at a mistake that is not revived, by `stop`, or when
    there is nothing left to ask; then `ending` is its event.
    """

    def __init__(self, library: Library, learned: Collection[str], rng: Random, revivals: int = 0) -> None:
        self._library = library
        self._rng = rng
        order = [entry.char for entry in library.characters]
        known = [char for char in order if char in learned]
        fresh = [char for char in order if char not in learned]
        if len(known) < FEWEST:
            known, fresh = [*known, *fresh[: FEWEST - len(known)]], fresh[FEWEST - len(known) :]
        self._known = known
        self._questions = self._mix(self._all(known), self._all(fresh))
        self.right = 0
        self.revivals = revivals
        self.revived = False
        self.fallen = False
        self._over = False
        self.step: Exercise | None = None
        self._next()

    def _all(self, chars: Collection[str]) -> list[tuple[str, str]]:
        every = [(char, skill) for char in chars for skill in skills(self._library, char)]
        self._rng.shuffle(every)
        return every

    @staticmethod
    def _mix(known: list[tuple[str, str]], fresh: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Four known, one new, and so on, until both are used up."""
        while known or fresh:
            for _ in range(ONE_NEW_IN - 1):
                if known:
                    yield known.pop()
            if fresh:
                yield fresh.pop()

    def _next(self) -> None:
        asked = next(self._questions, None)
        if asked is None:
            self.step, self._over = None, True
        else:
            char, skill = asked
            self.step = recognise(self._library, char, skill, self._known, self._rng)

    @property
    def ending(self) -> Happening | None:
        """The event of the run, once it is over."""
        if not self._over:
            return None
        return "quiz", "challenge", {"right": self.right, "revived": self.revived}

    def answer(self, choice: Choice) -> Outcome:
        """Answers the present question. After a mistake the run has fallen: `revive` or `stop` comes next.

        Raises ValueError when there is no question to answer.
        """
        exercise = self.step
        if exercise is None or self.fallen:
            raise ValueError("there is no question to answer")
        right, events = judge(exercise, choice)
        if right:
            self.right += 1
            self._next()
        else:
            self.fallen = True
            self._over = self.revivals < 1
        return Outcome(right, exercise.explain, events, self._over)

    def revive(self) -> None:
        """Forgives the mistake and goes on. ValueError if there is nothing to forgive, or no revival."""
        if not self.fallen or self.revivals < 1:
            raise ValueError("no revival")
        self.revivals -= 1
        self.revived = True
        self.fallen = False
        self._next()

    def stop(self) -> None:
        """Ends the run where it is."""
        self._over = True
        self.step = None
