"""The icons of the site: 契, to carve, cut into a piece of bone; drawn with pygame at each size.

The glyph is the oldest form of the character, 㓞: a tally stick with its notches, and the knife beside it
(说文解字·㓞部; the drawing is the game's own).
"""

from __future__ import annotations

import io
import os

from game.glyphs.outline import knife_outline
from game.glyphs.path import flatten

# Centre lines in a 100 x 100 box, y down.
STROKES = (
    "M 31 10 Q 33 50 30 90",
    "M 13 26 Q 30 33 49 24",
    "M 13 47 Q 30 54 49 45",
    "M 13 68 Q 30 75 49 66",
    "M 76 10 Q 58 32 60 58 Q 62 76 52 92",
    "M 60 40 Q 88 40 88 60 Q 88 76 78 86",
)
WIDTH = 8.5  # of a cut, in the box
DARK, BONE, CUT, LIGHT = (23, 19, 16), (226, 208, 172), (116, 26, 17), (252, 244, 226)
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "favicon.png": 48}
MASKABLE = "icon-maskable.png"
OVER = 4  # drawn so many times larger and scaled down: smooth edges


def draw(size: int, maskable: bool) -> bytes:
    """One icon as PNG. A maskable one fills its square and keeps the glyph in the middle 60 %."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    big = size * OVER
    canvas = pygame.Surface((big, big), pygame.SRCALPHA)
    if maskable:
        canvas.fill(BONE)
    else:
        canvas.fill((0, 0, 0, 0))
        pygame.draw.rect(canvas, DARK, canvas.get_rect(), border_radius=big // 5)
        bone = canvas.get_rect().inflate(-big // 8, -big // 8)
        pygame.draw.rect(canvas, BONE, bone, border_radius=big // 7)
    scale = big / 100 * (0.56 if maskable else 0.68)
    for colour, offset in ((LIGHT, big / 160), (CUT, 0.0)):  # a lit edge, down and to the right of each cut
        for stroke in STROKES:
            cut = knife_outline(flatten(stroke), WIDTH)
            corner = big / 2 - 50 * scale + offset
            pygame.draw.polygon(canvas, colour, [(corner + x * scale, corner + y * scale) for x, y in cut])
    out = io.BytesIO()
    pygame.image.save(pygame.transform.smoothscale(canvas, (size, size)), out, "icon.png")
    return out.getvalue()


def make() -> dict[str, bytes]:
    """Every icon by its file name."""
    icons = {name: draw(size, maskable=False) for name, size in SIZES.items()}
    icons[MASKABLE] = draw(512, maskable=True)
    return icons
