"""The schedule as a fold, the review, the challenge and the duel."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.library import Library
from game.content.source import load_library
from game.journal.event import Event
from game.learning.challenge import FEWEST, Challenge
from game.learning.duel import TO_WIN, Duel
from game.learning.review import MOST, choose, review
from game.learning.schedule import CARVE, DAY_MS, schedule

START = 1_790_000_000_000


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Path(__file__).parents[2])


def answer(seq: int, day: float, char: str = "日", right: bool = True, skill: str = "read") -> Event:
    return Event("d", seq, START + round(day * DAY_MS), "answer", char, {"skill": skill, "right": right})


def test_what_was_right_comes_back_later_and_later() -> None:
    first = schedule([answer(1, 0)])
    waits = []
    day = 0
    events = [answer(1, 0)]
    for seq in range(2, 6):
        now = schedule(events)
        while not now.due(START + day * DAY_MS):
            day += 1
        waits.append(day)
        events.append(answer(seq, day))
    gaps = [b - a for a, b in zip([0, *waits], waits, strict=False)]
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[-1] > 20
    assert first.due(START) == []


def test_a_miss_comes_back_soon_and_counts_against_retention() -> None:
    made = schedule([answer(1, 0), answer(2, 5, right=False)])
    assert made.retention() == (0, 1)
    assert made.due(START + 7 * DAY_MS) == [("日", "read")]


def test_a_second_right_answer_of_the_day_changes_nothing() -> None:
    once, twice = schedule([answer(1, 0)]), schedule([answer(1, 0), answer(2, 0.01)])
    assert once.cards["日", "read"].due == twice.cards["日", "read"].due


def test_a_right_answer_mends_a_miss_of_the_same_day_once() -> None:
    events = [answer(1, 0), answer(2, 5, right=False), answer(3, 5.01), answer(4, 5.02)]
    missed, mended, again = (schedule(events[:n]).cards["日", "read"] for n in (2, 3, 4))
    assert missed.stability is not None
    assert mended.stability is not None
    assert mended.stability > missed.stability
    assert again == mended
    assert schedule(events).retention() == (0, 1)  # it was not remembered, all the same


def test_tracing_is_not_recall() -> None:
    due = {}
    for char, told in (("日", {"memory": True}), ("月", {})):
        made = schedule([Event("d", 1, START, "carving", char, {"score": 95, "passed": True, **told})])
        due[char] = made.cards[(char, "carve")].due
    assert due["日"] > due["月"]


def test_carvings_have_cards_of_their_own() -> None:
    made = schedule(
        [
            Event("d", 1, START, "carving", "日", {"score": 95, "passed": True}),
            Event("d", 2, START, "carving", "月", {"score": 65, "passed": True}),
            Event("d", 3, START, "lesson", "sky", {"right": 1, "asked": 1}),
        ]
    )
    assert made.cards["日", CARVE].due > made.cards["月", CARVE].due
    assert len(made.cards) == 2
    assert made.recall(("日", CARVE), START) > 0.9
    assert made.recall(("山", CARVE), START) == 0.0


def test_the_forecast_counts_every_card_once() -> None:
    made = schedule([answer(i, 0, char) for i, char in enumerate("日月山水", 1)])
    ahead = made.forecast(START, 400)
    assert sum(ahead) == 4
    assert made.forecast(START + 400 * DAY_MS)[0] == 4


@given(
    st.lists(st.tuples(st.sampled_from("日月"), st.booleans(), st.integers(0, 40)), max_size=25), st.randoms()
)
@settings(deadline=None)
def test_the_schedule_does_not_depend_on_how_events_come(
    told: list[tuple[str, bool, int]], rng: Random
) -> None:
    events = [answer(i, day, char, right) for i, (char, right, day) in enumerate(told, 1)]
    shuffled = list(events)
    rng.shuffle(shuffled)
    now = START + 60 * DAY_MS
    assert schedule(events).due(now) == schedule(shuffled).due(now)
    assert schedule(events).forecast(now) == schedule(shuffled).forecast(now)


def test_a_review_asks_no_character_twice_and_keeps_the_streak(library: Library) -> None:
    due = [(char, skill) for char in "日月山水雨人大口目又羊牛犬鱼鹿" for skill in ("read", CARVE)]
    assert len(choose(library, due)) == MOST
    round_ = review(library, [*due[:3], ("没", "read")], "日月", Random(1))
    subjects = []
    while round_.step is not None:
        subjects.append(round_.step.subject)
        outcome = round_.answer(round_.step.answer[0])
    assert subjects == ["日", "月"]
    assert outcome.events[-1] == ("lesson", "review", {"right": 2, "asked": 2})


def steps(challenge: Challenge) -> Iterator[tuple[str, str]]:
    while challenge.step is not None:
        yield challenge.step.subject, challenge.step.skill
        challenge.answer(challenge.step.answer[0])


def test_a_challenge_never_asks_twice_and_one_in_five_is_new(library: Library) -> None:
    learned = [entry.char for entry in library.characters][:20]
    challenge = Challenge(library, learned, Random(3))
    asked = list(steps(challenge))
    assert len(asked) == len(set(asked)) == challenge.right
    first = [char in learned for char, _ in asked[:50]]
    assert first.count(False) == 10
    assert challenge.ending == ("quiz", "challenge", {"right": len(asked), "revived": False})


def test_a_mistake_ends_it_unless_revived(library: Library) -> None:
    challenge = Challenge(library, [], Random(4), revivals=1)
    assert challenge.step is not None
    wrong = (challenge.step.answer[0] + 1) % len(challenge.step.options)
    outcome = challenge.answer(wrong)
    assert (outcome.right, outcome.finished, challenge.ending) == (False, False, None)
    with pytest.raises(ValueError, match="no question"):
        challenge.answer(0)
    challenge.revive()
    with pytest.raises(ValueError, match="no revival"):
        challenge.revive()
    assert challenge.step is not None
    challenge.answer(challenge.step.answer[0])
    wrong = (challenge.step.answer[0] + 1) % len(challenge.step.options)
    assert challenge.answer(wrong).finished
    assert challenge.ending == ("quiz", "challenge", {"right": 1, "revived": True})


def test_a_challenge_can_be_stopped(library: Library) -> None:
    challenge = Challenge(library, [], Random(5), revivals=1)
    challenge.stop()
    assert challenge.step is None
    assert challenge.ending is not None
    assert len(challenge._known) == FEWEST


def test_a_duel_is_fair_and_ends(library: Library) -> None:
    duel = Duel(library, [], Random(6))
    assert [duel.step(0).subject, duel.step(0).skill] == [duel.step(1).subject, duel.step(1).skill]
    assert not duel.answer(0, (duel.step(0).answer[0] + 1) % len(duel.step(0).options))
    while duel.winner is None:
        assert duel.answer(1, duel.step(1).answer[0])
    assert duel.winner == 1
    assert duel.score == [0, TO_WIN]
    with pytest.raises(ValueError, match="over"):
        duel.answer(0, 0)
