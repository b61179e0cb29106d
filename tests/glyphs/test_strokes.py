"""The regression cases themselves: the same each time, of every kind; and the plain matcher beside them."""

from collections.abc import Sequence
from pathlib import Path

from game.content.source import load_library
from game.workshop.strokes import recorded
from game.workshop.strokes.case import KINDS, Case, judged
from game.workshop.strokes.fixed_order import FixedOrder, frechet
from game.workshop.strokes.made import cases, known_forms

FORMS = known_forms(load_library(Path(__file__).parents[2]))


def test_cases_are_many_of_every_kind_and_the_same_each_time() -> None:
    made = list(cases(FORMS, every=13))
    assert len(made) >= 300
    assert {case.kind for case in made} == set(KINDS)
    assert made == list(cases(FORMS, every=13))


def wrong(made: Sequence[Case]) -> float:
    """The share of cases judged wrongly."""
    return sum(not judged(case, FORMS[case.char]) for case in made) / len(made)


def test_verdicts_are_right() -> None:
    """On a sample and all that were recorded; `build.py bench grader` has the figures over the whole set."""
    assert wrong([*cases(FORMS, every=13), *recorded.read(FORMS)]) <= 0.02


def test_a_steady_hand_is_not_refused() -> None:
    assert wrong(list(cases(FORMS, ("jitter",), every=2))) < 0.02


def test_another_character_does_not_pass() -> None:
    assert wrong(list(cases(FORMS, ("wrong",), every=2))) < 0.01


def test_the_plain_matcher_wants_order_and_direction() -> None:
    bar, post = [(10.0, 50.0), (90.0, 50.0)], [(50.0, 10.0), (50.0, 90.0)]
    assert frechet(bar, bar) == 0
    matcher = FixedOrder([bar, post], 1)
    assert not matcher.cut(post)
    assert not matcher.cut(bar[::-1])
    assert matcher.cut(bar)
    assert matcher.cut(post)
    assert matcher.complete
