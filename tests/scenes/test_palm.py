"""A palm on the glass while a finger carves: in whichever order they come, the finger is listened to."""

from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.scenes.carve import CarveStep
from game.scenes.lesson import LessonScene
from game.ui.carve_pad import CarvePad
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_lesson import step

Pos = tuple[float, float]
PALM = (0.94, 0.94)


class Hand:
    """Fingers as SDL tells of them: the first one down is a mouse as well, whose event comes first."""

    def __init__(self, hand: Stagehand) -> None:
        self.hand = hand
        self.mouse: int | None = None
        self.down: set[int] = set()

    async def touch(self, kind: int, finger: int, at: Pos) -> None:
        width, height = self.hand.app.screen.get_size()
        if kind == pygame.FINGERDOWN:
            self.mouse = finger if not self.down else self.mouse
            self.down.add(finger)
        if finger == self.mouse:
            kinds = {
                pygame.FINGERDOWN: pygame.MOUSEBUTTONDOWN,
                pygame.FINGERMOTION: pygame.MOUSEMOTION,
                pygame.FINGERUP: pygame.MOUSEBUTTONUP,
            }
            place = (round(at[0]), round(at[1]))
            told: dict[str, Any] = {"pos": place, "touch": True}
            told |= {"buttons": (1, 0, 0), "rel": (0, 0)} if kind == pygame.FINGERMOTION else {"button": 1}
            pygame.event.post(pygame.event.Event(kinds[kind], **told))
        told = {"x": at[0] / width, "y": at[1] / height, "finger_id": finger, "touch_id": 1}
        pygame.event.post(pygame.event.Event(kind, **told))
        if kind == pygame.FINGERUP:
            self.down.discard(finger)
        await self.hand.frames(1, 0.016)


async def to_the_pad(hand: Stagehand) -> CarvePad:
    await hand.open("unit:sky")
    scene = hand.app.scene
    assert isinstance(scene, LessonScene)
    while not isinstance(scene.step, CarveStep):
        await step(hand)
    pad = hand.widget("pad")
    assert isinstance(pad, CarvePad)
    return pad


def lines(pad: CarvePad) -> list[list[Pos]]:
    """The strokes on the canvas, as a finger passes them."""
    rect = pad.rect
    return [
        [(rect.x + x * rect.w / 100, rect.y + y * rect.h / 100) for x, y in stroke]
        for stroke in pad.carving.form.strokes
    ]


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("order", ["palm first", "finger first", "palm throughout", "palm beside the pad"])
def test_the_finger_is_listened_to_and_the_palm_is_not(
    stage: Callable[..., Any], size: str, order: str
) -> None:
    async def carve(hand: Stagehand) -> tuple[bool, int]:
        pad = await to_the_pad(hand)
        fingers = Hand(hand)
        palm = (pad.rect.x + PALM[0] * pad.rect.w, pad.rect.y + PALM[1] * pad.rect.h)
        if order == "palm beside the pad":
            palm = (pad.rect.centerx, pad.rect.bottom + 4)
        if order != "finger first":
            await fingers.touch(pygame.FINGERDOWN, 7, palm)
        for number, line in enumerate(lines(pad)):
            finger = 20 + number
            if order == "palm first" and 7 not in fingers.down:
                await fingers.touch(pygame.FINGERDOWN, 7, palm)
            await fingers.touch(pygame.FINGERDOWN, finger, line[0])
            if order == "finger first":
                await fingers.touch(pygame.FINGERDOWN, 7, palm)
            for i, point in enumerate(line[1:]):
                await fingers.touch(pygame.FINGERMOTION, finger, point)
                await fingers.touch(pygame.FINGERMOTION, 7, (palm[0] + i % 3, palm[1]))
            await fingers.touch(pygame.FINGERUP, finger, line[-1])
            if order in ("palm first", "finger first"):
                await fingers.touch(pygame.FINGERUP, 7, palm)
        await hand.frames(4)
        return pad.carving.complete, pad.carving.verdict().score

    complete, score = stage(carve, size=size)
    assert complete
    assert score >= 90


def test_a_second_finger_takes_nothing_from_one_that_carves(stage: Callable[..., Any]) -> None:
    async def carve(hand: Stagehand) -> list[int]:
        pad = await to_the_pad(hand)
        fingers = Hand(hand)
        line = lines(pad)[0]
        counts = []
        await fingers.touch(pygame.FINGERDOWN, 1, line[0])
        for point in line[1 : len(line) // 2]:
            await fingers.touch(pygame.FINGERMOTION, 1, point)
        counts.append(len(pad._ink))
        await fingers.touch(pygame.FINGERDOWN, 2, (pad.rect.x + 2, pad.rect.y + 2))
        await fingers.touch(pygame.FINGERMOTION, 2, (pad.rect.centerx, pad.rect.y + 2))
        counts.append(len(pad._ink))
        await fingers.touch(pygame.FINGERUP, 2, (pad.rect.centerx, pad.rect.y + 2))
        for point in line[len(line) // 2 :]:
            await fingers.touch(pygame.FINGERMOTION, 1, point)
        await fingers.touch(pygame.FINGERUP, 1, line[-1])
        return [*counts, len(pad.carving.done)]

    before, after, done = stage(carve)
    assert before == after
    assert done == 1


def test_two_fingers_on_buttons_press_one(stage: Callable[..., Any]) -> None:
    async def press(hand: Stagehand) -> str:
        fingers = Hand(hand)
        record, other = hand.widget("record").place.center, hand.widget("settings").place.center
        await fingers.touch(pygame.FINGERDOWN, 1, record)
        await fingers.touch(pygame.FINGERDOWN, 2, other)
        await fingers.touch(pygame.FINGERMOTION, 2, (other[0] + 40, other[1] + 3))
        await fingers.touch(pygame.FINGERUP, 2, other)
        await fingers.touch(pygame.FINGERUP, 1, record)
        await hand.frames(3)
        return hand.app.scene.name

    assert stage(press) == "record"
