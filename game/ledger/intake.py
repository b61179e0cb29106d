"""Taking in what devices send: each event once, in any order and any cut, each refused line kept.

Nothing that a line claims to be worth is believed: events are scored here, by the dated rules. Requests that
come together are taken in together: they share a transaction and its statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from game.journal.day import day_number, start_ms
from game.journal.event import Event as Happening
from game.journal.event import parse
from game.journal.export import read_export
from game.journal.line import GENESIS
from game.learning.points import Points
from game.ledger import chains, refusals
from game.ledger.chains import Held, Sender, State
from game.ledger.db import insert_rows
from game.ledger.models import Device, Event, Pending, Refusal, fresh
from game.ledger.proof import Sound, examine
from game.ledger.refusals import Refused
from game.ledger.settle import Candidate, settle

AHEAD_MS = 300_000
"""An event may lie so far ahead of the ledger's clock; one further ahead counts for the day it arrives."""
MOST_LINES = 2_000
MOST_BYTES = 4_000_000
"""Of one request."""
MOST_FILE_BYTES = 64_000_000
_QUIET = {"synchronize_session": False}
_EVENT = (Event.shard == bindparam("of")) & (Event.id == bindparam("key"))
_DROP = delete(Event).where(_EVENT).execution_options(**_QUIET)
_PROVE = update(Event).where(_EVENT).values(proof="chain").execution_options(**_QUIET)
_CLEAR = (
    delete(Refusal)
    .where(Refusal.shard == bindparam("of"), Refusal.id == bindparam("key"))
    .execution_options(**_QUIET)
)
_SEEN = (
    update(Device)
    .where(Device.id == bindparam("of"))
    .values(seen_ms=bindparam("seen"), skew_ms=bindparam("skew"), waiting=bindparam("left"))
    .execution_options(**_QUIET)
)
_RESULT = ',"result":'


@dataclass(slots=True)
class Taken:
    """What became of the lines: `refused` is (index, reason); `holdings` is as for `holdings`."""

    stored: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    holdings: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Letter:
    """The lines of one request, examined: `sound` (index, line), `refused` (index, text, reason). `skew_ms`
    and `waiting` are what the device told of itself."""

    device: str
    sound: list[tuple[int, Sound]]
    refused: list[tuple[int, str, str]]
    skew_ms: int = 0
    waiting: int = 0

    def __len__(self) -> int:
        return len(self.sound) + len(self.refused)


class _Arrival(NamedTuple):
    letter: int
    at: int
    line: Sound


def opened(device: str, secret: bytes, lines: Sequence[tuple[str, str | None]]) -> Letter:
    """A letter of `lines`, each with its MAC (None: of a file). Needs no database."""
    letter = Letter(device, [], [])
    for index, (text, sent) in enumerate(lines):
        found = examine(text, sent, secret)
        if isinstance(found, str):
            letter.refused.append((index, text, found))
        else:
            letter.sound.append((index, found))
    return letter


def take_all(work: Session, rules: Points, letters: Sequence[Letter], now: int) -> list[Taken | None]:
    """Takes in several letters as if one after the other, and notes how their devices are; None for a letter
    whose device is not enrolled any more. Durable when the session's transaction is."""
    # Always devices and then chains, each in order: transactions wait for one another, but never in a ring.
    query = select(Device.id, Device.shard, Device.organisation_id, Device.member_id).where(
        Device.id.in_({one.device for one in letters}), Device.revoked_ms.is_(None)
    )
    senders = {row[0]: Sender(*row) for row in work.execute(query.order_by(Device.id).with_for_update())}
    post = [(senders[one.device], one) for one in letters if one.device in senders]
    if post:
        told = {one.device: one for _, one in post}
        rows = [{"of": id, "seen": now, "skew": one.skew_ms, "left": one.waiting} for id, one in told.items()]
        work.connection().execute(_SEEN, rows)
    done = iter(_take(work, rules, post, now))
    return [next(done) if one.device in senders else None for one in letters]


