"""Bugs that were found by looking, each held by a test."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pygame
import pytest

from game.content.model import Words
from game.scenes.meet import MeetStep
from game.scenes.road import Line, Stone
from game.scenes.story import StoryScene
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


def test_an_actor_without_an_entry_does_not_stop_a_story(stage: Callable[..., Any]) -> None:
    """Components may have a glyph and no entry: they may be cast all the same."""

    async def open_it(hand: Stagehand) -> list[str]:
        library = hand.app.kit.library
        part = next(c for c in "丙皀册冊隹攴丩殳" if library.has_glyph(c) and not library.has_character(c))
        story = library.story("elephants")
        script = replace(story.script, cast={**story.script.cast, "herd": part})
        hand.app.push(StoryScene(hand.app, replace(story, script=script)))
        await hand.frames(3)
        return [w.label for w in hand.app.scene.widgets if w.id.startswith("glyph-")]

    assert len(stage(open_it)) == 4


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_the_rivers_names_lie_under_no_round(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> list[bool]:
        await hand.open("party")
        await hand.tap("places")
        await hand.frames(2)
        sketch: Any = hand.widget("map")
        rounds = [w.rect for w in hand.app.scene.widgets if w.id.startswith("place-")]
        names = sketch.names(hand.app.kit)
        return [sketch.rect.contains(box) and box.collidelist(rounds) < 0 for _, box in names]

    assert stage(look, size=size) == [True, True]


def test_no_road_ends_in_the_air_at_a_period(stage: Callable[..., Any]) -> None:
    """Each stretch begins and ends at a stone; none runs into a period's name."""

    async def look(hand: Stagehand) -> tuple[int, int, int]:
        await hand.open("party")
        await hand.frames(2)
        scene: Any = hand.app.scene
        line = next(w for w in scene.widgets if isinstance(w, Line))
        centres = {w.centre() for w in scene.widgets if isinstance(w, Stone)}
        heads = [w.rect for w in scene.widgets if w.id.startswith(("period-", "card-"))]
        ends = [point for run in line.runs for point in run]
        crossed = [
            head
            for run in line.runs
            for a, b in pairwise(run)
            for head in heads
            if a[1] < head.centery < b[1]
        ]
        return len(line.runs), len(set(ends) ^ centres), len(crossed)

    assert stage(look) == (7, 0, 0)
