"""Journals for tests: a store made of memory, sealed chains, and events that hypothesis makes up."""

import asyncio
from collections.abc import Mapping, Sequence

from hypothesis import settings
from hypothesis import strategies as st

from game.journal.event import Event, Value
from game.journal.line import GENESIS, make_out, seal

NOON = 1_790_000_000_000
"""2026-09-21, 22:13:20 in Shanghai."""

calm = settings(deadline=None)
"""For hypothesis: a shared machine may stop for a moment."""

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | names
    | st.booleans()
)
results = st.dictionaries(names, scalars | st.lists(scalars, max_size=3), max_size=4)
events = st.builds(
    Event,
    device=st.sampled_from(["pa", "pb-2", "C_3"]),
    seq=st.integers(1, 2**53 - 1),
    time=st.integers(0, 253_370_764_799_999),
    kind=st.sampled_from(["answer", "carving", "lesson", "party_history"]),
    subject=names,
    result=results,
)


class MemoryStore:
    """A store that gives way to other tasks in every call, and can fail or break off in the middle."""

    def __init__(self, lists: Mapping[str, Sequence[str]] | None = None) -> None:
        self.lists = {name: list(lines) for name, lines in (lists or {}).items()}
        self.failing = False
        self.tearing: int | None = None
        self.writes = 0

    async def append(self, name: str, line: str) -> None:
        await asyncio.sleep(0)
        if self.failing:
            raise OSError("full")
        if self.tearing is not None:
            self.lists.setdefault(name, []).append(line[: self.tearing])
            raise OSError("pulled out")
        self.writes += 1
        self.lists.setdefault(name, []).append(line)
        await asyncio.sleep(0)

    async def read(self, name: str) -> list[str]:
        await asyncio.sleep(0)
        return list(self.lists.get(name, ()))

    async def replace(self, name: str, lines: list[str]) -> None:
        await asyncio.sleep(0)
        if self.failing:
            raise OSError("full")
        self.writes += 1
        self.lists[name] = list(lines)

    async def names(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self.lists if name.startswith(prefix))


def chain(n: int, device: str = "pa", result: Mapping[str, Value] | None = None) -> list[str]:
    """`n` sealed lines of one device, a minute apart."""
    lines: list[str] = []
    previous = GENESIS
    for seq in range(1, n + 1):
        given: Mapping[str, Value] = {"skill": "read", "right": True} if result is None else result
        lines.append(seal(Event(device, seq, NOON + 60_000 * seq, "answer", "鹿", given), previous))
        previous = hash_of(lines[-1])
    return lines


def hash_of(line: str) -> str:
    """The hash that a line shows."""
    shown = make_out(line).hash
    assert shown is not None
    return shown


def seqs(happened: Sequence[Event]) -> list[int]:
    """The sequence numbers of some events."""
    return [event.seq for event in happened]
