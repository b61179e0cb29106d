"""Requests that come together share a commit, and each has its own answer; writers have their turns."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from game.learning.points import Points
from game.ledger import db, enrolment, intake, writer
from game.ledger.intake import Letter, Taken, opened
from game.ledger.keys import Keys
from game.ledger.models import Device, Event
from game.ledger.writer import Writer
from tests.ledger.players import NOW, Player, player, tree


@pytest.fixture
def players(engine: Engine) -> list[Player]:
    with db.session(engine) as work:
        branches = tree(work)
        return [player(work, branches[i % 4], f"p{i}", 12, random.Random(i)) for i in range(8)]


@pytest.fixture
def writing(engine: Engine, rules: Points) -> Iterator[Writer]:
    made = Writer(engine, rules, lambda: NOW)
    yield made
    made.stop()


def letter(one: Player, lines: Sequence[str] | None = None) -> Letter:
    made = opened(one.device.id, bytes.fromhex(one.device.secret), one.signed(lines))
    made.skew_ms, made.waiting = 7, 3
    return made


def test_all_that_wait_are_taken_in_by_one_commit(
    engine: Engine, rules: Points, players: list[Player], writing: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    go = threading.Event()

    def slowly(work: Session, rules: Points, letters: Sequence[Letter], now: int) -> list[Taken | None]:
        go.wait(20)
        sizes.append(len(letters))
        return intake.take_all(work, rules, letters, now)

    monkeypatch.setattr(writer, "take_all", slowly)
    with db.session(engine) as work:
        enrolment.revoke(work, work.get_one(Device, players[7].device.id), NOW)
    told = [writing.put(letter(players[0], players[0].lines[:4]))]
    while not writing._slots.empty():  # the first is being taken in …
        time.sleep(0.001)
    told += [writing.put(letter(one)) for one in players]
    gone = writing.put(letter(players[1]))
    assert gone.cancel()
    go.set()
    done = [one.result(20) for one in told]
    assert sizes == [1, len(players)]  # … and what came meanwhile is together
    assert [(one.stored, one.known) if one else None for one in done] == [
        (4, 0), (8, 4), *[(12, 0)] * 6, None,
    ]  # fmt: skip
    assert done[2] is not None
    assert done[2].holdings["p1"]["count"] == 12
    with db.session(engine, write=False) as work:
        assert work.scalar(select(func.count()).select_from(Event)) == 7 * 12
        device = work.get_one(Device, players[1].device.id)
        assert (device.seen_ms, device.skew_ms, device.waiting) == (NOW, 7, 3)


def test_the_fault_of_one_is_not_the_others(
    engine: Engine, players: list[Player], writing: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(work: Session, rules: Points, letters: Sequence[Letter], now: int) -> list[Taken | None]:
        done = intake.take_all(work, rules, letters, now)
        if any(one.device == players[2].device.id for one in letters):
            raise RuntimeError("this one")
        return done

    monkeypatch.setattr(writer, "take_all", breaking)
    told = [writing.put(letter(one)) for one in players]
    for number, one in enumerate(told):
        if number == 2:
            with pytest.raises(RuntimeError, match="this one"):
                one.result(20)
        else:
            assert (taken := one.result(20))
            assert taken.stored == 12
    writing.stop()
    assert writing.put(letter(players[0])).result(20) is not None  # and it can begin again
    with db.session(engine, write=False) as work:
        assert "p2" not in set(work.scalars(select(Event.chain)))


def test_writers_have_their_turn_as_they_come() -> None:
    turns = db._Turns()
    order: list[int] = []

    def wait(number: int) -> None:
        with turns.turn():
            order.append(number)

    with turns.turn():
        threads = [threading.Thread(target=wait, args=(number,)) for number in range(6)]
        for count, thread in enumerate(threads, 2):
            thread.start()
            while len(turns._queue) < count:
                time.sleep(0.001)
        assert order == []
    for thread in threads:
        thread.join(20)
    assert order == list(range(6))


def test_a_turn_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_MS", 20)
    turns = db._Turns()
    with turns.turn(), turns.turn():  # the database itself must say what is the matter
        assert len(turns._queue) == 2
    assert not turns._queue
    with turns.turn():
        pass


def test_secrets_are_asked_for_once(engine: Engine, players: list[Player]) -> None:
    keys, one = Keys(engine), players[0].device
    assert one.id not in keys
    assert keys.secret(one.id) == bytes.fromhex(one.secret)
    assert one.id in keys
    with db.session(engine) as work:
        work.delete(work.get_one(Device, one.id))
    assert keys.secret(one.id) == bytes.fromhex(one.secret)
    for nobody in ("", "x", "\0", "x" * 33, players[0].device.id + "0"):
        assert keys.secret(nobody) is None
