"""What a journal comes to: points by day, what is known of each character, the streak.

Nothing here is stored: it is folded from the events, and every figure is a sum, a maximum or an earliest, so
that neither the cutting nor the merging of journals can change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from game.journal.day import day, day_number, iso_day
from game.journal.event import Event
from game.learning.points import Points, count, score
from game.learning.streak import Streak, streak

RIGHT_EACH_WAY = 2
"""Right answers needed from glyph to meaning, and as many to the glyph: with four options one may be luck
(1 in 4), two both ways hardly (1 in 256)."""
MASTERED_SCORE = 70
"""What a carving must reach: clearly above a pass (60), and just what pointing at every stroke gives, so that
whoever cannot draw can master a character too."""
READ = "read"
TO_GLYPH = ("mean", "sound")
"""Skills: glyph to meaning; and meaning or sound to glyph. The fourth, "part", is practice, not proof."""
_NOT_DONE = frozenset({"player", "open", "answer", "carving"})

Rules = Points | Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class CharacterState:
    """What happened with one character.

    `right` and `wrong` count answers of any kind, `read_right` and `glyph_right` the right ones each way;
    `carved_best` is a score (0–100), `passed` whether any carving passed, `last` the time it was last met
    (ms UTC).
    """

    met: bool = False
    right: int = 0
    wrong: int = 0
    carved_best: int = 0
    passed: bool = False
    last: int = 0
    read_right: int = 0
    glyph_right: int = 0

    @property
    def strength(self) -> str:
        """ "new" (never met), "learning", "known" (told both ways), "mastered" (and carved well)."""
        if not self.met:
            return "new"
        if min(self.read_right, self.glyph_right) < RIGHT_EACH_WAY or self.right <= self.wrong:
            return "learning"
        return "mastered" if self.passed and self.carved_best >= MASTERED_SCORE else "known"


class Progress:
    """The fold. `rules` as for `Points`. Apply each event once, in any order.

    `by_day` holds the points earned by ISO day (Shanghai) and kind, caps observed; `total` is their sum;
    `characters` has every character met so far; `seal` is the player's ("" before there is one).
    """

    def __init__(self, rules: Rules) -> None:
        self.points = rules if isinstance(rules, Points) else Points(rules)
        self.by_day: dict[str, dict[str, int]] = {}
        self.total = 0
        self.characters: dict[str, CharacterState] = {}
        self._worth: dict[tuple[int, str], int] = {}
        self._times: dict[tuple[int, str], int] = {}
        self._done: dict[str, dict[str, tuple[int, int]]] = {}
        self._first: tuple[tuple[int, str, int], str] | None = None

    def apply(self, event: Event) -> int:
        """Takes in one event; the points it brought."""
        if event.kind == "player" and (self._first is None or event.order < self._first[0]):
            self._first = event.order, event.subject
        elif event.kind == "answer" and event.subject:
            self._answer(event)
        elif event.kind == "carving" and event.subject:
            self._carving(event)
        elif event.kind == "lesson":
            characters = event.result.get("characters")
            for char in characters if isinstance(characters, list) else ():
                self._meet(str(char), event.time)
        if event.kind not in _NOT_DONE:
            self._finish(event)
        return self._earn(event)

    @property
    def seal(self) -> str:
        """The glyphs of the seal that was carved first."""
        return "" if self._first is None else self._first[1]

    def today(self, now_ms: int) -> dict[str, int]:
        """The points of the day it is in Shanghai at `now_ms`, by kind."""
        return dict(self.by_day.get(day(now_ms), {}))

    def character(self, char: str) -> CharacterState:
        """What happened with `char`; an empty state if it was never met."""
        return self.characters.get(char) or CharacterState()

    def done(self, kind: str) -> dict[str, tuple[int, int]]:
        """What was finished of a kind ("idiom"): the best (right, asked) by id."""
        return dict(self._done.get(kind, {}))

    def streak(self, now_ms: int) -> int:
        """How many days the streak has been kept, up to now."""
        return self.habit(now_ms).length

    def habit(self, now_ms: int) -> Streak:
        """The streak up to now, by the rules in force on each day."""
        days = (number for number, kind in self._times if self._kept(number, kind))
        return streak(days, day_number(now_ms), lambda iso: self.points.rule(iso).freezes)

    def _kept(self, number: int, kind: str) -> bool:
        rule = self.points.rule(iso_day(number))
        return kind == rule.streak_kind and self._times[number, kind] >= rule.per_day

    def _earn(self, event: Event) -> int:
        number = day_number(event.time)
        key = number, event.kind
        self._times[key] = self._times.get(key, 0) + 1
        iso = iso_day(number)
        cap = self.points.rule(iso).caps.get(event.kind)
        if cap is None:
            return 0
        # The uncapped sum is kept beside the capped one, so the order within a day cannot matter to the day.
        worth = self._worth.get(key, 0)
        self._worth[key] = worth + self.points.worth(event)
        earned = min(cap, self._worth[key]) - min(cap, worth)
        kinds = self.by_day.setdefault(iso, {})
        kinds[event.kind] = kinds.get(event.kind, 0) + earned
        self.total += earned
        return earned

    def _meet(self, char: str, time: int) -> CharacterState:
        state = self.characters.setdefault(char, CharacterState())
        state.met = True
        state.last = max(state.last, time)
        return state

    def _answer(self, event: Event) -> None:
        state = self._meet(event.subject, event.time)
        if event.result.get("right") is not True:
            state.wrong += 1
            return
        state.right += 1
        skill = event.result.get("skill")
        state.read_right += skill == READ
        state.glyph_right += skill in TO_GLYPH

    def _carving(self, event: Event) -> None:
        state = self._meet(event.subject, event.time)
        state.carved_best = max(state.carved_best, min(100, count(event.result, "score")))
        state.passed = state.passed or event.result.get("passed") is True

    def _finish(self, event: Event) -> None:
        best = self._done.setdefault(event.kind, {})
        best[event.subject] = max(best.get(event.subject, (-1, 1)), score(event.result), key=_quality)


def _quality(scored: tuple[int, int]) -> tuple[float, int]:
    right, asked = scored
    return (right / asked if asked else 1.0), asked


def fold(events: Iterable[Event], rules: Rules) -> Progress:
    """The progress of all `events`, taken in order of (time, device, seq)."""
    progress = Progress(rules)
    for event in sorted(events, key=lambda event: event.order):
        progress.apply(event)
    return progress


def earned(events: Iterable[Event], rules: Rules) -> dict[str, int]:
    """The points that each event brought, by its id, taken in order of (time, device, seq)."""
    progress = Progress(rules)
    return {event.id: progress.apply(event) for event in sorted(events, key=lambda event: event.order)}
