"""The index of stories: pictures rendered from the stories, one of which plays at a time."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.scenes.index import Index
from game.scenes.theatre import Theatre
from game.ui.story_card import Spotlight, StoryCard
from tests.scenes.stagehand import Stagehand


def _cards(hand: Stagehand) -> list[StoryCard]:
    return [one for one in hand.app.scene.widgets if isinstance(one, StoryCard)]


def _spotlight(hand: Stagehand) -> Spotlight:
    return next(one for one in hand.app.scene.widgets if isinstance(one, Spotlight))


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_every_card_in_view_shows_its_own_story(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> tuple[int, int, bool]:
        await hand.open("stories")
        await hand.frames(24)
        scene: Any = hand.app.scene
        window = scene._scroll.rect
        seen = [card for card in _cards(hand) if window.contains(card.place)]
        pictures = set()
        for card in seen:
            assert card.cover.picture is not None
            pictures.add(pygame.image.tobytes(card.cover.picture, "RGB"))
        inside = all(card.rect.contains(card.screen(hand.app.kit)) for card in seen)
        return len(seen), len(pictures), inside

    seen, different, inside = stage(look, size=size, motion="less")
    assert seen == different >= 4
    assert inside


def test_one_story_plays_at_a_time_then_the_next(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> list[str]:
        await hand.open("stories")
        played: list[str] = []
        for _ in range(900):
            await hand.frames(1, 0.05)
            on = _spotlight(hand).on
            if on is not None and on.id not in played[-1:]:
                played.append(on.id)
        return played

    played = stage(look)
    assert len(played) >= 3
    assert len(set(played[:3])) == 3


def test_a_playing_card_moves_and_with_less_motion_nothing_does(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> tuple[bool, int]:
        await hand.open("stories")
        await hand.frames(120)
        on = _spotlight(hand).on
        drawn = hand.app.frames_drawn
        await hand.frames(20)
        return on is not None, hand.app.frames_drawn - drawn

    assert stage(look) == (True, 20)
    assert stage(look, motion="less") == (False, 0)


def test_a_card_scrolled_away_stops_playing(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> tuple[bool, bool]:
        await hand.open("stories")
        await hand.frames(60)
        first = _spotlight(hand).on
        scene: Any = hand.app.scene
        scene._scroll._go(float(scene._scroll.most))
        await hand.frames(3)
        return first is not None, _spotlight(hand).on is first

    assert stage(look) == (True, False)


@pytest.mark.parametrize("what", ["story:elephants", "stories"])
def test_a_scene_that_is_left_is_gone(stage: Callable[..., Any], what: str) -> None:
    """Its pictures weigh many megabytes: kept by a circle, a few dozen levels filled a browser's memory."""

    async def leave(hand: Stagehand) -> tuple[int, bool]:
        gc.disable()
        try:
            await hand.open(what)
            scene: Any = hand.app.scene
            if isinstance(scene, Theatre):
                scene.begin()
            await hand.frames(60)
            owner: Any = scene.play if isinstance(scene, Theatre) else scene
            view = owner._view
            owner = None
            assert view._looks.weight > 0
            assert isinstance(scene, Theatre | Index)
            gone = weakref.ref(scene)
            scene = None
            hand.app.home()
            await hand.frames(12)
            return view._looks.weight, gone() is None
        finally:
            gc.enable()

    assert stage(leave) == (0, True)
