"""Joining an organisation from the settings, with the game's own events going to a real ledger."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the ledger's packages are not installed")

from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from game import sync
from game.host.protocol import NetworkError, Reply, seconds
from game.journal.post import Enrolment, Piece
from game.ledger import db, enrolment, organisations, service
from game.ledger.fold import fold
from game.ledger.limits import Buckets
from game.ledger.models import Device, Event, MemberDay, Refusal
from game.ledger.rules import read_rules
from game.scenes.invitation import Invitation, plain
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults


class Town:
    """A real ledger in memory of the test client, behind a cable that can be pulled out."""

    def __init__(self, engine: Engine, client: TestClient, code: str) -> None:
        self.engine, self.client, self.code = engine, client, code
        self.online = True
        self.calls: list[str] = []

    def plug(self, hand: Stagehand) -> None:
        async def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            self.calls.append(url)
            if not self.online:
                raise NetworkError("the cable is out")
            answer = self.client.post(url, content=body, headers=dict(headers))
            return Reply(answer.status_code, answer.content, seconds(answer.headers.get("retry-after")))

        hand.host.post = post  # type: ignore[method-assign]

    def count(self, table: Any) -> int:
        with db.session(self.engine, write=False) as work:
            return int(work.scalar(select(func.count()).select_from(table)) or 0)

    def points(self) -> int:
        fold(self.engine, read_rules())
        with db.session(self.engine, write=False) as work:
            return int(work.scalar(select(func.sum(MemberDay.points))) or 0)

    def revoke(self) -> None:
        with db.session(self.engine) as work:
            for device in work.scalars(select(Device)):
                enrolment.revoke(work, device, 1)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(sync, "BREATH", 0)
    monkeypatch.setattr(sync, "GATHER", 0)
    engine = db.engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    db.create(engine)
    with db.session(engine) as work:
        root = organisations.add(work, "安阳市", None, 0)
        school = organisations.add(work, "殷都区", root, 0)
        code = organisations.add(work, "甲骨文小学", school, 0).join_code
    with TestClient(service.app(engine, clock=lambda: 1_767_225_900_000, fold_every=0)) as client:
        yield Town(engine, client, code)
    engine.dispose()


async def until(hand: Stagehand, true: Callable[[], bool]) -> None:
    """Frames until it is so."""
    for _ in range(400):
        if true():
            return
        await hand.frames(1)
        await asyncio.sleep(0.002)
    raise AssertionError("it never came to be so")


async def join(hand: Stagehand, town: Town, code: str = "", number: str | None = "") -> None:
    town.plug(hand)
    if hand.app.scene.name != "settings":
        await hand.tap("settings")
    hand.host.texts.extend([code or town.code, number])
    await hand.tap("join")
    await hand.frames(4)


def told(hand: Stagehand) -> str:
    return hand.widget("sending").label


async def play_some(hand: Stagehand, count: int) -> None:
    for at in range(count):
        await hand.app.session.record("quiz", "", {"asked": 5, "right": at % 6})


def test_joined_all_events_arrive_and_the_points_are_those_of_the_game(
    stage: Callable[..., Any], town: Town
) -> None:
    async def script(hand: Stagehand) -> None:
        session = hand.app.session
        await play_some(hand, 450)  # three batches
        await session.record("lesson", "鹿", {"asked": 5, "right": 5})
        await join(hand, town)
        await until(hand, lambda: session.sync.state == "sent")
        await hand.frames(2)
        assert hand.widget("organisation").label == "甲骨文小学"
        assert told(hand) == "全部发出了"
        await play_some(hand, 7)  # what comes later goes by itself
        await until(hand, lambda: town.count(Event) == len(session.journal.events))  # type: ignore[union-attr]
        assert town.points() == session.progress.total > 0
        assert town.count(Refusal) == 0
        assert sum(url.endswith("/events") for url in town.calls) <= 6

    stage(script)


def test_whoever_never_joins_sends_nothing_and_is_asked_nothing(
    stage: Callable[..., Any], town: Town
) -> None:
    async def script(hand: Stagehand) -> None:
        town.plug(hand)
        await hand.tap("settings")
        assert told(hand).startswith("没有加入")
        await play_some(hand, 3)
        assert await hand.app.session.sync.step() is None
        hand.host.texts.append(None)
        await hand.tap("join")  # and thinks better of it
        assert town.calls == []
        assert [n for n in await hand.host.store.names() if n.startswith("ledger")] == []

    stage(script)


def test_a_wrong_code_and_a_wrong_number_are_told(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> list[str]:
        found = []
        for code, number in (("NOTACODE", ""), ("", "12345")):
            await join(hand, town, code, number)
            found.append(told(hand))
        town.online = False
        await join(hand, town)
        assert hand.app.session.sync.enrolment is None
        return [*found, told(hand)]

    first, second, third = stage(script, language="en")
    assert first == second == "There is no such code or number. Look again and retype it"
    assert third == "The ledger cannot be reached now. Try again in a while"


def test_offline_everything_waits_and_online_it_goes_out(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        sending = hand.app.session.sync
        await join(hand, town)
        await until(hand, lambda: sending.state == "sent")
        town.online = False
        await play_some(hand, 12)
        await until(hand, lambda: sending.state == "away")
        await hand.frames(2)
        assert "12" in told(hand)
        pauses = [await sending.step() for _ in range(9)]
        assert pauses == sorted(pauses, key=float)  # type: ignore[arg-type]
        assert pauses[-1] == sync.LONGEST_PAUSE
        town.online = True
        assert await sending.step() is None
        await hand.frames(2)
        assert told(hand) == "全部发出了"
        assert town.count(Event) == len(hand.app.session.journal.events)  # type: ignore[union-attr]

    stage(script)


def test_a_ledger_that_says_how_long_is_left_alone_so_long(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        sending = hand.app.session.sync
        await join(hand, town)
        await until(hand, lambda: sending.state == "sent")
        limits, device = town.client.app.state, sending.enrolment  # type: ignore[attr-defined]
        assert device is not None
        limits.lines = Buckets(1, 1 / 40)  # one line in forty seconds,
        limits.lines.take(device.device)  # and that one is gone
        await hand.app.session.record("quiz", "", {"asked": 5, "right": 5})
        await hand.frames(2)
        assert 5 < (await sending.step() or 0) <= 41
        await until(hand, lambda: sending.state == "away")
        limits.lines = Buckets(500, 500)
        assert await sending.step() is None
        await until(hand, lambda: sending.state == "sent")

    stage(script)


def test_after_a_restart_nothing_is_sent_twice(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        session = hand.app.session
        await join(hand, town)
        await until(hand, lambda: session.sync.state == "sent")
        await play_some(hand, 2)
        again = sync.Sync(session)
        town.online = False
        await again.step()
        assert again.waiting == 2  # known although the ledger cannot be asked
        town.online = True
        await until(hand, lambda: town.count(Event) == len(session.journal.events))  # type: ignore[union-attr]
        town.calls.clear()
        await again.step()
        assert again.state == "sent"
        assert [url.rpartition("/")[2] for url in town.calls] == ["holdings"]

    stage(script)


def test_a_revoked_device_stops_and_says_so_and_can_leave(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        sending = hand.app.session.sync
        await join(hand, town)
        await until(hand, lambda: sending.state == "sent")
        town.revoke()
        before = town.count(Event)
        await play_some(hand, 2)
        await until(hand, lambda: sending.state == "revoked")
        await hand.frames(2)
        assert told(hand).startswith("组织停用了这台设备")
        town.calls.clear()
        assert await sending.step() is None
        assert town.calls == []
        await hand.tap("leave")
        await hand.frames(2)
        assert told(hand).startswith("没有加入")
        assert await hand.host.store.names("ledger/") == []
        assert town.count(Event) == before

    stage(script)


def test_each_player_of_a_device_joins_alone(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        session = hand.app.session
        await join(hand, town)
        await until(hand, lambda: session.sync.state == "sent")
        before = town.count(Event)
        await session.begin("水木")
        await play_some(hand, 3)
        assert await session.sync.step() is None
        assert session.sync.state == "alone"
        assert town.count(Event) == before

    stage(script)


def test_a_player_who_takes_over_meanwhile_is_not_sent_for_the_one_before(
    stage: Callable[..., Any], town: Town
) -> None:
    async def script(hand: Stagehand) -> None:
        session = hand.app.session
        await join(hand, town)
        await until(hand, lambda: session.sync.state == "sent")
        first, before = session.player, town.count(Event)
        assert first is not None
        await session.begin("水木")
        second = session.player
        assert second is not None
        read = hand.host.store.read

        async def slowly(name: str) -> list[str]:
            lines = await read(name)
            if name == sync.PREFIX + first.id:
                hand.host.store.read = read  # type: ignore[method-assign]
                await session.switch(second.id)
            return lines

        await session.switch(first.id)
        hand.host.store.read = slowly  # type: ignore[method-assign]
        await sync.Sync(session).step()
        assert session.player == second
        assert town.count(Event) == before

    stage(script)


def test_a_place_without_a_ledger_is_not_a_wrong_code(stage: Callable[..., Any]) -> None:
    async def script(hand: Stagehand) -> list[str]:
        replies = [(404, b"<html>"), (404, b'{"detail":"Not Found"}'), (500, b""), (200, b"{}")]
        hand.host.replies.extend(replies)
        return [await hand.app.session.sync.join("ABC") for _ in replies]

    assert stage(script) == ["away"] * 4


def test_without_a_player_there_is_nobody_to_join(stage: Callable[..., Any]) -> None:
    async def script(hand: Stagehand) -> str:
        return str(await hand.app.session.sync.join("ABC"))

    assert stage(script, seal="") == "unknown"


def test_a_damaged_enrolment_counts_as_none(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        session = hand.app.session
        assert session.player is not None
        await hand.host.store.replace(sync.PREFIX + session.player.id, ['{"device":'])
        await session.sync.step()
        assert session.sync.state == "alone"

    stage(script)


def test_the_rows_hold_in_every_size_and_language(
    stage: Callable[..., Any],
) -> None:
    async def script(hand: Stagehand) -> Any:
        hand.app.session.sync.look = _nothing  # type: ignore[method-assign]
        await hand.tap("settings")
        made = hand.app.session.sync
        made.enrolment = Enrolment("d", "00", "安阳市殷都区甲骨文小学第一党支部")
        made.state, made.waiting = "away", 1234
        made._box.refuse([Piece("d", 1, "", "x"), Piece("d", 2, "", "y")])
        hand.app.scene.invalidate()
        await hand.frames(2)
        return faults(hand)

    for size in ("wide", "tall", "phone", "flat"):
        for language in ("zh", "en"):
            assert stage(script, size=size, language=language, text_scale=1.5) == []


async def _nothing() -> None:
    return None


def test_an_invitation_asks_before_anything_is_sent(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        town.plug(hand)
        await play_some(hand, 3)
        hand.app.push(Invitation(hand.app, town.code))
        await hand.frames(4)
        assert hand.widget("code").label == town.code
        await hand.tap("decline")
        assert hand.app.scene.name == "title"
        hand.app.push(Invitation(hand.app, town.code))
        await hand.frames(4)
        hand.host.texts.append(None)  # thinks better of it when the number is asked
        await hand.tap("accept")
        assert hand.app.scene.name == "invitation"
        assert town.calls == []
        town.online = False
        hand.host.texts.append("")
        await hand.tap("accept")
        await until(hand, lambda: "连不上" in hand.widget("told").label)
        town.online = True
        hand.host.texts.append("")
        await hand.tap("accept")
        await until(hand, lambda: hand.app.scene.name == "settings" and told(hand) == "全部发出了")
        journal = hand.app.session.journal
        assert journal is not None
        assert town.count(Event) == len(journal.events) > 3
        assert hand.widget("organisation").label == "甲骨文小学"
        hand.app.push(Invitation(hand.app, "ABC"))
        await hand.frames(4)
        assert "你已经加入“甲骨文小学”" in hand.widget("told").label

    stage(script)


def test_who_is_invited_without_a_seal_chooses_one_first(stage: Callable[..., Any], town: Town) -> None:
    async def script(hand: Stagehand) -> None:
        town.plug(hand)
        hand.app.push(Invitation(hand.app, town.code))
        await hand.frames(4)
        assert "先选一枚印" in hand.widget("told").label
        await hand.tap("accept")
        assert hand.app.scene.name == "new-seal"
        await hand.tap("chance")
        await hand.tap("make")
        await hand.frames(3)
        assert hand.app.scene.name == "invitation"
        hand.host.texts.append("")
        await hand.tap("accept")
        await until(hand, lambda: hand.app.scene.name == "settings")
        assert town.count(Device) == 1

    stage(script, seal="")


@pytest.mark.parametrize("size", ["wide", "tall", "phone", "flat"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_invitation_is_laid_out(stage: Callable[..., Any], town: Town, size: str, language: str) -> None:
    async def script(hand: Stagehand) -> list[str]:
        hand.app.push(Invitation(hand.app, "ABCDEFGHJK"))
        await hand.frames(30)
        return faults(hand)

    assert stage(script, size=size, seal="", language=language, text_scale=1.5) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("ABC23", "ABC23"),
        ("abc-23", "abc-23"),
        ("", ""),
        ("A B", ""),
        ("<b>", ""),
        ("鹿", ""),
        ("A" * 65, ""),
    ],
)
def test_only_what_can_be_a_code_is_one(told: str, code: str) -> None:
    assert plain(told) == code
