"""Badges for reading, by levels/badges.yaml: how far each has come and when it was won, from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from game.content.library import Library
from game.content.model import Badge
from game.journal.day import day_number, iso_day
from game.journal.event import Event
from game.learning.party import period_of
from game.learning.progress import Progress

WEEK: Final = 7
"""Days after which telling a character says that it was remembered."""


@dataclass(frozen=True, slots=True)
class Won:
    """A badge and when it was won: the time of the event that completed it (ms UTC), or, for what was done
    before the badge was first given, the time of the first event after that."""

    badge: Badge
    time: int


@dataclass(frozen=True, slots=True)
class Step:
    """A badge not won yet, and how much of its `count` is done."""

    badge: Badge
    done: int


class Badges:
    """The fold. Apply events in order of (time, device, seq).

    What is counted is a set of characters or levels, so nothing counts twice; a character that is no longer
    known no longer counts, but a badge once won stays.
    """

    def __init__(self, library: Library) -> None:
        self.won: list[Won] = []
        self.last: tuple[int, str, int] = (-1, "", 0)
        """The order of the event applied last."""
        self._waiting = list(library.badges)
        self._progress = Progress([])
        self._first: dict[str, int] = {}  # by character, the day on which it was met
        self._periods = {level.id: period_of(level).id for level in library.party_history}
        self._levels = {
            "idiom": frozenset(one.id for one in library.idioms),
            "story": frozenset(one.id for one in library.stories),
            "inscription": frozenset(one.id for one in library.inscriptions),
            "party_history": frozenset(self._periods),
        }
        self._sets: dict[tuple[str, str], set[str]] = {}

    def apply(self, event: Event) -> list[Badge]:
        """Takes in one event; the badges it won."""
        self.last = event.order
        self._progress.apply(event)
        self._note(event)
        today = iso_day(day_number(event.time))
        fresh = [one for one in self._waiting if self._given(one, today) and self.done(one) >= one.count]
        for badge in fresh:
            self._waiting.remove(badge)
            self.won.append(Won(badge, event.time))
        return fresh

    def done(self, badge: Badge) -> int:
        """How many of what a badge asks for are done."""
        return len(self._sets.get((badge.what, badge.of), ()))

    def ahead(self, now_ms: int) -> list[Step]:
        """The badges that can still be won, the nearest first: by the share done, then in their order."""
        today = iso_day(day_number(now_ms))
        steps = [Step(one, min(one.count, self.done(one))) for one in self._waiting]
        return sorted(
            (step for step in steps if self._given(step.badge, today)),
            key=lambda step: -step.done / step.badge.count,
        )

    @staticmethod
    def _given(badge: Badge, today: str) -> bool:
        return badge.start <= today and (not badge.end or today <= badge.end)

    def _note(self, event: Event) -> None:
        subject = event.subject
        if event.kind in ("answer", "carving") and subject:
            state = self._progress.character(subject)
            self._hold("carved", subject, state.passed)
            if event.result.get("memory") is True and event.result.get("passed") is True:
                self._hold("memory", subject, True)
            self._hold("known", subject, state.strength in ("known", "mastered"))
            self._hold("mastered", subject, state.strength == "mastered")
            today = day_number(event.time)
            met = self._first.setdefault(subject, today)
            if event.kind == "answer" and event.result.get("right") is True and today - met >= WEEK:
                self._hold("recalled", subject, True)
        elif subject in self._levels.get(event.kind, ()):
            self._hold(event.kind, subject, True)
            if event.kind == "party_history":
                self._hold("period", subject, True, self._periods[subject])

    def _hold(self, what: str, subject: str, holds: bool, of: str = "") -> None:
        held = self._sets.setdefault((what, of), set())
        if holds:
            held.add(subject)
        else:
            held.discard(subject)


def badges(events: Iterable[Event], library: Library) -> Badges:
    """The badges after all `events`."""
    made = Badges(library)
    for event in sorted(events, key=lambda event: event.order):
        made.apply(event)
    return made


def since(won: Sequence[Won], time: int) -> list[Badge]:
    """The badges won at `time` (ms UTC) or later."""
    return [one.badge for one in won if one.time >= time]
