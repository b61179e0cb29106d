"""How exact a carving must be."""

from dataclasses import dataclass
from enum import IntEnum


class Strictness(IntEnum):
    """The player's setting, from kindest to hardest."""

    GENTLE = 0
    EASY = 1
    STEADY = 2
    STRICT = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What one strictness asks; lengths in units of the 100 x 100 box.

    `near`: furthest sideways distance of ink from the line; `reach`: furthest distance along it past its
    end; `parallel`: least cosine between both directions; `share`: part of a stroke that must have ink;
    `sense`: part of an ink that must lie on some stroke; `excess`: how often longer than what it covers an
    ink may be.
    """

    near: float
    reach: float
    parallel: float
    share: float
    sense: float
    excess: float


LIMITS = {
    Strictness.GENTLE: Limits(11.0, 5.5, 0.57, 0.60, 0.45, 2.4),
    Strictness.EASY: Limits(9.0, 4.8, 0.64, 0.68, 0.50, 2.3),
    Strictness.STEADY: Limits(7.0, 4.2, 0.70, 0.76, 0.58, 2.2),
    Strictness.STRICT: Limits(5.0, 3.5, 0.77, 0.84, 0.66, 2.0),
}
