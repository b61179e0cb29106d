"""What is wrong with a level, where, and how to mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `file` is relative to the project; `line` counts from 1 (0: the whole file);
    `where` is the path of keys inside it (`鹿.oracle.parts.head[1]`, or "")."""

    file: str
    line: int
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = self.file if not self.line else f"{self.file}:{self.line}"
        text = f"{place}: {self.where + ': ' if self.where else ''}{self.what} — mend: {self.mend}"
        return " ".join(text.splitlines())  # a key or a text may hold line breaks


class ContentError(Exception):
    """Levels that cannot be packed. `.problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """The mend for a word that is not among `known`: the nearest one, else all of them."""
    choices = list(known)
    near = get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if not choices:
        return "leave it out"
    return f"use {choices[0]}" if len(choices) == 1 else f"use one of {', '.join(choices)}"
