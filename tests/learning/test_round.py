from random import Random

import pytest

from game.content.model import Option, Question, Words
from game.learning.exercise import Exercise
from game.learning.quiz import challenge
from game.learning.round import Round
from tests.learning.helpers import Carved, library

QUESTIONS = [
    Question(
        kind,
        Words("问", "ask"),
        tuple(Option(Words(n, n), None) for n in "abcd"),
        answer,
        Words("因为", "because"),
        "",
    )
    for kind, answer in (("choose", (2,)), ("order", (0, 1, 2, 3)), ("fill", (0,)))
]


def test_a_round_asks_each_question_once_and_tells_its_end() -> None:
    round_ = Round.of("idiom", "zhu-lu", QUESTIONS, Random(1))
    assert round_.position == (0, 3)
    first = round_.step
    assert first is not None
    assert first.subject == "zhu-lu"
    outcome = round_.answer(first.answer[0])
    assert (outcome.right, outcome.explain, outcome.events, outcome.finished) == (
        True,
        Words("因为", "because"),
        (),
        False,
    )
    assert round_.ending is None
    second = round_.step
    assert second is not None
    assert not round_.answer(tuple(reversed(second.answer))).right
    third = round_.step
    assert third is not None
    last = round_.answer(third.answer)
    assert last.finished
    assert last.events == (("idiom", "zhu-lu", {"right": 2, "asked": 3}),)
    assert round_.ending == last.events[0]
    assert round_.position == (3, 3)
    with pytest.raises(ValueError, match="over"):
        round_.answer(0)


def test_a_challenge_records_what_is_known_of_each_character() -> None:
    round_ = Round("quiz", "", challenge(library(), ["日", "月"], 5, Random(2)))
    kinds = []
    while (step := round_.step) is not None:
        kinds += [kind for kind, *_ in round_.answer(step.answer[0]).events]
    assert kinds == ["answer", "answer", "quiz"]
    assert round_.ending == ("quiz", "", {"right": 2, "asked": 2})


def test_a_level_may_have_something_to_carve() -> None:
    round_ = Round("party_history", "x", [Exercise("carve", "舟", "", Words("刻", "carve"))])
    outcome = round_.answer(Carved(66, True))
    assert [kind for kind, *_ in outcome.events] == ["carving", "party_history"]


def test_a_level_without_questions_is_over_at_once() -> None:
    round_ = Round.of("story", "elephants", [], Random(0))
    assert round_.step is None
    assert round_.ending == ("story", "elephants", {"right": 0, "asked": 0})
