from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.model import REGULAR, Words
from game.learning.exercise import judge
from game.learning.quiz import carvable, challenge, distractors, part_name, recognise, skills, uses
from tests.learning.helpers import CHARACTERS, GLYPHS, UNALIKE, calm, library

LIBRARY = library()
ANY = st.sampled_from(list(CHARACTERS))
RANDOMS = st.randoms(use_true_random=False)


@calm
@given(ANY, st.integers(0, 12), RANDOMS, st.sampled_from(["shape", "meaning", "sound"]))
def test_wrong_answers_are_wrong_and_differ(char: str, n: int, rng: Random, by: str) -> None:
    chosen = distractors(LIBRARY, char, n, rng, by)
    assert len(chosen) <= n
    everyone = [char, *chosen]
    assert len(set(everyone)) == len(everyone)
    for i, one in enumerate(everyone):
        for other in everyone[:i]:
            here, there = LIBRARY.character(one), LIBRARY.character(other)
            assert here.gloss != there.gloss
            assert {one, other} not in ({"日", "白"}, {"日", "昼"}, {"国", "或"}, {"月", "夕"})
            if by == "sound":
                assert here.pinyin != there.pinyin


@pytest.mark.parametrize("seed", range(20))
def test_like_characters_come_first(seed: int) -> None:
    assert set(distractors(LIBRARY, "日", 2, Random(seed), "shape")) == {"目", "月"}
    assert distractors(LIBRARY, "人", 1, Random(seed), "meaning") == ["大"]  # 大 says that it is like 人
    assert set(distractors(LIBRARY, "木", 2, Random(seed), "shape")) == {"林", "休"}
    assert distractors(LIBRARY, "林", 1, Random(seed), "meaning") == ["木"]
    assert distractors(LIBRARY, "木", 1, Random(seed), "meaning") == ["林"]
    assert distractors(LIBRARY, "木", 3, Random(seed), "sound", ["人"])[2] == "人"  # 目 sounds the same


def test_among_equals_the_player_has_met_some() -> None:
    for seed in range(20):
        assert distractors(LIBRARY, "或", 2, Random(seed), "shape", pool={"人", "林"}) in (
            ["人", "林"],
            ["林", "人"],
        )


def test_regular_script_never_stands_among_drawn_glyphs() -> None:
    assert "党" not in distractors(LIBRARY, "人", 99, Random(1), "shape")
    assert "党" in distractors(LIBRARY, "人", 99, Random(1), "meaning")
    assert set(distractors(LIBRARY, "党", 99, Random(1), "shape")) == {"红", "桥"}


def test_chance_comes_only_from_the_source_given() -> None:
    one = [recognise(LIBRARY, "日", "read", {"月", "木", "人"}, Random(5)) for _ in range(2)]
    assert one[0] == one[1]
    several = {str(recognise(LIBRARY, "日", "read", (), Random(seed)).options) for seed in range(9)}
    assert len(several) > 1


@calm
@given(ANY, RANDOMS)
def test_every_question_has_its_answer_among_the_options(char: str, rng: Random) -> None:
    for skill in skills(LIBRARY, char):
        exercise = recognise(LIBRARY, char, skill, [], rng)
        assert (exercise.kind, exercise.subject, exercise.skill) == ("choose", char, skill)
        assert 2 <= len(exercise.options) <= 4
        assert len(set(exercise.options)) == len(exercise.options)
        (right,) = exercise.answer
        assert judge(exercise, right)[0]
        option = exercise.options[right]
        if skill == "read":
            assert option.text == LIBRARY.character(char).gloss
        elif skill == "part":
            assert exercise.lit in GLYPHS[char]["oracle"]["parts"]
            assert option.text == part_name(LIBRARY, exercise.lit or "")
        else:
            assert option.glyph == char
            assert option.shape == (0 if carvable(LIBRARY, char) else REGULAR)
        assert (exercise.lit is not None) == (skill == "part")


def test_the_words_of_a_question() -> None:
    read = recognise(LIBRARY, "日", "read", (), Random(0))
    assert read.prompt == Words("这个字是什么意思？", "What does it mean?")
    assert read.explain == Words("日（rì）：因为太阳；一天", "日 (rì), sun; day: because sun; day")
    assert recognise(LIBRARY, "日", "mean", (), Random(0)).prompt.zh == "哪个是“太阳；一天”？"
    assert recognise(LIBRARY, "日", "sound", (), Random(0)).prompt.en == "Which is read rì?"
    assert (
        recognise(LIBRARY, "党", "read", (), Random(0)).prompt.en == "What does 党 mean?"
    )  # no glyph to show


