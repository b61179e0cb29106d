"""Taking in what devices send: each event once, in any order and any cut, each refused line kept.

Nothing that a line claims to be worth is believed: events are scored here, by the dated rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.journal.day import day_number, start_ms
from game.journal.event import Event as Happening
from game.journal.event import parse
from game.journal.export import read_export
from game.journal.line import GENESIS, make_out
from game.learning.points import Points
from game.ledger.db import insert_rows, upsert
from game.ledger.models import Chain, Device, Event, Pending, Refusal, fresh
from game.ledger.proof import Sound, examine
from game.ledger.settle import Candidate, settle

AHEAD_MS = 300_000
"""An event may lie so far ahead of the ledger's clock; one further ahead counts for the day it arrives."""
MOST_LINES = 2_000
MOST_BYTES = 4_000_000
"""Of one request."""
MOST_FILE_BYTES = 64_000_000


@dataclass(slots=True)
class Taken:
    """What became of the lines: `refused` is (index, reason); `holdings` is as for `holdings`."""

    stored: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    holdings: dict[str, dict[str, Any]] = field(default_factory=dict)


def take(
    work: Session, rules: Points, device: Device, lines: Sequence[tuple[str, str | None]], now: int
) -> Taken:
    """Takes in `lines`, each with its MAC, from a device; durable when the session's transaction is."""
    done = Taken()
    secret = bytes.fromhex(device.secret)
    by_chain: dict[str, list[tuple[int, Sound]]] = {}
    refused: list[tuple[int, str, str]] = []
    for index, (text, sent) in enumerate(lines):
        found = examine(text, sent, secret)
        if isinstance(found, str):
            refused.append((index, text, found))
        else:
            by_chain.setdefault(found.event.device, []).append((index, found))
    chains = _chains(work, device, sorted(by_chain))
    pending: set[tuple[int, int, int]] = set()
    for name, sound in by_chain.items():
        chain = chains[name]
        if chain.device_id != device.id and (chain.member_id is None or chain.member_id != device.member_id):
            refused += [(index, one.text, "foreign") for index, one in sound]
            continue
        _take_chain(work, rules, device, chain, sound, now, done, pending)
    if refused:
        done.refused += [(index, reason) for index, _, reason in refused]
        _refuse(work, device, [(text, reason) for _, text, reason in refused], now)
    done.refused.sort()
    waiting = [{"shard": shard, "member_id": member, "day": day} for shard, member, day in sorted(pending)]
    insert_rows(work, Pending, waiting)
    device.seen_ms = now
    work.flush()
    done.holdings = {name: _holding(chain) for name, chain in chains.items()}
    return done


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
    _refuse(work, device, [(line.text, line.reason) for line in bad], now)
    return done


