"""What the database has of chains: their state, locked, and their lines around some places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, null, select, union_all, update
from sqlalchemy.orm import Session

from game.journal.line import GENESIS, make_out
from game.ledger.db import upsert
from game.ledger.models import Chain, Device, Event, Refusal
from game.ledger.settle import Candidate

_COLUMNS = (
    Chain.name,
    Chain.shard,
    Chain.device_id,
    Chain.member_id,
    Chain.count,
    Chain.top_seq,
    Chain.top_hash,
)
_AT_ONCE = 400
_chain: BindParameter[str] = bindparam("chain")
_low: BindParameter[int] = bindparam("low")
_high: BindParameter[int] = bindparam("high")
_THERE: CompoundSelect[Any] = union_all(
    select(Event.id, null().label("key"), Event.seq, Event.hash, Event.line, Event.day, Event.proof).where(
        Event.chain == _chain, Event.seq.between(_low, _high)
    ),
    select(null(), Refusal.id, Refusal.seq, null(), Refusal.line, null(), null()).where(
        Refusal.chain == _chain, Refusal.seq.between(_low, _high)
    ),
)
_SAVE = (
    update(Chain)
    .where(Chain.name == bindparam("of"))
    .values(count=bindparam("now"), top_seq=bindparam("seq"), top_hash=bindparam("hash"))
    .execution_options(synchronize_session=False)
)
_TOP = (
    select(Event.seq, Event.hash).where(Event.chain == _chain).order_by(Event.seq.desc(), Event.hash.desc())
)


@dataclass(slots=True)
class State:
    """A chain as the table has it; `count`, `top_seq` and `top_hash` change, and `save` writes them."""

    name: str
    shard: int
    device_id: str
    member_id: int | None
    count: int
    top_seq: int
    top_hash: str

    def owned(self, device_id: str, member_id: int | None) -> bool:
        """Whether this device, or another one of its member, may send the chain."""
        return self.device_id == device_id or (self.member_id is not None and self.member_id == member_id)


@dataclass(frozen=True, slots=True)
class Sender:
    """A device as intake needs it."""

    id: str
    shard: int
    organisation_id: int
    member_id: int | None

    @classmethod
    def of(cls, device: Device) -> Sender:
        """What intake needs of `device`."""
        return cls(device.id, device.shard, device.organisation_id, device.member_id)


def look(work: Session, names: Sequence[str], lock: bool = False) -> dict[str, State]:
    """The chains there are with these names; with `lock` nobody else changes them before the commit."""
    found: dict[str, State] = {}
    for at in range(0, len(names), _AT_ONCE):
        query = select(*_COLUMNS).where(Chain.name.in_(names[at : at + _AT_ONCE])).order_by(Chain.name)
        for row in work.execute(query.with_for_update() if lock else query):
            found[row[0]] = State(*row)
    return found


def hold(work: Session, first: Mapping[str, Sender]) -> dict[str, State]:
    """The chains by name, locked; a new one belongs to the device that sends it `first`."""
    names = sorted(first)
    there = look(work, names, lock=True)
    missing = [name for name in names if name not in there]
    if missing:
        empty = {"count": 0, "top_seq": 0, "top_hash": GENESIS}
        rows = [
            {
                "name": name,
                "shard": first[name].shard,
                "device_id": first[name].id,
                "member_id": first[name].member_id,
                **empty,
            }
            for name in missing
        ]
        upsert(work, Chain, rows)
        there.update(look(work, missing, lock=True))
    return there


def save(work: Session, states: Iterable[State]) -> None:
    """Writes the states back."""
    rows = [{"of": one.name, "now": one.count, "seq": one.top_seq, "hash": one.top_hash} for one in states]
    if rows:
        work.connection().execute(_SAVE, rows)


def find_top(work: Session, state: State) -> None:
    """Looks up anew where the chain ends, after its top line was taken away."""
    found = work.execute(_TOP.limit(1), {"chain": state.name}).first()
    state.top_seq, state.top_hash = (found[0], found[1]) if found else (0, GENESIS)


class Held:
    """The lines of a chain around some seqs, held or refused by the chain; read in one go where they lie
    close together, else one place at a time."""

    def __init__(self, work: Session, chain: str, seqs: Sequence[int]) -> None:
        self._work, self._chain = work, chain
        self._low, self._high = min(seqs) - 1, max(seqs) + 1
        if self._high - self._low > 3 * len(seqs) + 100:
            self._low, self._high = 1, 0  # far apart
            self._found: dict[int, list[Candidate]] = {}
        else:
            self._found = self._read(self._low, self._high)

    def at(self, seq: int) -> list[Candidate]:
        """What is there at a place."""
        if self._low <= seq <= self._high:
            return self._found.get(seq, [])
        return self._read(seq, seq).get(seq, [])

    def _read(self, low: int, high: int) -> dict[int, list[Candidate]]:
        found: dict[int, list[Candidate]] = {}
        asked = {"chain": self._chain, "low": low, "high": high}
        for id, key, seq, shown, text, day, proof in self._work.connection().execute(_THERE, asked):
            one = _refused(key, text) if id is None else Candidate(id, seq, shown, _body(text), text, "held")
            if one is not None:
                one.day, one.sealed = day or 0, proof == "chain"
                found.setdefault(seq, []).append(one)
        return found


def _refused(key: int, text: str) -> Candidate | None:
    line = make_out(text)
    if line.event is None or line.hash is None or line.body is None:
        return None
    id = bytes.fromhex(line.event.id.replace("-", ""))
    return Candidate(id, line.event.seq, line.hash, line.body, text, "refused", key=key)


def _body(text: str) -> str:
    return text[: text.rfind(',"hash":"')] + "}"
