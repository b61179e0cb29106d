"""Which shape each kind of level has. Keys, order and defaults here are what `game.content.parse` unpacks."""

from __future__ import annotations

from typing import Any

from game.content.checks import plays
from game.content.checks.dates import iso_date
from game.content.checks.document import At
from game.content.checks.shapes import (
    BAD,
    Field,
    Report,
    Shape,
    flag,
    han,
    is_han,
    many,
    number,
    one_of,
    point,
    record,
    table,
    text,
    words,
)

MADE = ("pictograph", "indicator", "compound", "phonetic", "loan")
WHY, EVENT = 60, 120  # Chinese characters at most (CONTENT.md 1 and 7)
TITLE = 12  # so that a title fits its card

_texts = many(text(), each="texts")


def _sources(least: int) -> Field:
    return Field(many(text(), least=least, each="sources"))


# Glyphs


def part_name(name: str) -> str | None:
    """The mend for a part name that will not do: lower-case English words, or a component's character."""
    if is_han(name):
        return None
    letters = name.replace("-", " ").split(" ")
    if all(word.isascii() and word.isalpha() and word.islower() for word in letters):
        return None
    return "name a part in lower-case English words (left leg) or by its component's character (木)"


_PARTS = Field(table(part_name, many(text(), least=1, each="strokes"), 1, "parts"))
_FORM: dict[str, Field] = {
    "drawn_after": Field(text()),
    "attested": Field(_texts, []),
    "parts": _PARTS,
}


def _form(fields: dict[str, Field]) -> Shape:
    inner = record(fields)

    def read(value: Any, at: At, report: Report) -> Any:
        got = inner(value, at, report)
        if got is BAD:
            return BAD
        packed = {"after": got["drawn_after"], "attested": got["attested"], "parts": got["parts"]}
        return (packed, got["variants"]) if "variants" in got else packed

    return read


_GLYPH = record(
    {
        "oracle": Field(_form({**_FORM, "variants": Field(many(_form(_FORM)), [])}), None),
        "bronze": Field(_form(_FORM), None),
        "seal": Field(_form(_FORM), None),
        "picture": Field(_form({**_FORM, "drawn_after": Field(text(), "")}), None),
    }
)


def glyph(value: Any, at: At, report: Report) -> Any:
    """The forms of one character; those not drawn are left out of the packed glyph."""
    got = _GLYPH(value, at, report)
    if got is BAD:
        return BAD
    packed = {script: form for script, form in got.items() if form is not None}
    if not packed:
        report.append(at.problem("no form is drawn", "draw one under oracle, bronze, seal or picture"))
        return BAD
    if "oracle" in packed:
        packed["oracle"], variants = packed["oracle"]
        if variants:
            packed["variants"] = variants
    return packed


# Characters and the path

_CHARACTER = record(
    {
        "traditional": Field(han, None),
        "pinyin": Field(text()),
        "gloss": Field(words()),
        "made": Field(one_of(*MADE)),
        "components": Field(many(han, each="components"), []),
        "why": Field(words(WHY)),
        "words": Field(_texts, []),
        "like": Field(many(han, each="characters"), []),
        "disputed": Field(flag, False),
        "note": Field(words(), None),
        "headword": Field(han, None),
        "oracle_known": Field(flag, True),
        "sources": _sources(1),
    }
)


def character(value: Any, at: At, report: Report) -> Any:
    """One character; `traditional` left out means that it is the same."""
    got = _CHARACTER(value, at, report)
    if got is not BAD and got["traditional"] is None:
        got["traditional"] = at.trail[-1]
    return got


unit = record(
    {
        "id": Field(text()),
        "title": Field(words()),
        "characters": Field(many(han, least=1, each="characters")),
    }
)

# Levels with a file each

_ID = {"id": Field(text(), None)}

idiom = record(
    {
        **_ID,
        "idiom": Field(text()),
        "pinyin": Field(text()),
        "meaning": Field(words()),
        "source": Field(words()),
        "quote": Field(text(), ""),
        "script": Field(plays.script(4, 7)),
        "questions": Field(plays.questions),
        "note": Field(words(), None),
        "sources": _sources(1),
    }
)

story = record(
    {
        **_ID,
        "title": Field(words()),
        "about": Field(words()),
        "script": Field(plays.script(8, 16)),
        "cover": Field(number(1, 16, whole=True), None),
        "truth": Field(words()),
        "sources": _sources(1),
    }
)

party_level = record(
    {
        **_ID,
        "title": Field(words(TITLE)),
        "date_from": Field(iso_date),
        "date_to": Field(iso_date),
        "date": Field(words()),
        "place": Field(words()),
        "at": Field(point((-180, 180), (-90, 90), "write [longitude, latitude] in degrees")),
        "event": Field(words(EVENT)),
        "character": Field(han),
        "link": Field(words()),
        "script": Field(plays.script(1, 16), None),
        "questions": Field(many(plays.question, least=4, each="questions")),
        "sources": _sources(2),
    }
)


def _column(value: Any, at: At, report: Report) -> Any:
    """A column as a list of characters, or as one text of them."""
    return many(han, least=1, each="characters")(list(value) if isinstance(value, str) else value, at, report)


inscription = record(
    {
        **_ID,
        "piece": Field(text()),
        "period": Field(words()),
        "columns": Field(many(_column, least=1, each="columns")),
        "direction": Field(one_of("left", "right")),
        "transcription": Field(text()),
        "modern": Field(words()),
        "about": Field(words()),
        "disputed": Field(words(), None),
        "questions": Field(plays.questions),
        "sources": _sources(1),
    }
)
