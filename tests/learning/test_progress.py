import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.journal.day import day, day_number
from game.journal.event import Event
from game.journal.journal import Journal
from game.learning.points import Points
from game.learning.progress import CharacterState, Progress, earned, fold
from tests.journal.helpers import MemoryStore
from tests.learning.helpers import DAY, HOUR, NOON, RULES, calm, event

LATER = {
    **RULES[0],
    "from": "2026-12-03",
    "kinds": {"lesson": {"points": 3, "cap": 4}, "quiz": {"points": 2, "cap": 3}},
    "streak": {"kind": "lesson", "per_day": 2, "freezes_per_month": 1},
}
TWO_SETS = [*RULES, LATER]

_kinds = st.sampled_from(["open", "lesson", "carving", "quiz", "idiom", "story", "answer", "player", "other"])
_results = st.fixed_dictionaries(
    {},
    optional={
        "right": st.integers(-2, 12) | st.booleans(),
        "asked": st.integers(-1, 10),
        "passed": st.booleans(),
        "score": st.integers(-10, 200),
        "skill": st.sampled_from(["read", "mean", "sound", "part", "dance"]),
        "characters": st.lists(st.sampled_from("日月鹿"), max_size=3) | st.just("odd"),
    },
)
_numbered = st.lists(
    st.tuples(_kinds, st.sampled_from("日月鹿"), st.integers(NOON, NOON + 4 * DAY), _results), max_size=40
)


def events_of(rows: list[tuple[str, str, int, dict[str, Any]]]) -> list[Event]:
    return [
        Event("pa" if i % 2 else "pb", i + 1, time, kind, subject, result)
        for i, (kind, subject, time, result) in enumerate(rows)
    ]


def view(progress: Progress) -> Any:
    """All that a progress says."""
    return (
        progress.by_day,
        progress.total,
        progress.characters,
        progress.seal,
        [progress.done(kind) for kind in ("lesson", "idiom", "story", "quiz", "other")],
        [progress.streak(NOON + n * DAY) for n in range(8)],
    )


@calm
@given(_numbered)
def test_no_day_goes_above_its_caps(rows: list[tuple[str, str, int, dict[str, Any]]]) -> None:
    progress = fold(events_of(rows), TWO_SETS)
    points = Points(TWO_SETS)
    for iso, kinds in progress.by_day.items():
        for kind, got in kinds.items():
            assert 0 <= got <= points.rule(iso).caps[kind]
    assert progress.total == sum(sum(kinds.values()) for kinds in progress.by_day.values())


@calm
@given(_numbered, st.randoms(use_true_random=False), st.integers(0, 40))
def test_neither_order_nor_cutting_changes_anything(
    rows: list[tuple[str, str, int, dict[str, Any]]], random: Any, cut: int
) -> None:
    events = events_of(rows)
    whole = fold(events, TWO_SETS)
    pieces = [*events[cut:], *events[:cut]]
    random.shuffle(pieces)
    progress = Progress(Points(TWO_SETS))
    total = sum(progress.apply(one) for one in pieces)
    assert view(progress) == view(whole)
    assert total == whole.total
    assert view(fold(pieces, TWO_SETS)) == view(whole)
    points = earned(pieces, TWO_SETS)
    assert points == earned(events, TWO_SETS)
    assert sum(points.values()) == whole.total


@calm
@given(_numbered)
def test_a_replay_of_the_journal_comes_to_the_same(rows: list[tuple[str, str, int, dict[str, Any]]]) -> None:
    async def play() -> tuple[Progress, Progress]:
        store = MemoryStore()
        journal = await Journal.open(store, "pa")
        live = Progress(RULES)
        for kind, subject, time, result in rows:
            live.apply(await journal.append(kind, subject, result, time))
        return live, fold((await Journal.open(store, "pa")).events, RULES)

    live, replayed = asyncio.run(play())
    assert view(live) == view(replayed)


