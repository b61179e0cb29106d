import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.journal.chain import verify
from game.journal.event import Event
from game.journal.journal import Journal, Store, new_player, players
from game.journal.line import GENESIS, seal
from tests.journal.helpers import NOON, MemoryStore, calm, chain, hash_of, results, seqs

OWN = "journal/pa"


def opened(store: Store, player: str = "pa") -> Journal:
    return asyncio.run(Journal.open(store, player))


def write(journal: Journal, n: int, start: int = 0) -> None:
    async def some() -> None:
        for i in range(start, start + n):
            await journal.append("open", "", {"n": i}, NOON + i)

    asyncio.run(some())


def test_an_event_is_durable_when_append_returns() -> None:
    store = MemoryStore()
    journal = opened(store)
    event = asyncio.run(journal.append("answer", "鹿", {"right": True}, NOON))
    assert event == Event("pa", 1, NOON, "answer", "鹿", {"right": True})
    assert journal.events == (event,)
    assert opened(store).events == (event,)
    assert store.lists[OWN] == [seal(event, GENESIS)]


def test_appends_at_once_wait_for_one_another() -> None:
    store = MemoryStore()
    journal = opened(store)

    async def many() -> list[Event]:
        return await asyncio.gather(*(journal.append("open", "", {"n": n}, NOON - n) for n in range(20)))

    written = asyncio.run(many())
    assert seqs(written) == list(range(1, 21))
    reading = verify(store.lists[OWN])
    assert reading.faults == ()
    assert reading.events == journal.events  # by time, so the last comes first
    assert seqs(journal.events) == list(range(20, 0, -1))


@calm
@given(results)
def test_an_event_in_memory_is_what_a_replay_will_see(result: dict[str, Any]) -> None:
    store = MemoryStore()
    event = asyncio.run(opened(store).append("answer", "", result, NOON))
    assert opened(store).events == (event,)
    assert opened(store).events[0].id == event.id


def test_an_event_shares_nothing_with_its_caller() -> None:
    characters: list[Any] = ["日"]
    journal = opened(MemoryStore())
    event = asyncio.run(journal.append("lesson", "sky", {"characters": characters}, NOON))
    characters.append("月")
    assert event.result == {"characters": ["日"]}


def test_a_failed_write_records_nothing() -> None:
    store = MemoryStore()
    journal = opened(store)
    write(journal, 2)
    store.failing = True
    with pytest.raises(OSError, match="full"):
        write(journal, 1)
    assert len(journal.events) == 2
    store.failing = False
    write(journal, 1, 2)
    assert verify(store.lists[OWN]).faults == ()
    assert seqs(opened(store).events) == [1, 2, 3]


def test_an_event_that_cannot_be_written_down_records_nothing() -> None:
    journal = opened(MemoryStore())
    with pytest.raises(ValueError, match="not a kind"):
        asyncio.run(journal.append("Nonsense!", "", {}, NOON))
    with pytest.raises(ValueError, match="too long"):
        asyncio.run(journal.append("open", "", {"a": ["x" * 400] * 200}, NOON))
    write(journal, 1)
    assert seqs(journal.events) == [1]


@pytest.mark.parametrize("cut", [0, 1, 40, 120, -1])
def test_writing_goes_on_after_a_torn_write(cut: int) -> None:
    store = MemoryStore()
    journal = opened(store)
    write(journal, 3)
    store.tearing = cut
    with pytest.raises(OSError, match="pulled out"):
        write(journal, 1)
    store.tearing = None
    write(journal, 1, 3)  # in the same session
    again = opened(store)
    write(again, 1, 4)  # and in the next
    reopened = opened(store)
    assert seqs(reopened.events) == [1, 2, 3, 4, 5]
    (fault,) = reopened.faults
    assert (fault.store, fault.line, fault.reason) == (OWN, 4, "torn")
    assert "第 4 行" in fault.text("zh")


