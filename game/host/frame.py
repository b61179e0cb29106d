"""The moment to draw, awaited without the event loop's detour."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextvars import Context
from typing import Any


class Frame:
    """The next moment to draw, as something a task can await.

    It speaks the part of the future protocol that `asyncio.Task` uses. A real future would wake the task by
    the event loop, a turn later, when the browser has already composed the frame; this one wakes it at once,
    inside requestAnimationFrame, so what the game draws is shown in the same frame.
    """

    _asyncio_future_blocking = False

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._time: float | None = None
        self._cancelled = False
        self._wake: Callable[[Any], object] | None = None
        self._context: Context | None = None

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self._loop

    def add_done_callback(self, wake: Callable[[Any], object], *, context: Context | None = None) -> None:
        self._wake, self._context = wake, context

    def remove_done_callback(self, wake: Callable[[Any], object]) -> int:
        self._wake = None
        return 1

    def done(self) -> bool:
        return self._time is not None or self._cancelled

    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self, msg: object = None) -> bool:
        if self.done():
            return False
        self._cancelled = True
        self._loop.call_soon(self._go)
        return True

    def exception(self) -> None:
        if self._cancelled:
            raise asyncio.CancelledError

    def result(self) -> float:
        if self._cancelled:
            raise asyncio.CancelledError
        if self._time is None:
            raise asyncio.InvalidStateError("the frame has not come yet")
        return self._time

    def come(self, time: float) -> None:
        """The moment is now (seconds since the page began)."""
        if not self.done():
            self._time = time
            self._go()

    def _go(self) -> None:
        wake, self._wake = self._wake, None
        if wake is not None:
            if self._context is None:
                wake(self)
            else:
                self._context.run(wake, self)

    def __await__(self) -> Generator[Frame, None, float]:
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        return self.result()
