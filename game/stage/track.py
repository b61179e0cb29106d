"""One property of an actor over time."""

from bisect import bisect_right
from typing import Generic, TypeVar

from game.stage.easing import Ease, unit

T = TypeVar("T")


class Track:
    """A number that changes in eased spans; between them it keeps its value.

    Spans are added in the order they begin. A span that begins while another runs takes over from where the
    value is at that moment.
    """

    __slots__ = ("_first", "_spans", "_starts")

    def __init__(self, first: float) -> None:
        self._first = first
        self._starts: list[float] = []
        self._spans: list[tuple[float, float, float, Ease]] = []  # over, begin, end, ease

    def run(self, start: float, over: float, end: float, ease: Ease) -> None:
        """From `start`, the value goes to `end` within `over` seconds."""
        self._spans.append((over, self.at(start), end, ease))
        self._starts.append(start)

    def put(self, start: float, value: float) -> None:
        """From `start` on, the value is `value`."""
        self._spans.append((0.0, value, value, unit))
        self._starts.append(start)

    def at(self, t: float) -> float:
        """The value at `t` seconds."""
        i = bisect_right(self._starts, t) - 1
        if i < 0:
            return self._first
        over, begin, end, ease = self._spans[i]
        p = (t - self._starts[i]) / over if over > 0 else 1.0
        return end if p >= 1 else begin + (end - begin) * ease(p)


class Steps(Generic[T]):
    """A value that changes at once. A step that was due later than a new one is called off by it."""

    __slots__ = ("_times", "_values")

    def __init__(self, first: T) -> None:
        self._times: list[float] = []
        self._values: list[T] = [first]

    def put(self, start: float, value: T) -> None:
        """From `start` on, the value is `value`."""
        while self._times and self._times[-1] > start:  # left by and by, but came back before
            self._times.pop()
            self._values.pop()
        self._times.append(start)
        self._values.append(value)

    def at(self, t: float) -> T:
        """The value at `t` seconds."""
        return self._values[bisect_right(self._times, t)]
