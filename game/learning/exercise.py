"""One thing to do, and what comes of an answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from game.content.library import Library
from game.content.model import Option, Question, Words
from game.journal.event import Value

RECOGNISE = ("read", "mean", "sound")
"""Glyph to meaning, meaning to glyph, sound to glyph."""
SKILLS = (*RECOGNISE, "part", "build", "same", "word")
"""What a question about a character asks: to recognise it; what a lit part is; which components it is put
together from; which of several glyphs is another shape of it; which of today's words it is used in."""
MEMORY = "memory"
"""The skill of a carving without a guide; over the guide it is ""."""

Happening = tuple[str, str, Mapping[str, Value]]
"""(kind, subject, result) of an event, ready for `Journal.append`."""


class Judged(Protocol):
    """What a carving is judged by (`game.glyphs.verdict.Verdict` is one): `score` is 0–100."""

    @property
    def score(self) -> int:
        """How near to the attested forms."""

    @property
    def passed(self) -> bool:
        """Whether it will do."""


@dataclass(frozen=True, slots=True)
class Helped:
    """A verdict on a carving from memory for which the guide was called: as good as one over the guide."""

    score: int
    passed: bool


Choice = int | tuple[int, ...] | Judged


@dataclass(frozen=True, slots=True)
class Exercise:
    """One step for the player.

    `kind` is "meet" (look), "choose" (one of `options`), "order" (all of them), "build" (some of them, in
    any order) or "carve". `subject` is a character or a level's id; `skill` one of `SKILLS` for a question
    about a character, "fill" for a gap to fill, `MEMORY` for a carving without a guide, else "". `answer`
    holds the right option's index, all indices in the right order, or those that belong together. `lit` is
    the part of the glyph to light up. `attempt` is 0, or how often the player has missed this before.
    """

    kind: str
    subject: str
    skill: str
    prompt: Words
    options: tuple[Option, ...] = ()
    answer: tuple[int, ...] = ()
    explain: Words | None = None
    lit: str | None = None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer: whether it was `right`, the reason to show, the events to record in this order,
    and whether everything is now `finished`."""

    right: bool
    explain: Words | None
    events: tuple[Happening, ...]
    finished: bool


def shuffled(question: Question, rng: Random, subject: str = "") -> Exercise:
    """A level's question with its options in an order of `rng`'s; things to order never begin in order."""
    places = list(range(len(question.options)))
    rng.shuffle(places)
    kind = "order" if question.kind == "order" else "choose"
    if kind == "order" and _in_order(question, places):
        places = places[1:] + places[:1]
    return Exercise(
        kind,
        subject,
        "fill" if question.kind == "fill" else "",
        question.prompt,
        tuple(question.options[place] for place in places),
        tuple(places.index(one) for one in question.answer),
        question.explain,
    )


def judge(exercise: Exercise, choice: Choice) -> tuple[bool, tuple[Happening, ...]]:
    """Whether `choice` is right, and what to record of it.

    A choice is an index, for "order" and "build" a tuple of indices, for "carve" a verdict; to "meet", any.
    Raises TypeError on the wrong sort.
    """
    if exercise.kind == "meet":
        return True, ()
    if exercise.kind == "carve":
        if isinstance(choice, int | tuple):
            raise TypeError("a carving is answered by its verdict")
        return bool(choice.passed), (carved(exercise.subject, exercise.skill, choice),)
    if not isinstance(choice, int | tuple):
        raise TypeError("a question is answered by the index of an option, or a tuple of them")
    right = _right(exercise, choice if isinstance(choice, tuple) else (choice,))
    if exercise.skill not in SKILLS:
        return right, ()
    return right, (("answer", exercise.subject, {"skill": exercise.skill, "right": right}),)


def carved(char: str, skill: str, verdict: Judged) -> Happening:
    """What to record of a carving; one without any help from the guide says so."""
    result: dict[str, Value] = {"score": int(verdict.score), "passed": bool(verdict.passed)}
    if skill == MEMORY and not isinstance(verdict, Helped):
        result["memory"] = True
    return "carving", char, result


def phrase(library: Library, key: str, **values: Words | str) -> Words:
    """A text of levels/strings in both languages, `{name}`s filled in; the key itself if it is missing."""
    zh, en = (
        library.strings(lang)
        .get(key, key)
        .format_map(
            {name: value.get(lang) if isinstance(value, Words) else value for name, value in values.items()}
        )
        for lang in ("zh", "en")
    )
    return Words(zh, en)


def _in_order(question: Question, places: list[int]) -> bool:
    return [question.options[place] for place in places] == [question.options[one] for one in question.answer]


def _right(exercise: Exercise, choice: tuple[int, ...]) -> bool:
    """By what the options say, not by which they are: 步步高升 has two 步, and either may come first."""
    options = exercise.options
    if sorted(choice) != sorted(exercise.answer):
        return False
    return exercise.kind == "build" or [options[one] for one in choice] == [
        options[one] for one in exercise.answer
    ]