@calm
@given(
    which=st.integers(0, 4),
    at=st.integers(0, 170),
    char=st.characters(min_codepoint=32, max_codepoint=126),
    more=st.integers(1, 3),
)
def test_a_damaged_line_is_reported_and_nothing_else_lost(which: int, at: int, char: str, more: int) -> None:
    lines = chain(5)
    changed = lines[which][:at] + char + lines[which][at + 1 :]
    if changed == lines[which]:
        return
    store = MemoryStore({OWN: [*lines[:which], changed, *lines[which + 1 :]]})
    before = list(store.lists[OWN])
    journal = opened(store)
    kept = [seq for seq in range(1, 6) if seq != which + 1]
    assert seqs(journal.events) == kept
    assert [(fault.store, fault.line) for fault in journal.faults] == [(OWN, which + 1)]
    write(journal, more, 10**9)
    assert store.lists[OWN][:5] == before
    again = opened(store)
    assert again.events == journal.events
    assert len(again.events) == 4 + more
    assert [(fault.store, fault.line) for fault in again.faults] == [(OWN, which + 1)]


def test_merging_takes_each_event_once() -> None:
    store = MemoryStore()
    journal = opened(store)
    write(journal, 2)
    merge = asyncio.run(journal.merge(chain(4, "pb")))
    assert (seqs(merge.new), merge.known, merge.faults) == ([1, 2, 3, 4], 0, ())
    assert store.lists["journal/pa/pb"] == chain(4, "pb")
    writes = store.writes
    again = asyncio.run(journal.merge(chain(4, "pb")))
    assert (again.new, again.known, again.faults) == ((), 4, ())
    assert store.writes == writes
    assert opened(store).events == journal.events
    assert len(journal.events) == 6


def test_a_merge_names_each_refused_line_and_takes_the_rest() -> None:
    journal = opened(MemoryStore())
    lines = chain(5, "pb")
    lines[1] = lines[1].replace("true", "false")
    merge = asyncio.run(journal.merge([*lines, "{torn"], source="旧手机.shiqi", first=2))
    assert seqs(merge.new) == [1, 3, 4, 5]
    assert [(f.store, f.line, f.reason) for f in merge.refused] == [
        ("旧手机.shiqi", 3, "changed"),
        ("旧手机.shiqi", 7, "garbled"),
    ]
    # The whole file later brings the line that was refused.
    assert seqs(asyncio.run(journal.merge(chain(5, "pb"))).new) == [2]
    assert journal.faults == ()


def test_one_device_cut_differently_twice_comes_together() -> None:
    lines = chain(9, "pb")
    journal = opened(MemoryStore())
    late = asyncio.run(journal.merge(lines[4:]))
    assert seqs(late.new) == [5, 6, 7, 8, 9]
    assert [(f.reason, f.count) for f in late.faults] == [("missing", 4)]
    early = asyncio.run(journal.merge(lines[:6]))
    assert (seqs(early.new), early.known, early.faults) == ([1, 2, 3, 4], 2, ())
    assert journal.faults == ()
    middle = asyncio.run(journal.merge(lines[2:3]))  # its predecessor is here already
    assert (middle.new, middle.known, middle.faults) == ((), 1, ())


