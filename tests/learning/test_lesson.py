import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.learning.exercise import Exercise, Outcome
from game.learning.lesson import RETURNS, Lesson, Step, plan
from tests.learning.helpers import CHARACTERS, Carved, calm, library

LIBRARY = library()
KNOWN = st.sets(st.sampled_from(list(CHARACTERS)))
UNITS = {unit.id: unit for unit in LIBRARY.units}


def give(lesson: Lesson, right: bool) -> Outcome:
    """Answers the present step, rightly or wrongly."""
    step = lesson.step
    assert step is not None
    if step.kind == "carve":
        return lesson.answer(Carved(88 if right else 31, right))
    if step.kind == "meet":
        return lesson.answer(0)
    (answer,) = step.answer
    return lesson.answer(answer if right else (answer + 1) % len(step.options))


def play(lesson: Lesson, right: bool = True) -> list[Exercise]:
    seen = []
    while (step := lesson.step) is not None:
        seen.append(step)
        give(lesson, right)
    return seen


@pytest.mark.parametrize("unit", ["sky", "four"])
@pytest.mark.parametrize("seed", range(12))
def test_a_lesson_meets_tells_and_carves_each_character(unit: str, seed: int) -> None:
    steps = play(Lesson(LIBRARY, UNITS[unit], Random(seed)))
    characters = UNITS[unit].characters
    assert len(steps) == 4 * len(characters)
    place = {(one.kind, one.skill, one.subject): i for i, one in reversed(list(enumerate(steps)))}
    for i, char in enumerate(characters):
        met, read, carved = place["meet", "", char], place["choose", "read", char], place["carve", "", char]
        assert met < read < carved
        between = [one.subject for one in steps[met:carved] if one.subject != char]
        assert len(between) == (i >= 2)  # from the third on, one earlier character is mixed in
        assert set(between) <= set(characters[: max(0, i - 1)])
    assert [one.skill for one in steps[-2:]] == ["mean", "sound"]
    assert len({one.subject for one in steps[-2:]}) == 2
    assert sum(one.skill in ("mean", "sound", "part") for one in steps) == len(characters)
    assert all(one.lit for one in steps if one.skill == "part")


def test_what_is_known_is_not_introduced_again() -> None:
    steps = play(Lesson(LIBRARY, UNITS["sky"], Random(1), known={"月", "木"}))
    assert {one.subject for one in steps if one.kind == "meet"} == {"日", "目", "人"}
    assert {one.subject for one in steps if one.kind == "carve"} == set("日月目木人")


def test_what_has_no_oracle_form_is_not_carved() -> None:
    steps = play(Lesson(LIBRARY, UNITS["bare"], Random(1)))
    assert {one.kind for one in steps} == {"meet", "choose"}
    one = play(Lesson(LIBRARY, UNITS["one"], Random(1)))
    assert [step.kind for step in one] == ["meet", "choose", "carve", "choose"]


def test_a_lesson_follows_from_its_chance_and_the_answers() -> None:
    def seen(known: Any) -> list[Exercise]:
        return play(Lesson(LIBRARY, UNITS["sky"], Random(9), known), right=False)

    assert seen({"林", "休", "大"}) == seen(["大", "林", "休"])
    orders = {
        str([(e.subject, e.options) for e in play(Lesson(LIBRARY, UNITS["sky"], Random(n)))])
        for n in range(5)
    }
    assert len(orders) == 5


def test_looking_at_a_step_changes_nothing() -> None:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(2))
    give(lesson, True)
    assert lesson.step is lesson.step
    assert lesson.position == (1, 20)


def test_the_events_of_a_lesson() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(3))
    assert give(lesson, True) == Outcome(True, None, (), False)
    answered = give(lesson, True)
    assert answered.events == (("answer", "日", {"skill": "read", "right": True}),)
    assert answered.explain is not None
    carved = give(lesson, True)
    assert carved == Outcome(True, None, (("carving", "日", {"score": 88, "passed": True}),), False)
    last = give(lesson, True)
    assert last.finished
    assert last.events == (
        ("answer", "日", {"skill": "mean", "right": True}),
        ("lesson", "one", {"right": 3, "asked": 3, "characters": ["日"]}),
    )
    assert lesson.step is None
    with pytest.raises(ValueError, match="over"):
        lesson.answer(0)


def test_a_miss_comes_back_as_the_second_step_after_in_another_guise() -> None:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(4))
    give(lesson, True)
    missed = lesson.step
    assert not give(lesson, False).right
    assert lesson.position == (2, 21)
    give(lesson, True)
    back = lesson.step
    assert missed is not None
    assert back is not None
    assert (back.kind, back.subject, back.attempt) == ("choose", missed.subject, 1)
    assert (missed.skill, back.skill) == ("read", "mean")


