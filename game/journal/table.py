"""The journal as a table for people: CSV that spreadsheet programs open rightly and never execute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from game.journal.day import clock, day
from game.journal.event import Event, Value

COLUMNS = (
    ("日期", "date"),
    ("时间（北京）", "time (Shanghai)"),
    ("项目", "what"),
    ("内容", "subject"),
    ("结果", "result"),
    ("积分", "points"),
)
_KINDS = {
    "player": ("建立学习记录", "started a journal"),
    "open": ("打开游戏", "opened the game"),
    "answer": ("认字", "answer"),
    "carving": ("刻字", "carving"),
    "lesson": ("完成一课", "lesson"),
    "idiom": ("成语", "idiom"),
    "story": ("故事", "story"),
    "party_history": ("党史", "Party history"),
    "inscription": ("读卜辞", "inscription"),
    "quiz": ("挑战", "challenge"),
}
_SKILLS = {
    "read": ("看形知义", "glyph to meaning"),
    "mean": ("看义认形", "meaning to glyph"),
    "sound": ("听音认形", "sound to glyph"),
    "part": ("认部件", "parts"),
    "build": ("拼字", "put together"),
    "same": ("认异体", "another shape"),
    "word": ("用在词里", "in a word"),
}
_MEMORY = ("凭记忆", "from memory")
_RIGHT = ("对", "right")
# What a spreadsheet may take for the beginning of a formula, its full-width twins among them.
_FORMULA = tuple("=+-@＝＋－＠")
_UNSEEN = " \u00a0\u00ad\u200b\u200c\u200d\u2060\u3000\ufeff"
_BREAKS = "\u2028\u2029"


def to_csv(
    events: Iterable[Event],
    points: Mapping[str, int] | None = None,
    lang: str = "zh",
    title: Callable[[Event], str] | None = None,
) -> bytes:
    """The events as CSV (UTF-8 with byte order mark, CRLF), one row each, in the order given.

    `points` gives the points earned by event id (see `learning.progress.earned`); `title` names an event's
    subject for people (the title of a level), by default the subject as it is. `lang` is "zh", "en" or
    "both". Times are Shanghai's. A cell that could be taken for a formula gets an apostrophe in front.
    """
    points = points or {}
    rows = [[_words(column, lang) for column in COLUMNS]]
    for event in events:
        kind = _words(_KINDS[event.kind], lang) if event.kind in _KINDS else event.kind
        subject = title(event) if title else event.subject
        earned = str(points.get(event.id, 0))
        rows.append([day(event.time), clock(event.time), kind, subject, _result(event, lang), earned])
    text = "".join(",".join(_cell(value) for value in row) + "\r\n" for row in rows)
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def _words(pair: tuple[str, str], lang: str) -> str:
    return " ".join(pair) if lang == "both" else pair[lang == "en"]


def _result(event: Event, lang: str) -> str:
    """The result as people would say it: 对 4/5, 87 ✓; any other data as name=value."""
    left = dict(event.result)
    said: list[str] = []
    if "skill" in left:
        skill = str(left.pop("skill"))
        said.append(_words(_SKILLS[skill], lang) if skill in _SKILLS else skill)
    if "asked" in left and "right" in left:
        # With a word in front: a spreadsheet would make a date of "4/5".
        said.append(f"{_words(_RIGHT, lang)} {left.pop('right')}/{left.pop('asked')}")
    if left.get("memory") is True:
        del left["memory"]
        said.append(_words(_MEMORY, lang))
    if "score" in left:
        said.append(str(left.pop("score")))
    for name in ("right", "passed"):
        if isinstance(left.get(name), bool):
            said.append("✓" if left.pop(name) else "✗")
    if isinstance(left.get("characters"), list):
        said.append(_plain(left.pop("characters")))
    said += [f"{name}={_plain(value)}" for name, value in sorted(left.items())]
    return "  ".join(said)


def _plain(value: Value) -> str:
    return "".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _cell(value: str) -> str:
    # Control characters have no place in a cell; a tab or a line break at its start hides a formula.
    text = "".join(
        " " if ord(char) < 32 or 127 <= ord(char) < 160 or char in _BREAKS else char for char in value
    )
    if text.lstrip(_UNSEEN).startswith(_FORMULA):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in '",;') else text
