"""Settings behind the actors: a few pale lines on the bone, generated and seeded."""

import math
import random
from collections.abc import Callable
from typing import Final

from pygame import Rect, Surface

from game.ui.carved import Cut, Picture, draw_cuts

Line = tuple[tuple[float, float], ...]
Lines = list[Line]
"""Polylines on the stage: x and y from 0 to 100."""
GROUND: Final = 84.0
LINE: Final = Cut((190, 166, 122), (190, 166, 122), relief=False)
"""Between the bone and its shade: seen, but never louder than a glyph."""


def _wave(y: float, high: float, length: float, start: float, end: float, phase: float = 0.0) -> Line:
    """A wavering line from start to end about the height y."""
    steps = max(6, round((end - start) / 2))
    xs = [start + (end - start) * i / steps for i in range(steps + 1)]
    return tuple((x, y + high * math.sin(x / length + phase)) for x in xs)


def _plain(rng: random.Random) -> Lines:
    return [_wave(GROUND, 0.5, 9, 3, 97, rng.random() * 6)]


def _river(rng: random.Random) -> Lines:
    rows: Lines = [_wave(74, 0.6, 12, 2, 98)]
    for row in range(4):
        for _ in range(3):
            start = rng.uniform(2, 78)
            rows.append(_wave(80 + row * 5, 0.8, 2.4, start, start + rng.uniform(12, 22), rng.random() * 6))
    return rows


def _ridge(base: float, high: float, width: float, shift: float, rough: float) -> Line:
    """A line of hills: rounded tops over a flat foot."""
    return tuple(
        (float(x), base - high * max(0.0, math.sin((x + shift) / width)) - rough * math.sin(x / 5.5))
        for x in range(2, 99, 3)
    )


def _hill(rng: random.Random) -> Lines:
    ground = _wave(GROUND, 0.6, 11, 2, 98, rng.random() * 6)
    return [_ridge(46, 14, 17, 8, 4), _ridge(62, 9, 22, -20, 2), ground]


def _field(rng: random.Random) -> Lines:
    lines: Lines = [((2, 66), (98, 66))]
    for furrow in range(-10, 111, 15):
        lines.append(((50 + (furrow - 50) * 0.5, 66), (50 + (furrow - 50) * 1.2, 98)))
    for _ in range(16):
        x, y = rng.uniform(4, 96), rng.uniform(72, 95)
        lines.append(((x, y), (x - 1, y - 3.4)))
        lines.append(((x, y), (x + 1.2, y - 3)))
    return lines


def _terrace(rng: random.Random) -> Lines:
    lines: Lines = []
    for step in range(3):
        y, inset = 80 + step * 5.5, 10 - step * 4
        lines.append(((inset, y), (100 - inset, y)))
        lines.append(((inset, y), (inset, y + 5.5)))
        lines.append(((100 - inset, y), (100 - inset, y + 5.5)))
    for x in (14, 86):
        lines.append(((x, 30), (x, 80)))
        lines.append(((x + 2.4, 30), (x + 2.4, 80)))
    lines.append(((6, 30), (28, 19), (50, 15), (72, 19), (94, 30)))
    lines.append(((8, 33), (92, 33)))
    return lines


def _night(rng: random.Random) -> Lines:
    stars: Lines = []
    for _ in range(26):
        x, y = rng.uniform(3, 97), rng.uniform(4, 62)
        size = rng.uniform(0.5, 1.3)
        stars.append(((x - size, y), (x + size, y)))
        stars.append(((x, y - size * 1.3), (x, y + size * 1.3)))
    return [*stars, _wave(90, 1.2, 14, 2, 98, rng.random() * 6)]


def _workshop(rng: random.Random) -> Lines:
    lines: Lines = [((4, 72), (96, 72)), ((4, 75), (96, 75)), ((12, 75), (12, 96)), ((88, 75), (88, 96))]
    for peg in (18, 26, 34):
        lines.append(((peg, 18), (peg, 40 + rng.uniform(-3, 3))))
    lines.append(((12, 18), (42, 18)))
    lines.append(((66, 14), (90, 14), (90, 44), (66, 44), (66, 14)))
    lines.append(((78, 14), (78, 44)))
    return lines


def _pit(rng: random.Random) -> Lines:
    lines: Lines = [((2, 40), (16, 40), (26, 92), (74, 92), (84, 40), (98, 40))]
    for layer in (54, 66, 79):
        inset = 16 + (layer - 40) * 10 / 52
        lines.append(_wave(layer, 0.6, 5, inset + 1, 99 - inset, rng.random() * 6))
    for _ in range(12):
        x, y = rng.uniform(30, 70), rng.uniform(58, 90)
        lines.append(((x, y), (x + rng.uniform(-2, 2), y + rng.uniform(0.6, 1.6))))
    return lines


DRAWN: Final[dict[str, Callable[[random.Random], Lines]]] = {
    "plain": _plain,
    "river": _river,
    "hill": _hill,
    "field": _field,
    "terrace": _terrace,
    "night": _night,
    "workshop": _workshop,
    "pit": _pit,
}


def lines(setting: str) -> Lines:
    """The lines of a setting, the same at every call. KeyError for one that is not known."""
    return DRAWN[setting](random.Random(f"setting {setting}"))


def picture(size: tuple[int, int], setting: str) -> Picture:
    """The setting's lines drawn for a stage of `size` pixels (4:3)."""
    high = [tuple((x * 4 / 3, y) for x, y in line) for line in lines(setting)]
    return draw_cuts(high, size[1], LINE, 0.0085)


def paint(canvas: Surface, box: Rect, setting: str) -> None:
    """Draws the setting into the stage's box (4:3)."""
    show(canvas, box, picture(box.size, setting))


def show(canvas: Surface, box: Rect, drawn: Picture) -> None:
    """Puts a setting that is drawn already into the stage's box."""
    clip = canvas.get_clip()
    canvas.set_clip(box.clip(clip))
    drawn.put(canvas, box)
    canvas.set_clip(clip)
