"""What a person sees while something takes time: one line a step, with how far it is and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

QUIET = 4.0  # seconds between two signs of life where the output is a log and not a screen


class Step:
    """One running step. `note` is shown when it ends ("12 files, 340 KB")."""

    def __init__(self, name: str, out: TextIO) -> None:
        self.note = ""
        self._name = name
        self._out = out
        self._live = out.isatty()
        self._broken = False  # something was printed below the step's own line
        self._start = self._told = time.monotonic()
        self._write(f"  {name} …")

    def at(self, done: int, total: int) -> None:
        """Say that `done` of `total` things are finished."""
        now = time.monotonic()
        if total and now - self._told > (0.1 if self._live else QUIET):
            self._told = now
            part = f" {100 * done // total} %"
            self._write(f"\r  {self._name} …{part}   " if self._live else part)

    def say(self, line: str) -> None:
        """Print a line of its own in the middle of the step."""
        self._write(f"\n    {line}")
        self._broken = True

    def end(self, failed: bool) -> None:
        took = time.monotonic() - self._start
        notes = [self.note] if self.note else []
        notes += [f"{took:.1f} s"] if took >= 0.1 else []
        text = "failed" if failed else ", ".join(notes) or "ready"
        if self._broken:
            self._write(f"\n  {self._name}: {text}\n")
        else:
            self._write(f"\r  {self._name} … {text}    \n" if self._live else f" {text}\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class Progress:
    """Prints steps to `out` (standard output unless told otherwise)."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        step = Step(name, self._out)
        try:
            yield step
        except BaseException:
            step.end(failed=True)
            raise
        step.end(failed=False)

    def say(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()


def size(count: int) -> str:
    """A number of bytes for people: "812 B", "340 KB", "9.60 MB" (thousands, not 1024s)."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.2f} MB"