def holdings(work: Session, device: Device, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of each chain of this device or its member: {count, top_seq, top_hash}; zeros for any other."""
    empty = {"count": 0, "top_seq": 0, "top_hash": GENESIS}
    found = {name: dict[str, Any](empty) for name in names}
    for chain in work.scalars(select(Chain).where(Chain.name.in_(list(names)))):
        owned = chain.member_id is not None and chain.member_id == device.member_id
        if owned or chain.device_id == device.id:
            found[chain.name] = _holding(chain)
    return found


def score(rules: Points, event: Happening, day: int) -> int:
    """What an event is worth, before caps, by the rules of the day it counts for."""
    if day_number(event.time) != day:
        event = replace(event, time=start_ms(day))
    return rules.worth(event)


def _holding(chain: Chain) -> dict[str, Any]:
    return {"count": chain.count, "top_seq": chain.top_seq, "top_hash": chain.top_hash}


def _chains(work: Session, device: Device, names: list[str]) -> dict[str, Chain]:
    """The chains by name, made where they are new, locked until the transaction ends."""
    if not names:
        return {}
    query = select(Chain).where(Chain.name.in_(names)).order_by(Chain.name).with_for_update()
    there = {chain.name: chain for chain in work.scalars(query)}
    missing = [name for name in names if name not in there]
    if missing:
        made = {
            "shard": device.shard,
            "device_id": device.id,
            "member_id": device.member_id,
            "count": 0,
            "top_seq": 0,
            "top_hash": GENESIS,
        }
        upsert(work, Chain, [{"name": name, **made} for name in missing])
        there = {chain.name: chain for chain in work.scalars(query)}
    return there


def _take_chain(
    work: Session,
    rules: Points,
    device: Device,
    chain: Chain,
    sound: list[tuple[int, Sound]],
    now: int,
    done: Taken,
    pending: set[tuple[int, int, int]],
) -> None:
    by_text = {one.text: one for _, one in sound}
    new = [Candidate(one.id, one.event.seq, one.hash, one.body, one.text, "new") for one in by_text.values()]
    there = _Held(work, chain.name, [one.seq for one in new])
    looked_at = settle(new, there.at)
    add: list[Candidate] = []
    drop: list[Candidate] = []
    unfit: set[str] = set()
    rejected: list[Candidate] = []
    for one in looked_at:
        if one.good and one.was != "held":
            add.append(one)
        elif not one.good and one.was == "held":
            drop.append(one)
        if not one.good and one.was != "refused":
            rejected.append(one)
        if not one.good:
            unfit.add(one.text)
    events = [_row(rules, device, chain, one, by_text.get(one.text), now) for one in add]
    for one in drop:
        day = work.scalar(select(Event.day).where(Event.shard == chain.shard, Event.id == one.id))
        if chain.member_id is not None and day is not None:
            pending.add((chain.shard, chain.member_id, day))
    if drop:
        ids = [one.id for one in drop]
        work.execute(delete(Event).where(Event.shard == chain.shard, Event.id.in_(ids)))
    cleared = [one.key for one in add if one.was == "refused"]
    if cleared:
        work.execute(delete(Refusal).where(Refusal.shard == chain.shard, Refusal.id.in_(cleared)))
    insert_rows(work, Event, events)
    if chain.member_id is not None:
        pending.update((chain.shard, chain.member_id, row["day"]) for row in events)
    if rejected:
        reasons = [(one.text, "chain") for one in rejected]
        _refuse(work, device, reasons, now, chain, {one.text: one.seq for one in rejected})
    proven = [one.id for one in looked_at if one.was == "held" and one.good and one.proven]
    if proven:
        waiting = Event.id.in_(proven) & (Event.shard == chain.shard) & (Event.proof != "chain")
        work.execute(update(Event).where(waiting).values(proof="chain"))
    _count(work, chain, add, drop)
    fresh_lines = {one.text for one in add}
    for index, line in sound:
        if line.text in unfit:
            done.refused.append((index, "chain"))
        elif line.text in fresh_lines:
            fresh_lines.remove(line.text)
            done.stored += 1
        else:
            done.known += 1


class _Held:
    """What the database has of a chain around some seqs, read in one go; more is read when asked for."""

    def __init__(self, work: Session, chain: str, seqs: list[int]) -> None:
        self._work, self._chain = work, chain
        self._low, self._high = min(seqs) - 1, max(seqs) + 1
        if self._high - self._low > 3 * len(seqs) + 100:
            self._low, self._high = 1, 0  # far apart: each place is asked for by itself
            self._found: dict[int, list[Candidate]] = {}
        else:
            self._found = self._read(self._low, self._high)

    def at(self, seq: int) -> list[Candidate]:
        if self._low <= seq <= self._high:
            return self._found.get(seq, [])
        return self._read(seq, seq).get(seq, [])

    def _read(self, low: int, high: int) -> dict[int, list[Candidate]]:
        found: dict[int, list[Candidate]] = {}
        held = select(Event.id, Event.seq, Event.hash, Event.line).where(
            Event.chain == self._chain, Event.seq >= low, Event.seq <= high
        )
        for id, seq, shown, text in self._work.execute(held):
            found.setdefault(seq, []).append(Candidate(id, seq, shown, _body(text), text, "held"))
        refused = select(Refusal.id, Refusal.seq, Refusal.line).where(
            Refusal.chain == self._chain, Refusal.seq >= low, Refusal.seq <= high
        )
        for key, at, text in self._work.execute(refused):
            line = make_out(text)
            if line.event is None or line.hash is None or line.body is None:
                continue
            id = bytes.fromhex(line.event.id.replace("-", ""))
            found.setdefault(int(at or 0), []).append(
                Candidate(id, line.event.seq, line.hash, line.body, text, "refused", key=key)
            )
        return found


def _body(text: str) -> str:
    return text[: text.rfind(',"hash":"')] + "}"


def _row(
    rules: Points, device: Device, chain: Chain, one: Candidate, sound: Sound | None, now: int
) -> dict[str, Any]:
    event = sound.event if sound else parse(one.body)
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
        "result": json.dumps(dict(event.result), separators=(",", ":")),
        "line": one.text,
        "hash": one.hash,
        "device_id": device.id,
        "member_id": chain.member_id,
        "worth": score(rules, event, day),
        "proof": "chain" if one.proven else "mac" if sound is None or sound.mac else "none",
    }


def _count(work: Session, chain: Chain, add: list[Candidate], drop: list[Candidate]) -> None:
    chain.count += len(add) - len(drop)
    top = max(add, key=lambda one: (one.seq, one.hash), default=None)
    if any(one.seq == chain.top_seq for one in drop):
        found = work.execute(
            select(Event.seq, Event.hash)
            .where(Event.chain == chain.name)
            .order_by(Event.seq.desc(), Event.hash.desc())
            .limit(1)
        ).first()
        chain.top_seq, chain.top_hash = (found[0], found[1]) if found else (0, GENESIS)
    elif top is not None and (top.seq, top.hash) > (chain.top_seq, chain.top_hash):
        chain.top_seq, chain.top_hash = top.seq, top.hash


def _refuse(
    work: Session,
    device: Device,
    lines: Sequence[tuple[str, str]],
    now: int,
    chain: Chain | None = None,
    seqs: dict[str, int] | None = None,
) -> None:
    """Keeps refused lines, each once however often it is sent."""
    shard = chain.shard if chain else device.shard
    marks = {_mark(text, reason): (text, reason) for text, reason in lines}
    there: set[bytes] = set()
    keys = list(marks)
    for at in range(0, len(keys), 500):
        query = select(Refusal.line_hash).where(
            Refusal.shard == shard, Refusal.line_hash.in_(keys[at : at + 500])
        )
        there.update(work.scalars(query))
    rows = [
        {
            "shard": shard,
            "id": fresh(),
            "organisation_id": device.organisation_id,
            "device_id": device.id,
            "received_ms": now,
            # PostgreSQL takes no NUL; half surrogates nobody takes.
            "line": text[:70_000].encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00"),
            "line_hash": mark,
            "reason": reason,
            "detail": f"{len(text)} characters",
            "chain": chain.name if chain else None,
            "seq": seqs[text] if seqs else None,
        }
        for mark, (text, reason) in marks.items()
        if mark not in there
    ]
    insert_rows(work, Refusal, rows)


def _mark(text: str, reason: str) -> bytes:
    return hashlib.sha256(f"{reason} {text}".encode("utf-8", "surrogatepass")).digest()[:16]