def test_parts_are_asked_for_where_they_can_be_told_apart() -> None:
    assert skills(LIBRARY, "日") == ("read", "mean", "sound", "part")
    for char in ("人", "党", "桥", "林"):  # one part; no glyph; no oracle form; two parts of one name
        assert skills(LIBRARY, char) == ("read", "mean", "sound")
        with pytest.raises(ValueError, match="no parts to ask for"):
            recognise(LIBRARY, char, "part", (), Random(0))
    assert len(recognise(LIBRARY, "大", "part", (), Random(0)).options) == 4  # of five parts
    with pytest.raises(ValueError, match="not a skill: dance"):
        recognise(LIBRARY, "日", "dance", (), Random(0))


def test_the_names_of_parts() -> None:
    assert part_name(LIBRARY, "rim") == Words("外圈", "rim")
    assert part_name(LIBRARY, "木") == Words("木", "木 tree")
    assert part_name(LIBRARY, "roots") == Words("roots", "roots")
    assert part_name(LIBRARY, "㫃") == Words("㫃", "㫃")


def test_what_was_never_carved_is_asked_in_regular_script() -> None:
    for skill in ("mean", "sound"):
        made = recognise(LIBRARY, "党", skill, (), Random(0))
        assert len(made.options) == 4
        assert {option.shape for option in made.options} == {REGULAR}
    assert recognise(LIBRARY, "党", "mean", (), Random(0)).prompt.zh == "“政党”是哪个？"


def test_the_same_word_in_another_shape() -> None:
    small = library(glyphs=UNALIKE)
    assert "same" in uses(small, "日")
    assert "same" not in uses(small, "月"), "no eye could tell"
    assert uses(small, "目") == ()
    for seed in range(9):
        made = recognise(small, "日", "same", (), Random(seed))
        assert (made.kind, made.subject, made.skill) == ("choose", "日", "same")
        (right,) = made.answer
        assert (made.options[right].glyph, made.options[right].shape) == ("日", 1)
        others = [option.glyph for option in made.options if option is not made.options[right]]
        assert len(set(others)) == len(others) == 3
        assert "日" not in others
        assert judge(made, right) == (True, (("answer", "日", {"skill": "same", "right": True}),))
    with pytest.raises(ValueError, match="nothing to ask same of"):
        recognise(small, "目", "same", (), Random(0))


def test_nothing_that_passes_for_the_right_shape_is_offered() -> None:
    twin = {**UNALIKE, "白": {"oracle": UNALIKE["日"]["variants"][0]}}
    for seed in range(9):
        made = recognise(library(glyphs=twin), "日", "same", (), Random(seed))
        assert "白" not in {option.glyph for option in made.options}


def test_where_a_character_is_used_today() -> None:
    small = library(glyphs=UNALIKE)
    assert "word" in uses(small, "日")
    assert uses(LIBRARY, "林") == (), "its only word is itself"
    assert "word" not in uses(LIBRARY, "党"), "there is no old glyph to show"
    for seed in range(9):
        made = recognise(small, "日", "word", (), Random(seed))
        words = [option.text.zh for option in made.options if option.text]
        assert len(words) == len(set(words)) == 4
        assert ["日" in word for word in words].count(True) == 1
        assert "日" in words[made.answer[0]]
        assert made.explain == Words("日：日出、生日", "日: 日出, 生日")


def test_only_oracle_forms_are_carved() -> None:
    assert [char for char in CHARACTERS if not carvable(LIBRARY, char)] == ["党", "红", "桥"]


def test_a_small_library_offers_what_it_has() -> None:
    assert distractors(library(["日"]), "日", 3, Random(0)) == []
    assert len(recognise(library(["日", "月"]), "日", "read", (), Random(0)).options) == 2


@calm
@given(st.lists(ANY, max_size=9), st.integers(0, 12), RANDOMS)
def test_a_challenge_asks_about_what_was_met(pool: list[str], n: int, rng: Random) -> None:
    asked = challenge(LIBRARY, pool, n, rng)
    assert len(asked) == min(n, len(set(pool)))
    assert {one.subject for one in asked} <= set(pool)
    assert len({one.subject for one in asked}) == len(asked)
