"""Rows, columns and aspect boxes: how a scene divides its rectangle.

A size is a number of pixels, or `Part(weight)` for a share of what the fixed ones leave. Rectangles are
pygame Rects in canvas pixels, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pygame import Rect


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the room that fixed sizes leave, in proportion to `weight`."""

    weight: float = 1.0


Size = int | float | Part


def _lengths(total: int, sizes: Sequence[Size], gap: int) -> list[int]:
    free = total - gap * (len(sizes) - 1) - sum(round(s) for s in sizes if not isinstance(s, Part))
    weights = sum(s.weight for s in sizes if isinstance(s, Part)) or 1.0
    return [round(max(0, free) * s.weight / weights) if isinstance(s, Part) else round(s) for s in sizes]


def row(box: Rect, sizes: Sequence[Size], gap: int = 0) -> list[Rect]:
    """Rects of the given widths side by side in `box`, each as high as the box."""
    boxes, x = [], box.x
    for length in _lengths(box.w, sizes, gap):
        boxes.append(Rect(x, box.y, length, box.h))
        x += length + gap
    return boxes


def column(box: Rect, sizes: Sequence[Size], gap: int = 0) -> list[Rect]:
    """Rects of the given heights one under the other in `box`, each as wide as the box."""
    boxes, y = [], box.y
    for length in _lengths(box.h, sizes, gap):
        boxes.append(Rect(box.x, y, box.w, length))
        y += length + gap
    return boxes


def grid(box: Rect, columns: int, count: int, height: int, gap: int) -> list[Rect]:
    """`count` rects of equal width in rows of `columns`, `height` pixels each, from the top of `box`."""
    width = (box.w - gap * (columns - 1)) // columns
    return [
        Rect(box.x + (i % columns) * (width + gap), box.y + (i // columns) * (height + gap), width, height)
        for i in range(count)
    ]


def aspect(box: Rect, ratio: float, x: float = 0.5, y: float = 0.5) -> Rect:
    """The largest rect of width / height = `ratio` inside `box`, placed at the shares x, y (0.5 = middle)."""
    width, height = box.w, box.h
    if width > height * ratio:
        width = round(height * ratio)
    else:
        height = round(width / ratio)
    return Rect(box.x + round((box.w - width) * x), box.y + round((box.h - height) * y), width, height)


def inset(box: Rect, dx: int, dy: int | None = None) -> Rect:
    """`box` less `dx` left and right and `dy` (default the same) above and below; never inside out."""
    dy = dx if dy is None else dy
    return Rect(box.x + dx, box.y + dy, max(0, box.w - 2 * dx), max(0, box.h - 2 * dy))
