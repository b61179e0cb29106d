"""One file with a play, read for its author: checked alone, against the characters of all levels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from game.content import parse
from game.content.checks.levels import check_idioms, check_party, check_stories
from game.content.checks.problem import Problem
from game.content.source import Source, read_alone
from game.stage import score
from game.stage.errors import StageError
from game.stage.score import Score
from game.workshop.trouble import Trouble

RULES: dict[str, Callable[[Source], list[Problem]]] = {
    "idioms": check_idioms,
    "stories": check_stories,
    "party_history": check_party,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """A play that can be played, and what stands behind its actors."""

    name: str
    score: Score
    setting: str


def section_of(path: Path) -> str:
    """Which section a file belongs to: its folder's name, elsewhere what only such a level has."""
    if path.parent.name in RULES:
        return path.parent.name
    keys = {line.split(":")[0] for line in path.read_text(encoding="utf-8").splitlines()}
    return "idioms" if "idiom" in keys else "party_history" if "date_from" in keys else "stories"


def read(source: Source, path: Path) -> Telling:
    """The play in `path`. Raises Trouble with the first fault in one line, OSError where no file is."""
    try:
        section = section_of(path)
    except UnicodeDecodeError:
        raise Trouble(f"{path.name}: is not UTF-8 text") from None
    fresh = read_alone(source, section, path)
    problems = sorted({*fresh.problems, *RULES[section](fresh)})
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise Trouble(f"{problems[0]}{more}")
    data = fresh.entries[section][path.stem].data
    if not data["script"]:
        raise Trouble(f"{path.name}: has no script to play")
    script = parse.script(data["script"])
    try:
        return Telling(path.stem, score.compile(script), script.setting)
    except StageError as error:
        raise Trouble(f"{path.name}: {error}") from None


class Watched:
    """A telling that follows its file: a fault leaves the last sound version, and its line in `.fault`."""

    def __init__(self, source: Source, path: Path) -> None:
        self.source, self.path = source, path
        self.telling = read(source, path)
        self.fault = ""
        self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int]:
        try:
            told = self.path.stat()
        except OSError:  # an editor that saves by renaming: between two files there is none
            return 0, 0
        return told.st_mtime_ns, told.st_size

    def look(self) -> bool:
        """Reads the file again if it was saved; whether anything changed."""
        stamp = self._stamp()
        if stamp in (self._seen, (0, 0)):
            return False
        self._seen = stamp
        try:
            self.telling, self.fault = read(self.source, self.path), ""
        except (Trouble, OSError) as trouble:
            self.fault = str(trouble)
        return True
