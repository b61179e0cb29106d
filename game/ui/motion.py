"""Time made visible: easing and tweens. Shares and results are 0..1; times are seconds."""

from dataclasses import dataclass


def ease(share: float) -> float:
    """Slow, quick, slow: the smoothstep polynomial, clamped to 0..1."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def settle(share: float) -> float:
    """Quick, then coming gently to rest (a cubic), clamped to 0..1."""
    share = 1 - min(1.0, max(0.0, share))
    return 1 - share * share * share


def catmull_rom(a: float, b: float, c: float, d: float, t: float) -> float:
    """The spline of E. Catmull and R. Rom (1974) from b (t = 0) to c (t = 1), with neighbours a and d."""
    square, cube = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
    return 0.5 * (2 * b + (c - a) * t + square * t * t + cube * t * t * t)


@dataclass(slots=True)
class Tween:
    """A value moving from 0 to 1 over `over` seconds, after `delay` seconds."""

    over: float
    delay: float = 0.0
    passed: float = 0.0

    def step(self, dt: float) -> None:
        """Lets `dt` seconds pass."""
        self.passed = min(self.passed + dt, self.over + self.delay)

    @property
    def share(self) -> float:
        """How far it is, before easing."""
        if self.passed <= self.delay:
            return 0.0 if self.over > 0 or self.passed < self.delay else 1.0
        return min(1.0, (self.passed - self.delay) / self.over) if self.over > 0 else 1.0

    @property
    def done(self) -> bool:
        """Whether it has arrived."""
        return self.passed >= self.over + self.delay
