"""A small library, verdicts and events for tests of learning."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import settings

from game.content.library import Library
from game.journal.event import Event

calm = settings(deadline=None)
"""For hypothesis: a shared machine may stop for a moment."""

NOON = 1_796_097_600_000
"""2026-12-01, 12:00 in Shanghai."""
HOUR = 3_600_000
DAY = 24 * HOUR

RULES: list[dict[str, Any]] = [
    {
        "from": "2026-01-01",
        "zone": "Asia/Shanghai",
        "kinds": {
            "open": {"points": 1, "cap": 1},
            "lesson": {"points": 2, "cap": 12},
            "carving": {"points": 1, "cap": 10},
            "quiz": {"points": 1, "cap": 10},
            "idiom": {"points": 2, "cap": 6},
            "story": {"points": 2, "cap": 6},
            "party_history": {"points": 3, "cap": 9},
            "inscription": {"points": 3, "cap": 6},
        },
        "streak": {"kind": "lesson", "per_day": 1, "freezes_per_month": 2},
    }
]


@dataclass(frozen=True)
class Carved:
    """A verdict on a carving."""

    score: int
    passed: bool


def event(
    kind: str, subject: str = "", time: int = NOON, seq: int = 1, device: str = "pa", **result: Any
) -> Event:
    """An event with its result as keywords."""
    return Event(device, seq, time, kind, subject, result)


def _character(pinyin: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {
        "traditional": "",
        "pinyin": pinyin,
        "gloss": [zh, en],
        "made": "pictograph",
        "components": [],
        "why": [f"因为{zh}", f"because {en}"],
        "words": [],
        "like": [],
        "disputed": False,
        "note": None,
        "headword": None,
        "oracle_known": True,
        "sources": [],
        "theme": "sky",
        **more,
    }


def _drawn(*paths: str) -> dict[str, Any]:
    return {"after": "commons", "attested": [], "parts": {"whole": list(paths)}}


def _form(*parts: str, x: int = 10) -> dict[str, Any]:
    paths = {part: [f"M {x} {10 + 20 * i} L {x + 50} 90"] for i, part in enumerate(parts)}
    return {"after": "commons", "attested": [], "parts": paths}


CHARACTERS = {
    "日": _character("rì", "太阳；一天", "sun; day", like=["目", "月"], words=["日出", "生日"]),
    "月": _character("yuè", "月亮；月份", "moon; month", like=["夕"], words=["月亮", "岁月"]),
    "夕": _character("xī", "傍晚", "evening"),
    "白": _character("bái", "白色；一天", "white; daytime"),
    "昼": _character("zhòu", "白天", "Day"),
    "目": _character("mù", "眼睛", "eye", theme="body"),
    "木": _character("mù", "树木", "tree", theme="plants", words=["树木", "木头"]),
    "林": _character("lín", "树林", "wood", theme="plants", components=["木", "木"], words=["林"]),
    "休": _character("xiū", "歇息", "to rest", theme="people", components=["人", "木"]),
    "人": _character("rén", "人", "person", theme="people", words=["大人", "人民"]),
    "大": _character("dà", "大", "big", theme="people", like=["人"]),
    "国": _character("guó", "国家", "country", theme="war", headword="或"),
    "或": _character("huò", "或者", "or", theme="war"),
    "党": _character("dǎng", "政党", "party", theme="people", oracle_known=False),
    "红": _character("hóng", "红色", "red", theme="people", oracle_known=False),
    "桥": _character("qiáo", "桥", "bridge", theme="home", oracle_known=False),
}
GLYPHS: dict[str, Any] = {
    "日": {"oracle": _form("rim", "mark", x=1)},
    "月": {"oracle": _form("crescent", "mark", x=2), "variants": [_form("crescent", x=3)]},
    "夕": {"oracle": _form("crescent", x=3)},
    "白": {"oracle": _form("whole", x=4)},
    "昼": {"oracle": _form("whole", x=5)},
    "目": {"oracle": _form("eye", "pupil", x=6)},
    "木": {"oracle": _form("branches", "trunk", "roots", x=7)},
    "林": {"oracle": _form("left", "right", x=8)},
    "休": {"oracle": _form("人", "木", x=9)},
    "人": {"oracle": _form("body", x=10)},
    "大": {"oracle": _form("body", "arms", "x", "y", "z", x=11)},
    "国": {"oracle": _form("whole", x=12)},
    "或": {"oracle": _form("whole", x=13)},
    "桥": {"seal": _form("whole", x=14)},
}
LABELS = {
    "part.rim": ("外圈", "rim"),
    "part.mark": ("一笔", "mark"),
    "part.left": ("树", "left tree"),
    "part.right": ("树", "right tree"),
    "part.trunk": ("树干", "trunk"),
    "exercise.read": ("这个字是什么意思？", "What does it mean?"),
    "exercise.read_regular": ("“{char}”是什么意思？", "What does {char} mean?"),
    "exercise.mean": ("哪个是“{gloss}”？", "Which is “{gloss}”?"),
    "exercise.sound": ("哪个读 {pinyin}？", "Which is read {pinyin}?"),
    "exercise.part": ("亮的是什么？", "What is lit?"),
    "exercise.mean_regular": ("“{gloss}”是哪个？", "Which one is “{gloss}”?"),
    "exercise.build_1": ("“{char}”里有哪个？", "What is in {char}?"),
    "exercise.build_2": ("“{char}”是哪两个？", "Which two make {char}?"),
    "exercise.same": ("哪个也是“{char}”？", "Which is {char} too?"),
    "exercise.word_why": ("{char}：{words}", "{char}: {words}"),
    "exercise.meet": ("认识“{char}”", "Meet {char}"),
    "exercise.why": ("{char}（{pinyin}）：{why}", "{char} ({pinyin}), {gloss}: {why}"),
}
UNITS = [
    {"id": "sky", "title": ["天", "Sky"], "characters": ["日", "月", "目", "木", "人"]},
    {"id": "four", "title": ["四", "Four"], "characters": ["日", "休", "林", "大"]},
    {"id": "bare", "title": ["无", "Bare"], "characters": ["党", "红", "桥"]},
    {"id": "one", "title": ["一", "One"], "characters": ["日"]},
]


UNALIKE: dict[str, Any] = {
    "日": {
        "oracle": _drawn("M 10 10 L 90 10 L 90 90 L 10 90 L 10 10"),
        "variants": [_drawn("M 10 14 L 90 10 L 88 90 L 12 86 L 10 14")],
    },
    "月": {"oracle": _drawn("M 50 10 L 50 90"), "variants": [_drawn("M 10 10 L 90 90", "M 10 90 L 90 10")]},
    "目": {"oracle": _drawn("M 10 50 L 90 50")},
    "木": {"oracle": _drawn("M 50 10 L 50 90", "M 10 50 L 90 50")},
    "人": {"oracle": _drawn("M 50 10 L 10 90", "M 50 10 L 90 90")},
}
"""Glyphs that nobody takes for one another; the variant of 日 is like it, that of 月 is not."""


def library(only: Iterable[str] = CHARACTERS, **sections: Any) -> Library:
    """The small library, of all its characters or only some."""
    given: dict[str, Any] = {
        "characters": {char: CHARACTERS[char] for char in only},
        "glyphs": GLYPHS,
        "units": UNITS,
        "strings.zh": {key: zh for key, (zh, _) in LABELS.items()},
        "strings.en": {key: en for key, (_, en) in LABELS.items()},
        "rules": RULES,
        **sections,
    }
    return Library(given.__getitem__)
