import json
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.learning.build import buildable
from game.learning.course import Step, plan
from game.learning.exercise import Exercise, Helped, Outcome
from game.learning.lesson import RETURNS, Lesson
from game.learning.quiz import skills, uses
from tests.learning.helpers import CHARACTERS, Carved, calm, library

LIBRARY = library()
KNOWN = st.sets(st.sampled_from(list(CHARACTERS)))
DUE = [("林", "mean"), ("夕", "carve"), ("白", "read"), ("昼", "read")]
UNITS = {unit.id: unit for unit in LIBRARY.units}


def give(lesson: Lesson, right: bool) -> Outcome:
    """Answers the present step, rightly or wrongly."""
    step = lesson.step
    assert step is not None
    if step.kind == "carve":
        return lesson.answer(Carved(88 if right else 31, right))
    if step.kind == "meet":
        return lesson.answer(0)
    if step.kind == "build":
        wrong = tuple(i for i in range(len(step.options)) if i not in step.answer)
        return lesson.answer(step.answer if right else (*step.answer[1:], wrong[0]))
    (answer,) = step.answer
    return lesson.answer(answer if right else (answer + 1) % max(2, len(step.options)))


def play(lesson: Lesson, right: bool = True) -> list[Exercise]:
    seen = []
    while (step := lesson.step) is not None:
        seen.append(step)
        give(lesson, right)
    return seen


@pytest.mark.parametrize("unit", ["sky", "four"])
@pytest.mark.parametrize("seed", range(6))
def test_a_lesson_gives_each_character_all_its_steps(unit: str, seed: int) -> None:
    steps = play(Lesson(LIBRARY, UNITS[unit], Random(seed)))
    for char in UNITS[unit].characters:
        mine = [(one.kind, one.skill) for one in steps if one.subject == char]
        order = [("meet", ""), ("choose", "read"), ("carve", ""), ("carve", "memory")]
        assert [one for one in mine if one in order] == order
        if "part" in skills(LIBRARY, char):
            assert mine[:3] == [("meet", ""), ("choose", "part"), ("choose", "read")]
        assert {("choose", "mean"), ("choose", "sound")} & set(mine)
        can = {"build"} if buildable(LIBRARY, char) else set(uses(LIBRARY, char))
        assert len(can & {skill for _, skill in mine}) == bool(can)
        at = [i for i, one in enumerate(steps) if one.subject == char and one.kind == "carve"]
        assert at[1] - at[0] > 2  # something else to think of before it comes from memory


def test_whoever_is_sure_is_spared_the_third_way() -> None:
    sure = play(Lesson(LIBRARY, UNITS["sky"], Random(3)))
    ways = [{one.skill for one in sure if one.subject == char} for char in UNITS["sky"].characters]
    assert [len(one & {"mean", "sound"}) for one in ways] == [1] * 5
    assert {"mean", "sound"} <= set().union(*ways)
    lesson = Lesson(LIBRARY, UNITS["bare"], Random(3))
    seen = []
    while (step := lesson.step) is not None:
        seen.append((step.subject, step.skill, step.attempt))
        give(lesson, step.skill != "read" or step.subject != "党" or step.attempt > 0)
    asked = [skill for char, skill, _ in seen if char == "党"]
    assert asked == ["", "read", "mean", "mean"] or asked == ["", "read", "mean", "sound"]


def test_what_is_known_is_not_introduced_again() -> None:
    steps = play(Lesson(LIBRARY, UNITS["sky"], Random(1), known={"月", "木"}))
    assert {one.subject for one in steps if one.kind == "meet"} == {"日", "目", "人"}
    for char in "月木":
        mine = [one for one in steps if one.subject == char]
        assert [one.skill for one in mine if one.kind == "carve"] == ["memory"]
        assert 2 <= len(mine) <= 3
    assert {one.subject for one in steps if one.kind == "carve"} == set("日月目木人")


def test_what_has_no_oracle_form_is_not_carved() -> None:
    steps = play(Lesson(LIBRARY, UNITS["bare"], Random(1)))
    assert {one.kind for one in steps} == {"meet", "choose"}
    one = play(Lesson(LIBRARY, UNITS["one"], Random(1)))
    assert [(step.kind, step.skill) for step in one][:4] == [
        ("meet", ""),
        ("choose", "part"),
        ("choose", "read"),
        ("carve", ""),
    ]
    assert one[-1].skill == "memory"


