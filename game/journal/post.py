"""What of a journal goes to an organisation's ledger, and how it is signed. Pure: nothing is sent from here.

game/ledger/PROTOCOL.md is the specification.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from game.journal.event import load_json
from game.journal.line import LONGEST, make_out

MOST_LINES = 200
MOST_CHARACTERS = 1_000_000
"""Of one batch: well under what the ledger takes at once, and soon signed."""


@dataclass(slots=True)
class Enrolment:
    """That a player of this device joined: `secret` (hex) signs, `address` is the ledger's ("": the one that
    this page came from), `sent` the highest seq known to have arrived, by chain."""

    device: str
    secret: str
    organisation: str
    address: str = ""
    sent: dict[str, int] = field(default_factory=dict)

    def dumps(self) -> str:
        """One line of JSON."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return json.dumps(kept, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str | bytes, address: str = "") -> Enrolment:
        """From `dumps`, or from the ledger's answer to an enrolment. Raises ValueError."""
        data = load_json(text.decode() if isinstance(text, bytes) else text)
        if not isinstance(data, dict):
            raise ValueError("not an enrolment")
        device, secret, organisation = (data.get(name) for name in ("device", "secret", "organisation"))
        address, sent = data.get("address", address), data.get("sent", {})
        if not (isinstance(device, str) and isinstance(secret, str) and isinstance(organisation, str)):
            raise ValueError("not an enrolment")
        if not isinstance(address, str) or not isinstance(sent, dict):
            raise ValueError("not an enrolment")
        if not bytes.fromhex(secret) or not device.isascii():
            raise ValueError("not an enrolment")
        tops = {name: top for name, top in sent.items() if type(top) is int}
        return cls(device, secret, organisation, address, tops)


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds of a chain."""

    count: int
    top_seq: int
    top_hash: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound line with what the handshake needs of it."""

    chain: str
    seq: int
    hash: str
    text: str


class Outbox:
    """The lines of one journal, and which of them the ledger has answered for."""

    def __init__(self) -> None:
        self._pieces: dict[str, dict[str, Piece]] = {}
        self._settled: set[str] = set()
        self._refused: set[str] = set()
        self._read: set[str] = set()

    @property
    def chains(self) -> list[str]:
        """The names of the chains there are lines of."""
        return list(self._pieces)

    @property
    def refused(self) -> int:
        """How many lines the ledger did not accept."""
        return len(self._refused)

    def unread(self, lines: Iterable[str]) -> list[str]:
        """Those of `lines` that `add` has not been given yet."""
        return [line for line in lines if line not in self._read]

    def add(self, lines: Iterable[str]) -> None:
        """Takes in lines; what is damaged is not for sending (the .shiqi file carries it)."""
        for text in lines:
            self._read.add(text)
            line = make_out(text) if len(text) <= LONGEST else None
            if line is None or line.reason or line.event is None or line.hash is None:
                continue
            piece = Piece(line.event.device, line.event.seq, line.hash, text)
            self._pieces.setdefault(piece.chain, {})[text] = piece

    def agree(self, held: Mapping[str, Held]) -> None:
        """Settles what the ledger holds already, where count and hash are those of the chain here."""
        for name, told in held.items():
            upto = [
                piece
                for text, piece in self._pieces.get(name, {}).items()
                if piece.seq <= told.top_seq and text not in self._refused
            ]
            if len(upto) == told.count and any(
                (piece.seq, piece.hash) == (told.top_seq, told.top_hash) for piece in upto
            ):
                self.settle(upto)

    def presume(self, sent: Mapping[str, int]) -> None:
        """Settles what an earlier session saw arrive; the next handshake is what decides."""
        for name, top in sent.items():
            self.settle(piece for piece in self._pieces.get(name, {}).values() if piece.seq <= top)

    def forget(self) -> None:
        """Nothing counts as arrived any more; what was refused would be refused again."""
        self._settled = set(self._refused)

    def refuse(self, pieces: Iterable[Piece]) -> None:
        """The ledger does not accept these; they are not sent again."""
        self._refused.update(piece.text for piece in pieces)
        self._settled |= self._refused

    def settle(self, pieces: Iterable[Piece]) -> None:
        """The ledger has answered for these."""
        self._settled.update(piece.text for piece in pieces)

    def waiting(self) -> list[Piece]:
        """What is still to send, each chain in order."""
        found = [
            piece
            for pieces in self._pieces.values()
            for text, piece in pieces.items()
            if text not in self._settled
        ]
        return sorted(found, key=lambda piece: (piece.chain, piece.seq))

    def sent(self) -> dict[str, int]:
        """By chain the highest seq up to which all is settled."""
        tops: dict[str, int] = {}
        for name, pieces in self._pieces.items():
            for piece in sorted(pieces.values(), key=lambda piece: piece.seq):
                if piece.text not in self._settled:
                    break
                tops[name] = piece.seq
        return tops


def batch(pieces: Sequence[Piece]) -> list[Piece]:
    """As many from the front as go into one request, at least one."""
    taken: list[Piece] = []
    room = MOST_CHARACTERS
    for piece in pieces[:MOST_LINES]:
        room -= len(piece.text)
        if taken and room < 0:
            break
        taken.append(piece)
    return taken


def sign(secret: str, line: str) -> str:
    """The MAC of a line: HMAC-SHA256 in lower-case hex."""
    return hmac.digest(bytes.fromhex(secret), line.encode("ascii"), "sha256").hex()


def headers(enrolment: Enrolment, body: bytes, now: int) -> dict[str, str]:
    """The headers that sign a request made at `now` (ms UTC)."""
    signed = hmac.digest(bytes.fromhex(enrolment.secret), b"%d\n" % now + body, "sha256").hex()
    return {
        "Content-Type": "application/json",
        "X-Shiqi-Device": enrolment.device,
        "X-Shiqi-Time": str(now),
        "X-Shiqi-Sign": signed,
    }


def write(data: Mapping[str, Any]) -> bytes:
    """A request's body."""
    return json.dumps(data, separators=(",", ":")).encode()


def read_held(answer: object) -> dict[str, Held]:
    """Holdings out of an answer. Raises ValueError for anything else."""
    if not isinstance(answer, dict):
        raise ValueError("not holdings")
    found = {}
    for name, told in answer.items():
        told = told if isinstance(told, dict) else {}
        count, seq, top = (told.get(key) for key in ("count", "top_seq", "top_hash"))
        if type(count) is not int or type(seq) is not int or not isinstance(top, str):
            raise ValueError("not holdings")
        found[name] = Held(count, seq, top)
    return found


def read_refused(answer: object, count: int) -> list[tuple[int, str]]:
    """(index, reason) of what an answer to `count` lines refuses. Raises ValueError for anything else."""
    refused = answer.get("refused") if isinstance(answer, dict) else None
    if not isinstance(refused, list):
        raise ValueError("not an answer to events")
    found = []
    for one in refused:
        index, reason = (one.get("index"), one.get("reason")) if isinstance(one, dict) else (None, None)
        if type(index) is not int or not 0 <= index < count or not isinstance(reason, str):
            raise ValueError("not an answer to events")
        found.append((index, reason))
    return found
