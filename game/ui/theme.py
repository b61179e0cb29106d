"""Colours, type sizes and proportions of the house: the one place that says how Shiqi looks.

Colours are RGB, 0..255. Lengths are in units: at 1280 x 720 (wide) or 720 x 1280 (tall) one unit is one
pixel; :class:`game.ui.metrics.Metrics` turns units into canvas pixels.
"""

from typing import Final

Colour = tuple[int, int, int]

GALLERY_DARK: Final[Colour] = (23, 19, 16)
GALLERY_LIT: Final[Colour] = (66, 54, 43)
BONE_LIGHT: Final[Colour] = (239, 227, 203)
BONE: Final[Colour] = (226, 208, 172)
BONE_SHADE: Final[Colour] = (196, 174, 132)
BONE_EDGE: Final[Colour] = (128, 101, 64)
INK: Final[Colour] = (42, 33, 26)
INK_SOFT: Final[Colour] = (103, 84, 64)
WAITING: Final[Colour] = (110, 86, 58)
CINNABAR: Final[Colour] = (178, 46, 30)
CINNABAR_DEEP: Final[Colour] = (116, 26, 17)
BRONZE: Final[Colour] = (74, 116, 102)
BRONZE_DEEP: Final[Colour] = (44, 78, 67)
BRONZE_LIGHT: Final[Colour] = (146, 182, 166)
TEXT: Final[Colour] = (244, 234, 212)
TEXT_SECOND: Final[Colour] = (196, 174, 132)
CUT_SHADOW: Final[Colour] = (92, 70, 44)
CUT_LIGHT: Final[Colour] = (252, 244, 226)

READING: Final = 24.0
ASIDE: Final = 20.0
SMALL: Final = 18.0
HEADING: Final = 30.0
CHARACTER: Final = 112.0
BRAND: Final = 150.0

EDGE: Final = 40.0
GAP: Final = 16.0
TARGET: Final = 56.0
RADIUS: Final = 18.0

LARGE_CUT: Final = 0.034
SMALL_CUT: Final = 0.075
"""Width of a cut as a share of the glyph's box: large glyphs (500 px) and small ones (40 px)."""


def cut_share(size: float) -> float:
    """Width of a knife cut as a share of a glyph box of `size` units (LOOK.md: 3.4 % large, 7.5 % small)."""
    if size >= 420:
        return LARGE_CUT
    if size <= 40:
        return SMALL_CUT
    part = (420 - size) / 380
    return LARGE_CUT + (SMALL_CUT - LARGE_CUT) * part * part