def test_due_reviews_are_mixed_in() -> None:
    due = [("日", "read"), ("林", "mean"), ("gone", "read"), ("休", "carve"), ("大", "sound"), ("国", "read")]
    lesson = Lesson(LIBRARY, UNITS["sky"], Random(3), known="林休大", due=due)
    assert lesson.reviews == ("林", "休", "大")
    steps = play(lesson)
    old = [i for i, one in enumerate(steps) if one.subject in "林休大"]
    assert [(steps[i].subject, steps[i].skill) for i in old] == [
        ("林", "mean"),
        ("休", "memory"),
        ("大", "sound"),
    ]
    assert all(later - earlier > 2 for earlier, later in pairwise(old))
    short = play(Lesson(LIBRARY, UNITS["one"], Random(3), known="林休大", due=due))
    assert [one.subject for one in short if one.subject != "日"] == ["林", "休", "大"]


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
    count = lesson.position[1]
    give(lesson, True)
    assert lesson.step is lesson.step
    assert lesson.position == (1, count)


def test_the_events_of_a_lesson() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(3))
    events: list[Any] = []
    while lesson.step is not None:
        outcome = give(lesson, True)
        events.append(outcome.events)
    assert events[0] == ()
    assert events[1:4] == [
        (("answer", "日", {"skill": "part", "right": True}),),
        (("answer", "日", {"skill": "read", "right": True}),),
        (("carving", "日", {"score": 88, "passed": True}),),
    ]
    assert events[-1] == (
        ("carving", "日", {"score": 88, "passed": True, "memory": True}),
        ("lesson", "one", {"right": len(events) - 1, "asked": len(events) - 1, "characters": ["日"]}),
    )
    assert outcome.finished
    with pytest.raises(ValueError, match="over"):
        lesson.answer(0)


def to(lesson: Lesson, kind: str, skill: str) -> Exercise:
    """Plays rightly to the first step of a kind and skill."""
    while (step := lesson.step) is not None and (step.kind, step.skill) != (kind, skill):
        give(lesson, True)
    assert step is not None
    return step


@pytest.mark.parametrize(
    ("unit", "kind", "skill", "back"),
    [
        ("sky", "choose", "read", "mean"),
        ("sky", "choose", "mean", "sound"),
        ("sky", "choose", "sound", "read"),
        ("sky", "choose", "part", "read"),
        ("sky", "choose", "word", "read"),
        ("four", "choose", "part", "read"),
        ("four", "build", "build", "part"),
        ("sky", "carve", "", ""),
        ("sky", "carve", "memory", ""),
    ],
)
def test_a_miss_comes_back_as_the_second_step_after_in_another_guise(
    unit: str, kind: str, skill: str, back: str
) -> None:
    lesson = Lesson(LIBRARY, UNITS[unit], Random(4))
    missed = to(lesson, kind, skill)
    count = lesson.position[1]
    assert not give(lesson, False).right
    assert lesson.position[1] == count + 1
    give(lesson, True)
    again = lesson.step
    assert again is not None
    assert (again.subject, again.skill, again.attempt) == (missed.subject, back, 1)


def test_what_is_missed_twice_over_comes_back_once() -> None:
    lesson = Lesson(LIBRARY, UNITS["bare"], Random(4))
    lesson._steps = [Step("choose", "党", "read"), Step("choose", "党", "read"), Step("choose", "红", "read")]
    give(lesson, False)
    give(lesson, False)
    assert [(one.char, one.skill) for one in lesson._steps[2:]] == [("红", "read"), ("党", "mean")]


def test_only_first_answers_count() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(3))
    planned = sum(one.kind != "meet" and not one.spare for one in lesson._steps)
    give(lesson, True)
    give(lesson, False)
    play(lesson)
    assert lesson.asked == planned
    assert lesson.right == planned - 1


