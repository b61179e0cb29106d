"""Questions about one character: what it means, which glyph it is, which part is lit, where it is used.

Wrong answers are chosen for likeness and never at random, so a right one shows that the player looked; and
none of them is right as well: no shared meaning, no other character with the same drawing, no homophone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from game.content.library import Library
from game.content.model import REGULAR, Character, Option, Words
from game.glyphs.form import Form
from game.glyphs.likeness import apart
from game.glyphs.path import Polyline
from game.learning.exercise import RECOGNISE, Exercise, phrase

OPTIONS = 4
"""How many answers a question offers, where there are that many."""
CLEARLY = 3.6
"""How far `apart` a glyph must be from every shape of another not to pass for it: 夕 (3.2) passes for 月."""
KINDRED = 9.0
"""How far `apart` a shape may be from the chief one to be told as the same word by its looks. What is drawn
in quite another way is for the introduction to show, not to ask."""
_ALIKE, _RELATED, _NEAR, _ANY = range(4)


def distractors(
    library: Library, char: str, n: int, rng: Random, by: str = "shape", pool: Iterable[str] = ()
) -> list[str]:
    """Up to `n` characters that tempt whoever half knows `char`, the most tempting first.

    `by` is how they are shown: "shape" (their glyphs), "meaning" (their meanings), "sound" (their glyphs, for
    a sound) or "regular" (regular script, for a meaning or a sound). First come `like` characters, then
    shared components and the same theme, then others; among equals those in `pool` (characters the player
    has met).
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
        if all(distinct(library, candidate, one, by) for one in chosen):
            chosen.append(candidate)
    return [one.char for one in chosen[1:]]


def skills(library: Library, char: str) -> tuple[str, ...]:
    """The skills that can be asked of `char` anywhere: "part" only where its glyph has two parts or more."""
    return (*RECOGNISE, "part") if len(_parts(library, char)) > 1 else RECOGNISE


def uses(library: Library, char: str) -> tuple[str, ...]:
    """The skills of a lesson alone: "same" where another shape much like the chief one is attested, "word"
    where words are given."""
    drawn = oracle(library, char) is not None
    same = ("same",) if drawn and _kindred(library, char) else ()
    return (*same, "word") if drawn and _words(library, char) else same


def carvable(library: Library, char: str) -> bool:
    """Whether `char` has an oracle form to carve."""
    return oracle(library, char) is not None