@calm
@given(
    cuts=st.lists(st.tuples(st.sampled_from(["pb", "pc"]), st.integers(0, 8), st.integers(0, 8)), max_size=6),
    spoilt=st.integers(0, 7),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_merges_does_not_matter(
    cuts: list[tuple[str, int, int]], spoilt: int, order: Any
) -> None:
    pieces = [chain(8, device)[min(a, b) : max(a, b)] for device, a, b in cuts]
    stale = chain(8, "pb")[spoilt].replace("true", "false")
    pieces = [*pieces, [stale], chain(8, "pb")[: spoilt + 1]]

    async def merged(pieces: list[list[str]]) -> tuple[Event, ...]:
        store = MemoryStore()
        journal = await Journal.open(store, "pa")
        for piece in pieces:
            await journal.merge(piece)
        assert (await Journal.open(store, "pa")).events == journal.events
        return journal.events

    async def both() -> None:
        first = await merged(pieces)
        order.shuffle(pieces)
        assert await merged(pieces) == first

    asyncio.run(both())


def test_own_lines_may_come_back_from_a_copy() -> None:
    lines = chain(6)
    store = MemoryStore({OWN: lines[:2]})
    journal = opened(store)
    merge = asyncio.run(journal.merge(lines))
    assert (seqs(merge.new), merge.known) == ([3, 4, 5, 6], 2)
    assert store.lists[OWN] == lines[:2]
    write(journal, 1, 10**9)
    again = opened(store)
    assert seqs(again.events) == [1, 2, 3, 4, 5, 6, 7]
    assert again.faults == ()


def test_a_merge_that_fails_half_way_is_completed_by_the_next() -> None:
    store = MemoryStore()
    journal = opened(store)
    store.failing = True
    with pytest.raises(OSError, match="full"):
        asyncio.run(journal.merge(chain(2, "pb")))
    assert len(journal.events) == 0
    store.failing = False
    assert seqs(asyncio.run(journal.merge(chain(2, "pb"))).new) == [1, 2]


def test_a_merge_writes_no_damaged_line_anew() -> None:
    damaged = [*chain(2, "pb"), "\ufffd\r"]
    store = MemoryStore({"journal/pa/pb": damaged})
    assert seqs(asyncio.run(opened(store).merge(chain(4, "pb"))).new) == [3, 4]
    assert store.lists["journal/pa/pb"] == [*damaged, *chain(4, "pb")[2:]]
    assert store.writes == 2
    assert seqs(opened(store).events) == [1, 2, 3, 4]


def test_a_merge_and_appends_at_once_keep_both() -> None:
    store = MemoryStore()
    journal = opened(store)

    async def both() -> None:
        await asyncio.gather(
            journal.append("open", "", {}, NOON),
            journal.merge(chain(3, "pb")),
            journal.append("open", "", {}, NOON + 1),
            journal.merge(chain(5, "pb")),
        )

    asyncio.run(both())
    assert len(journal.events) == 7
    assert opened(store).events == journal.events


def test_another_window_on_the_same_store_loses_nothing() -> None:
    store = MemoryStore()
    one, other = opened(store), opened(store)
    write(one, 2)
    write(other, 2, 50)
    again = opened(store)
    assert len(again.events) == 4
    assert not any(fault.refused for fault in again.faults)
    write(again, 1, 99)
    assert len(opened(store).events) == 5


def test_foreign_devices_cannot_write_outside_the_journal() -> None:
    evil = chain(1)[0].replace('"device":"pa"', '"device":"../../x"')
    store = MemoryStore()
    merge = asyncio.run(opened(store).merge([evil]))
    assert [fault.reason for fault in merge.refused] == ["shape"]
    assert store.lists == {}
    with pytest.raises(ValueError, match="not a device id"):
        opened(store, "../x")


def test_players_are_those_with_a_journal() -> None:
    store = MemoryStore({OWN: chain(1), "journal/pz/pq": chain(1, "pq"), "settings": ["{}"]})
    assert asyncio.run(players(store)) == ["pa", "pz"]


def test_a_new_player_is_named_from_chance() -> None:
    assert new_player(bytes(range(10))) == "p00010203040506070809"
    assert len(new_player(b"\xff" * 16)) == 21
    with pytest.raises(ValueError, match="10 random bytes"):
        new_player(b"short")


def test_a_new_journal_is_empty() -> None:
    journal = opened(MemoryStore())
    assert (journal.events, journal.faults, journal.lines) == ((), (), {OWN: []})


def test_lines_are_kept_as_they_were_found() -> None:
    lines = [*chain(2), "garbage"]
    journal = opened(MemoryStore({OWN: lines}))
    assert journal.lines == {OWN: lines}
    assert hash_of(lines[1])
