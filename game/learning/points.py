"""What an event is worth, by the dated rules of levels/points.yaml.

The game and the organisation's ledger both use this code, so they cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from game.journal.day import day
from game.journal.event import Event, Value


@dataclass(frozen=True, slots=True)
class Rule:
    """One set of rules, in force from the day `start` ("2026-01-01").

    `points` and `caps` (the most a day) by kind of event. A day counts for the streak with `per_day`
    events of `streak_kind`; `freezes` missed days are forgiven in a calendar month.
    """

    start: str
    points: Mapping[str, int]
    caps: Mapping[str, int]
    streak_kind: str
    per_day: int
    freezes: int


NO_RULE = Rule("", {}, {}, "lesson", 1, 0)
"""In force before the first set: nothing earns anything."""


class Points:
    """The dated rules. `rules` is the section of the same name: see levels/points.yaml.

    Raises ValueError, naming the set, if a set lacks something or counts days elsewhere than in Shanghai.
    """

    def __init__(self, rules: Sequence[Mapping[str, Any]]) -> None:
        self._rules = sorted((_rule(rule) for rule in rules), key=lambda rule: rule.start)
        self._starts = [rule.start for rule in self._rules]

    def rule(self, iso_day: str) -> Rule:
        """The rules in force on a day ("2026-11-24")."""
        at = bisect_right(self._starts, iso_day)
        return self._rules[at - 1] if at else NO_RULE

    def worth(self, event: Event) -> int:
        """The points for an event before the day's cap: at least half of a perfect one's, rounded up."""
        points = self.rule(day(event.time)).points.get(event.kind, 0)
        result = event.result
        if event.kind == "quiz":
            return points * max(0, count(result, "right"))
        if event.kind == "carving":
            return points if result.get("passed") is True else -(-points // 2)
        right, asked = score(result)
        return -(-points * (asked + right) // (2 * asked)) if asked else points


def score(result: Mapping[str, Value]) -> tuple[int, int]:
    """How many were (right, asked), whatever a foreign file says: 0 <= right <= asked."""
    asked = max(0, count(result, "asked"))
    return max(0, min(asked, count(result, "right"))), asked


def count(result: Mapping[str, Value], name: str) -> int:
    """A whole number in a result, 0 if there is none; True counts as one."""
    value = result.get(name)
    return int(value) if isinstance(value, int | float) else 0


def _rule(data: Mapping[str, Any]) -> Rule:
    start = str(data.get("from", "?"))
    try:
        zone = data["zone"]
        kinds, streak = data["kinds"], data["streak"]
        rule = Rule(
            start,
            {kind: int(earns["points"]) for kind, earns in kinds.items()},
            {kind: int(earns["cap"]) for kind, earns in kinds.items()},
            str(streak["kind"]),
            int(streak["per_day"]),
            int(streak["freezes_per_month"]),
        )
    except KeyError as error:
        raise ValueError(f"point rules from {start}: {error.args[0]} is missing") from error
    if zone != "Asia/Shanghai":
        raise ValueError(f"point rules from {start}: days are counted in Asia/Shanghai, not {zone}")
    return rule
