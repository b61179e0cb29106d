from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from game.learning.points import Points, score
from tests.learning.helpers import DAY, NOON, RULES, calm, event

POINTS = Points(RULES)


def test_the_rules_of_the_game_are_those_of_its_design() -> None:
    text = (Path(__file__).parents[2] / "levels" / "points.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(text)
    assert [{**rule, "from": str(rule["from"])} for rule in written] == RULES
    assert Points(written).rule("2026-01-01") == POINTS.rule("2026-01-01")


@pytest.mark.parametrize(
    ("kind", "result", "worth"),
    [
        ("open", {}, 1),
        ("lesson", {"right": 0, "asked": 10}, 1),
        ("lesson", {"right": 1, "asked": 10}, 2),
        ("lesson", {"right": 10, "asked": 10}, 2),
        ("party_history", {"right": 0, "asked": 4}, 2),
        ("party_history", {"right": 1, "asked": 4}, 2),
        ("party_history", {"right": 2, "asked": 4}, 3),
        ("story", {"right": 0, "asked": 0}, 2),
        ("story", {}, 2),
        ("inscription", {"right": 99, "asked": 2}, 3),
        ("inscription", {"right": -5, "asked": 2}, 2),
        ("carving", {"score": 91, "passed": True}, 1),
        ("carving", {"score": 20, "passed": False}, 1),
        ("quiz", {"right": 7}, 7),
        ("quiz", {"right": 7, "asked": 9}, 7),
        ("quiz", {"right": True}, 1),
        ("quiz", {"right": -7}, 0),
        ("quiz", {"right": "many"}, 0),
        ("answer", {"right": True}, 0),
        ("player", {}, 0),
        ("hunt", {"right": 9, "asked": 9}, 0),
    ],
)
def test_what_an_event_is_worth(kind: str, result: dict[str, Any], worth: int) -> None:
    assert POINTS.worth(event(kind, **result)) == worth


@calm
@given(st.integers(0, 50), st.integers(1, 50), st.sampled_from(["lesson", "idiom", "party_history"]))
def test_a_finished_attempt_earns_at_least_half(right: int, asked: int, kind: str) -> None:
    perfect = POINTS.worth(event(kind, right=asked, asked=asked))
    worth = POINTS.worth(event(kind, right=min(right, asked), asked=asked))
    assert perfect / 2 <= worth <= perfect
    assert worth == -(-perfect * (asked + min(right, asked)) // (2 * asked))


def test_the_rules_in_force_on_the_day_count() -> None:
    later = {**RULES[0], "from": "2026-12-02", "kinds": {"lesson": {"points": 5, "cap": 5}}}
    points = Points([later, RULES[0]])
    assert points.worth(event("lesson", time=NOON)) == 2
    assert points.worth(event("lesson", time=NOON + DAY)) == 5
    assert points.worth(event("open", time=NOON + DAY)) == 0
    assert points.worth(event("lesson", time=0)) == 0
    assert points.rule("2025-12-31").caps == {}
    assert points.rule("2026-12-02").caps == {"lesson": 5}


def test_a_score_from_anywhere_is_made_sensible() -> None:
    assert score({"right": 3, "asked": 5}) == (3, 5)
    assert score({"right": 9, "asked": 5}) == (5, 5)
    assert score({"right": [1], "asked": "x"}) == (0, 0)


@pytest.mark.parametrize("lacking", ["zone", "kinds", "streak"])
def test_a_set_that_lacks_something_is_named(lacking: str) -> None:
    rule = {name: value for name, value in RULES[0].items() if name != lacking}
    with pytest.raises(ValueError, match=f"from 2026-01-01: {lacking} is missing"):
        Points([rule])


def test_only_one_zone_is_known() -> None:
    with pytest.raises(ValueError, match="not Mars/Olympus"):
        Points([{**RULES[0], "zone": "Mars/Olympus"}])
