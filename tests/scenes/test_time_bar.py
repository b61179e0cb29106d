"""The time bar of the theatre: dragged, tapped, stepped; no question is ever skipped by it."""

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.scenes.theatre import Theatre
from game.ui.play import Play
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults
from tests.scenes.test_programmes import answer


async def begun(hand: Stagehand) -> tuple[Theatre, Play]:
    await hand.open("story:elephants")
    scene = hand.app.scene
    assert isinstance(scene, Theatre)
    await hand.tap("begin")
    await hand.frames(10)
    assert scene.play is not None
    return scene, scene.play


def spot(hand: Stagehand, share: float) -> tuple[int, int]:
    place = hand.widget("time").place
    return round(place.x + place.w * share), place.centery


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_it_is_dragged_but_never_over_a_question(stage: Callable[..., Any], size: str) -> None:
    async def drag(hand: Stagehand) -> None:
        scene, play = await begun(hand)
        first = play.score.asks[0][0]
        before = play.beat
        await hand.press(spot(hand, 0.05))
        held = play.time
        assert held == pytest.approx(play.score.duration * 0.05, abs=play.score.duration * 0.03)
        await hand.frames(10)
        assert play.time == held  # it stands while it is held
        await hand.move(spot(hand, 0.97))
        assert play.time == first
        assert play.beat > before
        assert faults(hand) == []
        await hand.move(spot(hand, 0.02))
        assert play.time < held
        await hand.move(spot(hand, 0.97))
        await hand.release(spot(hand, 0.97))
        await hand.frames(3)
        assert scene.board is not None  # there it is asked
        assert not hand.widget("time").enabled
        await answer(hand, scene.board)
        await hand.press(spot(hand, 0.99))
        await hand.release(spot(hand, 0.99))
        assert play.time == play.score.asks[1][0]  # and the second after it

    stage(drag, size=size)


def test_back_behind_a_question_it_is_asked_again(stage: Callable[..., Any]) -> None:
    async def back(hand: Stagehand) -> None:
        scene, play = await begun(hand)
        play.seek(1e9)
        await hand.frames(3)
        assert scene.board is not None
        await answer(hand, scene.board)
        play.seek(0.0)
        play.seek(1e9)
        assert play.time == play.score.asks[0][0]
        play.seek(-5)
        assert play.time == 0.0

    stage(back)


def test_keys_step_it_while_the_play_stands(stage: Callable[..., Any]) -> None:
    async def keys(hand: Stagehand) -> None:
        scene, play = await begun(hand)
        await hand.tap("pause")
        scene.focus = "time"
        start = play.time
        await hand.key(pygame.K_RIGHT)
        assert play.time == pytest.approx(start + 2)
        shown = hand.app.screen.get_buffer().raw
        await hand.key(pygame.K_RIGHT)
        assert hand.app.screen.get_buffer().raw != shown
        await hand.key(pygame.K_LEFT)
        assert play.time == pytest.approx(start + 2)
        assert hand.app.screen.get_buffer().raw == shown  # nothing of the later moment is left behind
        assert not play.playing

    stage(keys)


def test_captions_passed_while_dragging_are_not_read_out(stage: Callable[..., Any]) -> None:
    async def drag(hand: Stagehand) -> None:
        _, play = await begun(hand)
        await hand.press(spot(hand, 0.01))
        spoken = len(hand.host.spoken)
        await hand.move(spot(hand, 0.9))
        assert play.beat > 1
        assert len(hand.host.spoken) == spoken
        await hand.release(spot(hand, 0.9))
        assert len(hand.host.spoken) == spoken + 1

    stage(drag)
