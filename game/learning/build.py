"""Putting a compound together: which characters is it made of?"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Final

from game.content.library import Library
from game.content.model import Option
from game.learning.exercise import Exercise, phrase
from game.learning.quiz import oracle

MOST: Final = 3
"""Components to put together at most: more would be a puzzle of its own (众 is told otherwise)."""
WRONG: Final = 2
"""Cards on the table that do not belong; one more where only one component is asked for."""


def buildable(library: Library, char: str) -> bool:
    """Whether `char` and all its components have oracle forms, and these are no more than `MOST`."""
    parts = library.character(char).components
    drawn = all(oracle(library, part) is not None for part in (char, *parts))
    return drawn and 1 <= len(parts) <= MOST and char not in parts


def build(library: Library, char: str, pool: Iterable[str], rng: Random) -> Exercise:
    """The table with the components of `char` and some that tempt: plain pictures, best such as look alike.

    None of these is a component, has one, or is one of a component, so that only one set is right. A
    component that is there twice has two cards. Raises ValueError unless it is `buildable`.
    """
    if not buildable(library, char):
        raise ValueError(f"{char} cannot be put together")
    entry = library.character(char)
    parts = list(entry.components)
    wrong = _others(library, char, 2 * WRONG - 1 if len(parts) == 1 else WRONG, pool, rng)
    cards = [(part, True) for part in parts] + [(other, False) for other in wrong]
    rng.shuffle(cards)
    return Exercise(
        "build",
        char,
        "build",
        phrase(library, f"exercise.build_{len(parts)}", char=char, gloss=entry.gloss),
        tuple(Option(None, part) for part, _ in cards),
        tuple(i for i, (_, right) in enumerate(cards) if right),
        phrase(library, "exercise.why", char=char, pinyin=entry.pinyin, gloss=entry.gloss, why=entry.why),
    )


def _others(library: Library, char: str, count: int, pool: Iterable[str], rng: Random) -> list[str]:
    """Characters that might be thought to be in `char`, the most tempting first."""
    entry = library.character(char)
    inside = _within(library, char)
    met = frozenset(pool)
    like = set(entry.like)
    for part in entry.components:
        if library.has_character(part):
            like |= {*library.character(part).like}
    ranked = sorted(
        (other.char not in like, bool(other.components), other.char not in met, rng.random(), other.char)
        for other in library.characters
        if oracle(library, other.char) is not None and not inside & _within(library, other.char)
    )
    drawn = {
        shape.strokes for part in inside if library.has_glyph(part) for shape in library.glyph(part).shapes
    }
    chosen: list[str] = []
    for *_, other in ranked:
        if len(chosen) == count:
            break
        strokes = {shape.strokes for shape in library.glyph(other).shapes}
        if not strokes & drawn:
            chosen.append(other)
            drawn |= strokes
    return chosen


def _within(library: Library, char: str) -> set[str]:
    """`char`, its older headword, its components, and theirs."""
    found: set[str] = set()
    ahead = [char]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        if library.has_character(one):
            entry = library.character(one)
            ahead += [*entry.components, *([entry.headword] if entry.headword else [])]
    return found
