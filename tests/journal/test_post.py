"""What goes to a ledger: each line until it is answered for, signed as PROTOCOL.md says."""

from __future__ import annotations

import hashlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.journal import post
from game.journal.event import Event
from game.journal.line import GENESIS, make_out, seal
from game.journal.post import Enrolment, Held, Outbox, Piece

KEY = "0b" * 32


def chain(name: str, length: int) -> list[str]:
    lines, previous = [], GENESIS
    for seq in range(1, length + 1):
        lines.append(seal(Event(name, seq, 1_000 * seq, "quiz", "", {"right": seq % 5}), previous))
        previous = str(make_out(lines[-1]).hash)
    return lines


def held(lines: list[str]) -> Held:
    if not lines:
        return Held(0, 0, GENESIS)
    line = make_out(lines[-1])
    assert line.event is not None
    return Held(len(lines), line.event.seq, str(line.hash))


def texts(box: Outbox) -> list[str]:
    return [piece.text for piece in box.waiting()]


@given(length=st.integers(0, 12), known=st.integers(0, 12), seed=st.integers(0, 99))
def test_exactly_what_the_ledger_lacks_is_sent(length: int, known: int, seed: int) -> None:
    lines = chain("a", length)
    known = min(known, length)
    shuffled = random.Random(seed).sample(lines, length)
    box = Outbox()
    box.add([*shuffled, *shuffled[:3]])
    box.agree({"a": held(lines[:known]), "b": Held(3, 3, GENESIS)})
    assert texts(box) == lines[known:]
    assert box.sent() == ({"a": known} if known else {})
    assert box.unread(lines) == []


def test_another_hash_or_count_means_sending_from_the_start() -> None:
    lines = chain("a", 5)
    for told in (Held(3, 3, "f" * 64), Held(2, 3, held(lines[:3]).top_hash)):
        box = Outbox()
        box.add(lines)
        box.agree({"a": told})
        assert texts(box) == lines


def test_damaged_and_endless_lines_are_not_sent() -> None:
    good = chain("a", 2)
    box = Outbox()
    box.add([good[0], good[1].replace("quiz", "quix")[:-9], "garbled", "x" * 70_000])
    assert texts(box) == good[:1]


def test_what_was_refused_is_not_sent_again_and_does_not_hinder_the_handshake() -> None:
    lines = chain("a", 4)
    box = Outbox()
    box.add(lines)
    box.refuse(box.waiting()[1:2])
    box.settle(box.waiting()[:1])
    assert (texts(box), box.refused, box.sent()) == (lines[2:], 1, {"a": 2})
    box.forget()
    assert texts(box) == [lines[0], *lines[2:]]
    box.agree({"a": Held(2, 3, held(lines[:3]).top_hash)})
    assert texts(box) == lines[3:]


def test_an_earlier_session_is_remembered() -> None:
    lines = chain("a", 4)
    box = Outbox()
    box.add(lines)
    box.presume({"a": 3, "gone": 9})
    assert texts(box) == lines[3:]
    assert box.chains == ["a"]


def test_batches_are_bounded_in_lines_and_characters() -> None:
    small = [Piece("a", seq, "", "x" * 10) for seq in range(450)]
    assert len(post.batch(small)) == post.MOST_LINES
    large = [Piece("a", seq, "", "x" * 400_000) for seq in range(4)]
    assert len(post.batch(large)) == 2
    assert len(post.batch([Piece("a", 1, "", "x" * 2_000_000)])) == 1
    assert post.batch([]) == []


def test_a_mac_is_hmac_sha256() -> None:
    # RFC 4231, test case 1
    assert post.sign("0b" * 20, "Hi There") == (
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )


def test_a_request_is_signed_over_its_time_and_body() -> None:
    made = post.headers(Enrolment("d", KEY, "school"), b"{}", 17)
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in bytes.fromhex(KEY).ljust(64, b"\0")) + b"17\n{}").digest()
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in bytes.fromhex(KEY).ljust(64, b"\0")) + inner).hexdigest()
    assert made["X-Shiqi-Sign"] == outer
    assert (made["X-Shiqi-Device"], made["X-Shiqi-Time"]) == ("d", "17")


def test_an_enrolment_is_kept_and_read_back() -> None:
    made = Enrolment("d", KEY, "甲骨文小学", "https://ledger.example", {"a": 3})
    assert Enrolment.loads(made.dumps()) == made
    answer = json.dumps({"device": "d", "secret": KEY, "organisation": "学校"}).encode()
    assert Enrolment.loads(answer, "https://x.example").address == "https://x.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"device":1,"secret":"00","organisation":""}',
        '{"device":"d","secret":"zz","organisation":"o"}',
        '{"device":"d","secret":"","organisation":"o"}',
        '{"device":"设","secret":"00","organisation":"o"}',
        '{"device":"d","secret":"00","organisation":"o","sent":[]}',
        '{"device":"d","secret":"00","organisation":"o","address":1}',
    ],
)
def test_what_is_no_enrolment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Enrolment.loads(text)


@pytest.mark.parametrize("answer", [[], {"a": 1}, {"a": {"count": True, "top_seq": 1, "top_hash": ""}}])
def test_what_is_no_holdings_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="holdings"):
        post.read_held(answer)


@pytest.mark.parametrize(
    "answer",
    [[], {}, {"refused": [3]}, {"refused": [{"index": 2, "reason": "mac"}]}, {"refused": [{"index": 0}]}],
)
def test_what_is_no_answer_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="answer"):
        post.read_refused(answer, 2)


def test_answers_are_read() -> None:
    told = {"a": {"count": 1, "top_seq": 2, "top_hash": "h"}}
    assert post.read_held(told) == {"a": Held(1, 2, "h")}
    assert post.read_refused({"refused": [{"index": 1, "reason": "mac"}]}, 2) == [(1, "mac")]
