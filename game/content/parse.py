"""Packed data to model objects. Ships to the browser, so it trusts its input: `check` has seen it before.

The packed shapes: a text is `[zh, en]`; an option is such a text or one character (its glyph); an act is
`[verb, actor, at, over, args]`; a form is `{"after", "attested", "parts": {name: [path, …]}}`.
"""

from __future__ import annotations

from typing import Any

from game.content.model import (
    Act,
    Badge,
    Beat,
    Character,
    Glyph,
    Idiom,
    Inscription,
    Option,
    PartyLevel,
    Question,
    Script,
    Story,
    Unit,
    Words,
)
from game.glyphs.form import Form, Part
from game.glyphs.path import flatten

Data = dict[str, Any]


def words(data: list[str]) -> Words:
    """A text in both languages."""
    return Words(data[0], data[1])


def _maybe(data: list[str] | None) -> Words | None:
    return words(data) if data else None


def form(script: str, data: Data) -> Form:
    """A drawn form, its paths flattened. Raises PathError on a path that `check` would have refused."""
    parts = tuple(Part(name, tuple(flatten(path) for path in paths)) for name, paths in data["parts"].items())
    return Form(script, parts, data["after"], tuple(data["attested"]))


def glyph(char: str, data: Data) -> Glyph:
    """All forms of one character."""
    found = {
        script: form(script, data[script])
        for script in ("oracle", "bronze", "seal", "picture")
        if script in data
    }
    return Glyph(
        char,
        found.get("oracle"),
        tuple(form("oracle", one) for one in data.get("variants", ())),
        found.get("bronze"),
        found.get("seal"),
        found.get("picture"),
    )


def character(char: str, data: Data) -> Character:
    """One character's meaning and making."""
    return Character(
        char,
        data["traditional"],
        data["pinyin"],
        words(data["gloss"]),
        data["made"],
        tuple(data["components"]),
        words(data["why"]),
        tuple(data["words"]),
        tuple(data["like"]),
        data["disputed"],
        _maybe(data["note"]),
        data["headword"],
        data["oracle_known"],
        tuple(data["sources"]),
        data["theme"],
    )


def unit(data: Data) -> Unit:
    """One unit of the path."""
    return Unit(data["id"], words(data["title"]), tuple(data["characters"]))


def badge(data: Data) -> Badge:
    """One badge."""
    return Badge(
        data["id"],
        data["from"],
        data["until"],
        data["what"],
        data["of"],
        data["count"],
        data["glyph"],
        words(data["title"]),
        words(data["about"]),
    )


def question(data: Data) -> Question:
    """One question; text options are pairs, glyph options single characters."""
    options = tuple(
        Option(None, one) if isinstance(one, str) else Option(words(one), None) for one in data["options"]
    )
    return Question(
        data["kind"],
        words(data["prompt"]),
        options,
        tuple(data["answer"]),
        words(data["explain"]),
        data["source"],
    )


def _questions(data: Data) -> tuple[Question, ...]:
    return tuple(question(one) for one in data["questions"])


def _act(data: list[Any]) -> Act:
    verb, actor, at, over, given = data
    args: Data = {}
    for name, value in given.items():
        if name == "question":
            args[name] = question(value)
        else:
            args[name] = tuple(value) if isinstance(value, list) else value
    return Act(verb, actor, at, over, args)


def script(data: Data) -> Script:
    """A play, ready to be staged."""
    beats = tuple(Beat(words(one["caption"]), tuple(_act(act) for act in one["do"])) for one in data["beats"])
    return Script(dict(data["cast"]), beats, data["setting"])


def idiom(data: Data) -> Idiom:
    """One idiom level."""
    return Idiom(
        data["id"],
        data["idiom"],
        data["pinyin"],
        words(data["meaning"]),
        words(data["source"]),
        data["quote"],
        script(data["script"]),
        _questions(data),
        _maybe(data["note"]),
        tuple(data["sources"]),
    )


def story(data: Data) -> Story:
    """One animated story."""
    return Story(
        data["id"],
        words(data["title"]),
        words(data["about"]),
        script(data["script"]),
        words(data["truth"]),
        tuple(data["sources"]),
        data["cover"],
    )


def party_level(data: Data) -> PartyLevel:
    """One level of Party history."""
    east, north = data["at"]
    return PartyLevel(
        data["id"],
        words(data["title"]),
        data["date_from"],
        data["date_to"],
        words(data["date"]),
        words(data["place"]),
        (east, north),
        words(data["event"]),
        data["character"],
        words(data["link"]),
        script(data["script"]) if data["script"] else None,
        _questions(data),
        tuple(data["sources"]),
    )


def inscription(data: Data) -> Inscription:
    """One inscription to read."""
    return Inscription(
        data["id"],
        data["piece"],
        words(data["period"]),
        tuple(tuple(column) for column in data["columns"]),
        data["direction"],
        data["transcription"],
        words(data["modern"]),
        words(data["about"]),
        _maybe(data["disputed"]),
        _questions(data),
        tuple(data["sources"]),
    )
