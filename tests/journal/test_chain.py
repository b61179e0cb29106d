import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.journal.chain import Reading, continuation, read, verify
from game.journal.event import Event
from game.journal.line import GENESIS, LONGEST, Source, digest, make_out, seal
from tests.journal.helpers import NOON, calm, chain, events, hash_of, seqs

LINES = chain(6)


def reasons(reading: Reading) -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in reading.faults]


def test_a_line_can_be_checked_as_the_format_says() -> None:
    previous = "0" * 64
    for line in LINES:
        body = line[: line.rindex(',"hash":"')] + "}"
        data = json.loads(line)
        assert list(data) == ["device", "seq", "time", "kind", "subject", "result", "hash"]
        assert data["hash"] == sha256((previous + body).encode("ascii")).hexdigest()
        previous = data["hash"]


def test_a_sound_chain_has_no_faults() -> None:
    reading = verify(LINES, "journal/pa")
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert reading.faults == ()
    assert all(line.proven and line.state == "taken" for line in reading.lines)


@calm
@given(events)
def test_any_event_can_be_sealed(event: Event) -> None:
    line = make_out(seal(event, "ab" * 32))
    assert line.event == event
    assert line.fits("ab" * 32)
    assert not line.fits(GENESIS)


def test_an_event_too_long_for_a_line_is_not_sealed() -> None:
    long = Event("pa", 1, NOON, "answer", "", {"a": ["x" * 400] * 200})
    with pytest.raises(ValueError, match="too long"):
        seal(long, GENESIS)


def damage(line: str, how: str, at: int, char: str) -> str:
    if how == "change":
        return line[:at] + char + line[at + 1 :]
    if how == "insert":
        return line[:at] + char + line[at:]
    return line[:at] + line[at + 1 :]


@settings(calm, max_examples=300)
@given(
    which=st.integers(0, 5),
    how=st.sampled_from(["change", "insert", "delete"]),
    at=st.integers(0, len(LINES[0]) - 1),
    char=st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("0aA}\"'鹿\x00"),
)
def test_one_changed_character_condemns_that_line_alone(which: int, how: str, at: int, char: str) -> None:
    changed = damage(LINES[which], how, at, char)
    if changed in (LINES[which], "{" + LINES[which]):  # the latter is a torn line and a whole one
        return
    reading = verify([*LINES[:which], changed, *LINES[which + 1 :]], "s")
    assert seqs(reading.events) == [seq for seq in range(1, 7) if seq != which + 1]
    assert [(fault.line, fault.refused) for fault in reading.faults] == [(which + 1, True)]
    assert all(line.proven for line in reading.lines if line.state == "taken")


@pytest.mark.parametrize("field", ["device", "seq"])
@pytest.mark.parametrize("first", [0, 2])
@pytest.mark.parametrize("which", range(4))
def test_a_changed_device_or_number_is_found(field: str, first: int, which: int) -> None:
    """Though such a line has no predecessor to be checked against, and even at the start of a cut chain."""
    lines = LINES[first : first + 4]
    event = make_out(lines[which]).event
    assert event is not None
    now = f'"{field}":' + (json.dumps(event.device) if field == "device" else str(event.seq))
    for other in ('"seq":9', '"seq":11') if field == "seq" else ('"device":"pb"', '"device":"qa"'):
        changed = lines[which].replace(now, other)
        for around in ([], chain(2, "px")):
            reading = verify([*around, *lines[:which], changed, *lines[which + 1 :], *around])
            kept = [first + i + 1 for i in range(4) if i != which]
            assert seqs([event for event in reading.events if event.device == "pa"]) == kept
            assert [fault.line for fault in reading.faults if fault.refused] == [len(around) + which + 1]
            assert {event.device for event in reading.events} <= {"pa", "px"}


def test_a_cut_chain_may_follow_another_devices() -> None:
    reading = verify([*LINES[:2], *chain(9, "pb")[4:6], *LINES[2:]])
    assert len(reading.events) == 8
    assert [fault.reason for fault in reading.faults] == ["missing"]
    last = seal(Event("pb", 2**53 - 1, NOON, "open", ""), "1" * 64)
    then = seal(Event("pc", 5, NOON, "open", ""), "2" * 64)
    assert len(verify([last, then]).events) == 2


