"""A device's storage copied to another (an imaged kiosk, a restored backup): two chains of one device."""

import asyncio

from game.host.memory import MemoryStore
from game.journal.export import export_file, merge_file
from game.journal.journal import Journal

START = 1_767_225_600_000
DEVICE = "p" + "a" * 20


def test_a_forked_chain_is_merged_whole_and_stays_so() -> None:
    async def fork() -> tuple[list[str], list[str], int, int]:
        one = await Journal.open(MemoryStore(), DEVICE)
        await one.append("player", "鹿山", {}, START)
        await one.append("open", "", {}, START + 1)
        await one.append("inscription", "x", {"right": 3, "asked": 3}, START + 2)
        await one.append("lesson", "y", {"right": 3, "asked": 3}, START + 3)
        store = MemoryStore()
        other = await Journal.open(store, DEVICE)
        await other.append("player", "日月", {}, START)
        await other.append("open", "", {}, START + 1)
        first = await merge_file(other, export_file(one, "鹿山"))
        again = await merge_file(other, export_file(one, "鹿山"))
        reopened = await Journal.open(store, DEVICE)
        return (
            [e.kind for e in other.events],
            [e.kind for e in reopened.events],
            len(first.new),
            len(again.new),
        )

    merged, reopened, new, again = asyncio.run(fork())
    assert merged == reopened == ["player", "player", "open", "inscription", "lesson"]
    assert (new, again) == (3, 0)
