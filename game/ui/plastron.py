"""The tortoise plastron of the title: the map of progress. Sutures divide the units; cracks (兆) stand by.

The outline follows a real plastron (epiplastra above, bridge at the middle, anal notch below), as shares 0..1
of the piece's width and height.
"""

import random
from itertools import pairwise
from typing import Final

import pygame
from pygame import Rect, Surface

from game.ui import materials, theme
from game.ui.kit import Kit
from game.ui.motion import catmull_rom

RATIO: Final = 0.635
"""Width / height of the piece."""
_HALF: Final = (
    (0.000, 0.006),
    (0.200, 0.016),
    (0.440, 0.050),
    (0.680, 0.108),
    (0.835, 0.176),
    (0.840, 0.228),
    (0.742, 0.276),
    (0.745, 0.306),
    (0.905, 0.352),
    (0.985, 0.425),
    (0.995, 0.500),
    (0.960, 0.580),
    (0.880, 0.650),
    (0.752, 0.704),
    (0.744, 0.734),
    (0.800, 0.785),
    (0.822, 0.845),
    (0.770, 0.912),
    (0.640, 0.962),
    (0.430, 0.990),
    (0.220, 0.990),
    (0.090, 0.972),
    (0.000, 0.948),
)
SUTURES: Final = (0.195, 0.352, 0.510, 0.668, 0.822)
"""Heights of the sutures (humeral, pectoral, abdominal, femoral, anal, roughly): six bands, six units."""
BANDS: Final = (
    (0.055, 0.195),
    (0.195, 0.352),
    (0.352, 0.510),
    (0.510, 0.668),
    (0.668, 0.822),
    (0.822, 0.965),
)
_SLOTS: Final = (-0.80, -0.49, -0.18, 0.18, 0.49, 0.80)
"""Places across a band as shares of its half width: three left of the midline, three right."""
CRACK: Final = (170, 146, 106)
GLYPH: Final = 0.094
"""Side of a glyph's box as a share of the piece's width."""


def _smooth_half(steps: int = 6) -> list[tuple[float, float]]:
    """The right half as a Catmull-Rom curve through the given points."""
    points = [(-_HALF[1][0], _HALF[1][1]), *_HALF, (-_HALF[-2][0], _HALF[-2][1])]
    curve = []
    for p0, p1, p2, p3 in zip(points, points[1:], points[2:], points[3:], strict=False):
        for i in range(steps):
            t = i / steps
            x = catmull_rom(p0[0], p1[0], p2[0], p3[0], t)
            curve.append((x, catmull_rom(p0[1], p1[1], p2[1], p3[1], t)))
    return [(max(0.0, x), y) for x, y in curve] + [_HALF[-1]]


def outline() -> list[tuple[float, float]]:
    """The closed outline as shares 0..1 of width and height."""
    half = _smooth_half()
    right = [(0.5 + x / 2, y) for x, y in half]
    left = [(0.5 - x / 2, y) for x, y in reversed(half)]
    return right + left


def half_width(y: float) -> float:
    """Half the piece's width at height `y`, as a share of half the box's width."""
    for (x0, y0), (x1, y1) in pairwise(_HALF):
        if y0 <= y <= y1 and y1 > y0:
            return x0 + (x1 - x0) * (y - y0) / (y1 - y0)
    return _HALF[-1][0]


def glyph_boxes(box: Rect, band: int, count: int) -> list[Rect]:
    """Boxes for up to five glyphs of one band of the piece in `box`; the sixth place is the crack's."""
    top, bottom = BANDS[band]
    middle = (top + bottom) / 2
    reach = _reach(band)
    side = round(GLYPH * box.w)
    boxes = []
    for slot in [i for i in range(6) if i != crack_slot(band)][:count]:
        rise = random.Random(f"rise{band}{slot}").uniform(-0.012, 0.012)
        x = box.x + box.w * (0.5 + _SLOTS[slot] * reach / 2)
        y = box.y + box.h * (middle + rise)
        boxes.append(Rect(round(x - side / 2), round(y - side / 2), side, side))
    return boxes


def _reach(band: int) -> float:
    """How far from the midline glyphs may stand in a band, as a share of half the piece's width."""
    top, bottom = BANDS[band]
    return 0.93 * min(half_width(top + 0.045), half_width((top + bottom) / 2), half_width(bottom - 0.03))


def crack_slot(band: int) -> int:
    """Which of a band's six places is left to the crack: beside the middle, left and right in turn."""
    return 2 if band % 2 else 3


def band_box(box: Rect, band: int) -> Rect:
    """The rectangle of a band, for a finger."""
    top, bottom = BANDS[band]
    reach = half_width((top + bottom) / 2) * box.w / 2
    return Rect(
        round(box.centerx - reach),
        round(box.y + top * box.h),
        round(2 * reach),
        round((bottom - top) * box.h),
    )


def piece(kit: Kit, size: tuple[int, int]) -> tuple[Surface, Surface, int]:
    """The bare plastron with sutures and cracks, its shadow, and how far the shadow reaches beyond it."""
    unit = kit.metrics.unit
    mask = materials.outline_mask(size, outline())
    bone = materials.bone(size, mask, "plastron", unit, 1.0)
    lines = Surface(size, pygame.SRCALPHA)
    lines.fill((*theme.BONE_EDGE, 0))
    width, height = size
    thin = max(1.0, 1.1 * unit)
    _suture(lines, [(0.5, 0.02), (0.5, 0.945)], size, thin, "midline")
    for y in SUTURES:
        reach = half_width(y) * 0.485
        bend = 0.012 if y < 0.5 else -0.012
        _suture(
            lines, [(0.5 - reach, y - bend), (0.5, y + bend), (0.5 + reach, y - bend)], size, thin, f"s{y}"
        )
    for band, (top, bottom) in enumerate(BANDS):
        slot = crack_slot(band)
        reach = _reach(band)
        x = width * (0.5 + _SLOTS[slot] * reach / 2)
        y, long = height * (top + bottom) / 2, height * 0.045
        way = 1 if slot == 2 else -1
        # Fainter than any cut: a 兆 crack looks like the character 卜, which was drawn after it.
        materials.crack(lines, [(x, y - long), (x, y + long)], thin, CRACK, f"up{band}")
        branch = [(x, y), (x - way * long * 0.75, y - long * 0.35)]
        materials.crack(lines, branch, thin * 0.9, CRACK, f"branch{band}")
    bone.blit(lines, (0, 0))
    bone.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    reach_px = kit.px(26)
    return bone, materials.shadow(mask, reach_px, 190), reach_px


def _suture(
    target: Surface, shares: list[tuple[float, float]], size: tuple[int, int], width: float, seed: str
) -> None:
    points = [(x * size[0], y * size[1]) for x, y in shares]
    materials.crack(target, points, width, (158, 134, 94), seed)
