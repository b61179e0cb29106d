"""Where the parts of a scattered actor fly: the same way at every showing."""

from math import cos, pi, sin


def flight(actor: str, part: int, of: int, scatter: float) -> tuple[float, float, float]:
    """How far part number `part` (of `of`) has flown: (right, down) in shares of the actor's size, and
    degrees turned clockwise. All 0 at `scatter` 0. Seeded by the actor's name; parts fly to all sides."""
    seed = 0
    for c in actor:
        seed = (seed * 131 + ord(c)) & 0xFFFFFF
    noise = ((seed + 7919 * part) * 2654435761) & 0xFFFFFFFF
    angle = 2 * pi * ((seed & 0xFF) / 256 + (part + 0.5 * (noise & 0xFF) / 255) / max(1, of))
    far = scatter * (0.55 + 0.35 * ((noise >> 8) & 0xFF) / 255)
    return far * cos(angle), far * sin(angle), scatter * (((noise >> 16) & 0xFF) / 255 - 0.5) * 120
