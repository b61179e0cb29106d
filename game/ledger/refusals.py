"""Refused lines, kept as they came, each once however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger.chains import Sender, State
from game.ledger.db import insert_rows
from game.ledger.models import Refusal, fresh

LONGEST = 70_000
"""Characters that are kept of a line."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """A line and what is wrong with it; `chain` and `seq` where only the chain speaks against it."""

    sender: Sender
    text: str
    reason: str
    chain: State | None = None
    seq: int | None = None


def keep(work: Session, lines: Iterable[Refused], now: int) -> None:
    """Keeps lines that are not kept yet."""
    by_shard: dict[int, dict[bytes, Refused]] = {}
    for one in lines:
        shard = one.chain.shard if one.chain else one.sender.shard
        by_shard.setdefault(shard, {}).setdefault(_mark(one.text, one.reason), one)
    rows: list[dict[str, Any]] = []
    for shard, marks in by_shard.items():
        there: set[bytes] = set()
        keys = list(marks)
        for at in range(0, len(keys), _AT_ONCE):
            query = select(Refusal.line_hash).where(
                Refusal.shard == shard, Refusal.line_hash.in_(keys[at : at + _AT_ONCE])
            )
            there.update(work.scalars(query))
        rows += [_row(shard, mark, one, now) for mark, one in marks.items() if mark not in there]
    insert_rows(work, Refusal, rows)


def _row(shard: int, mark: bytes, one: Refused, now: int) -> dict[str, Any]:
    return {
        "shard": shard,
        "id": fresh(),
        "organisation_id": one.sender.organisation_id,
        "device_id": one.sender.id,
        "received_ms": now,
        # PostgreSQL takes no NUL; half surrogates nobody takes.
        "line": one.text[:LONGEST].encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00"),
        "line_hash": mark,
        "reason": one.reason,
        "detail": f"{len(one.text)} characters",
        "chain": one.chain.name if one.chain else None,
        "seq": one.seq,
    }


def _mark(text: str, reason: str) -> bytes:
    return hashlib.sha256(f"{reason} {text}".encode("utf-8", "surrogatepass")).digest()[:16]
