"""Events as xAPI 1.0.3 statements (ADL, Experience API, part two), pure.

A statement's id is the event's own id, a UUIDv5 of what was written down, so that the same event gives the
same statement whenever and wherever it is made. People appear by their number in the ledger, never by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

VERSION = "1.0.3"
VERBS = {
    "player": ("http://adlnet.gov/expapi/verbs/registered", "registered", "登记"),
    "open": ("http://adlnet.gov/expapi/verbs/initialized", "initialized", "打开"),
    "answer": ("http://adlnet.gov/expapi/verbs/answered", "answered", "回答"),
    "carving": ("http://adlnet.gov/expapi/verbs/attempted", "attempted", "刻写"),
}
"""By kind of event; every other kind is something completed. (ADL's verb vocabulary.)"""
COMPLETED = ("http://adlnet.gov/expapi/verbs/completed", "completed", "完成")
TYPES = {
    "answer": "http://adlnet.gov/expapi/activities/question",
    "lesson": "http://adlnet.gov/expapi/activities/lesson",
    "quiz": "http://adlnet.gov/expapi/activities/assessment",
    "carving": "http://adlnet.gov/expapi/activities/interaction",
}
MODULE = "http://adlnet.gov/expapi/activities/module"
NAMES = {
    "player": ("a seal", "印章"),
    "open": ("Shiqi", "识契"),
    "answer": ("a character", "汉字"),
    "carving": ("a carving", "刻字"),
    "lesson": ("a lesson", "识读甲骨文"),
    "idiom": ("an idiom story", "甲骨文成语故事"),
    "story": ("an animated story", "甲骨文动漫故事"),
    "party_history": ("a Party-history level", "读党史学汉字"),
    "inscription": ("an inscription", "刻辞"),
    "quiz": ("a quiz", "答题"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """One stored event as a statement needs it: `id` its UUIDv5, `member` the number in the ledger (0:
    nobody's yet), `time` in ms UTC."""

    id: UUID
    member: int
    time: int
    kind: str
    subject: str
    result: Mapping[str, Any]


def statement(done: Done, home: str) -> dict[str, Any]:
    """The statement of an event; people and activities are named under `home`, the ledger's own address."""
    verb, english, chinese = VERBS.get(done.kind, COMPLETED)
    name = NAMES.get(done.kind, (done.kind, done.kind))
    activity = f"{home}/activities/{quote(done.kind)}"
    if done.subject:
        activity += f"/{quote(done.subject, safe='')}"
    made: dict[str, Any] = {
        "id": str(done.id),
        "version": VERSION,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": home, "name": f"member-{done.member}" if done.member else "unclaimed"},
        },
        "verb": {"id": verb, "display": {"en": english, "zh-CN": chinese}},
        "object": {
            "objectType": "Activity",
            "id": activity,
            "definition": {
                "type": TYPES.get(done.kind, MODULE),
                "name": {
                    "en": f"{name[0]}: {done.subject}" if done.subject else name[0],
                    "zh-CN": f"{name[1]}：{done.subject}" if done.subject else name[1],
                },
            },
        },
        "timestamp": timestamp(done.time),
        "context": {"platform": "Shiqi"},
    }
    result = outcome(done.kind, done.result)
    if result:
        made["result"] = result
    return made


def outcome(kind: str, result: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a statement: success and score as far as the event says, empty if it says neither."""
    told: dict[str, Any] = {}
    if kind == "answer" and isinstance(result.get("right"), bool):
        told["success"] = result["right"]
    elif kind == "carving":
        if isinstance(result.get("passed"), bool):
            told["success"] = result["passed"]
        score = result.get("score")
        if isinstance(score, int) and not isinstance(score, bool) and 0 <= score <= 100:
            told["score"] = {"scaled": score / 100, "raw": score, "min": 0, "max": 100}
    elif kind not in VERBS:
        told["completion"] = True
        right, asked = result.get("right"), result.get("asked")
        if type(right) is int and type(asked) is int and 0 <= right <= asked and asked > 0:
            told["score"] = {"scaled": right / asked, "raw": right, "min": 0, "max": asked}
    return told


def timestamp(ms: int) -> str:
    """A time in ms UTC as ISO 8601 with milliseconds."""
    moment = datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(made: Mapping[str, Any]) -> str:
    """A statement as one line of NDJSON."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
