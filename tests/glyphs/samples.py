"""Small forms and hands that draw them, for the tests of geometry and grading."""

import math
import random
from collections.abc import Sequence

from game.glyphs.form import Form, Part
from game.glyphs.path import Point, Polyline, flatten, length, resample


def form(script: str = "oracle", **parts: Sequence[str]) -> Form:
    """A form from paths by part name."""
    return Form(script, tuple(Part(name, tuple(flatten(p) for p in paths)) for name, paths in parts.items()))


TREE = form(
    trunk=["M 50 6 L 50 94"],
    branches=["M 22 20 Q 30 40 50 46", "M 78 20 Q 70 40 50 46"],
    roots=["M 50 60 Q 30 66 20 86", "M 50 60 Q 70 66 80 86"],
)
THREE = form(lines=["M 14 30 L 86 30", "M 14 42 L 86 42", "M 14 54 L 86 54"])
SUN = form(
    rim=["M 50 12 C 92 12 92 88 50 88 C 8 88 8 12 50 12"],
    spot=["M 48 49 L 53 51"],
)
RAIN = form(
    sky=["M 10 14 L 90 14"],
    drops=["M 24 40 L 24 49", "M 50 40 L 50 49", "M 76 40 L 76 49", "M 36 70 L 36 79", "M 64 70 L 64 79"],
)
CORNER = form(edge=["M 20 20 L 80 20 L 80 80"])
CROSS = form(bar=["M 10 50 L 90 50"], post=["M 50 10 L 50 90"])


def drawn(
    stroke: Polyline, seed: int = 0, wobble: float = 1.0, shift: float = 1.0, turned: bool | None = None
) -> list[Point]:
    """The stroke as a careful hand draws it: shifted a little, slowly wavering, in either direction."""
    rng = random.Random(seed)
    dx, dy, phase = rng.gauss(0, shift), rng.gauss(0, shift), rng.random() * 6
    even = resample(stroke, max(4, round(length(stroke) / 1.5)))
    out = [
        (x + dx + wobble * math.sin(i * 0.23 + phase), y + dy + wobble * math.cos(i * 0.19 + phase))
        for i, (x, y) in enumerate(even)
    ]
    back = rng.random() < 0.5 if turned is None else turned
    return out[::-1] if back else out


def scribble(size: float = 80.0, swings: int = 25, at: Point = (50.0, 50.0)) -> list[Point]:
    """To and fro over a square, as a child fills a shape with colour."""
    x, y = at
    turns = [
        (x - size / 2 + size * i / swings, y + (size / 2 if i % 2 else -size / 2)) for i in range(swings + 1)
    ]
    return list(resample(turns, 400))
