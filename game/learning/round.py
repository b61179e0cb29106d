"""A few questions that belong together: those of an idiom, a story, a level, an inscription, a challenge."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from game.content.model import Question
from game.learning.exercise import Choice, Exercise, Happening, Outcome, judge, shuffled


class Round:
    """Asks `exercises` one after the other, each once; `right` and `asked` count the answers so far.

    `kind` and `subject` are those of the event at the end ("idiom" and its id; "quiz" and "").
    """

    def __init__(self, kind: str, subject: str, exercises: Iterable[Exercise]) -> None:
        self.kind = kind
        self.subject = subject
        self.exercises = tuple(exercises)
        self.right = 0
        self.asked = 0

    @classmethod
    def of(cls, kind: str, subject: str, questions: Iterable[Question], rng: Random) -> Round:
        """A round of a level's own questions, their options shuffled by `rng`."""
        return cls(kind, subject, [shuffled(question, rng, subject) for question in questions])

    @property
    def step(self) -> Exercise | None:
        """The exercise to answer now; None when the round is over."""
        return self.exercises[self.asked] if self.asked < len(self.exercises) else None

    @property
    def position(self) -> tuple[int, int]:
        """(answers given, exercises in all)."""
        return self.asked, len(self.exercises)

    @property
    def ending(self) -> Happening | None:
        """The event of the finished round, None before its end.

        The last `answer` records it; a level without questions is finished when it was seen to its end, and
        whoever showed it records this.
        """
        if self.step is not None:
            return None
        return self.kind, self.subject, {"right": self.right, "asked": self.asked}

    def answer(self, choice: Choice) -> Outcome:
        """Answers the present exercise: an option's index, a tuple of them for "order", a carving's verdict.

        Raises ValueError when the round is over and TypeError on the wrong sort of answer.
        """
        exercise = self.step
        if exercise is None:
            raise ValueError("the round is over")
        right, events = judge(exercise, choice)
        self.asked += 1
        self.right += right
        ending = self.ending
        return Outcome(right, exercise.explain, (*events, ending) if ending else events, ending is not None)
