import json
import uuid
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.journal.event import Event, Misshapen, Value, canonical, check_device, load_json, parse
from tests.journal.helpers import calm, events

PLAIN: dict[str, Any] = {
    "device": "pa",
    "seq": 1,
    "time": 5,
    "kind": "answer",
    "subject": "鹿",
    "result": {"skill": "read", "right": True},
}


def test_the_written_form_is_compact_sorted_ascii() -> None:
    event = Event("pa", 2, 5, "answer", '鹿"\n𪚥', {"skill": "read", "right": True, "list": [1, 0.5, "休"]})
    assert canonical(event) == (
        b'{"device":"pa","seq":2,"time":5,"kind":"answer","subject":"\\u9e7f\\"\\n\\ud869\\udea5",'
        b'"result":{"list":[1,0.5,"\\u4f11"],"right":true,"skill":"read"}}'
    )


def test_the_id_is_a_uuid5_in_our_namespace() -> None:
    event = Event("pa", 2, 5, "answer", "鹿", {"right": True})
    space = uuid.uuid5(uuid.NAMESPACE_URL, "shiqi:event")
    assert event.id == str(uuid.uuid5(space, canonical(event).decode()))
    assert str(space) == "99d73696-3b08-54a1-a4ef-688a978294dd"  # as FORMAT.md has it


@calm
@given(events)
def test_an_event_reads_back_the_same(event: Event) -> None:
    again = parse(canonical(event).decode("ascii"))
    assert again == event
    assert canonical(again) == canonical(event)
    space = uuid.uuid5(uuid.NAMESPACE_URL, "shiqi:event")
    assert again.id == event.id == str(uuid.uuid5(space, canonical(event).decode()))


def test_the_order_of_names_in_a_result_does_not_matter() -> None:
    one = Event("pa", 1, 5, "answer", "", {"a": 1, "b": 2})
    other = Event("pa", 1, 5, "answer", "", MappingProxyType({"b": 2, "a": 1}))
    assert one.id == other.id
    assert hash(one) == hash(other)


def test_different_events_have_different_ids() -> None:
    values: list[Value] = [True, 1, 1.0, "1", [1], [True]]  # equal in Python, not on paper
    ids = {Event("pa", 1, 5, "answer", "", {"a": value}).id for value in values}
    assert len(ids) == 6


def test_events_sort_by_time_then_device_then_seq() -> None:
    assert Event("pa", 9, 5, "open", "").order == (5, "pa", 9)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device", ""),
        ("device", "../etc"),
        ("device", "鹿"),
        ("device", "a" * 65),
        ("device", 7),
        ("seq", 0),
        ("seq", True),
        ("seq", 2**53),
        ("seq", "1"),
        ("time", -1),
        ("time", 1.5),
        ("time", 253_370_764_800_000),
        ("kind", ""),
        ("kind", "Open"),
        ("kind", "a" * 33),
        ("kind", None),
        ("subject", None),
        ("subject", "x" * 401),
        ("subject", "\ud800"),
        ("result", None),
        ("result", [1]),
        ("result", {1: 2}),
        ("result", {"a": None}),
        ("result", {"a": {"b": 1}}),
        ("result", {"a": [[1]]}),
        ("result", {"a": float("nan")}),
        ("result", {"a": float("-inf")}),
        ("result", {"a": 2**53}),
        ("result", {"a": "\udfff"}),
        ("result", {"\udfff": 1}),
    ],
)
def test_what_cannot_be_written_down_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        Event(**{**PLAIN, field: value})


def test_a_device_id_may_be_in_a_store_name() -> None:
    assert check_device("p-1_Z") == "p-1_Z"


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "1",
        '{"device":"pa"}',
        json.dumps({**PLAIN, "more": 1}),
        json.dumps({name: PLAIN[name] for name in reversed(PLAIN)}),
        json.dumps({**PLAIN, "seq": 0}),
        json.dumps({**PLAIN, "result": {"a": float("inf")}}),
    ],
)
def test_json_that_is_no_event_is_misshapen(text: str) -> None:
    with pytest.raises(Misshapen):
        parse(text)


@pytest.mark.parametrize("text", ["", "{", "[" * 60_000, "[" * 101 + "]" * 101, '{"a":' * 20_000, "9" * 5000])
def test_what_is_no_json_or_too_deep_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100 + "]" * 100,
        '"' + "[" * 9999 + '"',
        r'["\\","\"[' + "[" * 999 + '"]',
        "[[]," * 90 + "0" + "]" * 90,
    ],
)
def test_only_real_depth_counts(text: str) -> None:
    assert load_json(text) == json.loads(text)


@calm
@given(st.recursive(st.text() | st.integers(), lambda one: st.lists(one, max_size=3), max_leaves=200))
def test_json_from_outside_reads_as_always(data: Any) -> None:
    assert load_json(json.dumps(data)) == data
    with pytest.raises(ValueError, match="deep"):
        load_json("[" * 100 + json.dumps([data]) + "]" * 100)