@pytest.mark.parametrize("which", range(6))
@pytest.mark.parametrize("cut", [0, 1, 12, 60, 100, -76, -70, -66, -10, -2, -1])
def test_one_torn_line_is_left_out_and_every_other_kept(which: int, cut: int) -> None:
    reading = verify([*LINES[:which], LINES[which][:cut], *LINES[which + 1 :]])
    assert seqs(reading.events) == [seq for seq in range(1, 7) if seq != which + 1]
    assert reasons(reading) == [(which + 1, "torn")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "torn"),
        ("garbage", "garbled"),
        ("\ud800", "garbled"),
        ("{}", "garbled"),
        (f'{{"device":"pa","hash":"{hash_of(LINES[2])}"}}', "shape"),
        (LINES[2].replace('"right":true', '"right":null'), "shape"),
        (LINES[2].replace("{", "[{", 1), "garbled"),
        (LINES[2].replace("true", "false"), "changed"),
        (LINES[2] + " ", "changed"),
        (LINES[2].replace(',"seq"', ', "seq"'), "changed"),
        (LINES[2] + "x" * LONGEST, "long"),
        ("[" * 50_000, "garbled"),
    ],
)
def test_each_kind_of_damage_has_its_name(text: str, reason: str) -> None:
    reading = verify([*LINES[:2], text, *LINES[3:]])
    assert seqs(reading.events) == [1, 2, 4, 5, 6]
    assert reasons(reading) == [(3, reason)]


@pytest.mark.parametrize("which", range(5))
def test_missing_lines_are_counted_and_the_others_kept(which: int) -> None:
    reading = verify([*LINES[:which], *LINES[which + 1 :]])
    assert seqs(reading.events) == [seq for seq in range(1, 7) if seq != which + 1]
    (fault,) = reading.faults
    assert (fault.line, fault.reason, fault.count, fault.refused) == (which + 1, "missing", 1, False)
    assert [line.proven for line in reading.lines] == [i != which for i in range(5)]


def test_a_gap_of_several_is_counted_without_the_unreadable() -> None:
    reading = verify([LINES[0], "garbage", *LINES[4:]])
    assert seqs(reading.events) == [1, 5, 6]
    assert reasons(reading) == [(2, "garbled"), (3, "missing")]
    assert reading.faults[1].count == 2


def test_a_repeated_line_counts_once() -> None:
    reading = verify([*LINES[:3], LINES[1], *LINES[3:]])
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert reasons(reading) == [(4, "repeated")]


def test_an_event_sealed_twice_counts_once() -> None:
    line = make_out(LINES[2])
    assert line.event is not None
    other = seal(line.event, "12" * 32)
    reading = verify([*LINES[:3], other])
    assert seqs(reading.events) == [1, 2, 3]
    assert reasons(reading) == [(4, "changed")]
    reading = read([Source("a", [LINES[2]]), Source("b", [other])])  # neither can be checked
    assert seqs(reading.events) == [3]
    assert [line.state for line in reading.lines] == ["taken", "known"]
    assert [fault.reason for fault in reading.faults] == ["missing", "missing"]


def test_reordered_lines_are_named_and_kept() -> None:
    reading = verify([LINES[0], LINES[2], LINES[1], *LINES[3:]])
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert reasons(reading) == [(3, "reordered")]
    assert all(line.proven for line in reading.lines)


@calm
@given(st.permutations(LINES))
def test_any_order_proves_the_same(lines: list[str]) -> None:
    reading = verify(lines)
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert {fault.reason for fault in reading.faults} <= {"reordered"}
    assert read([Source("", lines, ordered=False)]).faults == ()


def test_a_fork_keeps_both_branches() -> None:
    other = seal(Event("pa", 4, NOON + 9, "open", ""), hash_of(LINES[2]))
    after = seal(Event("pa", 5, NOON + 10, "open", ""), hash_of(other))
    reading = verify([*LINES, other, after], "s")
    assert sorted(seqs(reading.events)) == [1, 2, 3, 4, 4, 5, 5, 6]
    assert [fault.reason for fault in reading.faults] == ["fork", "reordered", "fork", "reordered"]
    assert not any(fault.refused for fault in reading.faults)


def test_chains_of_several_devices_may_mix() -> None:
    other = chain(4, "pb")
    mixed = [LINES[0], other[0], other[1], LINES[1], *other[2:], *LINES[2:]]
    reading = verify(mixed)
    assert len(reading.events) == 10
    assert reading.faults == ()
    assert [event.order for event in reading.events] == sorted(event.order for event in reading.events)


def test_an_unproven_line_gives_way_to_the_real_one() -> None:
    stale = LINES[3].replace("true", "false")
    alone = read([Source("cut", [stale])])
    assert [event.result["right"] for event in alone.events] == [False]  # nothing speaks against it
    reading = read([Source("cut", [stale]), Source("later", LINES[2:], ordered=False)])
    assert seqs(reading.events) == [3, 4, 5, 6]
    assert all(event.result["right"] is True for event in reading.events)
    assert [(fault.line, fault.reason) for fault in reading.by_source[0]] == [(1, "changed")]
    # The real one may itself be proven only by the damaged line before it.
    reading = read([Source("a", [LINES[0], "[" + LINES[1], LINES[2]]), Source("b", [chain(3, result={})[2]])])
    assert [fault.reason for fault in reading.by_source[1]] == ["changed"]
    assert seqs(reading.events) == [1, 3]
    # Without any predecessor at hand the real one, proven by nothing but its twin, cannot be told apart.
    forked = seal(Event("pa", 9, NOON, "open", ""), GENESIS)
    rival = seal(Event("pa", 9, NOON, "open", "x"), GENESIS)
    trusted = verify([forked, rival])
    assert [line.proven for line in trusted.lines] == [True, False]
    assert [line.state for line in trusted.lines] == ["taken", "refused"]