def test_a_missed_carving_comes_back_as_a_carving() -> None:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(4))
    give(lesson, True)
    give(lesson, True)
    assert not give(lesson, False).right
    give(lesson, True)
    back = lesson.step
    assert back is not None
    assert (back.kind, back.subject, back.attempt) == ("carve", "日", 1)


def test_only_first_answers_count() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(3))
    give(lesson, True)
    for right in (False, True, True, True):
        give(lesson, right)
    assert lesson.step is None
    assert (lesson.right, lesson.asked) == (2, 3)


@calm
@given(
    st.sampled_from(sorted(UNITS)),
    st.integers(0, 2**32),
    KNOWN,
    st.lists(st.booleans()),
    st.booleans(),
)
def test_any_answers_come_to_an_end(
    unit: str, seed: int, known: set[str], rights: list[bool], rest: bool
) -> None:
    lesson = Lesson(LIBRARY, UNITS[unit], Random(seed), known)
    planned = lesson.position[1]
    events: list[Any] = []
    given = iter(rights)
    count = 0
    while lesson.step is not None:
        outcome = give(lesson, next(given, rest))
        events += outcome.events
        count += 1
        assert count <= planned * (1 + RETURNS)
        assert outcome.finished == (lesson.step is None)
        done, total = lesson.position
        assert done == count <= total
    assert [kind for kind, *_ in events].count("lesson") == 1
    kind, subject, result = events[-1]
    assert (kind, subject) == ("lesson", unit)
    assert 0 <= result["right"] <= result["asked"] <= planned
    assert result["characters"] == list(UNITS[unit].characters)


@calm
@given(
    st.integers(0, 2**32), st.lists(st.booleans(), max_size=30), st.sets(st.sampled_from(list(CHARACTERS)))
)
def test_a_lesson_can_be_left_and_taken_up_anywhere(seed: int, rights: list[bool], known: set[str]) -> None:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(seed), known)
    for right in rights:
        if lesson.step is None:
            break
        text = lesson.to_json()
        assert "\n" not in text
        resumed = Lesson.from_json(text, library())
        assert resumed is not None
        assert resumed.step == lesson.step
        assert resumed.position == lesson.position
        assert resumed.to_json() == text
        assert give(resumed, right) == give(lesson, right)
        assert resumed.to_json() == lesson.to_json()


def left(**changes: Any) -> str:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(1))
    give(lesson, True)
    return json.dumps({**json.loads(lesson.to_json()), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 50_000,
        left(version=2),
        left(unit="gone"),
        left(known=None),
        left(seed="x"),
        left(at=99),
        left(at=-1),
        left(at="1"),
        left(steps=[["meet"]]),
        left(steps=[["meet", "鹿"]], at=0),
        left(steps=[["dance", "日"]], at=0),
        left(steps=[["choose", "人", "part"]], at=0),
        left(steps=[["choose", "日", "read", 9]], at=0),
        left(steps=[["choose", "日", ["read"]]], at=0),
    ],
)
def test_a_lesson_that_cannot_go_on_is_none(text: str) -> None:
    assert Lesson.from_json(text, LIBRARY) is None


def test_a_glyph_taken_out_of_the_game_stops_its_lesson() -> None:
    text = left()
    assert Lesson.from_json(text, LIBRARY) is not None
    assert Lesson.from_json(text, library(glyphs={})) is None
    assert Lesson.from_json(left(known=["鹿"]), LIBRARY) is not None


def test_one_may_carve_again() -> None:
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(4))
    with pytest.raises(ValueError, match="no carving"):
        lesson.again(Carved(90, True))
    give(lesson, True)
    with pytest.raises(ValueError, match="no carving"):
        lesson.again(Carved(90, True))
    give(lesson, True)
    give(lesson, False)
    before = lesson.step
    assert lesson.position == (3, 21)
    assert lesson.again(Carved(40, False)).events == (("carving", "日", {"score": 40, "passed": False}),)
    assert lesson.position == (3, 21)
    again = lesson.again(Carved(77, True))
    assert again == Outcome(True, None, (("carving", "日", {"score": 77, "passed": True}),), False)
    assert lesson.position == (3, 20)  # and so it need not come back
    assert lesson.step == before
    assert [one.attempt for one in play(lesson)].count(1) == 0


def test_carving_again_may_be_the_end() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(1))
    lesson._steps = [Step("carve", "日")]
    assert not give(lesson, False).finished
    ended = lesson.again(Carved(80, True))
    assert ended.finished
    assert [kind for kind, *_ in ended.events] == ["carving", "lesson"]
    assert [kind for kind, *_ in lesson.again(Carved(90, True)).events] == ["carving"]
    resumed = Lesson.from_json(lesson.to_json(), LIBRARY)
    assert resumed is not None
    assert resumed.step is None


def test_a_plan_is_four_steps_a_character() -> None:
    assert [len(plan(LIBRARY, UNITS[id], Random(0))) for id in ("sky", "four", "bare", "one")] == [
        20,
        16,
        9,
        4,
    ]
