"""One line of a chain: sealing an event into it, and making out what a possibly damaged one says.

FORMAT.md beside this file is the specification.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from game.journal.event import Event, Misshapen, canonical, parse

GENESIS = "0" * 64
"""What the first line of a chain is sealed onto."""
LONGEST = 65_536
"""Characters a line may have: far more than any event needs, and a bound on what a bad file can cost."""
_START = '{"device":"'
_MARK = ',"hash":"'
_END = '"}'
_TAIL = len(_MARK) + 64 + len(_END)
_HEX = "0123456789abcdef"
_TRAIL = 16
"""How many hashes of damaged lines are kept for the next line to be checked against."""


@dataclass(frozen=True, slots=True)
class Source:
    """Lines and where they come from: a store's or a file's `name`; `first` is the number of the first line.

    `ordered` says that seq should grow from line to line. A store of merged cuts is not: what came later may
    be older.
    """

    name: str
    lines: Sequence[str]
    first: int = 1
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Trail:
    """What stands before a line in its source: the hashes it may be sealed onto, the likeliest first.

    `after` is the (device, seq) of the nearest legible line, `blind` how many lines between are not legible,
    `legible_hash` whether one of those still shows its hash.
    """

    hashes: tuple[str, ...] = (GENESIS,)
    after: tuple[str, int] | None = None
    blind: int = 0
    legible_hash: bool = False

    def past(self, line: Line) -> Trail:
        """The trail of the line after `line`."""
        if line.event is not None and line.hash is not None:
            return Trail((line.hash,), (line.event.device, line.event.seq))
        found = [] if line.hash is None else [line.hash]
        if line.body is not None:
            found += [digest(previous, line.body) for previous in (GENESIS, *self.hashes)]
        hashes = tuple(dict.fromkeys([*found, *self.hashes]))[:_TRAIL]
        if line.event is not None:
            return Trail(hashes, (line.event.device, line.event.seq))
        return Trail(hashes, self.after, self.blind + 1, self.legible_hash or line.hash is not None)


@dataclass(slots=True)
class Line:
    """One line as it was found.

    `state` is "taken", "known" (a taken line says the same) or "refused" for `reason`. `source` is the index
    of its source and `number` its line there. `event` and `hash` (the stored one) are set as far as they can
    be made out, on refused lines too; `body` is what the hash should be of. `proven` says that the hash fits;
    a line whose predecessor is gone cannot be checked and is taken unproven.
    """

    text: str
    event: Event | None
    hash: str | None
    body: str | None
    reason: str
    state: str
    source: int = 0
    number: int = 0
    trail: Trail = Trail()
    proven: bool = False

    def refuse(self, reason: str) -> None:
        """Leaves the line out."""
        self.state, self.reason, self.proven = "refused", reason, False

    def follows_its_predecessor(self) -> bool:
        """Whether the line just before is surely the one this was sealed onto, and shows its hash."""
        event, trail = self.event, self.trail
        device, seq = trail.after or (event.device if event else "", 0)
        here = event is not None and event.device == device and event.seq == seq + trail.blind + 1
        return here and (trail.legible_hash or not trail.blind)

    def fits(self, previous: str) -> bool:
        """Whether the line is sealed onto the hash `previous`."""
        return self.body is not None and digest(previous, self.body) == self.hash


def digest(previous: str, body: str) -> str:
    """SHA-256 of the previous line's hash (64 hex digits) followed by an event's written form."""
    return sha256((previous + body).encode("utf-8", "surrogatepass")).hexdigest()


def seal(event: Event, previous: str) -> str:
    """The line (without line break) that records `event` after the line whose hash is `previous`.

    Raises ValueError when the event is too long for a line.
    """
    body = canonical(event).decode("ascii")
    if len(body) + _TAIL > LONGEST:
        raise ValueError("the event is too long for a line")
    return f"{body[:-1]}{_MARK}{digest(previous, body)}{_END}"


def legible(index: int, source: Source) -> Iterator[Line]:
    """The lines of a source as far as they can be made out; hashes are not checked yet."""
    trail = Trail()
    for number, text in enumerate(source.lines, source.first):
        for line in _apart(text):
            line.source, line.number, line.trail = index, number, trail
            yield line
            trail = trail.past(line)


def _apart(text: str) -> list[Line]:
    """One line, or several that ran together because a line break was lost (as after a torn write)."""
    line = make_out(text)
    if line.reason and _START in text[1:]:
        head, *others = text.split(_START)
        pieces = [make_out(_START + other) for other in others]
        if _START.startswith(head) and any(not piece.reason for piece in pieces):
            return [make_out(head), *pieces] if head else pieces
    return [line]


def make_out(text: str) -> Line:
    """What a line says, whatever has happened to it; `reason` says what is wrong with it, if anything."""
    end = text[-66:]
    stored = end[:64] if len(end) == 66 and end[64:] == _END and not end[:64].strip(_HEX) else None
    at = text.rfind(_MARK)
    body = f"{text[:at]}}}" if at > 0 else None
    event = None
    cut = not text.endswith(_END)
    reason = "torn" if cut and (text.startswith(_START) or _START.startswith(text)) else "garbled"
    if len(text) > LONGEST:
        reason, body = "long", None
    elif body is not None:
        try:
            event = parse(body)
        except Misshapen:
            reason = "shape"
        except ValueError:
            pass
        else:
            whole = stored is not None and at == len(text) - _TAIL
            reason = "" if whole else "torn" if cut and len(text) < at + _TAIL else "changed"
    return Line(text, event, stored, body, reason, "refused" if reason else "taken")
