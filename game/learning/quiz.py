"""Questions about one character: what it means, which glyph it is, which part is lit.

Wrong answers are chosen for likeness and never at random, so a right one shows that the player looked; and
none of them is right as well: no shared meaning, no other character with the same drawing, no homophone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from game.content.library import Library
from game.content.model import Character, Option, Words
from game.glyphs.form import Form
from game.glyphs.path import Polyline
from game.learning.exercise import SKILLS, Exercise, phrase

OPTIONS = 4
"""How many answers a question offers, where there are that many."""
_ALIKE, _RELATED, _NEAR, _ANY = range(4)


def distractors(
    library: Library, char: str, n: int, rng: Random, by: str = "shape", pool: Iterable[str] = ()
) -> list[str]:
    """Up to `n` characters that tempt whoever half knows `char`, the most tempting first.

    `by` is how they are shown: "shape" (their glyphs), "meaning" (their meanings) or "sound" (their glyphs,
    for a sound). First come `like` characters, then shared components and the same theme, then others; among
    equals those in `pool` (characters the player has met).
    """
    entry = library.character(char)
    met = frozenset(pool)
    ranked = sorted(
        (_likeness(entry, other, by), other.char not in met, rng.random(), other.char)
        for other in library.characters
        if other.char != char
    )
    chosen = [entry]
    for *_, other in ranked:
        if len(chosen) > n:
            break
        candidate = library.character(other)
        if all(_distinct(library, candidate, one, by) for one in chosen):
            chosen.append(candidate)
    return [one.char for one in chosen[1:]]


def skills(library: Library, char: str) -> tuple[str, ...]:
    """The skills that can be asked of `char`: "part" only where its glyph has two parts or more."""
    return SKILLS if len(_parts(library, char)) > 1 else SKILLS[:-1]


def carvable(library: Library, char: str) -> bool:
    """Whether `char` has an oracle form to carve."""
    return _form(library, char) is not None


def recognise(library: Library, char: str, skill: str, pool: Iterable[str], rng: Random) -> Exercise:
    """A question about `char` for one of `SKILLS`; `pool` as for `distractors`.

    Raises ValueError for a skill that cannot be asked of it.
    """
    entry = library.character(char)
    why = phrase(library, "exercise.why", char=char, pinyin=entry.pinyin, gloss=entry.gloss, why=entry.why)
    if skill == "part":
        return _which_part(library, char, why, rng)
    if skill == "read":
        key = "exercise.read" if _form(library, char) else "exercise.read_regular"
        prompt, by = phrase(library, key, char=char), "meaning"
    elif skill == "mean":
        prompt, by = phrase(library, "exercise.mean", gloss=entry.gloss), "shape"
    elif skill == "sound":
        prompt, by = phrase(library, "exercise.sound", pinyin=entry.pinyin), "sound"
    else:
        raise ValueError(f"not a skill: {skill}")
    offered = [char, *distractors(library, char, OPTIONS - 1, rng, by, pool)]
    rng.shuffle(offered)
    options = tuple(
        Option(library.character(one).gloss, None) if by == "meaning" else Option(None, one)
        for one in offered
    )
    return Exercise("choose", char, skill, prompt, options, (offered.index(char),), why)


def challenge(library: Library, pool: Sequence[str], n: int, rng: Random) -> list[Exercise]:
    """A daily challenge: `n` questions (fewer if `pool` is smaller) about characters the player has met."""
    asked = rng.sample(sorted(set(pool)), min(n, len(set(pool))))
    return [recognise(library, char, rng.choice(skills(library, char)), pool, rng) for char in asked]


def part_name(library: Library, name: str) -> Words:
    """What a part of a glyph is called: its label in levels/strings, or, for a component, itself."""
    key = f"part.{name}"
    if any(key in library.strings(lang) for lang in ("zh", "en")):
        return phrase(library, key)
    if library.has_character(name):
        return Words(name, f"{name} {library.character(name).gloss.en}")
    return Words(name, name)


def _which_part(library: Library, char: str, why: Words, rng: Random) -> Exercise:
    parts = _parts(library, char)
    if len(parts) < 2:
        raise ValueError(f"{char} has no parts to ask for")
    names = list(parts)
    lit = rng.choice(names)
    others = [name for name in names if name != lit]
    offered = [lit, *rng.sample(others, min(OPTIONS - 1, len(others)))]
    rng.shuffle(offered)
    options = tuple(Option(parts[name], None) for name in offered)
    prompt = phrase(library, "exercise.part", char=char)
    return Exercise("choose", char, "part", prompt, options, (offered.index(lit),), why, lit)


def _parts(library: Library, char: str) -> dict[str, Words]:
    """The parts of the glyph that have a name of their own in both languages."""
    form = _form(library, char)
    named = {part.name: part_name(library, part.name) for part in form.parts} if form else {}
    zh = [words.zh for words in named.values()]
    en = [words.en for words in named.values()]
    return {name: w for name, w in named.items() if zh.count(w.zh) == 1 and en.count(w.en) == 1}


def _form(library: Library, char: str) -> Form | None:
    return library.glyph(char).oracle if library.has_glyph(char) else None


def _likeness(entry: Character, other: Character, by: str) -> int:
    """How tempting: looks and components count more among shapes, the theme among meanings."""
    if other.char in entry.like or entry.char in other.like:
        return _ALIKE
    built = {entry.char, *entry.components} & {other.char, *other.components}
    first, second = bool(built), entry.theme == other.theme
    if by == "meaning":
        first, second = second, first
    return _RELATED if first else _NEAR if second else _ANY


def _distinct(library: Library, one: Character, other: Character, by: str) -> bool:
    """Whether both can stand among the answers to one question."""
    if _senses(one.gloss) & _senses(other.gloss):
        return False
    if (one.headword or one.char) == (other.headword or other.char):
        return False
    if by == "sound" and one.pinyin == other.pinyin:
        return False
    here, there = _drawings(library, one.char), _drawings(library, other.char)
    if by != "meaning" and bool(here) != bool(there):
        return False  # among drawn glyphs one in regular script gives itself away
    return not any(drawing in there for drawing in here)


def _drawings(library: Library, char: str) -> list[tuple[Polyline, ...]]:
    form = _form(library, char)
    return [one.strokes for one in (form, *library.glyph(char).variants)] if form else []


def _senses(gloss: Words) -> frozenset[str]:
    """Each meaning of a gloss by itself: 太阳；一天 shares one with 白天；一天."""
    zh = gloss.zh.replace("，", "；").replace("、", "；").split("；")
    en = gloss.en.lower().replace(",", ";").split(";")
    return frozenset(f"zh {sense.strip()}" for sense in zh) | frozenset(f"en {sense.strip()}" for sense in en)