def recognise(library: Library, char: str, skill: str, pool: Iterable[str], rng: Random) -> Exercise:
    """A question about `char` for one of its `skills` or `uses`; `pool` as for `distractors`.

    Raises ValueError for a skill that cannot be asked of it.
    """
    entry = library.character(char)
    why = phrase(library, "exercise.why", char=char, pinyin=entry.pinyin, gloss=entry.gloss, why=entry.why)
    if skill == "part":
        return _which_part(library, char, why, rng)
    if skill in ("same", "word"):
        if skill not in uses(library, char):
            raise ValueError(f"{char} has nothing to ask {skill} of")
        return (_same if skill == "same" else _word)(library, entry, pool, rng)
    if skill == "read":
        key = "exercise.read" if oracle(library, char) else "exercise.read_regular"
        prompt, by = phrase(library, key, char=char), "meaning"
    elif skill in ("mean", "sound"):
        drawn = oracle(library, char) is not None
        by = {"mean": "shape", "sound": "sound"}[skill] if drawn else "regular"
        key = f"exercise.{skill}" if drawn else f"exercise.{skill}_regular"
        prompt = phrase(library, key, gloss=entry.gloss, pinyin=entry.pinyin)
    else:
        raise ValueError(f"not a skill: {skill}")
    offered = [char, *distractors(library, char, OPTIONS - 1, rng, by, pool)]
    rng.shuffle(offered)
    options = tuple(
        Option(library.character(one).gloss, None)
        if by == "meaning"
        else Option(None, one, REGULAR if by == "regular" else 0)
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


def _same(library: Library, entry: Character, pool: Iterable[str], rng: Random) -> Exercise:
    """Another attested shape among other characters, in any of their shapes, none of which looks like it."""
    char, shapes = entry.char, library.glyph(entry.char).shapes
    which = rng.choice(_kindred(library, char))
    offered = [Option(None, char, which)]
    for other in distractors(library, char, 4 * OPTIONS, rng, "shape", pool):
        theirs = list(enumerate(library.glyph(other).shapes))
        rng.shuffle(theirs)
        for number, shape in theirs:
            if all(apart(shape, one) > CLEARLY for one in shapes):
                offered.append(Option(None, other, number))
                break
        if len(offered) == OPTIONS:
            break
    right = offered[0]
    rng.shuffle(offered)
    prompt = phrase(library, "exercise.same", char=char, gloss=entry.gloss)
    why = phrase(library, "exercise.same_why", char=char, pinyin=entry.pinyin, gloss=entry.gloss)
    return Exercise("choose", char, "same", prompt, tuple(offered), (offered.index(right),), why)


def _word(library: Library, entry: Character, pool: Iterable[str], rng: Random) -> Exercise:
    """The glyph is shown; which of today's words has the character in it? The others belong to others."""
    char = entry.char
    right = rng.choice(_words(library, char))
    offered, shown = [right], {char}
    for other in distractors(library, char, 4 * OPTIONS, rng, "shape", pool):
        theirs = [word for word in _words(library, other) if not shown & set(word) and other not in right]
        if theirs:
            offered.append(rng.choice(theirs))
            shown.add(other)
        if len(offered) == OPTIONS:
            break
    rng.shuffle(offered)
    options = tuple(Option(Words(word, word), None) for word in offered)
    prompt = phrase(library, "exercise.word", char=char)
    why = phrase(
        library,
        "exercise.word_why",
        char=char,
        pinyin=entry.pinyin,
        gloss=entry.gloss,
        words=Words("、".join(entry.words), ", ".join(entry.words)),
    )
    return Exercise("choose", char, "word", prompt, options, (offered.index(right),), why)


def _kindred(library: Library, char: str) -> list[int]:
    """The variants, by number among the shapes, that are told to be `char` by their looks."""
    chief, *others = library.glyph(char).shapes
    return [i for i, shape in enumerate(others, 1) if apart(chief, shape) <= KINDRED]


def _words(library: Library, char: str) -> list[str]:
    """The words of a character's entry in which it stands and is not all there is."""
    return [word for word in library.character(char).words if char in word and len(word) > 1]


def _parts(library: Library, char: str) -> dict[str, Words]:
    """The parts of the glyph that have a name of their own in both languages."""
    form = oracle(library, char)
    named = {part.name: part_name(library, part.name) for part in form.parts} if form else {}
    zh = [words.zh for words in named.values()]
    en = [words.en for words in named.values()]
    return {name: w for name, w in named.items() if zh.count(w.zh) == 1 and en.count(w.en) == 1}


def oracle(library: Library, char: str) -> Form | None:
    """The chief oracle form of `char`, None where none is drawn."""
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


def distinct(library: Library, one: Character, other: Character, by: str) -> bool:
    """Whether both can stand among the answers to one question."""
    if _senses(one.gloss) & _senses(other.gloss):
        return False
    if (one.headword or one.char) == (other.headword or other.char):
        return False
    if by in ("sound", "regular") and one.pinyin == other.pinyin:
        return False
    here, there = _drawings(library, one.char), _drawings(library, other.char)
    if by in ("shape", "sound") and bool(here) != bool(there):
        return False  # among drawn glyphs one in regular script gives itself away
    return not any(drawing in there for drawing in here)


def _drawings(library: Library, char: str) -> list[tuple[Polyline, ...]]:
    return [one.strokes for one in library.glyph(char).shapes] if library.has_glyph(char) else []


def _senses(gloss: Words) -> frozenset[str]:
    """Each meaning of a gloss by itself: 太阳；一天 shares one with 白天；一天."""
    zh = gloss.zh.replace("，", "；").replace("、", "；").split("；")
    en = gloss.en.lower().replace(",", ";").split(";")
    return frozenset(f"zh {sense.strip()}" for sense in zh) | frozenset(f"en {sense.strip()}" for sense in en)