def test_a_changed_line_behind_an_unreadable_one_is_found() -> None:
    unreadable = "[" + LINES[1]
    reading = verify([LINES[0], unreadable, LINES[2].replace("true", "false"), LINES[3]])
    assert seqs(reading.events) == [1, 4]
    assert reasons(reading) == [(2, "garbled"), (3, "changed")]
    reading = verify(["[" + LINES[0], LINES[1].replace("true", "false")])
    assert reasons(reading) == [(1, "garbled"), (2, "changed")]


def test_lines_that_ran_together_are_taken_apart() -> None:
    glued = LINES[1] + LINES[2]
    reading = verify([LINES[0], glued, *LINES[3:]])
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert reading.faults == ()
    reading = verify([LINES[0], LINES[1][:50] + LINES[2], *LINES[3:]])
    assert seqs(reading.events) == [1, 3, 4, 5, 6]
    assert reasons(reading) == [(2, "torn")]
    reading = verify([LINES[0], "{" + LINES[1], *LINES[2:]])
    assert seqs(reading.events) == [1, 2, 3, 4, 5, 6]
    assert reasons(reading) == [(2, "torn")]
    reading = verify([LINES[0], "x" + LINES[1], *LINES[2:]])
    assert seqs(reading.events) == [1, 3, 4, 5, 6]
    assert reasons(reading) == [(2, "garbled")]


def test_a_result_may_look_like_the_start_of_a_line() -> None:
    line = seal(Event("pa", 1, NOON, "answer", "", {"device": "x"}), GENESIS)
    assert seqs(verify([line]).events) == [1]
    assert reasons(verify([line[:-4]])) == [(1, "torn")]


def test_many_lines_run_together_cost_no_more_than_apart() -> None:
    assert len(verify(["".join(chain(800))]).events) == 800


@calm
@given(st.lists(st.text() | st.sampled_from(LINES) | st.binary().map(lambda b: b.decode("utf-8", "replace"))))
def test_reading_never_raises(lines: list[str]) -> None:
    reading = verify(lines, "any")
    assert len({event.id for event in reading.events}) == len(reading.events)
    for line in reading.lines:
        assert line.state in ("taken", "known", "refused")
    refused = sum(line.state == "refused" for line in reading.lines)
    assert sum(fault.refused for fault in reading.faults) == refused


@calm
@given(
    lines=st.lists(st.sampled_from([*LINES, *chain(3, "pb")]), min_size=1, max_size=8),
    cuts=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 300)), max_size=4),
)
def test_whatever_happened_one_can_write_on(lines: list[str], cuts: list[tuple[int, int]]) -> None:
    for which, at in cuts:
        if which < len(lines):
            lines[which] = lines[which][:at]
    seq, previous = continuation(verify(lines), "pa", 0)
    line = seal(Event("pa", seq, NOON, "open", ""), previous)
    reading = verify([*lines, line])
    assert reading.lines[-1].state == "taken"
    assert reading.lines[-1].proven
    assert not [fault for fault in reading.faults if fault.line > len(lines)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], (1, GENESIS)),
        (LINES, (7, hash_of(LINES[5]))),
        ([*LINES, LINES[5][:40]], (7, hash_of(LINES[5]))),
        ([*LINES[:5], LINES[5].replace("true", "false")], (7, hash_of(LINES[5]))),
        ([*LINES[:5], "[" + LINES[5], "torn"], (7, hash_of(LINES[5]))),
        (["torn"], (1, GENESIS)),
        ([LINES[0], LINES[2], LINES[1]], (4, hash_of(LINES[2]))),
    ],
)
def test_writing_goes_on_after_the_last_line_that_shows_a_hash(
    lines: list[str], expected: tuple[int, str]
) -> None:
    assert continuation(verify(lines), "pa", 0) == expected


def test_many_rivals_for_one_number_are_settled_in_reasonable_time() -> None:
    rivals = [seal(Event("pa", 5, NOON + i, "open", ""), GENESIS[:-1] + "1") for i in range(1500)]
    assert len(verify(rivals).events) == 1500


def test_the_hash_of_damaged_text_can_always_be_had() -> None:
    assert len(digest(GENESIS, "\ud800鹿")) == 64
