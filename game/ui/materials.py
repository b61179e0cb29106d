"""What things are made of: the gallery's dark, old bone with its grain, shadows. Generated and seeded.

Everything is value noise: a few random greys stretched smoothly over a surface, multiplied onto a ground.
Stretching is done in C (`smoothscale`), so a slab costs a millisecond or two and no library.
"""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import pygame
from pygame import Rect, Surface, transform

from game.ui import theme
from game.ui.theme import Colour

Polygon = Sequence[tuple[float, float]]
BONE_TOP: Final[Colour] = (247, 234, 207)
"""Where the light falls; the grain multiplied onto it brings it to the house's light bone."""
SHARP: Final = 2
"""Outlines are drawn this many times larger and shrunk: smooth edges without a filter."""
GALLERY_CELLS: Final = 24
"""The room's light is worked out for so many places across and stretched: it is soft enough."""


def blend(a: Colour, b: Colour, share: float) -> Colour:
    """The colour `share` of the way from a to b."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def noise(size: tuple[int, int], cells: tuple[int, int], low: int, high: int, seed: str) -> Surface:
    """Smooth grey noise of `size` pixels from `cells` random greys in low..high (0..255), for multiplying."""
    greys = random.Random(seed).randbytes(cells[0] * cells[1])
    scale = bytes(low + value * (high - low) // 255 for value in range(256))
    small = pygame.image.frombytes(greys.translate(scale), cells, "P")
    small.set_palette([(value, value, value) for value in range(256)])
    return transform.smoothscale(small.convert(), size)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour, steps: int = 3) -> Surface:
    """Light from above: `top` colour falling softly to `bottom`."""
    small = Surface((2, steps)).convert()
    for y in range(steps):
        small.fill(blend(top, bottom, y / (steps - 1)), Rect(0, y, 2, 1))
    return transform.smoothscale(small, size)


def blurred(surface: Surface, radius: int) -> Surface:
    """A wide blur of `radius` pixels, worked out on a small copy: soft things need no detail."""
    width, height = surface.get_size()
    shrink = max(1, radius // 3)
    small = transform.smoothscale(surface, (max(2, width // shrink), max(2, height // shrink)))
    small = transform.box_blur(small, max(1, radius // shrink))
    small = transform.box_blur(small, max(1, radius // shrink))
    return transform.smoothscale(small, (width, height))


def gallery(size: tuple[int, int], lit: tuple[float, float] = (0.5, 0.42)) -> Surface:
    """The dark room with one soft light at the shares `lit` of its size; grain against banding."""
    width = GALLERY_CELLS
    height = max(8, round(width * size[1] / size[0]))
    small = Surface((width, height)).convert()
    reach = max(width, height) * 0.62
    for y in range(height):
        for x in range(width):
            away = ((x - width * lit[0]) ** 2 + (y - height * lit[1]) ** 2) ** 0.5 / reach
            glow = max(0.0, 1.0 - away) ** 1.6
            small.set_at((x, y), blend(theme.GALLERY_DARK, theme.GALLERY_LIT, glow))
    room = transform.smoothscale(small, size)
    grain = noise((256, 256), (128, 128), 236, 255, "gallery")
    for x in range(0, size[0], 256):
        for y in range(0, size[1], 256):
            room.blit(grain, (x, y), special_flags=pygame.BLEND_MULT)
    return room


def outline_mask(size: tuple[int, int], outline: Polygon) -> Surface:
    """White with smooth alpha inside the polygon (points as shares 0..1 of `size`), nothing outside."""
    large = Surface((size[0] * SHARP, size[1] * SHARP), pygame.SRCALPHA)
    large.fill((255, 255, 255, 0))
    points = [(x * size[0] * SHARP, y * size[1] * SHARP) for x, y in outline]
    pygame.draw.polygon(large, (255, 255, 255, 255), points)
    return transform.smoothscale(large, size)


def rounded_mask(size: tuple[int, int], radius: int) -> Surface:
    """White with smooth alpha inside a rounded rectangle of the whole `size`."""
    corner = max(1, min(radius, size[0] // 2, size[1] // 2))
    mask = Surface(size, pygame.SRCALPHA)
    mask.fill((255, 255, 255, 255))
    large = Surface((corner * 2 * SHARP, corner * 2 * SHARP), pygame.SRCALPHA)
    large.fill((255, 255, 255, 0))
    pygame.draw.circle(large, (255, 255, 255, 255), (corner * SHARP, corner * SHARP), corner * SHARP)
    disc = transform.smoothscale(large, (corner * 2, corner * 2))
    right, bottom = size[0] - corner, size[1] - corner
    for target, source in (
        ((0, 0), (0, 0)),
        ((right, 0), (corner, 0)),
        ((0, bottom), (0, corner)),
        ((right, bottom), (corner, corner)),
    ):
        area = Rect(*source, corner, corner)
        mask.fill((255, 255, 255, 0), Rect(*target, corner, corner))
        mask.blit(disc, target, area)
    return mask


def bone(size: tuple[int, int], mask: Surface, seed: str, unit: float, edge: float = 1.0) -> Surface:
    """A piece of old bone in the shape of `mask`: grain along its growth, soft light, edges darkened.

    `unit` is canvas pixels a unit, so that the grain keeps its scale; `edge` 0..1 is how deep the darkened
    rim is. The result has the screen's format with alpha.
    """
    width, height = size
    slab = gradient(size, BONE_TOP, theme.BONE)
    wide = max(2, round(width / (9 * unit)))
    tall = max(2, round(height / (27 * unit)))
    slab.blit(noise(size, (wide, tall), 240, 255, seed + "growth"), (0, 0), special_flags=pygame.BLEND_MULT)
    fine = (max(2, round(width / (3 * unit))), max(2, round(height / (18 * unit))))
    slab.blit(noise(size, fine, 245, 255, seed + "grain"), (0, 0), special_flags=pygame.BLEND_MULT)
    if edge > 0:
        slab.blit(_rim(size, mask, round(26 * unit * edge)), (0, 0), special_flags=pygame.BLEND_MULT)
    slab = slab.convert_alpha()
    slab.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return slab


def _rim(size: tuple[int, int], mask: Surface, radius: int) -> Surface:
    """White deep inside the mask, darkening to warm brown at its outline, for multiplying."""
    radius = max(3, radius)
    margin = radius
    rim = Surface((size[0] + 2 * margin, size[1] + 2 * margin)).convert()
    rim.fill((70, 52, 30))
    rim.blit(mask, (margin, margin))
    rim = blurred(rim, radius)
    rim.fill((22, 20, 16), special_flags=pygame.BLEND_ADD)
    return rim.subsurface(Rect(margin, margin, *size))


def shadow(mask: Surface, radius: int, strength: int = 150) -> Surface:
    """A soft dark shape of the mask, `radius` pixels larger on every side, to lay under a piece."""
    width, height = mask.get_size()
    cast = Surface((width + 2 * radius, height + 2 * radius), pygame.SRCALPHA)
    cast.fill((0, 0, 0, 0))
    dark = mask.copy()
    dark.fill((8, 6, 4, strength), special_flags=pygame.BLEND_RGBA_MULT)
    cast.blit(dark, (radius, radius))
    # two passes of the blur spread by twice its radius: a third keeps them inside the margin
    return blurred(cast, max(1, round(radius * 0.4))).convert_alpha()


def crack(
    target: Surface, points: Polygon, width: float, colour: Colour = theme.BONE_EDGE, seed: str = ""
) -> None:
    """A crack through the given points (canvas pixels): a wavering dark line with a lit lower lip."""
    rng = random.Random(seed)
    path: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(2, round(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / (5 * width)))
        for i in range(steps):
            share = i / steps
            path.append(
                (
                    x0 + (x1 - x0) * share + rng.uniform(-0.7, 0.7) * width,
                    y0 + (y1 - y0) * share + rng.uniform(-0.7, 0.7) * width,
                )
            )
    path.append(points[-1])
    lip = [(x + width * 0.8, y + width * 0.8) for x, y in path]
    pygame.draw.lines(target, theme.BONE_LIGHT, False, lip, max(1, round(width)))
    pygame.draw.lines(target, colour, False, path, max(1, round(width)))
