"""Badges: what counts, when they are won, and that nothing but the journal decides."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.library import Library
from game.content.source import load_library
from game.journal.event import Event
from game.learning.badges import Badges, badges, since
from game.learning.party import by_period
from tests.learning.helpers import DAY, HOUR, NOON, calm, event, library

WORDS = ["字", "word"]


def rule(what: str, count: int = 1, of: str = "", start: str = "2026-01-01", end: str = "") -> dict[str, Any]:
    """A badge of levels/badges.yaml as it is packed."""
    return {
        "id": f"{what}-{count}",
        "from": start,
        "until": end,
        "what": what,
        "of": of,
        "count": count,
        "glyph": "日",
        "title": WORDS,
        "about": WORDS,
    }


def small(*rules: dict[str, Any]) -> Library:
    """The small library with these badges and a level or two."""
    level: dict[str, Any] = {
        "sources": [],
        "questions": [],
        "script": None,
        "title": WORDS,
        "date": WORDS,
        "place": WORDS,
        "event": WORDS,
        "link": WORDS,
        "at": [1, 1],
        "character": "日",
    }
    party = [
        {**level, "id": "boat", "date_from": "1921-07", "date_to": "1921-07"},
        {**level, "id": "march", "date_from": "1934-10", "date_to": "1936-10"},
    ]
    sections: dict[str, Any] = {
        "idioms": [],
        "stories": [],
        "inscriptions": [],
        "party_history": party,
        "badges": list(rules),
    }
    return library(**sections)


def known(char: str, time: int = NOON, first: int = 1) -> list[Event]:
    """Four right answers both ways."""
    skills = ("read", "read", "mean", "mean")
    return [event("answer", char, time, first + i, skill=s, right=True) for i, s in enumerate(skills)]


def ids(made: Badges) -> list[str]:
    return [one.badge.id for one in made.won]


@pytest.fixture(scope="module")
def real() -> Library:
    return load_library(Path(__file__).parents[2])


def test_every_badge_of_the_game_can_be_won(real: Library) -> None:
    periods = {period.id: len(levels) for period, levels in by_period(real.party_history)}
    assert {one.of for one in real.badges if one.what == "period"} == set(periods), "each period has its own"
    assert all(one.count <= periods[one.of] for one in real.badges if one.what == "period")
    events: list[Event] = []
    for entry in real.characters:
        events += known(entry.char, NOON, len(events) + 1)
        events.append(event("carving", entry.char, NOON, len(events) + 1, score=90, passed=True, memory=True))
    for kind, levels in (
        ("idiom", [one.id for one in real.idioms]),
        ("story", [one.id for one in real.stories]),
        ("inscription", [one.id for one in real.inscriptions]),
        ("party_history", [one.id for one in real.party_history]),
    ):
        events += [event(kind, id, NOON + HOUR, len(events) + i) for i, id in enumerate(levels)]
    events += known(real.characters[0].char, NOON + 8 * DAY, 9000)
    for i, entry in enumerate(real.characters[:10]):
        events += known(entry.char, NOON + 8 * DAY, 9100 + 10 * i)
    made = badges(events, real)
    assert set(ids(made)) == {one.id for one in real.badges}
    assert made.ahead(NOON + 9 * DAY) == []


def test_time_spent_wins_nothing(real: Library) -> None:
    events = [event("open", "", NOON + n * DAY, n + 1) for n in range(300)]
    events += [event("lesson", "sky", NOON + n * HOUR, 400 + n, right=0, asked=9) for n in range(300)]
    events += [event("answer", "日", NOON + n * HOUR, 800 + n, skill="read", right=False) for n in range(300)]
    assert badges(events, real).won == []


def test_a_character_counts_once_and_while_it_is_known() -> None:
    made = Badges(small(rule("known", 2), rule("carved", 1)))
    for one in known("日") + known("日", NOON + 1, 9):
        assert made.apply(one) == []
    assert [step.done for step in made.ahead(NOON)] == [1, 0]
    for i in range(9):
        made.apply(event("answer", "日", NOON + 2, 20 + i, skill="read", right=False))
    for one in known("月", NOON + 3, 40):
        assert made.apply(one) == []  # 日 is no longer known
    last = [made.apply(event("answer", "日", NOON + 4, 50 + i, skill="mean", right=True)) for i in range(9)]
    assert [[badge.id for badge in fresh] for fresh in last if fresh] == [["known-2"]]
    made.apply(event("answer", "月", NOON + 5, 70, skill="mean", right=False))
    assert ids(made) == ["known-2"], "what was won stays"


def test_carved_and_mastered() -> None:
    made = Badges(small(rule("carved"), rule("mastered")))
    for one in known("日"):
        made.apply(one)
    assert made.apply(event("carving", "日", NOON, 9, score=40, passed=False)) == []
    assert [one.id for one in made.apply(event("carving", "日", NOON, 10, score=65, passed=True))] == [
        "carved-1"
    ]
    assert [one.id for one in made.apply(event("carving", "日", NOON, 11, score=80, passed=True))] == [
        "mastered-1"
    ]


def test_from_memory() -> None:
    made = Badges(small(rule("memory")))
    assert made.apply(event("carving", "日", NOON, 1, score=90, passed=True)) == []
    assert made.apply(event("carving", "日", NOON, 2, score=30, passed=False, memory=True)) == []
    assert made.apply(event("answer", "日", NOON, 3, skill="read", right=True, memory=True)) == []
    assert len(made.apply(event("carving", "日", NOON, 4, score=70, passed=True, memory=True))) == 1


def test_recalled_is_a_right_answer_a_week_after() -> None:
    made = Badges(small(rule("recalled", 2)))
    for one in (*known("日"), *known("月", NOON, 9), *known("日", NOON + 6 * DAY, 20)):
        made.apply(one)
    assert made.done(small(rule("recalled", 2)).badges[0]) == 0
    made.apply(event("answer", "日", NOON + 7 * DAY, 30, skill="read", right=False))
    made.apply(event("answer", "日", NOON + 7 * DAY, 31, skill="part", right=True))
    assert [step.done for step in made.ahead(NOON + 7 * DAY)] == [1]
    made.apply(event("answer", "月", NOON + 30 * DAY, 32, skill="mean", right=True))
    assert ids(made) == ["recalled-2"]


def test_levels_count_by_kind_and_period() -> None:
    made = Badges(small(rule("party_history", 2), rule("period", 1, "1927"), rule("story")))
    made.apply(event("party_history", "boat", NOON, 1, right=1, asked=1))
    made.apply(event("party_history", "boat", NOON, 2, right=1, asked=1))
    made.apply(event("party_history", "test", NOON, 3, right=1, asked=1))
    made.apply(event("party_history", "period:1927", NOON, 4, right=1, asked=1))
    made.apply(event("story", "of-another-version", NOON, 5))
    assert ids(made) == []
    made.apply(event("party_history", "march", NOON, 6, right=0, asked=1))
    assert ids(made) == ["party_history-2", "period-1"]


def test_the_dates_of_a_badge() -> None:
    late = rule("carved", 1, start="2026-12-03")
    over = rule("mastered", 1, end="2026-11-30")
    made = Badges(small(late, over))
    cut = event("carving", "日", NOON, 1, score=90, passed=True)
    assert made.apply(cut) == []
    assert [made.ahead(NOON + n * DAY) for n in (0, 1)] == [[], []]
    for one in known("日", NOON + DAY, 5):
        assert made.apply(one) == []
    assert [one.id for one in made.apply(event("open", "", NOON + 2 * DAY, 20))] == ["carved-1"]
    assert made.won[0].time == NOON + 2 * DAY
    assert since(made.won, NOON + 2 * DAY) == [made.won[0].badge]
    assert since(made.won, NOON + 2 * DAY + 1) == []


def test_the_nearest_comes_first() -> None:
    made = Badges(small(rule("known", 10), rule("carved", 4), rule("carved", 2)))
    made.apply(event("carving", "日", NOON, 1, score=90, passed=True))
    assert [(step.badge.id, step.done) for step in made.ahead(NOON)] == [
        ("carved-2", 1),
        ("carved-4", 1),
        ("known-10", 0),
    ]


_rows = st.lists(
    st.tuples(
        st.sampled_from(["answer", "carving", "party_history", "lesson", "open"]),
        st.sampled_from(["日", "月", "boat", "march", ""]),
        st.integers(NOON, NOON + 20 * DAY),
        st.booleans(),
        st.sampled_from(["read", "mean", "sound"]),
    ),
    max_size=60,
)


@calm
@given(_rows, st.randoms(use_true_random=False))
def test_a_replay_gives_the_same_badges_however_the_events_come(rows: Any, random: Any) -> None:
    content = small(
        rule("known"), rule("known", 2), rule("carved", 2), rule("recalled"), rule("period", 1, "1921")
    )
    events = [
        Event(
            "pa" if i % 2 else "pb",
            i + 1,
            time,
            kind,
            subject,
            {"right": right, "passed": right, "skill": skill},
        )
        for i, (kind, subject, time, right, skill) in enumerate(rows)
    ]
    live = Badges(content)
    won = [badge for one in sorted(events, key=lambda one: one.order) for badge in live.apply(one)]
    random.shuffle(events)
    replayed = badges(events, content)
    assert replayed.won == live.won
    assert [one.badge for one in live.won] == won
    assert replayed.ahead(NOON) == live.ahead(NOON)
    assert len(won) == len(set(won))
