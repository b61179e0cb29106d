"""What the fake host promises to tests on top of the contract."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from game.host.fake import FakeHost, MemoryStore
from game.host.protocol import Host, HostError, NetworkError, Reply, StoreError, Target, Viewport


def test_answers_are_prepared_and_questions_kept() -> None:
    async def run() -> None:
        host = FakeHost()
        host.texts.extend(["鹿", None])
        assert await host.ask_text("name", "a", secret=True) == "鹿"
        assert await host.ask_text("name") is None
        assert await host.ask_text("name") is None
        assert host.asked == [("name", "a", True), ("name", "", False), ("name", "", False)]
        host.files.append(("a.csv", b"x"))
        assert await host.pick_file(".csv") == ("a.csv", b"x")
        assert await host.pick_file(".csv") is None
        host.replies.extend([(200, b"ok"), NetworkError("offline"), Reply(429, b"", 3)])
        assert await host.post("/x", b"b", {"k": "v"}) == Reply(200, b"ok", 0)
        with pytest.raises(NetworkError, match="offline"):
            await host.post("/x", b"", {})
        assert (await host.post("/y", b"", {})).wait == 3
        assert host.posted == [("/x", b"b", {"k": "v"}), ("/x", b"", {}), ("/y", b"", {})]
        assert await host.share(b"png", "text")
        host.can_share = False
        assert not await host.share(b"png", "more")
        assert host.shared == [(b"png", "text")]

    asyncio.run(run())


def test_what_was_done_can_be_read_back() -> None:
    host = FakeHost()
    host.download("a.csv", b"x", "text/csv")
    host.speak("鹿", "zh")
    host.speak("cerf", "fr")
    host.vibrate(10)
    host.announce("hello")
    host.mark("title")
    target = Target("go", "button", "Go", (0, 0, 48, 48))
    host.describe([target])
    assert host.downloads == [("a.csv", b"x", "text/csv")]
    assert host.spoken == [("鹿", "zh")]
    assert (host.vibrations, host.announced, host.marks) == ([10], ["hello"], ["title"])
    assert host.targets == (target,)
    host.activate("go")
    assert host.take_activations() == ["go"]
    assert host.take_activations() == []


def test_time_moves_only_with_frames() -> None:
    host = FakeHost()
    host.frame = 0.5
    now = host.now_ms()
    assert asyncio.run(host.next_frame()) == 0.5
    assert host.now_ms() == now + 500


def test_an_update_is_taken_only_if_there_is_one() -> None:
    host = FakeHost()
    host.apply_update()
    assert not host.updated
    host.update = True
    host.apply_update()
    assert host.updated


def test_assets_come_from_a_folder_or_a_dict(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    for host in (FakeHost(tmp_path), FakeHost({"a": b"1"})):
        assert host.read_asset("a") == b"1"
        with pytest.raises(HostError):
            host.read_asset("b")


def test_random_bytes_are_the_same_in_every_run() -> None:
    assert FakeHost().random_bytes(40) == FakeHost().random_bytes(40)


def test_a_store_can_refuse_and_be_shared() -> None:
    async def run() -> None:
        store = MemoryStore(durable=True)
        host: Host = FakeHost(store=store)
        await host.store.append("a", "1")
        store.refuse = True
        for call in (
            host.store.append("a", "2"),
            host.store.read("a"),
            host.store.replace("a", []),
            host.store.names(),
        ):
            with pytest.raises(StoreError):
                await call
        store.refuse = False
        assert await FakeHost(store=store).store.read("a") == ["1"]

    asyncio.run(run())


def test_a_store_without_saving_says_so() -> None:
    assert MemoryStore().durable is False
    assert FakeHost().store.durable is True


def test_pixels_of_a_viewport() -> None:
    assert Viewport(390, 844, 1.5).pixels == (585, 1266)
    assert Viewport(0, 0).pixels == (1, 1)
