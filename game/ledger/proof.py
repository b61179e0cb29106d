"""Whether a line is what its device wrote: its form and its MAC. What the chain says is `settle`'s part."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from game.journal.event import SPACE, Event, canonical
from game.journal.line import LONGEST, make_out

REASONS: Final = ("mac", "long", "torn", "garbled", "shape", "changed", "chain", "foreign")
"""Why a line is not taken: its MAC is wrong; too long; broken off; not JSON; not an event; its hash is out of
place; not sealed onto the line before it; its chain is somebody else's."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A line in good form: `id` as in the database, `body` what its hash is of."""

    text: str
    event: Event
    id: bytes
    body: str
    hash: str
    mac: bool


def mac(secret: bytes, text: str) -> str:
    """The MAC of a line: HMAC-SHA256 in lower-case hex (RFC 2104)."""
    return hmac.digest(secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def examine(text: str, sent: str | None, secret: bytes) -> Sound | str:
    """A line in good form, or the reason against it. `sent` is its MAC; None for lines of a file.

    The MAC comes first: of a line that nobody vouches for nothing else is looked at.
    """
    if len(text) > LONGEST:
        return "long"
    # Compared as bytes: what was sent may hold any sign, and texts must be ASCII to be compared.
    if sent is not None and not hmac.compare_digest(
        mac(secret, text).encode(), sent.encode("utf-8", "surrogatepass")
    ):
        return "mac"
    line = make_out(text)
    if line.reason:
        return line.reason
    event, shown, body = line.event, line.hash, line.body
    assert event is not None
    assert shown is not None
    assert body is not None
    written = canonical(event)
    if written != body.encode("utf-8", "surrogatepass"):
        return "shape"  # other spellings of one event would be other hashes of it
    return Sound(text, event, identify(written), body, shown, sent is not None)


def identify(written: bytes) -> bytes:
    """The 16 bytes of the UUIDv5 of an event's written form: `Event.id` without writing it once more."""
    made = bytearray(hashlib.sha1(SPACE + written, usedforsecurity=False).digest()[:16])
    made[6] = made[6] & 0x0F | 0x50
    made[8] = made[8] & 0x3F | 0x80
    return bytes(made)