def test_points_come_until_the_cap() -> None:
    progress = Progress(RULES)
    got = [progress.apply(event("idiom", f"i{n}", right=3, asked=3)) for n in range(5)]
    assert got == [2, 2, 2, 0, 0]
    assert progress.apply(event("idiom", "i9", NOON + DAY, right=3, asked=3)) == 2
    assert progress.by_day == {"2026-12-01": {"idiom": 6}, "2026-12-02": {"idiom": 2}}
    assert progress.total == 8


def test_a_big_quiz_stops_at_the_cap() -> None:
    progress = Progress(RULES)
    assert progress.apply(event("quiz", right=7)) == 7
    assert progress.apply(event("quiz", right=7)) == 3


def test_a_day_turns_at_midnight_in_shanghai() -> None:
    progress = Progress(RULES)
    midnight = NOON + 12 * HOUR
    for time in (midnight - 1, midnight - 1, midnight):
        progress.apply(event("open", time=time))
    assert progress.by_day == {"2026-12-01": {"open": 1}, "2026-12-02": {"open": 1}}
    assert progress.today(midnight) == {"open": 1}
    assert progress.today(midnight + DAY) == {}
    assert day(midnight) == "2026-12-02"


def test_what_earns_nothing_is_not_listed() -> None:
    progress = fold([event("answer", "日", right=True), event("open", time=0)], RULES)
    assert progress.by_day == {}
    assert progress.total == 0


def test_the_seal_is_the_first_one() -> None:
    progress = Progress(RULES)
    assert progress.seal == ""
    progress.apply(event("player", "鹿山", NOON + 5))
    progress.apply(event("player", "日", NOON + 9))
    assert progress.seal == "鹿山"
    progress.apply(event("player", "月", NOON))
    assert progress.seal == "月"


KNOWN = ("read", "read", "mean", "mean")


def answers(*skills: str, right: bool = True) -> list[Event]:
    return [
        event("answer", "鹿", NOON + n, n + 1, skill=skill, right=right) for n, skill in enumerate(skills)
    ]


@pytest.mark.parametrize(
    ("events", "strength"),
    [
        ([], "new"),
        ([event("lesson", "x", characters=["鹿"])], "learning"),
        ([event("carving", "鹿", score=99, passed=True)], "learning"),
        (answers("read", "read", "mean"), "learning"),
        (answers("read", "read", "part", "part"), "learning"),
        (answers("read", "read", "mean", "sound"), "known"),
        ([*answers("read", "read", "mean", "sound"), *answers(*["read"] * 4, right=False)], "learning"),
        ([*answers("read", "read", "mean", "mean"), *answers(*["read"] * 3, right=False)], "known"),
        ([*answers("read", "read", "mean", "mean"), event("carving", "鹿", score=69, passed=True)], "known"),
        ([*answers("read", "read", "mean", "mean"), event("carving", "鹿", score=90, passed=False)], "known"),
        (
            [*answers("read", "read", "mean", "mean"), event("carving", "鹿", score=70, passed=True)],
            "mastered",
        ),
    ],
)
def test_the_strength_of_a_character(events: list[Event], strength: str) -> None:
    progress = fold(events, RULES)
    assert progress.character("鹿").strength == strength


def test_the_state_of_a_character_counts_what_happened() -> None:
    progress = fold(
        [
            *answers("read", "sound"),
            event("answer", "鹿", NOON + 9, 7, skill="read", right=False),
            event("answer", "鹿", NOON + 5, 8, skill="read", right="yes"),
            event("carving", "鹿", NOON + 3, 9, score=500, passed=False),
            event("carving", "", NOON),
            event("answer", "", NOON),
        ],
        RULES,
    )
    assert progress.characters == {"鹿": CharacterState(True, 2, 2, 100, False, NOON + 9, 1, 1)}
    assert progress.character("月") == CharacterState()


def test_the_best_attempt_is_kept() -> None:
    progress = Progress(RULES)
    for right, asked in ((1, 4), (3, 4), (2, 4), (6, 8)):
        progress.apply(event("idiom", "a", right=right, asked=asked))
    progress.apply(event("story", "b"))
    assert progress.done("idiom") == {"a": (6, 8)}
    assert progress.done("story") == {"b": (0, 0)}
    assert progress.done("inscription") == {}


