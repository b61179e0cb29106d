"""Bugs that were found by looking, each held by a test."""

import asyncio
from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.content.model import Words
from game.scenes.meet import MeetStep
from game.ui.widget import Widget
from tests.scenes.stagehand import Stagehand


def test_a_tapped_part_is_lit_on_the_glyph_that_melted_from_its_picture(stage: Callable[..., Any]) -> None:
    async def light(hand: Stagehand) -> tuple[str | None, str | None, bool]:
        await hand.open("unit:sky")
        await hand.frames(60)
        await hand.tap("part-rim")
        await hand.frames(4)
        scene: Any = hand.app.scene
        step = scene.step
        assert isinstance(step, MeetStep)
        view = step._view
        lit = view.lit if view is not None else None
        await hand.tap("again")
        await hand.frames(2)
        return lit, step.lit, step._melting is not None

    assert stage(light) == ("rim", None, True)


def test_the_players_do_not_move_under_a_finger(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> tuple[bool, bool]:
        real = hand.app.session.players
        gate = asyncio.Event()

        async def slowly() -> Any:
            await gate.wait()
            return await real()

        hand.app.session.players = slowly  # type: ignore[method-assign]
        await hand.tap("players")
        await hand.frames(3)
        before = hand.app.scene.find("new") is not None
        gate.set()
        await hand.frames(4)
        return before, hand.app.scene.find("new") is not None

    assert stage(look) == (False, True)


@pytest.mark.parametrize(("precise", "least"), [(-0.4, 20), (-3.0, 200)])
def test_the_wheel_turns_as_far_as_it_was_turned(
    stage: Callable[..., Any], precise: float, least: int
) -> None:
    async def turn(hand: Stagehand) -> float:
        await hand.open("catalogue")
        scroll: Any = next(w for w in hand.app.scene.widgets if w.id == "scroll")
        event = pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=round(precise), precise_y=precise)
        pygame.event.post(event)
        await hand.frames(2)
        return float(scroll.offset)

    offset = stage(turn)
    assert offset == pytest.approx(-precise * 90, abs=2)
    assert offset >= least


def test_english_has_straight_quotes_since_the_typeface_sets_curly_ones_full_width(
    stage: Callable[..., Any],
) -> None:
    async def read(hand: Stagehand) -> tuple[str, str]:
        kit = hand.app.kit
        return kit.words(Words("他说“好”", "It’s “so”")), kit.t("lesson.cut_help", part="‘x’")

    english, told = stage(read, language="en")
    assert english == 'It\'s "so"'
    assert not set(told) & set("‘’“”")
    assert stage(read, language="zh")[0] == "他说“好”"


def test_a_screen_reader_hears_how_an_answer_was_judged(stage: Callable[..., Any]) -> None:
    async def answer(hand: Stagehand) -> tuple[Widget, Widget]:
        await hand.open("unit:sky")
        await hand.tap("next")
        scene: Any = hand.app.scene
        right = scene.step.exercise.answer[0]
        wrong = (right + 1) % len(scene.step.exercise.options)
        await hand.tap(f"option-{wrong}")
        return hand.widget(f"option-{right}"), hand.widget(f"option-{wrong}")

    right, wrong = stage(answer)
    assert right.label.endswith("（对）")
    assert wrong.label.endswith("（不对）")