def take(
    work: Session, rules: Points, device: Device, lines: Sequence[tuple[str, str | None]], now: int
) -> Taken:
    """Takes in `lines`, each with its MAC, from a device; durable when the session's transaction is."""
    sender = Sender.of(device)
    letter = opened(device.id, bytes.fromhex(device.secret), lines)
    device.seen_ms = now
    return _take(work, rules, [(sender, letter)], now)[0]


def take_file(work: Session, rules: Points, device: Device, data: bytes, now: int) -> Taken:
    """Takes in a .shiqi file on behalf of a device. Its lines have no MAC; the chain alone speaks for them.
    Indexes of refused lines count from 0 after the header."""
    export = read_export(data, "upload")
    bad = [line for line in export.reading.lines if line.state == "refused"]
    good = [line for line in export.reading.lines if line.state != "refused"]
    done = take(work, rules, device, [(line.text, None) for line in good], now)
    done.refused = [(good[index].number - export.first, reason) for index, reason in done.refused]
    done.refused += [(line.number - export.first, line.reason) for line in bad]
    done.refused.sort()
    sender = Sender.of(device)
    refusals.keep(work, [Refused(sender, line.text, line.reason) for line in bad], now)
    return done


def holdings(work: Session, device: Device, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of each chain of this device or its member: {count, top_seq, top_hash}; zeros for any other."""
    there = chains.look(work, sorted(set(names)))
    return {name: _holding(there.get(name), device.id, device.member_id) for name in names}


def score(rules: Points, event: Happening, day: int) -> int:
    """What an event is worth, before caps, by the rules of the day it counts for."""
    if day_number(event.time) != day:
        event = replace(event, time=start_ms(day))
    return rules.worth(event)


def _holding(chain: State | None, device_id: str, member_id: int | None) -> dict[str, Any]:
    if chain is None or not chain.owned(device_id, member_id):
        return {"count": 0, "top_seq": 0, "top_hash": GENESIS}
    return {"count": chain.count, "top_seq": chain.top_seq, "top_hash": chain.top_hash}


@dataclass(slots=True)
class _Change:
    """What is to be written, gathered over all chains so that each table is written once."""

    now: int
    events: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    proven: list[dict[str, Any]] = field(default_factory=list)
    cleared: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    pending: set[tuple[int, int, int]] = field(default_factory=set)
    topless: list[State] = field(default_factory=list)

    def write(self, work: Session, states: Sequence[State]) -> None:
        """Writes it: what goes first, because what comes may have its id."""
        connection = work.connection()
        for statement, rows in ((_DROP, self.dropped), (_CLEAR, self.cleared), (_PROVE, self.proven)):
            if rows:
                connection.execute(statement, rows)
        insert_rows(work, Event, self.events)
        refusals.keep(work, self.refused, self.now)
        waiting = [
            {"id": fresh(), "shard": shard, "member_id": member, "day": day}
            for shard, member, day in sorted(self.pending)
        ]
        insert_rows(work, Pending, waiting)
        for chain in self.topless:
            chains.find_top(work, chain)
        chains.save(work, states)


def _take(work: Session, rules: Points, post: Sequence[tuple[Sender, Letter]], now: int) -> list[Taken]:
    done = [Taken() for _ in post]
    by_chain: dict[str, list[_Arrival]] = {}
    change = _Change(now)
    for number, (sender, letter) in enumerate(post):
        for index, line in letter.sound:
            by_chain.setdefault(line.event.device, []).append(_Arrival(number, index, line))
        done[number].refused += [(index, reason) for index, _, reason in letter.refused]
        change.refused += [Refused(sender, text, reason) for _, text, reason in letter.refused]
    senders = [sender for sender, _ in post]
    states = chains.hold(work, {name: senders[here[0].letter] for name, here in by_chain.items()})
    for name, arrivals in by_chain.items():
        chain, mine = states[name], []
        for one in arrivals:
            sender = senders[one.letter]
            if chain.owned(sender.id, sender.member_id):
                mine.append(one)
            else:
                done[one.letter].refused.append((one.at, "foreign"))
                change.refused.append(Refused(sender, one.line.text, "foreign"))
        if mine:
            _take_chain(work, rules, senders, chain, mine, change, done)
    change.write(work, list(states.values()))
    for number, (sender, letter) in enumerate(post):
        done[number].refused.sort()
        for _, line in letter.sound:
            name = line.event.device
            if name not in done[number].holdings:
                done[number].holdings[name] = _holding(states[name], sender.id, sender.member_id)
    return done


def _take_chain(
    work: Session,
    rules: Points,
    senders: Sequence[Sender],
    chain: State,
    arrivals: Sequence[_Arrival],
    change: _Change,
    done: Sequence[Taken],
) -> None:
    by_text: dict[str, _Arrival] = {}
    for arrival in arrivals:
        by_text.setdefault(arrival.line.text, arrival)
    lines = [arrival.line for arrival in by_text.values()]
    new = [Candidate(one.id, one.event.seq, one.hash, one.body, one.text, "new") for one in lines]
    there = Held(work, chain.name, [one.seq for one in new])
    add: list[Candidate] = []
    drop: list[Candidate] = []
    unfit: set[str] = set()
    for one in settle(new, there.at):
        row: dict[str, Any] = {"of": chain.shard, "key": one.id}
        if one.good and one.was != "held":
            add.append(one)
            if one.was == "refused":
                change.cleared.append({"of": chain.shard, "key": one.key})
        elif one.good and one.proven and not one.sealed:
            change.proven.append(row)
        elif not one.good:
            unfit.add(one.text)
            if one.was == "held":
                drop.append(one)
                change.dropped.append(row)
                if chain.member_id is not None:
                    change.pending.add((chain.shard, chain.member_id, one.day))
            if one.was != "refused":
                sender = senders[by_text.get(one.text, arrivals[0]).letter]
                change.refused.append(Refused(sender, one.text, "chain", chain, one.seq))
    for one in add:
        from_ = by_text.get(one.text)
        sender = senders[(from_ or arrivals[0]).letter]
        row = _row(rules, sender, chain, one, from_.line if from_ else None, change.now)
        change.events.append(row)
        if chain.member_id is not None:
            change.pending.add((chain.shard, chain.member_id, row["day"]))
    _count(chain, add, drop, change)
    fresh_lines = {one.text for one in add}
    for letter, at, line in arrivals:
        if line.text in unfit:
            done[letter].refused.append((at, "chain"))
        elif line.text in fresh_lines:
            fresh_lines.remove(line.text)
            done[letter].stored += 1
        else:
            done[letter].known += 1


def _row(
    rules: Points, sender: Sender, chain: State, one: Candidate, line: Sound | None, now: int
) -> dict[str, Any]:
    event = line.event if line else parse(one.body)
    day = day_number(event.time if event.time <= now + AHEAD_MS else now)
    return {
        "shard": chain.shard,
        "id": one.id,
        "chain": chain.name,
        "seq": event.seq,
        "time_ms": event.time,
        "received_ms": now,
        "day": day,
        "kind": event.kind,
        "subject": event.subject,
        # As it is written: inside of texts every quote is escaped, so the name of the field stands once.
        "result": one.body[one.body.index(_RESULT) + len(_RESULT) : -1],
        "line": one.text,
        "hash": one.hash,
        "device_id": sender.id,
        "member_id": chain.member_id,
        "worth": score(rules, event, day),
        "proof": "chain" if one.proven else "mac" if line is None or line.mac else "none",
    }


def _count(chain: State, add: Sequence[Candidate], drop: Sequence[Candidate], change: _Change) -> None:
    chain.count += len(add) - len(drop)
    top = max(add, key=lambda one: (one.seq, one.hash), default=None)
    if any(one.seq == chain.top_seq for one in drop):
        change.topless.append(chain)
    elif top is not None and (top.seq, top.hash) > (chain.top_seq, chain.top_hash):
        chain.top_seq, chain.top_hash = top.seq, top.hash
