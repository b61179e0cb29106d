"""Rules for badges: each can be won, and has a glyph to show."""

from __future__ import annotations

from game.content.checks.problem import Problem
from game.content.source import Entry, Source

SECTIONS = {
    "carved": "glyphs",
    "memory": "glyphs",
    "known": "characters",
    "mastered": "glyphs",
    "recalled": "characters",
    "idiom": "idioms",
    "story": "stories",
    "inscription": "inscriptions",
    "party_history": "party_history",
    "period": "party_history",
}
"""Where what is counted stands."""


def check_badges(source: Source) -> list[Problem]:
    """All rules for levels/badges.yaml."""
    return [problem for entry in source.of("badges") for problem in _check(source, entry)]


def _check(source: Source, entry: Entry) -> list[Problem]:
    data, at = entry.data, entry.at
    problems: list[Problem] = []
    for key in ("from", "until"):
        if data[key] and len(data[key]) != 10:
            mend = "write year, month and day: 2026-01-01"
            problems.append(at[key].problem(f"{data[key]} is not a day", mend))
    if data["until"] and data["until"] < data["from"]:
        problems.append(at["until"].problem("it ends before it begins", "mend the dates"))
    if (data["what"] == "period") != bool(data["of"]):
        mend = "write of: '1921', the year in which a period begins, with what: period and only there"
        problems.append(at.problem("which period is meant is not told rightly", mend))
    elif data["of"] and not _period(source, data["of"]):
        problems.append(at["of"].problem(f"no period begins in {data['of']}", "see period in levels/strings"))
    section = SECTIONS[data["what"]]
    most = len(source.declared[section])
    if section not in source.unread and data["count"] > most:
        problems.append(at["count"].problem(f"there are only {most} {section}", "ask for fewer"))
    glyph = source.data("glyphs", data["glyph"])
    if (glyph is None and not source.knows("glyphs", data["glyph"])) or (
        glyph is not None and "oracle" not in glyph
    ):
        what = f"{data['glyph']} has no oracle form"
        problems.append(at["glyph"].problem(what, f"draw {data['glyph']} in levels/glyphs"))
    return problems


def _period(source: Source, year: str) -> bool:
    strings = source.data("strings", "zh")
    return strings is None or f"period.{year}" in strings
