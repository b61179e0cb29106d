"""The statements are ones that another xAPI implementation takes: the models of ralph, of FUN-MOOC."""

from __future__ import annotations

import json
import random
import warnings
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from game.journal.event import LATEST, parse
from game.journal.line import make_out
from game.ledger.reports import statements
from tests.ledger.players import KINDS, chain

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what the models' own packages are written in
    base = pytest.importorskip(
        "ralph.models.xapi.base.statements",
        reason="ralph-malph (game/workshop/requirements/ledger-test.txt) is not installed",
    )

MODEL: type[BaseModel] = base.BaseXapiStatement
HOME = "https://ledger.example"
NUMBER = st.integers(-3, 120) | st.booleans() | st.text(max_size=3)
DONE = st.builds(
    statements.Done,
    st.uuids(version=5),
    st.integers(0, 2**62),
    st.integers(0, LATEST - 1),
    st.sampled_from([*KINDS, "player", "something_new"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.dictionaries(st.sampled_from(["right", "asked", "passed", "score", "skill"]), NUMBER),
)


def check(made: dict[str, Any]) -> None:
    """That the statement is valid, as it is written and read again."""
    MODEL.model_validate(json.loads(statements.line(made)))


@settings(max_examples=150, deadline=None)
@given(DONE)
def test_every_statement_is_valid(done: statements.Done) -> None:
    check(statements.statement(done, HOME))


def test_what_a_journal_holds_becomes_valid_statements() -> None:
    for line in chain("p", 60, random.Random(4)):
        event = parse(str(make_out(line).body))
        done = statements.Done(UUID(event.id), 7, event.time, event.kind, event.subject, event.result)
        check(statements.statement(done, HOME))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("verb", "id"), "no IRI"),
        (("object", "id"), "鹿"),
        (("timestamp",), "yesterday"),
        (("version",), "2"),
        (("result", "score", "scaled"), 1.5),
        (("actor", "account", "homePage"), ""),
        (("more",), 1),
    ],
)
def test_the_model_sees_what_is_wrong(path: tuple[str, ...], value: object) -> None:
    made = statements.statement(
        statements.Done(UUID(int=1), 1, 1, "lesson", "鹿", {"right": 1, "asked": 2}), HOME
    )
    check(made)
    place = made
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        check(made)
