"""The simulated learner: seeded, forgetful, and playing by the game's own rules."""

from pathlib import Path

import pytest

from game.content.library import Library
from game.content.source import load_library
from game.journal.event import Event
from game.learning.schedule import CARVE, DAY_MS, Schedule
from game.workshop.learner import LADDER, START, Diary, Ladder, Learner, key_of


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Path(__file__).parents[2])


def answer(seq: int, day: int, right: bool = True) -> Event:
    return Event("d", seq, START + day * DAY_MS + seq, "answer", "日", {"skill": "read", "right": right})


def test_the_ladder_asks_on_fixed_days_whatever_the_answer() -> None:
    for right in (True, False):
        ladder = Ladder()
        asked = []
        ladder.apply(answer(1, 0, right))
        ladder.apply(answer(2, 0, right))
        for day in range(70):
            if ladder.due(START + day * DAY_MS):
                asked.append(day)
                ladder.apply(answer(3 + day, day, right))
        assert [b - a for a, b in zip([0, *asked], asked, strict=False)] == list(LADDER)


def test_what_has_a_card() -> None:
    assert key_of(answer(1, 0)) == ("日", "read")
    assert key_of(Event("d", 1, START, "carving", "日", {"score": 70, "passed": True})) == ("日", CARVE)
    assert key_of(Event("d", 1, START, "answer", "日", {"skill": "part", "right": True})) is None
    assert key_of(Event("d", 1, START, "lesson", "sky", {})) is None


def told(diary: Diary) -> tuple[float, ...]:
    return diary.asked, diary.recalled, diary.answers, diary.lessons, diary.characters, diary.kept


def test_it_learns_reviews_and_forgets(library: Library) -> None:
    diary = Learner(library, Schedule(), 11).live(5)
    assert told(diary) == told(Learner(library, Schedule(), 11).live(5)), "the same seed, the same life"
    assert diary.days == 5
    assert diary.characters >= 5 * min(2, diary.lessons) > 0
    assert 0 < diary.recalled <= diary.asked < diary.answers
    assert 0.5 < diary.kept < 1.0
    hasty = Learner(library, Schedule(), 11, haste=9.0).live(5)
    assert hasty.recalled / hasty.asked < diary.recalled / diary.asked
