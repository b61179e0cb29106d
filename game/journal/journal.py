"""One player's journal on this device: append-only, durable, and able to take in other devices' lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from game.journal.chain import Reading, continuation, read
from game.journal.event import Event, Value, check_device
from game.journal.faults import Fault
from game.journal.line import Source, make_out, seal


class Store(Protocol):
    """What the journal needs of a host's store; every write is durable when it returns."""

    async def append(self, name: str, line: str) -> None:
        """Adds one line at the end of `name`."""

    async def read(self, name: str) -> list[str]:
        """All lines of `name`, [] if there are none."""

    async def replace(self, name: str, lines: list[str]) -> None:
        """Makes `lines` the whole of `name`, all or nothing."""

    async def names(self, prefix: str = "") -> list[str]:
        """The names that begin with `prefix`."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of merging: the `new` events, how many were `known`, and all that is wrong with the lines."""

    new: tuple[Event, ...]
    known: int
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> tuple[Fault, ...]:
        """The faults for which a line was left out; the others are remarks."""
        return tuple(fault for fault in self.faults if fault.refused)


def new_player(random: bytes) -> str:
    """A name for a player on this device, from 10 or more random bytes; unique without asking anyone."""
    if len(random) < 10:
        raise ValueError("a player needs at least 10 random bytes")
    return "p" + random[:10].hex()


async def players(store: Store) -> list[str]:
    """The players who have a journal on this device."""
    names = await store.names("journal/")
    return sorted({name.split("/")[1] for name in names})


class Journal:
    """What happened to one player: the chain written here and those merged from the player's other devices.

    Make one with `open`. `player` names the player on this device and is the device id of the own chain.
    """

    def __init__(self, store: Store, player: str) -> None:
        self.player = check_device(player)
        self._store = store
        self._own = f"journal/{player}"
        self._lines: dict[str, list[str]] = {self._own: []}
        self._events: list[Event] = []
        self._sorted: tuple[Event, ...] | None = None
        self._faults: tuple[Fault, ...] = ()
        self._next = 1
        self._previous = ""
        self._lock = asyncio.Lock()

    @classmethod
    async def open(cls, store: Store, player: str) -> Journal:
        """The journal of `player`, with every line that can be read; `faults` tells of the others.

        Raises ValueError if `player` cannot be a device id, and what the store raises.
        """
        journal = cls(store, player)
        names = await store.names(f"{journal._own}/")
        for name in [journal._own, *sorted(names)]:
            journal._lines[name] = await store.read(name)
        journal._settle(read(journal._sources()))
        return journal

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, sorted by (time, device, seq)."""
        if self._sorted is None:
            self._events.sort(key=lambda event: event.order)
            self._sorted = tuple(self._events)
        return self._sorted

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the stored lines."""
        return self._faults

    @property
    def lines(self) -> Mapping[str, Sequence[str]]:
        """The stored lines by name of their store, the own chain first; damaged ones are kept as they are."""
        return self._lines

    async def append(self, kind: str, subject: str, result: Mapping[str, Value], time: int) -> Event:
        """Records that something happened at `time` (ms UTC). Durable when it returns.

        Appends wait for one another. Raises ValueError if the event cannot be written down, and what the
        store raises; then nothing has happened.
        """
        async with self._lock:
            line = seal(Event(self.player, self._next, time, kind, subject, result), self._previous)
            await self._store.append(self._own, line)
            # Read back from the line, so that it is what a replay will see and shares nothing with `result`.
            written = make_out(line)
            assert written.event is not None
            assert written.hash is not None
            self._lines[self._own].append(line)
            self._next += 1
            self._previous = written.hash
            self._events.append(written.event)
            self._sorted = None
            return written.event

    async def merge(self, lines: Iterable[str], *, source: str = "import", first: int = 1) -> Merge:
        """Takes in another device's lines (of any number of chains), each event once.

        `source` and `first` name the file and its first line's number in faults. Durable when it returns; if
        the store fails half-way, merging the same lines again completes it.
        """
        async with self._lock:
            held = self._sources()
            reading = read([*held, Source(source, tuple(lines), first)])
            there = {text for each in held for text in each.lines}
            new: list[Event] = []
            known = 0
            fresh: dict[str, list[str]] = {}
            for line in reading.lines:
                if line.source == len(held):
                    known += line.state == "known"
                    if line.event is None or line.state not in ("taken", "known"):
                        continue
                    if line.state == "taken":
                        new.append(line.event)
                    # A known event of a forked chain has a hash of its own, which the line after it needs.
                    if line.text not in there:
                        there.add(line.text)
                        fresh.setdefault(f"{self._own}/{line.event.device}", []).append(line.text)
            for name, added in fresh.items():
                await self._add(name, added)
                self._lines[name] = [*self._lines.get(name, ()), *added]
            if fresh:
                self._settle(read(self._sources()))
            return Merge(tuple(sorted(new, key=lambda event: event.order)), known, reading.by_source[-1])

    async def _add(self, name: str, lines: list[str]) -> None:
        """Adds lines to a store in one go, or one by one where damaged ones must not be written anew."""
        there = await self._store.read(name)
        if all(line.isascii() and line.isprintable() for line in there):
            await self._store.replace(name, [*there, *lines])
        else:
            for line in lines:
                await self._store.append(name, line)

    def _sources(self) -> list[Source]:
        return [Source(name, lines, ordered=name == self._own) for name, lines in self._lines.items()]

    def _settle(self, reading: Reading) -> None:
        self._events = list(reading.events)
        self._sorted = reading.events
        self._faults = reading.faults
        self._next, self._previous = continuation(reading, self.player, 0)
