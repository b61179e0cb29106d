"""From the window to units: how large a unit is, which arrangement is used, where it is safe to draw."""

from dataclasses import dataclass
from typing import Final

from game.host.protocol import Viewport

WIDE: Final = (1280.0, 720.0)
TALL: Final = (720.0, 1280.0)
SMALLEST_UNIT: Final = 0.72
"""CSS pixels a unit never falls under, so that 24-unit text stays readable on a phone (17 px)."""
LARGEST_UNIT: Final = 3.0


@dataclass(frozen=True, slots=True)
class Metrics:
    """Size of the canvas in pixels and of a unit in canvas pixels.

    `safe` is (left, top, right, bottom) in canvas pixels inside notches and rounded corners.
    """

    width: int
    height: int
    unit: float
    ratio: float
    wide: bool
    safe: tuple[int, int, int, int]
    text_scale: float = 1.0

    def px(self, units: float) -> int:
        """Canvas pixels of a length in units, at least 1 for anything above nothing."""
        pixels = round(units * self.unit)
        return 1 if pixels == 0 and units > 0 else pixels

    def type_px(self, units: float) -> int:
        """Canvas pixels of a type size in units, with the player's text-size setting."""
        return max(8, round(units * self.unit * self.text_scale))


def measure(view: Viewport, text_scale: float = 1.0) -> Metrics:
    """The metrics for a viewport in CSS pixels (at least 1 × 1)."""
    width, height = max(1.0, view.width), max(1.0, view.height)
    ratio = view.ratio
    wide = width >= height
    base = WIDE if wide else TALL
    unit = min(width / base[0], height / base[1])
    unit = min(LARGEST_UNIT, max(SMALLEST_UNIT, unit))
    top, right, bottom, left = view.insets
    canvas = view.pixels
    safe = (
        round(left * ratio),
        round(top * ratio),
        canvas[0] - round(right * ratio),
        canvas[1] - round(bottom * ratio),
    )
    return Metrics(canvas[0], canvas[1], unit * ratio, ratio, wide, safe, text_scale)
