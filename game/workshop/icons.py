"""The icons of the site: the glyph 契 as a carver cuts it, drawn with pygame at each size."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from itertools import pairwise
from math import hypot, pi, sin

# 契: three notches on a tally stick, and the knife beside it. Centre lines in a 100 x 100 box, y down.
STROKES: tuple[tuple[tuple[float, float], ...], ...] = (
    ((30, 14), (31, 40), (29, 66), (30, 86)),
    ((17, 28), (30, 31), (44, 27)),
    ((17, 46), (30, 49), (44, 45)),
    ((17, 64), (30, 67), (44, 63)),
    ((70, 12), (60, 34), (58, 60), (68, 88)),
    ((60, 34), (76, 40), (86, 56), (80, 74)),
)
DARK, BONE, CUT, LIGHT = (23, 19, 16), (226, 208, 172), (116, 26, 17), (252, 244, 226)
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "favicon.png": 48}
MASKABLE = "icon-maskable.png"


def outline(points: Sequence[tuple[float, float]], width: float) -> list[tuple[float, float]]:
    """A knife cut along `points`: as wide as `width` in the middle, a quarter of it at the ends."""
    steps: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        steps += [(x0 + (x1 - x0) * i / 12, y0 + (y1 - y0) * i / 12) for i in range(12)]
    steps.append(points[-1])
    left, right = [], []
    for i, (x, y) in enumerate(steps):
        x0, y0 = steps[max(i - 1, 0)]
        x1, y1 = steps[min(i + 1, len(steps) - 1)]
        long = hypot(x1 - x0, y1 - y0) or 1.0
        half = width / 2 * max(0.25, sin(pi * i / (len(steps) - 1)) ** 0.45)
        nx, ny = (y1 - y0) / long * half, (x0 - x1) / long * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def draw(size: int, maskable: bool) -> bytes:
    """One icon as PNG. A maskable one fills its square and keeps the glyph in the middle 60 %."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    big = size * 4  # drawn large and scaled down: smooth edges
    canvas = pygame.Surface((big, big), pygame.SRCALPHA)
    if maskable:
        canvas.fill(BONE)
    else:
        canvas.fill((0, 0, 0, 0))
        pygame.draw.rect(canvas, DARK, canvas.get_rect(), border_radius=big // 5)
        inner = canvas.get_rect().inflate(-big // 8, -big // 8)
        pygame.draw.rect(canvas, BONE, inner, border_radius=big // 7)
    share = 0.6 if maskable else 0.7
    for stroke in STROKES:
        middle = [
            (big * (0.5 + (x - 50) / 100 * share), big * (0.5 + (y - 50) / 100 * share)) for x, y in stroke
        ]
        cut = outline(middle, big * 0.062)
        pygame.draw.polygon(canvas, LIGHT, [(x + big / 150, y + big / 150) for x, y in cut])
        pygame.draw.polygon(canvas, CUT, cut)
    out = io.BytesIO()
    pygame.image.save(pygame.transform.smoothscale(canvas, (size, size)), out, "icon.png")
    return out.getvalue()


def make() -> dict[str, bytes]:
    """Every icon by its file name."""
    icons = {name: draw(size, maskable=False) for name, size in SIZES.items()}
    icons[MASKABLE] = draw(512, maskable=True)
    return icons
