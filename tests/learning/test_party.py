"""Periods, orders in time, which character and which place, the ten-question test."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from game.content.library import Library
from game.content.model import PartyLevel, Words
from game.content.source import load_library
from game.learning.party import (
    PERIODS,
    QUESTIONS,
    TEST,
    by_period,
    in_order,
    period_of,
    period_round,
    ten_questions,
    which,
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Path(__file__).parents[2])


def made(level: PartyLevel, id: str, date: str, place: str = "某地", char: str = "人") -> PartyLevel:
    """The level under another name, date, place and character."""
    title, where = Words(f"事{id}", f"event {id}"), Words(place, f"place {place}")
    return replace(level, id=id, title=title, date_from=date, place=where, character=char)


@pytest.fixture(scope="module")
def level(library: Library) -> PartyLevel:
    return library.party_level("red-boat-1921")


@pytest.mark.parametrize(
    ("date", "period"),
    [
        ("1921-07-23", "1921"),
        ("1927-08-01", "1927"),
        ("1927-04", "1921"),
        ("1936", "1927"),
        ("1937", "1937"),
        ("1945-08-15", "1937"),
        ("1949-10-01", "1949"),
        ("1978-12", "1978"),
        ("2022-10-28", "2012"),
        ("1919", "1921"),
    ],
)
def test_a_level_belongs_to_the_period_it_began_in(level: PartyLevel, date: str, period: str) -> None:
    assert period_of(made(level, "a", date)).id == period


def test_levels_stand_in_order_of_time_by_period(library: Library) -> None:
    grouped = by_period(library.party_history)
    dates = [level.date_from for _, levels in grouped for level in levels]
    assert sorted(dates) == dates or len({len(d) for d in dates}) > 1
    assert sum(len(levels) for _, levels in grouped) == len(library.party_history)
    assert [period for period, _ in grouped] == [p for p in PERIODS if p in dict(grouped)]


def test_events_to_order_are_never_given_in_order_nor_at_one_time(
    library: Library, level: PartyLevel
) -> None:
    levels = [made(level, str(i), f"19{20 + i // 2}-0{1 + i % 2}") for i in range(8)]
    for seed in range(30):
        exercise = in_order(library, [*levels, made(level, "year", "1920")], Random(seed))
        assert exercise is not None
        titles = [o.text.zh for o in exercise.options if o.text]
        dates = {f"事{one.id}": one.date_from for one in levels} | {"事year": "1920"}
        right = [dates[titles[i]] for i in exercise.answer]
        assert right == sorted(right)
        assert len({d[:4] for d in right if d[:4] == "1920"}) <= 1 or "事year" not in titles
        assert list(exercise.answer) != sorted(exercise.answer)
    assert in_order(library, levels[:2], Random(0)) is None


def test_wrong_places_and_characters_are_surely_wrong(library: Library, level: PartyLevel) -> None:
    own = made(level, "own", "1930", "江西井冈山", "井")
    others = [
        made(level, "a", "1931", "江西瑞金", "土"),
        made(level, "b", "1932", "陕西延安", "安"),
        made(level, "c", "1933", "河南兰考", "木"),
        made(level, "d", "1934", "贵州遵义", "井"),
    ]
    where = which(library, own, others, "place", Random(1))
    assert where is not None
    offered = {o.text.zh for o in where.options if o.text}
    assert "江西瑞金" not in offered
    assert "江西井冈山" in offered
    char = which(library, own, others, "character", Random(1))
    assert char is not None
    assert [o.text.zh for o in char.options if o.text].count("井") == 1
    assert which(library, own, others[:1], "character", Random(1)) is None


def test_a_period_round_and_the_test_can_be_answered(library: Library) -> None:
    for period, levels in by_period(library.party_history):
        round_ = period_round(library, levels, period, Random(2))
        while round_.step is not None:
            answer = round_.step.answer
            outcome = round_.answer(answer if round_.step.kind == "order" else answer[0])
            assert outcome.right
        assert outcome.events[-1][:2] == ("party_history", f"period:{period.id}")
    test = ten_questions(library.party_history, Random(3))
    assert test.subject == TEST
    assert len(test.exercises) == min(QUESTIONS, sum(len(one.questions) for one in library.party_history))
    subjects = [exercise.subject for exercise in test.exercises]
    if len(library.party_history) >= QUESTIONS:
        assert len(set(subjects)) == QUESTIONS
    for exercise in test.exercises:
        title = library.party_level(exercise.subject).title.zh
        assert exercise.prompt.zh.startswith(title)
