"""Lessons played to the end by taps and strokes on every arrangement, and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.learning.lesson import Lesson
from game.scenes.board import Board
from game.scenes.carve import CarveStep
from game.scenes.lesson import LessonScene
from game.scenes.meet import MeetStep
from game.ui.carve_pad import CarvePad
from game.ui.choices import Niche
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
    exercise = scene.step.exercise
    choices = exercise.answer
    if not right:
        first = next(i for i in range(len(exercise.options)) if i not in choices)
        choices = (first, *choices[1:])
    for choice in choices:
        await hand.tap(f"option-{choice}")
    assert scene.step.outcome is not None
    assert scene.step.outcome.right is right
    assert faults(hand) == []
    await hand.tap("next")
    return exercise.skill


async def until(hand: Stagehand, skill: str) -> CarveStep:
    """Plays rightly to the first carving of a skill."""
    while True:
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        assert scene.exercise is not None
        if isinstance(scene.step, CarveStep) and scene.exercise.skill == skill:
            return scene.step
        await step(hand)


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_a_lesson_by_finger(stage: Callable[..., Any], size: str) -> None:
    async def lesson(hand: Stagehand) -> tuple[list[str], int, int]:
        await hand.open("unit:together")
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
    assert kinds.count("carve") == 10  # over the guide and from memory
    assert kinds.count("build") == 3
    assert {"read", "mean", "sound", "part"} <= set(kinds)
    assert {"same", "word"} & set(kinds)
    assert carved == 5
    assert total == 1 + 2 + 10  # opening, a perfect lesson, ten carvings


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
                left = [i for i in scene.step.exercise.answer if i not in scene.step.picked]
                await focus(hand, f"option-{left[0]}")
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
        await until(hand, "")
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
        await until(hand, "")
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


def test_old_friends_return_in_a_new_lesson(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> tuple[tuple[str, ...], str, str, list[str]]:
        for char in "日月山水":
            await hand.app.session.record("answer", char, {"skill": "read", "right": True})
        hand.host.clock += 9 * 86_400_000
        await hand.open("unit:people")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        assert isinstance(scene.lesson, Lesson)
        reviews = scene.lesson.reviews
        scene.lesson._steps = [one for one in scene.lesson._steps if one.char in reviews]
        scene.lesson._shown = None
        scene._next()
        await hand.frames(2)
        titles = [getattr(widget, "title", "") for widget in scene.widgets if widget.id == "back"]
        asked = []
        while hand.app.scene is scene:
            assert scene.exercise is not None
            asked.append(scene.exercise.subject)
            await step(hand)
        return reviews, titles[0], hand.app.kit.t("lesson.old_friend"), asked

    reviews, title, wanted, asked = stage(lesson)
    assert len(reviews) == 3
    assert title == wanted
    assert tuple(asked) == reviews


async def remembered(hand: Stagehand, dx: float, dy: float) -> None:
    """Carves every stroke a little off its place, in box units."""
    pad = hand.widget("pad")
    assert isinstance(pad, CarvePad)
    for stroke in pad.carving.form.strokes:
        points = [
            (round(pad.rect.x + (x + dx) * pad.rect.w / 100), round(pad.rect.y + (y + dy) * pad.rect.h / 100))
            for x, y in stroke
        ]
        await hand.press(points[0])
        for point in points[1:]:
            await hand.move(point)
        await hand.release(points[-1])


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_carving_from_memory(stage: Callable[..., Any], size: str) -> None:
    async def lesson(hand: Stagehand) -> tuple[dict[str, Any], bool, bool]:
        await hand.open("unit:sky")
        await play_to_memory(hand)
        pad = hand.widget("pad")
        assert isinstance(pad, CarvePad)
        guided = pad.guided
        await remembered(hand, 7, -6)
        await hand.frames(4)
        assert faults(hand) == []
        journal = hand.app.session.journal
        assert journal is not None
        return dict(journal.events[-1].result), guided, pad.revealed

    result, guided, revealed = stage(lesson, size=size)
    assert result["passed"] is True
    assert result["memory"] is True
    assert (guided, revealed) == (False, True)


async def play_to_memory(hand: Stagehand) -> CarveStep:
    """Puts the lesson at a carving from memory of its first character."""
    scene = hand.app.scene
    assert isinstance(scene, LessonScene)
    assert isinstance(scene.lesson, Lesson)
    steps = scene.lesson._steps
    scene.lesson._steps = [one for one in steps if one.skill == "memory"]
    scene.lesson._shown = None
    scene._next()
    await hand.frames(2)
    assert isinstance(scene.step, CarveStep)
    return scene.step


def test_the_guide_comes_back_after_three_misses(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> tuple[list[bool], str, dict[str, Any]]:
        await hand.open("unit:sky")
        carving = await play_to_memory(hand)
        pad = hand.widget("pad")
        assert isinstance(pad, CarvePad)
        guided = [pad.guided]
        for _ in range(4):  # the first is taken for a bit of the rim
            corner = (pad.rect.x + pad.rect.w // 60, pad.rect.y + pad.rect.h // 60)
            await hand.press(corner)
            for i in range(8):
                await hand.move((corner[0], corner[1] + i * pad.rect.h // 60))
            await hand.release(corner)
            guided.append(pad.guided)
        hint = carving.hint
        assert faults(hand) == []
        await carve(hand)
        await hand.frames(4)
        journal = hand.app.session.journal
        assert journal is not None
        return guided, hint, dict(journal.events[-1].result)

    guided, hint, result = stage(lesson)
    assert guided == [False, False, False, False, True]
    assert "印子回来了" in hint
    assert result["passed"] is True
    assert "memory" not in result


def test_the_guide_may_be_called_and_tapping_calls_it(stage: Callable[..., Any]) -> None:
    async def lesson(hand: Stagehand) -> list[bool]:
        seen = []
        for way in ("guide", "tapping"):
            await hand.open("unit:sky")
            step = await play_to_memory(hand)
            await hand.tap(way)
            pad = hand.widget("pad")
            assert isinstance(pad, CarvePad)
            seen += [step.helped, pad.guided]
            assert faults(hand) == []
            if way == "guide":
                await carve(hand)
                await hand.frames(2)
                await hand.tap("once-more")
                again = hand.widget("pad")
                assert isinstance(again, CarvePad)
                seen += [step.helped, again.guided]
            hand.app.home()
            await hand.frames(2)
        return seen

    assert stage(lesson) == [True, True, False, False, True, True]


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_what_was_picked_to_build_can_be_taken_back(stage: Callable[..., Any], size: str) -> None:
    async def lesson(hand: Stagehand) -> list[bool]:
        await hand.open("unit:together")
        scene = hand.app.scene
        assert isinstance(scene, LessonScene)
        assert isinstance(scene.lesson, Lesson)
        scene.lesson._steps = [one for one in scene.lesson._steps if one.skill == "build"]
        scene.lesson._shown = None
        scene._next()
        await hand.frames(2)
        board = scene.step
        assert isinstance(board, Board)
        filled = []
        for tap in (0, 0, 1):
            await hand.tap(f"option-{tap}")
            niche = hand.widget("niche-0")
            assert isinstance(niche, Niche)
            filled.append(niche.option is not None)
            assert faults(hand) == []
        assert board.outcome is None
        await hand.tap("option-2")
        assert board.outcome is not None
        await hand.frames(30)
        assert faults(hand) == []
        assert scene.find("glyph") is not None
        return filled

    assert stage(lesson, size=size) == [True, False, True]
