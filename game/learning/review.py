"""The day's review: what is due, each once; what is missed is due again soon. Carving is from memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from game.content.library import Library
from game.content.model import Unit, Words
from game.learning.exercise import MEMORY, Exercise, phrase
from game.learning.quiz import carvable, recognise, skills
from game.learning.round import Round
from game.learning.schedule import CARVE, Key

MOST: Final = 12
"""Cards in one sitting: some five minutes."""
REVIEW: Final = Unit("review", Words("今日复习", "Today's review"), ())
"""The unit that a review's `lesson` event names."""


def choose(library: Library, due: Sequence[Key], most: int = MOST) -> list[Key]:
    """Up to `most` of the due cards, no character twice in one sitting, those that can be asked."""
    chosen: dict[str, Key] = {}
    for char, skill in due:
        if len(chosen) == most:
            break
        if char in chosen or not library.has_character(char):
            continue
        if carvable(library, char) if skill == CARVE else skill in skills(library, char):
            chosen[char] = (char, skill)
    return list(chosen.values())


def review(library: Library, due: Sequence[Key], known: Iterable[str], rng: Random) -> Round:
    """A round over the due cards; it ends with a `lesson` event, so that a review keeps the streak."""
    pool = sorted(known)
    exercises = [_exercise(library, char, skill, pool, rng) for char, skill in choose(library, due)]
    return Round("lesson", REVIEW.id, exercises)


def _exercise(library: Library, char: str, skill: str, pool: Sequence[str], rng: Random) -> Exercise:
    if skill == CARVE:
        return Exercise("carve", char, MEMORY, phrase(library, "exercise.memory", char=char))
    return recognise(library, char, skill, pool, rng)
