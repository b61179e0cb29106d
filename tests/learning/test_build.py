from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.learning.build import WRONG, build, buildable
from game.learning.exercise import judge
from tests.learning.helpers import CHARACTERS, calm, library

LIBRARY = library()


def test_what_can_be_put_together() -> None:
    assert [char for char in CHARACTERS if buildable(LIBRARY, char)] == ["林", "休"]
    many = {**CHARACTERS, "林": {**CHARACTERS["林"], "components": ["木"] * 4}}
    assert not buildable(library(characters=many), "林")
    itself = {**CHARACTERS, "林": {**CHARACTERS["林"], "components": ["林"]}}
    assert not buildable(library(characters=itself), "林")
    undrawn = {**CHARACTERS, "林": {**CHARACTERS["林"], "components": ["木", "党"]}}
    assert not buildable(library(characters=undrawn), "林")
    with pytest.raises(ValueError, match="cannot be put together"):
        build(LIBRARY, "日", (), Random(0))


@calm
@given(st.sampled_from("林休"), st.randoms(use_true_random=False), st.sets(st.sampled_from(list(CHARACTERS))))
def test_only_the_components_are_right(char: str, rng: object, pool: set[str]) -> None:
    assert isinstance(rng, Random)
    made = build(LIBRARY, char, pool, rng)
    assert (made.kind, made.subject, made.skill) == ("build", char, "build")
    on = [str(option.glyph) for option in made.options]
    assert sorted(on[i] for i in made.answer) == sorted(CHARACTERS[char]["components"])
    wrong = [one for i, one in enumerate(on) if i not in made.answer]
    assert len(wrong) == WRONG
    assert len(set(wrong)) == len(wrong)
    assert not set(wrong) & {"木", "林", "休", "人", char} - (set("人") if char == "林" else set())
    assert judge(made, made.answer) == (True, (("answer", char, {"skill": "build", "right": True}),))
    assert judge(made, made.answer[::-1])[0], "in any order"
    assert not judge(made, made.answer[:1])[0]
    bad = on.index(wrong[0])
    assert not judge(made, (made.answer[0], bad))[0]


def test_one_component_hides_among_three_others() -> None:
    one = {**CHARACTERS, "休": {**CHARACTERS["休"], "components": ["木"]}}
    made = build(library(characters=one), "休", (), Random(1))
    assert len(made.options) == 4
    assert made.prompt.zh == "“休”里有哪个？"
    assert len(made.answer) == 1


def test_an_older_headword_counts_as_inside() -> None:
    chars = {
        **CHARACTERS,
        "国": {**CHARACTERS["国"], "components": ["人"], "made": "compound"},
        "或": {**CHARACTERS["或"], "components": ["大"]},
    }
    small = library(characters=chars)
    for seed in range(9):
        on = {option.glyph for option in build(small, "国", (), Random(seed)).options}
        assert not on & {"或", "大", "国"}


def test_what_looks_like_a_component_tempts_first() -> None:
    for seed in range(9):
        on = {option.glyph for option in build(LIBRARY, "休", (), Random(seed)).options}
        assert on <= {"人", "木", "日", "月", "目", "夕", "白", "昼", "大", "国", "或"}
