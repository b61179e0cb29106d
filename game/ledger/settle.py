"""Which lines of a chain count, whatever order they came in.

Only what has the right MAC (or stands in a sound file) comes here. A line is good if it is sealed onto a good
line with the seq before; if there is no such line, it is good too, but unproven. That depends on the set of
lines alone: a line that comes late may condemn the one after it, or clear it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game.journal.line import GENESIS, digest


@dataclass(slots=True)
class Candidate:
    """A line that might count: `was` is "new", "held" (as an event) or "refused" (by the chain). Of a stored
    one: `key` the refusal's id, `day` the event's, `sealed` whether it is known to be sealed onto another."""

    id: bytes
    seq: int
    hash: str
    body: str
    text: str
    was: str
    good: bool = False
    proven: bool = False
    key: int = 0
    day: int = 0
    sealed: bool = False


def settle(new: Iterable[Candidate], load: Callable[[int], list[Candidate]]) -> list[Candidate]:
    """Decides about `new` lines of one chain and all that they touch; `load(seq)` gives what is held or
    refused there already. Returns every candidate looked at, with `good` and `proven` set."""
    by_seq: dict[int, list[Candidate]] = {}

    def at(seq: int) -> list[Candidate]:
        if seq not in by_seq:
            by_seq[seq] = load(seq)
        return by_seq[seq]

    for one in new:
        here = at(one.seq)
        if all(other.text != one.text for other in here):
            here.append(one)
    waiting = sorted(by_seq)
    queued = set(waiting)
    settled: set[int] = set()
    while waiting:
        seq = heapq.heappop(waiting)
        before = {one.hash for one in at(seq) if one.was == "held"}
        _decide(at(seq), [GENESIS] if seq == 1 else _good(at(seq - 1), seq - 1 in settled))
        settled.add(seq)
        if {one.hash for one in at(seq) if one.good} != before and seq + 1 not in queued:
            queued.add(seq + 1)
            heapq.heappush(waiting, seq + 1)
    return [one for seq in sorted(settled) for one in by_seq[seq]]


def _good(here: list[Candidate], settled: bool) -> list[str]:
    return [one.hash for one in here if (one.good if settled else one.was == "held")]


def _decide(here: list[Candidate], onto: list[str]) -> None:
    chosen: dict[bytes, Candidate] = {}
    for one in sorted(here, key=lambda one: one.text):
        one.proven = any(digest(previous, one.body) == one.hash for previous in onto)
        one.good = (one.proven or not onto) and one.id not in chosen
        if one.good:
            chosen[one.id] = one
