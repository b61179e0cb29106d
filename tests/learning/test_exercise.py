from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.model import Option, Question, Words
from game.learning.exercise import Exercise, judge, phrase, shuffled
from tests.learning.helpers import Carved, calm, library

PROMPT = Words("问", "ask")
WHY = Words("因为", "because")


def question(kind: str, options: str, answer: tuple[int, ...]) -> Question:
    return Question(kind, PROMPT, tuple(Option(None, one) for one in options), answer, WHY, "")


@calm
@given(st.sampled_from(["choose", "fill"]), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_shuffled_choice_has_the_same_answer(kind: str, answer: int, rng: Random) -> None:
    exercise = shuffled(question(kind, "日月山水", (answer,)), rng, "level")
    assert sorted(str(one.glyph) for one in exercise.options) == sorted("日月山水")
    assert exercise.options[exercise.answer[0]].glyph == "日月山水"[answer]
    assert (exercise.kind, exercise.subject) == ("choose", "level")
    assert exercise.skill == ("fill" if kind == "fill" else "")
    assert (exercise.prompt, exercise.explain) == (PROMPT, WHY)
    assert judge(exercise, exercise.answer[0]) == (True, ())
    assert judge(exercise, (exercise.answer[0] + 1) % 4) == (False, ())


@calm
@given(st.lists(st.sampled_from("日月山步"), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_things_to_order_are_never_in_order_already(glyphs: list[str], rng: Random) -> None:
    exercise = shuffled(question("order", "".join(glyphs), tuple(range(len(glyphs)))), rng)
    assert [exercise.options[one].glyph for one in exercise.answer] == glyphs
    if len(set(glyphs)) > 1:
        assert [one.glyph for one in exercise.options] != glyphs
    assert judge(exercise, exercise.answer)[0]
    if len(glyphs) > 1:
        assert judge(exercise, exercise.answer[:-1]) == (False, ())
        assert judge(exercise, (0,) * len(glyphs)) == (False, ())


def test_equal_things_may_change_places() -> None:
    exercise = shuffled(question("order", "步步高升", (0, 1, 2, 3)), Random(1))
    first, second, *rest = exercise.answer
    assert judge(exercise, (second, first, *rest))[0]
    assert not judge(exercise, (second, rest[0], first, rest[1]))[0]


def test_what_an_answer_records() -> None:
    about = Exercise("choose", "鹿", "mean", PROMPT, (Option(None, "鹿"), Option(None, "马")), (0,))
    assert judge(about, 0) == (True, (("answer", "鹿", {"skill": "mean", "right": True}),))
    assert judge(about, 1) == (False, (("answer", "鹿", {"skill": "mean", "right": False}),))
    assert judge(about, 7) == (False, (("answer", "鹿", {"skill": "mean", "right": False}),))
    carve = Exercise("carve", "鹿", "", PROMPT)
    assert judge(carve, Carved(83, True)) == (True, (("carving", "鹿", {"score": 83, "passed": True}),))
    assert judge(Exercise("meet", "鹿", "", PROMPT), 0) == (True, ())


def test_the_wrong_sort_of_answer_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="index"):
        judge(Exercise("choose", "鹿", "mean", PROMPT), Carved(1, True))
    with pytest.raises(TypeError, match="verdict"):
        judge(Exercise("carve", "鹿", "", PROMPT), 0)


def test_a_phrase_is_filled_in_in_both_languages() -> None:
    small = library()
    gloss = Words("鹿", "deer")
    assert phrase(small, "exercise.mean", gloss=gloss) == Words("哪个是“鹿”？", "Which is “deer”?")
    assert phrase(small, "exercise.sound", pinyin="lù") == Words("哪个读 lù？", "Which is read lù?")
    assert phrase(small, "no.such") == Words("no.such", "no.such")
