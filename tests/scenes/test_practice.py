"""The review, the challenge, the duel and the catalogue, played by taps."""

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.scenes.board import Board
from game.scenes.challenge import ChallengeScene
from game.scenes.character import CharacterScene
from game.scenes.duel import DuelScene
from game.scenes.find import DrawPad, Find
from game.scenes.lesson import LessonScene
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults
from tests.scenes.test_lesson import carve, step

DAY = 86_400_000


async def wrong(hand: Stagehand, board: Board) -> None:
    """Taps an answer that is not right."""
    right = board.exercise.answer[0]
    await hand.tap(f"option-{(right + 1) % len(board.exercise.options)}")


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_what_was_learned_comes_back_for_review(stage: Callable[..., Any], size: str) -> None:
    async def days(hand: Stagehand) -> tuple[bool, int, int, str]:
        await hand.open("practice")
        await hand.frames(3)
        nothing = not hand.widget("review").enabled
        hand.app.home()
        await hand.open("unit:sky")
        while hand.app.scene.name == "lesson":
            await step(hand)
        hand.app.home()
        hand.host.clock += 6 * DAY
        await hand.frames(2)
        await hand.open("practice")
        await hand.frames(3)
        before = len(hand.app.session.schedule().due(hand.app.host.now_ms()))
        await hand.tap("review")
        await hand.frames(3)
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        while hand.app.scene is scene:
            if scene.exercise is not None and scene.exercise.kind == "carve":
                await carve(hand)
                await hand.frames(4)
                await hand.tap("next")
            else:
                await step(hand)
        await hand.frames(40)
        assert faults(hand) == []
        after = len(hand.app.session.schedule().due(hand.app.host.now_ms()))
        return nothing, before, after, hand.app.scene.name

    nothing, before, after, name = stage(days, size=size)
    assert nothing
    assert before - after == 5
    assert name == "lesson-end"


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_a_challenge_to_its_end(stage: Callable[..., Any], size: str) -> None:
    async def run(hand: Stagehand) -> tuple[int, dict[str, Any], list[bool]]:
        await hand.open("challenge")
        scene = hand.app.scene
        assert isinstance(scene, ChallengeScene)
        for _ in range(3):
            assert scene.board is not None
            await hand.tap(f"option-{scene.board.exercise.answer[0]}")
            assert faults(hand) == []
            await hand.tap("next")
        assert scene.board is not None
        await wrong(hand, scene.board)
        await hand.tap("next")
        assert faults(hand) == []
        await hand.tap("revive")
        assert scene.board is not None
        await wrong(hand, scene.board)
        await hand.tap("next")
        assert faults(hand) == []
        (event,) = [e for e in hand.app.session.journal.events if e.kind == "quiz"]  # type: ignore[union-attr]
        await hand.tap("again")
        revivals = [scene.run_.revivals > 0]
        hand.host.clock += DAY
        scene._begin()
        revivals.append(scene.run_.revivals > 0)
        return scene.best, dict(event.result), revivals

    best, result, revivals = stage(run, size=size)
    assert best == 3
    assert result == {"right": 3, "revived": True}
    assert revivals == [False, True]


@pytest.mark.parametrize("size", ["wide", "tall"])
def test_a_duel_with_two_fingers(stage: Callable[..., Any], size: str) -> None:
    async def duel(hand: Stagehand) -> tuple[int | None, list[int]]:
        await hand.open("duel")
        scene = hand.app.scene
        assert isinstance(scene, DuelScene)
        for _ in range(40):
            if scene.duel.winner is not None:
                break
            for side, right in ((0, True), (1, False)):
                if scene._wait[side] > 0 or scene.duel.winner is not None:
                    continue
                exercise = scene.duel.step(side)
                choice = (exercise.answer[0] + (not right)) % len(exercise.options)
                x, y = hand.widget(f"side{side}-option-{choice}").place.center
                width, height = hand.app.screen.get_size()
                finger: dict[str, Any] = {"x": x / width, "y": y / height, "finger_id": side}
                pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, **finger))
            await hand.frames(8, 0.1)
            assert faults(hand) == []
        return scene.duel.winner, scene.duel.score

    assert stage(duel, size=size) == (0, [8, 0])


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_catalogue_leads_to_characters_and_their_relatives(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> tuple[list[int], str, float]:
        await hand.open("catalogue")
        counts = []
        for order in ("theme", "sound", "part", "met"):
            await hand.tap(order)
            counts.append(sum(w.id.count("-") for w in hand.app.scene.widgets if w.role == "button"))
            assert faults(hand) == []
        await hand.tap("theme")
        tile = next(w for w in hand.app.scene.widgets if w.id.endswith("-休"))
        await hand.tap(tile.id)
        await hand.tap("parts-木")
        scene = hand.app.scene
        assert isinstance(scene, CharacterScene)
        assert hand.app.scene.find("inside-林") is not None
        await hand.app.scenes[-2].enter()
        value = 0.0
        if hand.app.scene.find("time") is not None:
            slider = hand.widget("time")
            slider.key("right", hand.app.kit)
            await hand.frames(2)
            value = scene.view.value
        return counts, scene.char, value

    counts, char, _ = stage(look, size=size)
    assert counts[0] >= 45
    assert counts[1] >= 45
    assert char == "木"


def test_drawing_finds_the_character(stage: Callable[..., Any]) -> None:
    async def draw(hand: Stagehand) -> tuple[str, str]:
        await hand.open("catalogue")
        await hand.tap("draw")
        await hand.frames(3)
        scene = hand.app.scene
        assert isinstance(scene, Find)
        pad = hand.widget("pad")
        assert isinstance(pad, DrawPad)
        form = hand.app.kit.library.glyph("鹿").oracle
        assert form is not None
        for stroke in form.strokes:
            line = [
                (round(pad.rect.x + x * pad.rect.w / 100), round(pad.rect.y + y * pad.rect.h / 100))
                for x, y in stroke
            ]
            await hand.press(line[0])
            for point in line[1:]:
                await hand.move(point)
            await hand.release(line[-1])
        found = scene.found[0]
        assert faults(hand) == []
        await hand.tap("found-鹿")
        opened = hand.app.scene
        assert isinstance(opened, CharacterScene)
        hand.app.pop()
        await hand.frames(2)
        await hand.tap("undo")
        await hand.tap("clear")
        assert scene.found == []
        return found, opened.char

    assert stage(draw) == ("鹿", "鹿")