def test_the_length_suits_a_child() -> None:
    lengths = [len(plan(LIBRARY, unit, Random(seed))) for unit in LIBRARY.units for seed in range(5)]
    most = max(len(unit.characters) for unit in LIBRARY.units)
    assert max(lengths) <= 8 * most


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
    lesson = Lesson(LIBRARY, UNITS[unit], Random(seed), known, DUE)
    planned = lesson.position[1]
    asked: list[str] = []
    missed: list[int] = []
    events: list[Any] = []
    given = iter(rights)
    count = 0
    while lesson.step is not None:
        step = lesson.step
        assert step is not None
        asked.append(step.subject)
        outcome = give(lesson, next(given, rest))
        events += outcome.events
        count += 1
        if not outcome.right and step.attempt < RETURNS:
            missed.append(count - 1)
        assert count <= planned * (1 + RETURNS)
        assert outcome.finished == (lesson.step is None)
        done, total = lesson.position
        assert done == count <= total
    for i in missed:
        assert asked[i] in asked[i + 1 : i + 3], "a miss comes back as the second step after, or sooner"
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
    lesson = Lesson(LIBRARY, UNITS["four"], Random(seed), known, DUE)
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


@settings(calm, max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 20), st.lists(st.booleans(), max_size=30))
def test_a_lesson_left_in_version_1_goes_on(seed: int, at: int, rights: list[bool]) -> None:
    """Version 1 had steps of four columns, no carving from memory, and neither reviews nor sure."""
    steps = [
        step
        for char in UNITS["sky"].characters
        for step in (["meet", char, "", 0], ["choose", char, "read", 0], ["carve", char, "", 0])
    ]
    steps += [["choose", "日", "mean", 1], ["choose", "木", "sound", 0], ["choose", "日", "part", 2]]
    old = {
        "version": 1,
        "unit": "sky",
        "known": ["林", "大"],
        "seed": seed,
        "steps": steps,
        "at": min(at, len(steps)),
        "right": 3,
        "asked": 4,
        "ended": at >= len(steps),
    }
    lesson = Lesson.from_json(json.dumps(old), LIBRARY)
    assert lesson is not None
    assert lesson.position == (min(at, len(steps)), len(steps))
    assert lesson.reviews == ()
    ahead = steps[at:]
    given = iter(rights)
    first = lesson.step
    assert (first is None) == (not ahead)
    if first is not None:
        assert [first.kind, first.subject, first.skill, first.attempt] == ahead[0]
    while lesson.step is not None:
        outcome = give(lesson, next(given, True))
    resumed = Lesson.from_json(lesson.to_json(), LIBRARY)
    assert resumed is not None
    assert resumed.step is None
    if ahead:
        assert outcome.events[-1][0] == "lesson"
        assert int(str(outcome.events[-1][2]["asked"])) >= 4


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
        left(version=3),
        left(version="1"),
        left(reviews=3),
        left(sure=[1]),
        left(steps=[["choose", "林", "read"]], at=0),
        left(unit="bare", steps=[["carve", "党"]], at=0),
        left(steps=[["choose", "日", "build"]], at=0),
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
    to(lesson, "carve", "")
    at, count = lesson.position
    give(lesson, False)
    before = lesson.step
    assert lesson.position == (at + 1, count + 1)
    assert lesson.again(Carved(40, False)).events == (("carving", "日", {"score": 40, "passed": False}),)
    assert lesson.position == (at + 1, count + 1)
    again = lesson.again(Carved(77, True))
    assert again == Outcome(True, None, (("carving", "日", {"score": 77, "passed": True}),), False)
    assert lesson.position == (at + 1, count)  # and so it need not come back
    assert lesson.step == before
    assert [one.attempt for one in play(lesson)].count(1) == 0


def test_a_carving_from_memory_says_so_unless_it_was_helped() -> None:
    lesson = Lesson(LIBRARY, UNITS["one"], Random(4))
    to(lesson, "carve", "memory")
    first, *_ = lesson.answer(Helped(80, True)).events
    assert first == ("carving", "日", {"score": 80, "passed": True})
    assert lesson.again(Carved(81, True)).events == (
        ("carving", "日", {"score": 81, "passed": True, "memory": True}),
    )


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
