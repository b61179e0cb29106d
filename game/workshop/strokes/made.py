"""Regression cases made from the forms themselves: every kind for every form, the same for the same seed.

Whole drawings are off by as much as each strictness is meant to bear: turned by up to 10°, 10°, 6°, 4° (the
outer strokes of a form 80 wide are then 7, 7, 4, 3 units away), larger or smaller by up to 12, 10, 7, 5 %,
moved by up to 5, 4, 3, 2 units. Single strokes turn about their own middle by up to 10° at any strictness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import hypot
from random import Random

from game.content.library import Library
from game.glyphs.carving import Strictness
from game.glyphs.form import Form
from game.glyphs.path import Point, Polyline, length, resample
from game.workshop.strokes import hands
from game.workshop.strokes.case import KINDS, Case
from game.workshop.strokes.hands import HANDS

TURN = (10.0, 10.0, 6.0, 4.0)
SCALE = (0.12, 0.10, 0.07, 0.05)
MOVE = (5.0, 4.0, 3.0, 2.0)
CLEAR = 14.0
"""An extra ink keeps this far from every stroke: further than the kindest strictness looks."""
GAP = 5.0
"""Ends no further apart than this are drawn without lifting."""

Forms = Mapping[str, Sequence[Form]]


def known_forms(library: Library) -> dict[str, list[Form]]:
    """By character, the forms carving accepts: the one shown, then its attested variants."""
    found: dict[str, list[Form]] = {}
    for entry in library.characters:
        glyph = library.glyph(entry.char) if library.has_glyph(entry.char) else None
        if glyph is not None and glyph.oracle is not None:
            found[entry.char] = [glyph.oracle, *glyph.variants]
    return found


def cases(forms: Forms, kinds: Iterable[str] = KINDS, every: int = 1, seed: int = 4) -> Iterator[Case]:
    """A case of each kind for every form, the strictness going round.

    With `every` = n each form is given every n-th kind only, another one from form to form, so that all forms
    and all kinds come. A kind that a form does not allow (no two strokes to join) is left out.
    """
    wanted = tuple(kinds)
    numbered = [(char, number) for char, known in forms.items() for number in range(len(known))]
    for i, (char, number) in enumerate(numbered):
        for k, kind in enumerate(wanted):
            if (i + k) % every:
                continue
            rng = Random(f"{seed} {char} {number} {kind}")  # its own chance: more forms change no case
            made = _case(kind, char, number, forms, Strictness((i + k // every) % 4), rng)
            if made is not None:
                yield made


def _case(
    kind: str, char: str, number: int, forms: Forms, strictness: Strictness, rng: Random
) -> Case | None:
    form = forms[char][number]
    hand = HANDS[strictness]
    extra, aimed = -1, -1
    if kind == "wild":
        return Case(
            kind, char, aimed, strictness, tuple(hands.scribble(rng) for _ in range(rng.randint(1, 4)))
        )
    if kind == "wrong":
        other = _other(char, forms, rng)
        return Case(kind, char, aimed, strictness, tuple(_drawn(other.strokes, rng, strictness)))
    inks = _drawn(form.strokes, rng, strictness)
    if kind == "turned":
        if rng.random() < 0.5:
            inks = hands.turned(inks, rng.uniform(-1, 1) * TURN[strictness])
        else:
            inks = [hands.turned([ink], rng.uniform(-10, 10), ink[len(ink) // 2])[0] for ink in inks]
    elif kind == "scaled":
        inks = hands.scaled(inks, 1 + rng.uniform(-1, 1) * SCALE[strictness])
    elif kind == "moved":
        inks = hands.moved(inks, *(rng.uniform(-1, 1) * MOVE[strictness] / 2**0.5 for _ in "xy"))
    elif kind == "split":
        inks = [piece for ink in inks for piece in hands.split(ink, rng)]
    elif kind == "joined":
        pairs = hands.joints(form.strokes, GAP)
        if not pairs:
            return None
        i, j = rng.choice(pairs)
        inks = [*(ink for k, ink in enumerate(inks) if k not in (i, j)), hands.joined(inks[i], inks[j])]
    elif kind == "reversed":
        inks = [ink[::-1] for ink in inks]
    elif kind == "order":
        rng.shuffle(inks)
        inks = [ink[::-1] if rng.random() < 0.5 else ink for ink in inks]
    elif kind == "dots":
        for _ in range(rng.randint(1, 4)):
            inks.insert(rng.randint(0, len(inks)), hands.tremble(rng))
    elif kind == "missing":
        if len(inks) < 2:
            return None
        inks.pop(rng.randrange(len(inks)))
        aimed = number  # a variant may well lack just this stroke
    elif kind == "extra":
        line = _beside(form, rng, hand)
        if line is None:
            return None
        extra = rng.randint(0, len(inks))
        inks.insert(extra, line)
        aimed = number  # a variant may well have just this stroke
    return Case(kind, char, aimed, strictness, tuple(inks), extra)


def _drawn(strokes: Sequence[Polyline], rng: Random, strictness: Strictness) -> list[Polyline]:
    return [hands.trace(stroke, rng, HANDS[strictness]) for stroke in strokes]


def _other(char: str, forms: Forms, rng: Random) -> Form:
    """A form of another character that does not have all strokes of one of this character's forms.

    天 drawn over 大 is 大 with a stroke too many, which is refused by itself: no wrong character but "extra".
    """
    while True:
        other = rng.choice([one for one in forms if one != char])
        form = rng.choice(forms[other])
        if not any(contains(form, own) for own in forms[char]):
            return form


def contains(form: Form, part: Form, near: float = 8.0) -> bool:
    """Whether every point of `part` lies near `form` as both stand in the box: its line is a part of it."""
    inked = [point for stroke in form.strokes for point in _spread(stroke)]
    wanted = [point for stroke in part.strokes for point in _spread(stroke)]
    return all(any(hypot(x - u, y - v) <= near for u, v in inked) for x, y in wanted)


def _spread(stroke: Sequence[Point]) -> Polyline:
    return resample(stroke, max(2, round(length(stroke) / 3)))


def _beside(form: Form, rng: Random, hand: hands.Hand) -> Polyline | None:
    """A line of 14 to 30 units clear of every stroke; None where the form leaves no room for one."""
    inked = [point for stroke in form.strokes for point in _spread(stroke)]
    for _ in range(60):
        x, y = rng.uniform(4, 96), rng.uniform(4, 96)
        dx, dy, run = rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(14, 30)
        far = run / (hypot(dx, dy) or 1.0)
        line = ((x, y), (x + dx * far, y + dy * far))
        if all(hypot(u - p, v - q) >= CLEAR for u, v in resample(line, 8) for p, q in inked):
            return hands.trace(line, rng, hand)
    return None
