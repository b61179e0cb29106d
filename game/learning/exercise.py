"""One thing to do, and what comes of an answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from game.content.library import Library
from game.content.model import Option, Question, Words
from game.journal.event import Value

SKILLS = ("read", "mean", "sound", "part")
"""What a question about a character asks: glyph to meaning, meaning to glyph, sound to glyph, a lit part."""

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


Choice = int | tuple[int, ...] | Judged


@dataclass(frozen=True, slots=True)
class Exercise:
    """One step for the player.

    `kind` is "meet" (look), "choose" (one of `options`), "order" (all of them) or "carve". `subject` is a
    character or a level's id; `skill` one of `SKILLS` for a question about a character, "fill" for a gap to
    fill, else "". `answer` holds the right option's index, or all indices in the right order. `lit` is the
    part of the glyph to light up. `attempt` is 0, or how often the player has missed this before.
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

    A choice is an index, for "order" a tuple of indices, for "carve" a verdict; to "meet", any. Raises
    TypeError on the wrong sort.
    """
    if exercise.kind == "meet":
        return True, ()
    if exercise.kind == "carve":
        if isinstance(choice, int | tuple):
            raise TypeError("a carving is answered by its verdict")
        carved: Mapping[str, Value] = {"score": int(choice.score), "passed": bool(choice.passed)}
        return bool(choice.passed), (("carving", exercise.subject, carved),)
    if not isinstance(choice, int | tuple):
        raise TypeError("a question is answered by the index of an option, or a tuple of them")
    right = _right(exercise, choice if isinstance(choice, tuple) else (choice,))
    if exercise.skill not in SKILLS:
        return right, ()
    return right, (("answer", exercise.subject, {"skill": exercise.skill, "right": right}),)


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
    return [options[one] for one in choice] == [options[one] for one in exercise.answer]
