"""Data that remembers the file and line it was written on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from game.content.checks.problem import Problem

Key = str | int
Trail = tuple[Key, ...]


@dataclass(slots=True)
class Document:
    """A file's data, and for each trail of keys and indices into it the line it stands on (from 1)."""

    file: str
    data: Any = None
    lines: dict[Trail, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class At:
    """A place in a document: what a rule holds in its hand, so that it can say where it found a fault."""

    document: Document
    trail: Trail = ()

    def __getitem__(self, key: Key) -> At:
        return At(self.document, (*self.trail, key))

    @property
    def value(self) -> Any:
        """What is written here; KeyError or IndexError where nothing is."""
        value = self.document.data
        for key in self.trail:
            value = value[key]
        return value

    @property
    def file(self) -> str:
        """The file's name, relative to the project."""
        return self.document.file

    @property
    def line(self) -> int:
        """The line of this place, or of the nearest one around it that is written down."""
        for end in range(len(self.trail), -1, -1):
            if self.trail[:end] in self.document.lines:
                return self.document.lines[self.trail[:end]]
        return 0

    @property
    def where(self) -> str:
        """This place as text: `鹿.oracle.parts.head[1]`."""
        text = ""
        for key in self.trail:
            text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
        return text

    def problem(self, what: str, mend: str) -> Problem:
        """A problem found here."""
        return Problem(self.file, self.line, self.where, what, mend)
