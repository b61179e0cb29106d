"""One thread that takes in what many requests bring, as many at once as have come (group commit).

A commit waits for the disk; while it does, the next requests gather and share the next one. A request is
answered when its own commit is done.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from sqlalchemy import Engine

from game.learning.points import Points
from game.ledger.db import session
from game.ledger.intake import Letter, Taken, take_all

MOST = 1_000
"""Lines gathered into one transaction: enough to share its cost, few enough that nobody waits long for it."""

Slot = tuple[Letter, "Future[Taken | None]"]


class Writer:
    """Takes in letters on `engine`, scored by `rules`, received at `clock` (ms UTC)."""

    def __init__(self, engine: Engine, rules: Points, clock: Callable[[], int]) -> None:
        self._engine, self._rules, self._clock = engine, rules, clock
        self._slots: queue.SimpleQueue[Slot | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def put(self, letter: Letter) -> Future[Taken | None]:
        """What will become of a letter, once it is on disk: as `intake.take_all` has it."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
        told: Future[Taken | None] = Future()
        self._slots.put((letter, told))
        return told

    def stop(self) -> None:
        """Takes in what has come, then ends."""
        with self._starting:
            if self._thread is not None:
                self._slots.put(None)
                self._thread.join()
                self._thread = None

    def _run(self) -> None:
        while (first := self._slots.get()) is not None:
            slots, lines = [first], len(first[0])
            while lines < MOST and not self._slots.empty():
                more = self._slots.get()  # only this thread takes any away
                if more is None:
                    self._slots.put(None)
                    break
                slots.append(more)
                lines += len(more[0])
            # Whoever has gone away meanwhile was told nothing, and will send it again.
            self._write([one for one in slots if one[1].set_running_or_notify_cancel()])

    def _write(self, slots: Sequence[Slot]) -> None:
        try:
            with session(self._engine) as work:
                done = take_all(work, self._rules, [letter for letter, _ in slots], self._clock())
        except Exception as error:  # whatever it is, those who wait are told
            if len(slots) == 1:
                slots[0][1].set_exception(error)
                return
            for one in slots:  # the fault of one is not the others'
                self._write([one])
            return
        for (_, told), taken in zip(slots, done, strict=True):
            told.set_result(taken)
