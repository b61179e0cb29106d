from random import Random

import pytest

from game.learning.review import REVIEW, choose, review
from game.learning.schedule import Key
from tests.learning.helpers import Carved, library

LIBRARY = library()


def test_a_review_asks_what_is_due_once_and_carves_from_memory() -> None:
    due: list[Key] = [("日", "carve"), ("日", "read"), ("月", "sound"), ("党", "carve"), ("鹿", "read")]
    sitting = review(LIBRARY, due, "日月木人", Random(1))
    assert [(one.kind, one.subject, one.skill) for one in sitting.exercises] == [
        ("carve", "日", "memory"),
        ("choose", "月", "sound"),
    ]
    carved = sitting.answer(Carved(70, True)).events
    assert carved == (("carving", "日", {"score": 70, "passed": True, "memory": True}),)
    last = sitting.answer(sitting.exercises[1].answer[0])
    assert last.finished
    assert last.events[-1] == ("lesson", REVIEW.id, {"right": 2, "asked": 2})


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_no_more_than_wanted(most: int) -> None:
    due: list[Key] = [(char, "read") for char in "日月木"]
    assert choose(LIBRARY, due, most) == due[:most]
