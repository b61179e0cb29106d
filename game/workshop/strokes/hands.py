"""Hands that draw a line: steady or trembling, turned, too large, lifted too soon. Pure and seeded.

All lengths are in units of the 100 x 100 box. A line drawn is sampled as a pointer samples it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin
from random import Random

from game.glyphs.carving import Strictness
from game.glyphs.path import Point, Polyline, length, resample

STEP = 2.2
"""Between two samples of the pointer: a finger at 60 samples a second on a pad a hand wide."""
MIDDLE: Point = (50.0, 50.0)


@dataclass(frozen=True, slots=True)
class Hand:
    """How true a hand is: `waver` is the height of its slow waves, `shift` the standard deviation of a whole
    stroke's place, `tremor` that of each sample, `ends` of how far a stroke runs short or over."""

    waver: float
    shift: float
    tremor: float
    ends: float


HANDS = {
    Strictness.GENTLE: Hand(1.6, 2.2, 0.35, 2.0),
    Strictness.EASY: Hand(1.4, 1.6, 0.30, 1.6),
    Strictness.STEADY: Hand(1.0, 1.0, 0.22, 1.2),
    Strictness.STRICT: Hand(0.6, 0.6, 0.15, 0.8),
}
"""The hand each strictness is meant for: a child's, a beginner's, a practised one's, a careful one's."""


def trace(stroke: Sequence[Point], rng: Random, hand: Hand) -> Polyline:
    """The stroke as this hand draws it, from its first end to its last."""
    run = length(stroke)
    even = resample(stroke, max(3, round(run / STEP) + 1))
    even = _longer(even, rng.gauss(0, hand.ends), rng.gauss(0, hand.ends))
    dx, dy = rng.gauss(0, hand.shift), rng.gauss(0, hand.shift)
    wave, phase, other = rng.uniform(18, 45), rng.uniform(0, 2 * pi), rng.uniform(0, 2 * pi)
    out = []
    for i, (x, y) in enumerate(even):
        turn = 2 * pi * i * STEP / wave
        out.append(
            (
                x + dx + hand.waver * sin(turn + phase) + rng.gauss(0, hand.tremor),
                y + dy + hand.waver * sin(0.8 * turn + other) + rng.gauss(0, hand.tremor),
            )
        )
    return tuple(out)


def _longer(line: Polyline, first: float, last: float) -> Polyline:
    """Both ends moved outwards (or inwards where negative) along the line, by a third of it at the most."""
    most = length(line) / 3
    ends = []
    for (ax, ay), (bx, by), by_how_much in ((line[1], line[0], first), (line[-2], line[-1], last)):
        run = hypot(bx - ax, by - ay) or 1.0
        far = max(-most, min(most, by_how_much)) / run
        ends.append((bx + (bx - ax) * far, by + (by - ay) * far))
    return (ends[0], *line[1:-1], ends[1])


def turned(inks: Sequence[Polyline], degrees: float, about: Point = MIDDLE) -> list[Polyline]:
    """The whole drawing turned about a point."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    ax, ay = about
    return [
        tuple((ax + (x - ax) * c - (y - ay) * s, ay + (x - ax) * s + (y - ay) * c) for x, y in ink)
        for ink in inks
    ]


def scaled(inks: Sequence[Polyline], factor: float, about: Point = MIDDLE) -> list[Polyline]:
    """The whole drawing made larger or smaller about a point."""
    ax, ay = about
    return [tuple((ax + (x - ax) * factor, ay + (y - ay) * factor) for x, y in ink) for ink in inks]


def moved(inks: Sequence[Polyline], dx: float, dy: float) -> list[Polyline]:
    """The whole drawing moved."""
    return [tuple((x + dx, y + dy) for x, y in ink) for ink in inks]


def split(ink: Polyline, rng: Random) -> list[Polyline]:
    """One line drawn as two: the finger was lifted on the way, and set down about where it left off."""
    if len(ink) < 8:
        return [ink]
    at = rng.randint(len(ink) // 3, 2 * len(ink) // 3)
    return [ink[: at + 1], ink[at + rng.choice((-1, 0, 1)) :]]


def joints(strokes: Sequence[Sequence[Point]], gap: float) -> list[tuple[int, int]]:
    """Pairs of strokes with two ends no further apart than `gap`: those a hand draws without lifting."""
    return [
        (i, j)
        for i in range(len(strokes))
        for j in range(i + 1, len(strokes))
        if min(hypot(a[0] - b[0], a[1] - b[1]) for a in _ends(strokes[i]) for b in _ends(strokes[j])) <= gap
    ]


def joined(one: Polyline, other: Polyline) -> Polyline:
    """Two lines drawn as one, over their nearest ends."""
    ways = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
    a, b = min(ways, key=lambda way: hypot(way[0][-1][0] - way[1][0][0], way[0][-1][1] - way[1][0][1]))
    return (*a, *b)


def _ends(stroke: Sequence[Point]) -> tuple[Point, Point]:
    return stroke[0], stroke[-1]


def scribble(rng: Random) -> Polyline:
    """Ink without thought over most of the box: a zigzag, a spiral, or a storm."""
    shape = rng.choice(("zigzag", "spiral", "storm"))
    if shape == "zigzag":
        swings, size = rng.randint(14, 40), rng.uniform(60, 92)
        low = 50 - size / 2
        corners = [(low + size * i / swings, low + (size if i % 2 else 0.0)) for i in range(swings + 1)]
        line = [(y, x) for x, y in corners] if rng.random() < 0.5 else corners
    elif shape == "spiral":
        rounds = rng.randint(6, 11)
        line = [
            (50 + 46 * t * cos(2 * pi * rounds * t), 50 + 46 * t * sin(2 * pi * rounds * t))
            for t in (i / (40 * rounds) for i in range(40 * rounds + 1))
        ]
    else:
        line = [(rng.uniform(4, 96), rng.uniform(4, 96)) for _ in range(rng.randint(25, 60))]
    return resample(line, max(3, round(length(line) / STEP)))


def tremble(rng: Random) -> Polyline:
    """A touch that was not meant: a finger or a palm set down and lifted at once."""
    x, y = rng.uniform(5, 95), rng.uniform(5, 95)
    return tuple((x + rng.gauss(0, 0.4), y + rng.gauss(0, 0.4)) for _ in range(rng.randint(1, 4)))
