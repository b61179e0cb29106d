"""The hash chain read back, from lines that may be damaged, lost, doubled or out of order.

Every line carries the hash of itself and of its predecessor's hash. So a changed line shows, and it alone:
the next one is checked against the hash it carries or, should that be what was changed, against the hash it
ought to carry. FORMAT.md beside this file is the specification.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from game.journal.event import LARGEST, Event, canonical
from game.journal.faults import Fault
from game.journal.line import GENESIS, Line, Source, digest, legible

_Note = tuple[Line, str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What some lines hold: `events` sorted by (time, device, seq), every line, and faults by source."""

    events: tuple[Event, ...]
    lines: tuple[Line, ...]
    by_source: tuple[tuple[Fault, ...], ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong, by source and line."""
        return tuple(fault for faults in self.by_source for fault in faults)


def verify(lines: Sequence[str], store: str = "") -> Reading:
    """Reads the lines of one file or store, of any number of devices. Never raises, whatever they hold."""
    return read([Source(store, lines)])


def read(sources: Sequence[Source]) -> Reading:
    """Reads several sources as one: each line is checked against its predecessor wherever that stands."""
    lines = [line for index, source in enumerate(sources) for line in legible(index, source)]
    chains: dict[str, dict[int, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line.event is not None:
            chains[line.event.device][line.event.seq].append(line)
    notes = [note for by_seq in chains.values() for note in _check(by_seq)]
    _refuse_renamed(lines)
    for by_seq in chains.values():
        for same in by_seq.values():
            if len(same) > 1:
                notes += _settle(same)
    notes = [note for note in notes if note[0].state != "refused"] + _misplaced(lines, sources)
    notes += [(line, line.reason, 0) for line in lines if line.state == "refused"]
    notes.sort(key=lambda note: note[0].number)
    faults: list[list[Fault]] = [[] for _ in sources]
    for line, reason, count in notes:
        faults[line.source].append(_fault(sources[line.source].name, line, reason, count))
    taken = [line.event for line in lines if line.state == "taken" and line.event is not None]
    taken.sort(key=lambda event: event.order)
    return Reading(tuple(taken), tuple(lines), tuple(tuple(one) for one in faults))


def continuation(reading: Reading, device: str, source: int) -> tuple[int, str]:
    """Where `device` goes on writing into the source with this index: (next seq, hash to seal onto).

    That is after its last sound line, or after the damaged ones behind that if they still show a hash: a
    line counts once written, even when it can no longer be read.
    """
    seq, previous = 0, GENESIS
    trailing: list[Line] = []
    last: Line | None = None
    for line in reading.lines:
        if line.source == source:
            if line.state == "refused":
                trailing.append(line)
            else:
                trailing.clear()
                last = line
    top: Line | None = None
    for line in reading.lines:
        event = line.event if line.state == "taken" else None
        if event is not None and line.hash is not None and event.device == device and event.seq >= seq:
            top, seq, previous = line, event.seq, line.hash
    if top is last:
        for line in trailing:
            if line.hash is not None:
                seq, previous = seq + 1, line.hash
    return seq + 1, previous


def _check(by_seq: dict[int, list[Line]]) -> list[_Note]:
    """Checks the hashes of one device's lines; notes the gaps between them."""
    notes: list[_Note] = []
    before, onto, sound_before = 0, [GENESIS], True
    for seq in sorted(by_seq):
        known = onto if seq == before + 1 else []
        here: list[str] = []
        sound = False
        for line in by_seq[seq]:
            if line.hash is not None:
                here.append(line.hash)
            candidates = [*known, *line.trail.hashes]
            if not line.reason and any(line.fits(previous) for previous in candidates):
                line.proven = sound = True
                continue
            if not line.reason and ((known and sound_before) or line.follows_its_predecessor()):
                line.refuse("changed")
            if line.state == "refused" and line.body is not None:
                here += [digest(previous, line.body) for previous in candidates]
            else:
                sound = True
                if seq - before - 1 > line.trail.blind:
                    notes.append((line, "missing", seq - before - 1 - line.trail.blind))
        before, onto, sound_before = seq, list(dict.fromkeys(here))[:64], sound
    return notes


def _refuse_renamed(lines: Sequence[Line]) -> None:
    """Refuses unproven lines that only lack a predecessor because their own device or seq was changed.

    Such a line betrays itself: its hash fits under the name that its place suggests, or the next line is
    sealed onto it under another name.
    """
    for line, following in zip_longest(lines, lines[1:]):
        if line.state == "refused" or line.proven or line.event is None or line.hash is None:
            continue
        if _fits_renamed(line, line.event) or (following and _disowns(following, line.event, line.hash)):
            line.refuse("changed")


def _fits_renamed(line: Line, event: Event) -> bool:
    device, seq = line.trail.after or (event.device, 0)
    here = min(seq + line.trail.blind + 1, LARGEST - 1)
    names = ((device, event.seq), (event.device, here), (event.device, 1))
    bodies = [canonical(replace(event, device=one, seq=n)).decode("ascii") for one, n in names]
    hashes = (GENESIS, *line.trail.hashes)
    return any(digest(previous, body) == line.hash for body in bodies for previous in hashes)


def _disowns(following: Line, event: Event, shown: str) -> bool:
    successor = following.event
    if successor is None or (successor.device, successor.seq) == (event.device, event.seq + 1):
        return False
    return following.fits(shown)


def _settle(same: list[Line]) -> list[_Note]:
    """Decides between lines of one device and number: one thing said twice, or two different things."""
    notes: list[_Note] = []
    kept: dict[str, Line] = {}
    taken = [(line.event.id, line) for line in same if line.state == "taken" and line.event is not None]
    proven = {id for id, line in taken if line.proven}
    for id, line in taken:
        if proven and id not in proven:
            line.refuse("changed")  # taken only for want of a predecessor, and here is the real one
        elif id in kept:
            line.state = "known"
            if kept[id].source == line.source:
                notes.append((line, "repeated", 0))
        else:
            if kept:
                notes.append((line, "fork", 0))
            kept[id] = line
    return notes


def _misplaced(lines: Sequence[Line], sources: Sequence[Source]) -> list[_Note]:
    """Notes the lines that stand behind later ones of their chain, where order means something."""
    notes: list[_Note] = []
    furthest: dict[tuple[int, str], int] = {}
    for line in lines:
        if line.state == "taken" and line.event is not None and sources[line.source].ordered:
            chain = line.source, line.event.device
            if line.event.seq < furthest.get(chain, 0):
                notes.append((line, "reordered", 0))
            else:
                furthest[chain] = line.event.seq
    return notes


def _fault(store: str, line: Line, reason: str, count: int) -> Fault:
    device, seq = (line.event.device, line.event.seq) if line.event is not None else ("", 0)
    return Fault(store, line.number, reason, device, seq, count)
