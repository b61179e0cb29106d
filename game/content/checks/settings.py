"""The shapes of points.yaml, badges.yaml and of the interface's texts (levels/strings)."""

from __future__ import annotations

from typing import Any

from game.content.checks.dates import iso_date
from game.content.checks.document import At
from game.content.checks.problem import nearest
from game.content.checks.shapes import (
    BAD,
    Field,
    Report,
    han,
    number,
    one_of,
    record,
    table,
    text,
    words,
    wrong,
)

COUNTED = (
    "carved",
    "memory",
    "known",
    "mastered",
    "recalled",
    "idiom",
    "story",
    "inscription",
    "party_history",
    "period",
)
"""What a badge may count: see levels/badges.yaml."""
KINDS = ("open", "lesson", "carving", "quiz", "idiom", "story", "party_history", "inscription")


def _kind(name: str) -> str | None:
    return None if name in KINDS else nearest(name, KINDS)


_count = number(0, 1000, whole=True)
_EARNS = record({"points": Field(_count), "cap": Field(_count)})
_STREAK = record(
    {
        "kind": Field(one_of(*KINDS)),
        "per_day": Field(number(1, 100, True)),
        "freezes_per_month": Field(_count),
    }
)
rules = record(
    {
        "from": Field(iso_date),
        "zone": Field(one_of("Asia/Shanghai")),
        "kinds": Field(table(_kind, _EARNS, 1, "kinds")),
        "streak": Field(_STREAK),
    }
)


badge = record(
    {
        "id": Field(text()),
        "from": Field(iso_date),
        "until": Field(iso_date, ""),
        "what": Field(one_of(*COUNTED)),
        "of": Field(text(), ""),
        "count": Field(number(1, 10_000, whole=True)),
        "glyph": Field(han),
        "title": Field(words(6)),
        "about": Field(words(24)),
    }
)


def _key(name: str) -> str | None:
    for word in name.replace("-", " ").replace("_", " ").split(" "):
        if not (word.isascii() and word.isalnum() and word == word.lower()):
            return "write keys in lower-case English letters, digits, _ and -"
    return None


def strings(value: Any, at: At, report: Report) -> Any:
    """A language's texts, nested by section; packed flat as `{dotted key: text}`."""
    flat: dict[str, str] = {}
    sound = _flatten(value, at, report, "", flat)
    return flat if sound else BAD


def _flatten(value: Any, at: At, report: Report, before: str, flat: dict[str, str]) -> bool:
    if not isinstance(value, dict):
        wrong(value, at, report, "a section of texts", "write 'key: text', one on each line")
        return False
    sound = True
    for name, one in value.items():
        if mend := _key(name):
            report.append(at[name].problem("this key will not do", mend))
            sound = False
        if isinstance(one, dict):
            sound &= _flatten(one, at[name], report, f"{before}{name}.", flat)
        elif isinstance(one, str) and one.strip():
            flat[before + name] = one
        elif isinstance(one, str):
            report.append(at[name].problem("the text is empty", "write it"))
            sound = False
        else:
            wrong(one, at[name], report, "a text", "put it in quotes")
            sound = False
    return sound
