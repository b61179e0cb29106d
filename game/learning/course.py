"""Which steps a lesson has, in which order, and as what a missed one comes back.

What each new character gets, where it can be had, is seven steps or eight, about two minutes with a finger:

1. meet: see it carved, hear it, read why (25 s);
2. notice: what is the lit part? (part);
3. recognise: its meaning (read);
4. carve it over the guide (30 s);
5. recognise: its glyph, by its meaning or by its sound, turn about (mean, sound);
6. one more turn: a compound is put together from its components (build); any other is found again in
   another attested shape, or in a word of today, whichever the lesson has had less of (same, word);
7. recognise the third way: a spare step, left out once two answers in a row about it were right;
8. carve it from memory (30 s).

Steps 5 and 6 come while the next character is learned, 7 and 8 while the one after that is, so that there is
always something to forget in between. Five characters are some 35 steps, ten minutes; due reviews, one after
each carving, add half a minute each. A character known already is not met, not noticed and not guided: it
is asked for by glyph or sound, found again, and carved from memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from game.content.library import Library
from game.content.model import Unit
from game.learning.build import buildable
from game.learning.exercise import MEMORY
from game.learning.quiz import carvable, skills, uses
from game.learning.schedule import CARVE, Key

_GUISES = {
    "read": ("mean",),
    "mean": ("sound",),
    "sound": ("read",),
    "part": ("build", "read"),
    "build": ("part", "read"),
    "same": ("mean",),
    "word": ("read",),
}
"""As what a missed question comes back: the first that can be asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `kind` is "meet", "choose" or "carve"; `attempt` counts the misses before it; a `spare` one
    is left out for whoever is sure of the character."""

    kind: str
    char: str
    skill: str = ""
    attempt: int = 0
    spare: bool = False


def askable(library: Library, char: str) -> tuple[str, ...]:
    """Every skill that a lesson can ask of `char`."""
    return (*skills(library, char), *uses(library, char), *(("build",) if buildable(library, char) else ()))


def guise(library: Library, missed: Step) -> str:
    """The skill by which a missed step comes back: another for a question, the guide for a carving."""
    if missed.kind != "choose":
        return ""
    can = askable(library, missed.char)
    return next(skill for skill in _GUISES[missed.skill] if skill in can)


def plan(
    library: Library,
    unit: Unit,
    rng: Random,
    known: Collection[str] = (),
    reviews: Sequence[Key] = (),
) -> list[Step]:
    """The steps of a lesson on `unit`, as the module tells; `reviews` are mixed in, one after each character
    from the second on, and what is left of them before the last."""
    steps: list[Step] = []
    old = [_review(key) for key in reviews]
    turns = _turns(library, unit, rng)
    ways = [("mean", "sound"), ("sound", "mean")]
    first = rng.randrange(2)
    for i in range(len(unit.characters) + 2):
        char, before, earlier = (
            unit.characters[j] if 0 <= j < len(unit.characters) else "" for j in (i, i - 1, i - 2)
        )
        new = bool(char) and char not in known
        if new:
            steps.append(Step("meet", char))
            if "part" in skills(library, char):
                steps.append(Step("choose", char, "part"))
            steps.append(Step("choose", char, "read"))
        if before:
            steps.append(Step("choose", before, ways[(first + i) % 2][0]))
        if new and carvable(library, char):
            steps.append(Step("carve", char))
        if before:
            steps += turns[before]
        if i >= len(unit.characters):
            steps += old
            old = []
        elif i:
            steps += old[:1]
            old = old[1:]
        if earlier and earlier not in known:
            steps.append(Step("choose", earlier, ways[(first + i - 1) % 2][1], spare=True))
        if earlier and carvable(library, earlier):
            steps.append(Step("carve", earlier, MEMORY))
    return steps


def _turns(library: Library, unit: Unit, rng: Random) -> dict[str, list[Step]]:
    """The sixth step of each character: none where nothing can be asked."""
    had: Counter[str] = Counter()
    chosen: dict[str, list[Step]] = {}
    for char in unit.characters:
        can = ["build"] if buildable(library, char) else list(uses(library, char))
        can.sort(key=lambda skill: (had[skill], rng.random()))
        had.update(can[:1])
        chosen[char] = [Step("choose", char, skill) for skill in can[:1]]
    return chosen


def _review(key: Key) -> Step:
    char, skill = key
    return Step("carve", char, MEMORY) if skill == CARVE else Step("choose", char, skill)
