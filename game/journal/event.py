"""One thing that happened to one player, and the one way to write it down.

The written form and the id are specified in FORMAT.md beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any

Value = int | float | str | bool | list[int | float | str | bool]

KEYS = ("device", "seq", "time", "kind", "subject", "result")
SPACE = bytes.fromhex("99d736963b0854a1a4ef688a978294dd")
"""Namespace of event ids: UUIDv5 of the URL namespace and "shiqi:event"."""
LATEST = 253_370_764_800_000
"""Times end here (9999-01-01 UTC), so that every one of them is a date anywhere."""
LARGEST = 2**53
"""Whole numbers stay below this, where every JSON reader keeps them exactly."""
DEEPEST = 100
"""How deep outside JSON may be nested; a line is nested three deep, a file's header as well."""
_write = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
"""Made once: `json.dumps` with these arguments makes an encoder for each event."""
_DEVICE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_KIND = frozenset("abcdefghijklmnopqrstuvwxyz_")


def check_device(device: object) -> str:
    """`device` if it may name a device: 1–64 of A–Z a–z 0–9 _ -, since it becomes part of store names.

    Raises ValueError otherwise.
    """
    if not isinstance(device, str) or not 0 < len(device) <= 64 or not _DEVICE.issuperset(device):
        raise ValueError(f"not a device id: {device!r}")
    return device


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `device` counts its events by `seq` from 1; `time` is in ms of UTC since 1970.

    `kind` is a lower-case word ("lesson"), `subject` what it was about (a character, a level's id, or ""),
    `result` flat data by name. Raises ValueError when a field could not be written down and read back.
    """

    device: str
    seq: int
    time: int
    kind: str
    subject: str
    result: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_device(self.device)
        if type(self.seq) is not int or not 0 < self.seq < LARGEST:
            raise ValueError(f"not a sequence number: {self.seq!r}")
        if type(self.time) is not int or not 0 <= self.time < LATEST:
            raise ValueError(f"not a time in ms: {self.time!r}")
        if not isinstance(self.kind, str) or not 0 < len(self.kind) <= 32 or not _KIND.issuperset(self.kind):
            raise ValueError(f"not a kind: {self.kind!r}")
        _check_text(self.subject)
        if not isinstance(self.result, Mapping):
            raise ValueError(f"not a result: {self.result!r}")
        for name, value in self.result.items():
            _check_text(name)
            for one in value if isinstance(value, list) else (value,):
                _check_scalar(one)

    def __hash__(self) -> int:
        return hash((self.device, self.seq, self.time))

    @property
    def order(self) -> tuple[int, str, int]:
        """What events are sorted by: (time, device, seq)."""
        return self.time, self.device, self.seq

    @property
    def id(self) -> str:
        """UUIDv5 (RFC 9562) of the written form, so the same event has the same id wherever it is met.

        Made by hand: importing `uuid` costs more at the start of the game than these four lines.
        """
        digest = bytearray(sha1(SPACE + canonical(self), usedforsecurity=False).digest()[:16])
        digest[6] = digest[6] & 0x0F | 0x50
        digest[8] = digest[8] & 0x3F | 0x80
        text = digest.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def canonical(event: Event) -> bytes:
    """The event's written form: compact ASCII JSON, fixed order of keys, names in `result` sorted.

    ASCII throughout, because such a line survives every editor, mailer and code page on its way.
    """
    text = _write(
        {
            "device": event.device,
            "seq": event.seq,
            "time": event.time,
            "kind": event.kind,
            "subject": event.subject,
            "result": {name: event.result[name] for name in sorted(event.result)},
        }
    )
    return text.encode("ascii")


def parse(text: str) -> Event:
    """The event whose written form is `text`. Raises ValueError, whatever is wrong with it."""
    data = load_json(text)
    if not isinstance(data, dict) or tuple(data) != KEYS:
        raise Misshapen("not the fields of an event")
    try:
        return Event(*data.values())
    except ValueError as error:
        raise Misshapen(str(error)) from error


def load_json(text: str) -> Any:
    """`json.loads` for text from outside. Raises ValueError on no JSON or nesting deeper than `DEEPEST`.

    Depth is looked at first, because it overflows the stack of WebAssembly: there `json.loads` of some ten
    thousand brackets ends the whole program (seen with Pyodide 314.0.7), where CPython raises RecursionError.
    """
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise ValueError("nested too deep")
    return json.loads(text)


def _depth(text: str) -> int:
    depth = deepest = 0
    inside = escaped = False
    for char in text:
        if inside:
            inside = char != '"' or escaped
            escaped = char == "\\" and not escaped
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


class Misshapen(ValueError):
    """Readable JSON that is not an event."""


def _check_text(text: object) -> None:
    if not isinstance(text, str) or len(text) > 400:
        raise ValueError(f"not a text: {text!r}")
    if not text.isascii():
        text.encode()  # UnicodeEncodeError, a ValueError: half a surrogate pair can be written nowhere


def _check_scalar(value: object) -> None:
    if isinstance(value, bool):
        return
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        if not -LARGEST < value < LARGEST:
            raise ValueError(f"too large a number: {value!r}")
    elif isinstance(value, float):
        if not float("-inf") < value < float("inf"):
            raise ValueError(f"not a number: {value!r}")
    else:
        raise ValueError(f"not a plain value: {value!r}")
