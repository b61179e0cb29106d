"""When each character comes back: FSRS by the package `fsrs` with its default parameters.

One card for each (character, skill), folded from the journal's events like everything else: nothing is
stored. Same-day learning steps are left out, since a lesson itself repeats what was missed.
Algorithm: J. Ye, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", 2022,
as kept by open-spaced-repetition. The package is imported when a `Schedule` is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from game.journal.day import day_number
from game.journal.event import Event

if TYPE_CHECKING:
    from datetime import datetime

    from fsrs import Card, Rating

CARVE: Final = "carve"
EASY_SCORE: Final = 92
"""A carving from memory that true was easy. Over the guide none is more than good: tracing is no recall."""
HARD_SCORE: Final = 75
"""A carving that passed under this was hard."""
DAY_MS: Final = 86_400_000

Key = tuple[str, str]


def moment(ms: int) -> datetime:
    """UTC time of milliseconds since 1970."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(ms / 1000, UTC)


class Schedule:
    """The cards of one player. Apply events in order of (time, device, seq)."""

    def __init__(self) -> None:
        from fsrs import Scheduler

        self._scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.cards: dict[Key, Card] = {}
        self._right: dict[Key, bool] = {}  # the last answer that counted
        self._reviews: list[tuple[int, bool]] = []

    def apply(self, event: Event) -> None:
        """Takes in an answer or a carving; other events change nothing. A second right answer of the
        day does not count for a card that was right before it: only what was asked when due says something of
        memory. After a miss it counts: what was looked up and then told is learned anew."""
        asked = _asked(event)
        if asked is None:
            return
        key, right, rating = asked
        from fsrs import Card

        card = self.cards.get(key)
        if card is None:
            card = Card(card_id=len(self.cards) + 1, due=moment(event.time))
        elif card.last_review is not None:
            last = int(card.last_review.timestamp() * 1000)
            same_day = day_number(last) == day_number(event.time)
            if event.time < last or (same_day and right and self._right[key]):
                return
            if not same_day:
                self._reviews.append((event.time, right))
        self._right[key] = right
        self.cards[key], _ = self._scheduler.review_card(card, rating, moment(event.time))

    def due(self, now_ms: int) -> list[Key]:
        """(character, skill) of the cards due on or before the day of `now_ms`, longest overdue first."""
        today = day_number(now_ms)
        waiting = [(card.due, key) for key, card in self.cards.items() if self._day(card) <= today]
        return [key for _, key in sorted(waiting)]

    def forecast(self, now_ms: int, days: int = 7) -> list[int]:
        """How many cards come due on each of the next days, today (with all that is overdue) first."""
        today = day_number(now_ms)
        counts = [0] * days
        for card in self.cards.values():
            ahead = max(0, self._day(card) - today)
            if ahead < days:
                counts[ahead] += 1
        return counts

    def retention(self) -> tuple[int, int]:
        """(remembered, asked) over all reviews on a later day."""
        return sum(right for _, right in self._reviews), len(self._reviews)

    def recall(self, key: Key, now_ms: int) -> float:
        """FSRS's own estimate, 0..1, that the card would be remembered now; 0 for one never seen."""
        card = self.cards.get(key)
        return self._scheduler.get_card_retrievability(card, moment(now_ms)) if card else 0.0

    def _day(self, card: Card) -> int:
        return day_number(int(card.due.timestamp() * 1000))


def _asked(event: Event) -> tuple[Key, bool, Rating] | None:
    """Which card an event is about, whether it was right, and FSRS's rating of it."""
    from fsrs import Rating

    if not event.subject:
        return None
    if event.kind == "answer" and event.result.get("skill") in ("read", "mean", "sound"):
        right = event.result.get("right") is True
        return (event.subject, str(event.result["skill"])), right, Rating.Good if right else Rating.Again
    if event.kind == "carving":
        right = event.result.get("passed") is True
        score = event.result.get("score")
        points = score if isinstance(score, int | float) else 0
        recalled = event.result.get("memory") is True
        easy = recalled and points >= EASY_SCORE
        rating = Rating.Easy if easy else Rating.Good if points >= HARD_SCORE else Rating.Hard
        return (event.subject, CARVE), right, rating if right else Rating.Again
    return None


def schedule(events: Iterable[Event]) -> Schedule:
    """The schedule after all `events`."""
    made = Schedule()
    for event in sorted(events, key=lambda event: event.order):
        made.apply(event)
    return made
