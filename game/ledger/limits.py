"""A token bucket for each device or address: so many at once, so many a second after that."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

MOST_KEYS = 100_000


class Buckets:
    """Holds buckets in memory: each process counts for itself. A bucket that is forgotten was full."""

    def __init__(self, size: float, per_second: float) -> None:
        self._size, self._rate = size, per_second
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, amount: float = 1, now: float | None = None) -> float:
        """Takes `amount`; 0 when it was there, else the seconds to wait (and nothing is taken)."""
        now = time.monotonic() if now is None else now
        amount = min(amount, self._size)
        with self._lock:
            left, then = self._left.pop(key, (self._size, now))
            left = min(self._size, left + (now - then) * self._rate)
            enough = left >= amount
            self._left[key] = (left - amount if enough else left, now)
            while len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
            return 0.0 if enough else (amount - left) / self._rate
