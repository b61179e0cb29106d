"""Lessons played to the end by taps and strokes on every arrangement, and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.scenes.board import Board
from game.scenes.carve import CarveStep
from game.scenes.lesson import LessonScene
from game.scenes.meet import MeetStep
from game.ui.carve_pad import CarvePad
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults


async def carve(hand: Stagehand) -> None:
    """Traces every stroke of the form on the pad with the finger."""
    pad = hand.widget("pad")
    assert isinstance(pad, CarvePad)
    for stroke in pad.carving.form.strokes:
        points = [
            (round(pad.rect.x + x * pad.rect.w / 100), round(pad.rect.y + y * pad.rect.h / 100))
            for x, y in stroke
        ]
        await hand.press(points[0])
        for point in points[1:]:
            await hand.move(point)
        await hand.release(points[-1])


async def step(hand: Stagehand, right: bool = True) -> str:
    """Plays the step on the screen; what kind it was."""
    scene = hand.app.scene
    assert isinstance(scene, LessonScene)
    assert faults(hand) == []
    if isinstance(scene.step, MeetStep):
        await hand.tap("next")
        return "meet"
    if isinstance(scene.step, CarveStep):
        await carve(hand)
        await hand.frames(4)
        assert scene.step.outcome is not None
        assert scene.step.outcome.right
        assert faults(hand) == []
        await hand.tap("next")
        return "carve"
    assert isinstance(scene.step, Board)
    answer = scene.step.exercise.answer[0]
    choice = answer if right else (answer + 1) % len(scene.step.exercise.options)
    await hand.tap(f"option-{choice}")
    assert scene.step.outcome is not None
    assert scene.step.outcome.right is right
    assert faults(hand) == []
    await hand.tap("next")
    return "choose"


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_a_lesson_by_finger(stage: Callable[..., Any], size: str) -> None:
    async def lesson(hand: Stagehand) -> tuple[list[str], int, int]:
        await hand.open("unit:sky")
        kinds = []
        while hand.app.scene.name == "lesson":
            kinds.append(await step(hand))
        assert hand.app.scene.name == "lesson-end"
        await hand.frames(60)
        assert faults(hand) == []
        progress = hand.app.session.progress
        return kinds, progress.total, sum(s.passed for s in progress.characters.values())

    kinds, total, carved = stage(lesson, size=size)
    assert kinds.count("meet") == 5
    assert kinds.count("carve") == 5
    assert carved == 5
    assert total == 1 + 2 + 5  # opening, a perfect lesson, five carvings


def test_mistakes_come_back_and_the_place_is_kept(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> tuple[int, int, tuple[int, int], tuple[int, int]]:
        await hand.open("unit:sky")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        await step(hand)
        before = scene.lesson.position[1]
        await step(hand, right=False)
        after = scene.lesson.position[1]
        place = scene.lesson.position
        hand.app.home()
        await hand.frames(2)
        await hand.open("unit:sky")
        again = hand.app.scene
        assert isinstance(again, LessonScene)
        return before, after, place, again.lesson.position

    before, after, place, again = stage(lesson)
    assert after == before + 1
    assert again == place


def test_a_lesson_by_keyboard(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> bool:
        await hand.open("unit:sky")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        for _ in range(400):
            if hand.app.scene is not scene:
                break
            if isinstance(scene.step, Board) and scene.step.outcome is None:
                await focus(hand, f"option-{scene.step.exercise.answer[0]}")
            elif isinstance(scene.step, CarveStep) and scene.step.outcome is None:
                await focus(hand, "pad")
            else:
                await focus(hand, "next")
            await hand.key(pygame.K_RETURN)
            await hand.frames(8)
        return hand.app.scene.name == "lesson-end"

    assert stage(lesson)


async def focus(hand: Stagehand, id: str) -> None:
    """Tabs until the widget has the focus."""
    for _ in range(30):
        if hand.app.scene.focus == id:
            return
        await hand.key(pygame.K_TAB)
    raise AssertionError(f"Tab never comes to {id}")


def test_taps_instead_of_drags(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> int:
        await hand.open("unit:sky")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        await step(hand)
        await step(hand)
        await hand.tap("tapping")
        pad = hand.widget("pad")
        assert isinstance(pad, CarvePad)
        for stroke in pad.carving.form.strokes:
            x, y = stroke[len(stroke) // 2]
            at = (round(pad.rect.x + x * pad.rect.w / 100), round(pad.rect.y + y * pad.rect.h / 100))
            await hand.press(at)
            await hand.release(at)
            await hand.frames(10)
        return hand.app.session.progress.characters["日"].carved_best

    assert stage(lesson) == 70


def test_a_scribble_is_kindly_refused_and_watching_again_works(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> tuple[str, str]:
        await hand.open("unit:sky")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        await step(hand)
        await step(hand)
        pad = hand.widget("pad")
        for _ in range(3):
            await hand.press(pad.rect.topleft)
            for i in range(24):
                await hand.move((pad.rect.x + (i * 97) % pad.rect.w, pad.rect.y + (i * 61) % pad.rect.h))
            await hand.release(pad.rect.center)
        assert isinstance(scene.step, CarveStep)
        hint = scene.step.hint
        await hand.tap("watch")
        await hand.frames(20)
        return hint, hand.app.kit.t("lesson.cut_help", part=hand.app.kit.part("rim"))

    hint, _ = stage(lesson)
    assert "试试先刻" in hint


def test_a_character_without_an_oracle_form_says_so_and_is_not_carved(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> tuple[bool, list[str]]:
        await hand.open("unit:mouth")
        said = False
        carved = []
        while hand.app.scene.name == "lesson":
            scene = hand.app.scene
            assert isinstance(scene, LessonScene)
            said = said or scene.find("no-oracle") is not None
            if isinstance(scene.step, CarveStep):
                carved.append(scene.step.char)
            await step(hand)
        return said, carved

    said, carved = stage(lesson)
    assert said
    assert set(carved) == set("齿舌心鼻")
