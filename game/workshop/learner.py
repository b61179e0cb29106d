"""A simulated learner: plays the game's own lessons and reviews day after day, and forgets as FSRS says.

What the learner remembers is a `Schedule` of its own, fed with what was truly recalled; the plan it is
measured by sees only what the game sees, lucky guesses among it. Pure and seeded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

from game.content.library import Library
from game.journal.day import day_number
from game.journal.event import Event, Value
from game.learning.exercise import Exercise, Happening, Outcome
from game.learning.lesson import REVIEWS, Lesson
from game.learning.progress import Progress
from game.learning.review import review
from game.learning.round import Round
from game.learning.schedule import CARVE, DAY_MS, Key, Schedule

START: Final = 1_790_000_000_000
"""An evening in September 2026."""
SITTINGS: Final = 3
"""Reviews of a day at most, twelve cards each: a quarter of an hour."""
FRESH: Final = 0.9
"""The share of right answers about what was met a moment ago, and of skills without a card of their own."""
ABSENT: Final = 0.1
"""The share of days without the game."""
LADDER: Final = (1, 2, 4, 7, 15, 30)
"""The plain plan's days from one review to the next."""


class Plan(Protocol):
    """When cards come back; `Schedule` is one."""

    def apply(self, event: Event) -> None:
        """Takes in an answer or a carving."""

    def due(self, now_ms: int) -> list[Key]:
        """The cards to review now, longest overdue first."""


class Ladder:
    """The plan it is compared with: the same fixed days for every card, whatever the answer."""

    def __init__(self) -> None:
        self._cards: dict[Key, tuple[int, int]] = {}  # (times seen on different days, day of the last)

    def apply(self, event: Event) -> None:
        """Takes in an answer or a carving; the second of a day counts no more than the first."""
        key = key_of(event)
        if key is not None:
            today = day_number(event.time)
            seen, last = self._cards.get(key, (0, today - 1))
            self._cards[key] = (seen + (today > last), today)

    def due(self, now_ms: int) -> list[Key]:
        """The cards to review now, longest overdue first."""
        today = day_number(now_ms)
        waiting = [
            (last + LADDER[min(seen, len(LADDER)) - 1], key) for key, (seen, last) in self._cards.items()
        ]
        return [key for day, key in sorted(waiting) if day <= today]


def key_of(event: Event) -> Key | None:
    """The card that an event is about."""
    if event.kind == "carving":
        return event.subject, CARVE
    skill = str(event.result.get("skill"))
    return (event.subject, skill) if event.kind == "answer" and skill in ("read", "mean", "sound") else None


@dataclass(frozen=True, slots=True)
class Carved:
    """A carving's verdict."""

    score: int
    passed: bool


@dataclass(slots=True)
class Diary:
    """What came of the days: answers on a later day than the last (`asked`) and those truly `recalled`,
    answers and carvings of all kinds, lessons, days, and the mean chance to recall a card on the last day."""

    asked: int = 0
    recalled: int = 0
    answers: int = 0
    lessons: int = 0
    days: int = 0
    characters: int = 0
    kept: float = 0.0
    memory: Schedule = field(default_factory=Schedule)


class Learner:
    """One learner on `plan`. `haste` is how much faster than FSRS's average it forgets (1.0: as fast)."""

    def __init__(self, library: Library, plan: Plan, seed: int, haste: float = 1.0) -> None:
        self._library = library
        self._plan = plan
        self._rng = Random(seed)
        self._haste = haste
        self._progress = Progress([])
        self._seq = 0
        self._now = START
        self.diary = Diary()

    def live(self, days: int) -> Diary:
        """Plays for so many days from the beginning: what is due first; then a lesson, if no more is left
        than a lesson mixes in."""
        for day in range(days):
            self._now = START + day * DAY_MS
            if day and self._rng.random() < ABSENT:
                continue
            self._day()
        diary = self.diary
        diary.days = days
        diary.characters = sum(state.met for state in self._progress.characters.values())
        self._now = START + days * DAY_MS
        chances = [self._chance(key) for key in diary.memory.cards]
        diary.kept = sum(chances) / max(1, len(chances))
        return diary

    def _day(self) -> None:
        met = [char for char, state in self._progress.characters.items() if state.met]
        for _ in range(SITTINGS):
            if not (due := self._plan.due(self._now)):
                break
            self._play(review(self._library, due, met, self._rng))
        done = self._progress.done("lesson")
        unit = next((one for one in self._library.units if one.id not in done), None)
        due = self._plan.due(self._now)
        if unit is not None and len(due) <= REVIEWS:
            states = self._progress.characters.items()
            known = {char for char, state in states if state.strength in ("known", "mastered")}
            self._play(Lesson(self._library, unit, self._rng, known, due))
            self.diary.lessons += 1

    def _play(self, course: Lesson | Round) -> None:
        while (exercise := course.step) is not None:
            knew = self._recalls(exercise)
            self._note(course.answer(self._choice(exercise, knew)), knew)

    def _choice(self, exercise: Exercise, knew: bool) -> int | tuple[int, ...] | Carved:
        """The right answer for whoever knows, else a guess; a carving that is not known fails."""
        if exercise.kind == "meet":
            return 0
        if exercise.kind == "carve":
            return (
                Carved(min(100, max(60, round(self._rng.gauss(82, 8)))), True) if knew else Carved(35, False)
            )
        if exercise.kind in ("order", "build"):
            return exercise.answer if knew else exercise.answer[:-1]
        return exercise.answer[0] if knew else self._rng.randrange(len(exercise.options))

    def _recalls(self, exercise: Exercise) -> bool:
        if exercise.kind == "meet":
            return True
        if exercise.kind == "carve":
            if not exercise.skill:
                return True  # the guide shows it
            key = (exercise.subject, CARVE)
        else:
            key = (exercise.subject, exercise.skill)
        if key not in self.diary.memory.cards:
            return self._rng.random() < FRESH
        card = self.diary.memory.cards[key]
        seen = card.last_review is not None and int(card.last_review.timestamp() * 1000)
        today = seen is not False and day_number(seen) == day_number(self._now)
        knew = self._rng.random() < (max(FRESH, self._chance(key)) if today else self._chance(key))
        if not today:
            self.diary.asked += 1
            self.diary.recalled += knew
        return knew

    def _chance(self, key: Key) -> float:
        """FSRS's own estimate, at a time that runs `haste` times as fast."""
        card = self.diary.memory.cards[key]
        assert card.last_review is not None
        seen = int(card.last_review.timestamp() * 1000)
        return self.diary.memory.recall(key, seen + round((self._now - seen) * self._haste))

    def _note(self, outcome: Outcome, knew: bool) -> None:
        for happening in outcome.events:
            event = self._event(happening)
            self._plan.apply(event)
            self._progress.apply(event)
            if key_of(event) is not None:
                self.diary.answers += 1
                kind, subject, result = happening
                told: dict[str, Value] = dict(result)
                if kind == "answer":
                    told["right"] = knew  # a guess that happened to be right was no memory
                self.diary.memory.apply(Event(event.device, event.seq, event.time, kind, subject, told))

    def _event(self, happening: Happening) -> Event:
        self._seq += 1
        self._now += 15_000
        return Event("learner", self._seq, self._now, *happening)
