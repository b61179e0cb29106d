"""How a change runs from 0 to 1: nothing on a stage starts or stops with a jerk."""

from collections.abc import Callable
from math import pi, sin

Ease = Callable[[float], float]


def unit(value: float) -> float:
    """`value` held between 0 and 1."""
    return 0.0 if value < 0 else 1.0 if value > 1 else value


def linear(p: float) -> float:
    """Even speed: the knife's."""
    return p


def smooth(p: float) -> float:
    """Slow, fast, slow (Perlin's fifth-degree step: no jerk at either end)."""
    return min(1.0, p * p * p * (p * (6 * p - 15) + 10))  # rounding can pass 1 by a hair


def arrive(p: float) -> float:
    """Fast, then slowing to rest: what comes in."""
    return 1 - (1 - p) ** 3


def depart(p: float) -> float:
    """From rest, ever faster: what goes out."""
    return p * p * p


def tremble(p: float, cycles: float) -> float:
    """A shaking -1..1 that dies away: 0 at both ends, `cycles` times to and fro between."""
    return sin(2 * pi * cycles * p) * (1 - p) ** 2 if 0 < p < 1 else 0.0