def lessons(*days: int, per_day: int = 1) -> Progress:
    """A lesson on each of these days of December 2026 (1 = the first; 0 is the last of November)."""
    return fold([event("lesson", "x", NOON + (n - 1) * DAY) for n in days for _ in range(per_day)], RULES)


@pytest.mark.parametrize(
    ("days", "today", "streak"),
    [
        ((), 5, 0),
        ((5,), 5, 1),
        ((4,), 5, 1),  # today is not over
        ((3, 4, 5), 5, 3),
        ((3, 5), 5, 2),  # one missed day is forgiven
        ((2, 5), 5, 2),  # two are
        ((1, 5), 5, 1),  # three are not
        ((2,), 5, 1),  # the 3rd and 4th are forgiven so far
        ((1,), 5, 0),
        ((1, 3, 5, 7), 7, 1),  # the month has two
        ((1, 3, 5, 7, 8), 8, 2),
        ((-2, 0, 1, 3, 5), 5, 5),  # one of them is November's, two are December's
        ((-2, 1), 1, 2),  # both November's
        ((-1, 2, 4), 4, 3),  # November 30; December 1 and 3
        ((-1, 2, 5), 5, 1),  # November 30; December 1, 3 and 4 are one too many
        ((9, 5), 5, 1),  # the future does not count yet
        ((1, 5, 7, 9), 9, 3),  # the long gap was not forgiven and used no freeze
    ],
)
def test_the_streak_forgives_two_days_a_month(days: tuple[int, ...], today: int, streak: int) -> None:
    assert lessons(*days).streak(NOON + (today - 1) * DAY) == streak


@pytest.mark.parametrize(
    ("days", "today", "kept", "rested", "left"),
    [
        ((), 5, set(), set(), 2),
        ((3, 5), 5, {3, 5}, {4}, 1),
        ((2,), 5, {2}, {3, 4}, 0),
        ((1, 5), 5, {5}, set(), 2),  # the long gap used none
        ((1, 3, 5, 8), 8, {8}, set(), 0),  # what an earlier streak used is used
        ((1,), 5, set(), set(), 2),
        ((-1,), 1, {-1}, {0}, 2),  # November's
    ],
)
def test_the_streak_tells_its_days(
    days: tuple[int, ...], today: int, kept: set[int], rested: set[int], left: int
) -> None:
    habit = lessons(*days).habit(NOON + (today - 1) * DAY)
    first = day_number(NOON) - 1
    assert {number - first for number in habit.kept} == kept
    assert {number - first for number in habit.rested} == rested
    assert (habit.length, habit.left) == (len(kept), left)
    told = {number: habit.state(first + number, first + today) for number in {*kept, *rested, today, -40}}
    others = {today: "open", -40: "missed"}
    assert told == others | dict.fromkeys(rested, "rested") | dict.fromkeys(kept, "kept")


def test_the_streak_follows_the_rules_of_the_day() -> None:
    one = fold([event("lesson", "x", NOON + n * DAY) for n in range(5)], TWO_SETS)
    assert one.streak(NOON + 1 * DAY) == 2
    assert (
        one.streak(NOON + 3 * DAY) == 2
    )  # from the 3rd on a day needs two lessons, and one miss is forgiven
    assert one.streak(NOON + 4 * DAY) == 0
    assert Progress([]).streak(NOON) == 0


def test_any_lesson_keeps_the_streak() -> None:
    poor = fold([event("lesson", "x", NOON, right=0, asked=20)], RULES)
    assert poor.streak(NOON + 11 * HOUR) == 1
    idle = fold([event("open", "", NOON), event("idiom", "x", NOON)], RULES)
    assert idle.streak(NOON) == 0


@calm
@given(st.sets(st.integers(-40, 40)), st.integers(-40, 42))
def test_a_streak_is_never_longer_than_its_lessons(days: set[int], today: int) -> None:
    progress = lessons(*sorted(days))
    now = NOON + (today - 1) * DAY
    streak = progress.streak(now)
    assert 0 <= streak <= sum(one <= today for one in days)
    assert lessons(*sorted(days | {today})).streak(now) >= max(1, streak)
