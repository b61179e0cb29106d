"""The shapes of questions and of staged scripts, from YAML to packed (see `game.content.parse`)."""

from __future__ import annotations

from typing import Any

from game.content.checks.document import At
from game.content.checks.problem import nearest
from game.content.checks.shapes import (
    BAD,
    Field,
    Report,
    Shape,
    han,
    many,
    number,
    one_of,
    point,
    record,
    table,
    text,
    words,
    wrong,
)
from game.content.model import SETTINGS

CAPTION = 40  # Chinese characters in a caption, so that it stays two lines on a phone
SIDES = ("left", "right", "top", "bottom")
SCRIPTS = ("picture", "bronze", "seal")


def _option(value: Any, at: At, report: Report) -> Any:
    """Words, or `{glyph: 鹿}`: a glyph is packed as the bare character."""
    if isinstance(value, dict) and "glyph" in value:
        got = record({"glyph": Field(han)})(value, at, report)
        return BAD if got is BAD else got["glyph"]
    return words()(value, at, report)


_ASKED: dict[str, Field] = {
    "prompt": Field(words()),
    "options": Field(many(_option, least=2, each="options")),
    "answer": Field(number(0, 20, whole=True)),
    "explain": Field(words()),
    "source": Field(text(), ""),
}
_kind = one_of("choose", "order", "fill")
_CHOOSE = {"kind": Field(_kind, "choose"), **_ASKED}
_ORDER = record({name: one for name, one in _CHOOSE.items() if name != "answer"})


def question(value: Any, at: At, report: Report) -> Any:
    """One question. `answer` is packed as a list of option indices in their right order."""
    kind = value.get("kind", "choose") if isinstance(value, dict) else "choose"
    if _kind(kind, at["kind"], report) is BAD:
        return BAD
    got = (_ORDER if kind == "order" else record(_CHOOSE))(value, at, report)
    if got is BAD:
        return BAD
    right = list(range(len(got["options"]))) if kind == "order" else [got["answer"]]
    return {name: right if name == "answer" else got[name] for name in ("kind", *_ASKED)}


questions = many(question, least=1, each="questions")


def _spot() -> Field:
    return Field(point((0, 100), (0, 100), "write [x, y], both from 0 to 100"))


_SIZE = Field(number(1, 120))


def _target(value: Any, at: At, report: Report) -> Any:
    if isinstance(value, str) and (value in SCRIPTS or len(value) == 1):
        return value if value in SCRIPTS else han(value, at, report)
    return wrong(value, at, report, "a character, picture, bronze or seal", "name what it turns into")


# Each verb: what it takes beside its actor, and how long it lasts unless told (seconds).
VERBS: dict[str, tuple[dict[str, Field], float]] = {
    "carve": ({"at": _spot(), "size": _SIZE}, 1.5),
    "enter": ({"at": _spot(), "size": _SIZE, "from": Field(one_of(*SIDES))}, 1.0),
    "leave": ({"to": Field(one_of(*SIDES))}, 1.0),
    "move": ({"to": _spot()}, 1.0),
    "face": ({"way": Field(one_of("left", "right"))}, 0.3),
    "grow": ({"size": _SIZE}, 0.6),
    "turn": ({"by": Field(number(-720, 720))}, 0.6),
    "morph": ({"to": Field(_target)}, 1.2),
    "point": ({"part": Field(text())}, 1.0),
    "shake": ({}, 0.5),
    "scatter": ({}, 1.0),
    "fade": ({}, 0.6),
    "wait": ({}, 1.0),
    "ask": ({}, 0.0),
}
_TIMES = {"over": Field(number(0, 30), None), "after": Field(number(0, 120), None)}


def act(value: Any, at: At, report: Report) -> Any:
    """One act, packed as `[verb, actor, after | None, over, args]`; `_beat` makes a time of `after`."""
    if not isinstance(value, dict):
        return wrong(
            value, at, report, "an act", "write {verb: actor, …}, for example {move: deer, to: [70, 60]}"
        )
    verbs = [name for name in value if name in VERBS]
    if len(verbs) != 1:
        what = f"two verbs in one act: {', '.join(verbs)}" if verbs else "no verb the stage knows"
        first = next(iter(value), "")
        mend = "write each as its own act" if verbs else nearest(first, VERBS)
        report.append(at.problem(what, mend))
        return BAD
    verb = verbs[0]
    takes, lasts = VERBS[verb]
    got = record({verb: _subject(verb), **takes, **_TIMES})(value, at, report)
    if got is BAD:
        return BAD
    over = lasts if got["over"] is None else got["over"]
    args = {name: got[name] for name in takes}
    actor = got[verb]
    if verb == "ask":
        args, actor = {"question": actor}, ""
    elif verb == "wait":
        over, actor = over if actor is None else actor, ""
    return [verb, actor, got["after"], over, args]


def _subject(verb: str) -> Field:
    """What stands after the verb: an actor; for ask a question; for wait seconds (or none, with `over`)."""
    if verb == "ask":
        return Field(question)
    if verb == "wait":
        return Field(number(0, 30), None)
    return Field(text())


def _beat(value: Any, at: At, report: Report) -> Any:
    """One beat; acts without `after` begin when the act before them ends."""
    got = record({"caption": Field(words(CAPTION)), "do": Field(many(act), [])})(value, at, report)
    if got is BAD:
        return BAD
    end = 0.0
    acts = []
    for verb, actor, after, over, args in got["do"]:
        begins = end if after is None else after
        end = begins + over
        acts.append([verb, actor, round(begins, 3), over, args])
    return {"caption": got["caption"], "do": acts}


def _actor(name: str) -> str | None:
    return None if name.strip() == name and name and name not in VERBS else "name the actor by one word"


def script(least: int, most: int) -> Shape:
    """A script of `least` to `most` beats."""
    return record(
        {
            "cast": Field(table(_actor, han, 1, "actors")),
            "beats": Field(many(_beat, least, most, each="beats")),
            "setting": Field(one_of(*SETTINGS), "plain"),
        }
    )
