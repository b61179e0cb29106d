"""The .shiqi file: a journal to carry to another device or to hand in.

FORMAT.md beside this file is the specification.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from game.journal.chain import Reading, read
from game.journal.event import Event, load_json
from game.journal.faults import Fault
from game.journal.journal import Journal, Merge
from game.journal.line import GENESIS, Source

FORMAT = "shiqi"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds, as far as it could be read.

    `player` and `seal` are "" without a header. `lines` are all lines after the header as they stand, whose
    numbers in the file begin with `first`; `reading` is what they hold; `faults` includes what is wrong with
    the file as a whole.
    """

    player: str
    seal: str
    lines: tuple[str, ...]
    first: int
    reading: Reading
    faults: tuple[Fault, ...]
    file_faults: tuple[Fault, ...] = field(repr=False)

    @property
    def events(self) -> tuple[Event, ...]:
        """Every sound event, sorted by (time, device, seq)."""
        return self.reading.events


def export_file(journal: Journal, seal: str) -> bytes:
    """The journal as a .shiqi file (UTF-8, lines end in LF); `seal` is the player's seal, for people to see.

    Damaged lines go along as they are: whoever reads the file can then check the lines after them.
    """
    sources = [Source(name, lines, ordered=False) for name, lines in journal.lines.items()]
    reading = read(sources)
    merged = [line for line in reading.lines if line.source > 0 and line.state == "taken" and line.event]
    merged.sort(key=lambda line: (line.event.device, line.event.seq) if line.event else ("", 0))
    lines = [*sources[0].lines, *(line.text for line in merged)]
    devices: dict[str, dict[str, Any]] = {}
    newest: dict[str, int] = {}
    for line in reading.lines:
        if line.state == "taken" and line.event is not None:
            device, seq = line.event.device, line.event.seq
            entry = devices.setdefault(device, {"count": 0, "head": GENESIS})
            entry["count"] += 1
            if seq > newest.get(device, 0):
                newest[device], entry["head"] = seq, line.hash
    header = {
        "format": FORMAT,
        "version": VERSION,
        "player": journal.player,
        "seal": seal,
        "devices": devices,
    }
    text = "\n".join([json.dumps(header, separators=(",", ":")), *lines, ""])
    return text.encode("utf-8", "replace")


def read_export(data: bytes, name: str = "import") -> Export:
    """What the .shiqi file `data` holds; `name` is its name in faults. Never raises, whatever it is given.

    Line ends may have become CRLF and a byte order mark may have been added on the way; everything else that
    is not as it was written is named in `faults`.
    """
    texts = [
        line.removesuffix(b"\r").decode("utf-8", "replace")
        for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    ]
    if texts[-1] == "":
        del texts[-1]
    header = _header(texts[0]) if texts else None
    # A broken header is dropped, unless what stands there is no header at all but a line like the others.
    headless = header is None and bool(texts) and texts[0].startswith('{"device":')
    first = 1 if headless else 2
    lines = tuple(texts[first - 1 :])
    reading = read([Source(name, lines, first)])
    faults: list[Fault] = []
    if header is None:
        faults.append(Fault(name, 1, "header"))
        header = {}
    elif header["version"] > VERSION:
        faults.append(Fault(name, 1, "version"))
    refused = sum(line.state == "refused" for line in reading.lines)
    found = Counter(event.device for event in reading.events)
    for device, count in _counts(header):
        if (lacking := count - found[device] - refused) > 0:
            faults.append(Fault(name, len(texts), "short", device, 0, lacking))
    player, seal = (one if isinstance(one := header.get(key), str) else "" for key in ("player", "seal"))
    return Export(player, seal, lines, first, reading, (*reading.faults, *faults), tuple(faults))


async def merge_file(journal: Journal, data: bytes, name: str = "import") -> Merge:
    """Merges a .shiqi file into the journal: `read_export` and `Journal.merge` in one, with all faults."""
    export = read_export(data, name)
    merge = await journal.merge(export.lines, source=name, first=export.first)
    return Merge(merge.new, merge.known, (*merge.faults, *export.file_faults))


def _header(text: str) -> dict[str, Any] | None:
    try:
        data = load_json(text)
    except ValueError:
        return None
    if isinstance(data, dict) and data.get("format") == FORMAT and type(data.get("version")) is int:
        return data
    return None


def _counts(header: dict[str, Any]) -> list[tuple[str, int]]:
    devices = header.get("devices")
    if not isinstance(devices, dict):
        return []
    return [
        (device, entry["count"])
        for device, entry in devices.items()
        if isinstance(entry, dict) and type(entry.get("count")) is int
    ]
