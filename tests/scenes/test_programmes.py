"""Stories, idioms, Party history, inscriptions, the record, the seals: each played through by taps."""

from collections.abc import Callable
from typing import Any

import pytest

from game.journal.export import read_export
from game.scenes.board import Board
from game.scenes.players import NewSeal
from game.scenes.theatre import Theatre
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults
from tests.scenes.test_lesson import carve


async def answer(hand: Stagehand, board: Board) -> None:
    """Answers the board rightly and goes on."""
    assert faults(hand) == []
    for choice in board.exercise.answer:
        await hand.tap(f"option-{choice}")
    assert board.outcome is not None
    assert board.outcome.right
    assert faults(hand) == []
    await hand.tap("next")


async def to_the_end(hand: Stagehand) -> Theatre:
    """Plays the level on the screen from its first page to its last."""
    scene = hand.app.scene
    assert isinstance(scene, Theatre)
    await hand.tap("begin")
    for _ in range(4000):
        if scene.stage_name == "end":
            break
        if scene.board is not None:
            await answer(hand, scene.board)
        elif scene.stage_name == "carve":
            await carve(hand)
            await hand.frames(4)
            assert faults(hand) == []
            await hand.tap("next")
        else:
            await hand.frames(1, 0.5)
    assert scene.stage_name == "end"
    await hand.frames(4, 0.4)
    assert faults(hand) == []
    return scene


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_every_level_plays_to_its_end(stage: Callable[..., Any], size: str) -> None:
    async def levels(hand: Stagehand) -> dict[str, tuple[int, int]]:
        library = hand.app.kit.library
        names = [f"idiom:{i.id}" for i in library.idioms]
        names += [f"story:{s.id}" for s in library.stories]
        names += [f"party_history:{p.id}" for p in library.party_history]
        names += [f"inscription:{i.id}" for i in library.inscriptions]
        scored = {}
        for name in names[:: 1 if size == "wide" else 2]:
            await hand.open(name)
            scene = await to_the_end(hand)
            scored[name] = scene.scored
            await hand.tap("home")
        return scored

    scored = stage(levels, size=size)
    assert scored
    assert all(right == asked > 0 for right, asked in scored.values())


def test_stepping_back_and_forth_never_skips_a_question(stage: Callable[..., Any]) -> None:
    async def story(hand: Stagehand) -> tuple[int, int]:
        await hand.open("story:elephants")
        scene = hand.app.scene
        assert isinstance(scene, Theatre)
        await hand.tap("begin")
        assert scene.play is not None
        for _ in range(80):
            if scene.stage_name == "end":
                break
            if scene.board is not None:
                await answer(hand, scene.board)
            else:
                await hand.tap("after")
                await hand.frames(2)
        return scene.scored

    assert stage(story) == (3, 3)


def test_export_and_import_on_another_device(stage: Callable[..., Any]) -> None:
    async def first(hand: Stagehand) -> tuple[bytes, int]:
        await hand.open("inscription:heji-12870")
        await to_the_end(hand)
        await hand.tap("home")
        await hand.open("record")
        await hand.tap("export")
        await hand.tap("csv")
        (name, data, _), (table, csv, _) = hand.host.downloads
        assert name.endswith(".shiqi")
        assert table.endswith(".csv")
        assert csv.startswith(b"\xef\xbb\xbf")
        return data, hand.app.session.progress.total

    async def second(hand: Stagehand, data: bytes) -> tuple[int, int, str]:
        hand.host.files.extend([("a.shiqi", data), ("a.shiqi", data)])
        await hand.open("record")
        await hand.tap("import")
        await hand.frames(4)
        once = hand.app.session.progress.total
        await hand.tap("import")
        await hand.frames(4)
        scene = hand.app.scene
        return once, hand.app.session.progress.total, getattr(scene, "message", "")

    data, total = stage(first)
    assert read_export(data).faults == ()
    once, twice, message = stage(lambda hand: second(hand, data), seal="日月")
    assert once == twice >= total, message
    assert "0" in message
    cut = data[: len(data) * 2 // 3]
    _, _, message = stage(lambda hand: second(hand, cut), seal="日月")
    assert "a.shiqi" in message


def test_a_new_player_cuts_a_seal_on_the_way(stage: Callable[..., Any]) -> None:
    async def begin(hand: Stagehand) -> tuple[str, str, str]:
        await hand.tap("idioms")
        assert isinstance(hand.app.scene, NewSeal)
        assert not hand.widget("make").enabled
        await hand.tap("pick-鹿")
        await hand.tap("pick-山")
        await hand.tap("make")
        await hand.frames(4)
        opened = hand.app.scene.name
        first = hand.app.session.progress.seal
        hand.app.home()
        await hand.frames(2)
        await hand.tap("players")
        await hand.frames(3)
        await hand.tap("new")
        await hand.tap("chance")
        await hand.tap("make")
        await hand.frames(4)
        return opened, first, hand.app.session.progress.seal

    opened, first, second = stage(begin, seal="")
    assert opened == "index-idioms"
    assert first == "鹿山"
    assert 2 <= len(second) <= 3


def test_switching_players_is_two_taps(stage: Callable[..., Any]) -> None:
    async def switch(hand: Stagehand) -> tuple[int, int]:
        one = hand.app.session.player
        assert one is not None
        await hand.open("inscription:heji-12870")
        await to_the_end(hand)
        first = hand.app.session.progress.total
        await hand.app.session.begin("日月")
        hand.app.home()
        await hand.frames(2)
        assert hand.app.session.progress.total < first
        await hand.tap("players")
        await hand.frames(3)
        await hand.tap(f"player-{one.id}")
        await hand.frames(3)
        return first, hand.app.session.progress.total

    first, again = stage(switch)
    assert first == again


def test_settings_are_kept_at_once(stage: Callable[..., Any]) -> None:
    async def change(hand: Stagehand) -> list[str]:
        await hand.open("settings")
        await hand.tap("language-en")
        await hand.tap("text_scale-1.25")
        await hand.tap("strictness-3")
        await hand.frames(2)
        return await hand.host.store.read("settings")

    (line,) = stage(change)
    assert '"language":"en"' in line
    assert '"text_scale":1.25' in line
    assert '"strictness":3' in line


def test_a_damaged_line_is_told_on_the_record(stage: Callable[..., Any]) -> None:
    async def damage(hand: Stagehand) -> tuple[str, int]:
        session = hand.app.session
        await session.record("carving", "日", {"score": 90, "passed": True})
        await session.record("carving", "月", {"score": 91, "passed": True})
        player = session.player
        assert player is not None
        name = f"journal/{player.id}"
        lines = await hand.host.store.read(name)
        lines[2] = lines[2].replace('"score":90', '"score":99')
        await hand.host.store.replace(name, lines)
        await session.switch(player.id)
        await hand.open("record")
        label = hand.widget("faults").label
        return label, session.progress.characters["月"].carved_best

    label, best = stage(damage)
    assert best == 91
    assert "3" in label
    assert "改动" in label
