"""Cases recorded from real hands: one JSON object a line in tests/glyphs/recorded.jsonl, read and written.

    {"kind": "jitter", "char": "鹿", "strictness": 1, "by": "finger", "inks": [[[12.5, 30.1, 0], …], …]}

An ink is a list of [x, y, milliseconds since the first touch] in the 100 x 100 box; for "extra", `extra` is
the number of the ink that belongs to nothing (the last one unless it says so).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Final

from game.glyphs.carving import Strictness
from game.glyphs.form import Form
from game.workshop.places import HERE
from game.workshop.strokes.case import KINDS, Case

FILE: Final = HERE.root / "tests" / "glyphs" / "recorded.jsonl"
MOST_INKS: Final = 60
MOST_POINTS: Final = 4000
"""A hand draws no more; what is longer is no recording."""


def from_record(told: object, known: Mapping[str, Sequence[Form]]) -> Case:
    """The case in a record. ValueError says what is wrong with it."""
    if not isinstance(told, dict):
        raise ValueError("a record is an object")
    kind, char, inks = told.get("kind"), told.get("char"), told.get("inks")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    if not isinstance(char, str) or char not in known:
        raise ValueError("char must be a character with an oracle form")
    strictness = told.get("strictness")
    if type(strictness) is not int or strictness not in list(Strictness):
        raise ValueError("strictness must be 0, 1, 2 or 3")
    if not isinstance(inks, list) or not 0 < len(inks) <= MOST_INKS or not all(map(_is_ink, inks)):
        raise ValueError("inks must be lists of [x, y, milliseconds]")
    extra = told.get("extra", len(inks) - 1) if kind == "extra" else -1
    if type(extra) is not int or not -1 <= extra < len(inks):
        raise ValueError("extra must be the number of an ink")
    lines = tuple(tuple((float(x), float(y)) for x, y, _ in ink) for ink in inks)
    return Case(kind, char, -1, Strictness(strictness), lines, extra)


def read(known: Mapping[str, Sequence[Form]], file: Path = FILE) -> list[Case]:
    """The recorded cases, none if nobody has recorded any. ValueError names the line that will not do."""
    if not file.is_file():
        return []
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(from_record(json.loads(line), known))
        except ValueError as error:
            raise ValueError(f"{file.name}:{number}: {error}") from error
    return found


def append(told: Mapping[str, Any], known: Mapping[str, Sequence[Form]], file: Path = FILE) -> Case:
    """Adds a record at the end of the file, coordinates to a tenth; the case. ValueError as `from_record`."""
    case = from_record(told, known)
    by = told.get("by")
    line: dict[str, Any] = {
        "kind": case.kind,
        "char": case.char,
        "strictness": int(case.strictness),
        "by": by if by in ("mouse", "finger", "pen") else "",
        "inks": [[[round(x, 1), round(y, 1), round(t)] for x, y, t in ink] for ink in told["inks"]],
    }
    if case.extra >= 0:
        line["extra"] = case.extra
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return case


def _is_ink(ink: object) -> bool:
    return isinstance(ink, list) and 0 < len(ink) <= MOST_POINTS and all(map(_is_place, ink))


def _is_place(place: object) -> bool:
    return (
        isinstance(place, list)
        and len(place) == 3
        and all(isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v) for v in place)
    )
