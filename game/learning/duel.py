"""双人对战: two players on one screen, each with their own questions, the first to eight right wins."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import Final

from game.content.library import Library
from game.learning.challenge import FEWEST
from game.learning.exercise import Exercise, judge
from game.learning.quiz import recognise, skills

TO_WIN: Final = 8


class Duel:
    """Both sides get the same characters and skills in the same order, so that neither has the easier lot."""

    def __init__(self, library: Library, learned: Collection[str], rng: Random) -> None:
        order = [entry.char for entry in library.characters]
        pool = [char for char in order if char in learned]
        pool += [char for char in order if char not in learned][: max(0, FEWEST - len(pool))]
        asked = [(char, skill) for char in pool for skill in skills(library, char) if skill != "part"]
        rng.shuffle(asked)
        self._questions = [
            [recognise(library, char, skill, pool, Random(rng.getrandbits(32))) for char, skill in asked]
            for _ in range(2)
        ]
        self._at = [0, 0]
        self.score = [0, 0]

    def step(self, side: int) -> Exercise:
        """The question of side 0 or 1; after the last one they begin again."""
        questions = self._questions[side]
        return questions[self._at[side] % len(questions)]

    @property
    def winner(self) -> int | None:
        """The side that has won."""
        return next((side for side in (0, 1) if self.score[side] >= TO_WIN), None)

    def answer(self, side: int, choice: int) -> bool:
        """Answers for a side and goes on to its next question; ValueError when the duel is over."""
        if self.winner is not None:
            raise ValueError("the duel is over")
        right, _ = judge(self.step(side), choice)
        self.score[side] += right
        self._at[side] += 1
        return right
