"""Every scene in every size, language and text size: nothing is cut off, nothing lies on anything else."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from pygame import Rect

from game.ui.widgets import Button, Label
from tests.scenes.stagehand import SIZES, Stagehand

SCENES = (
    "title",
    "reading",
    "idioms",
    "stories",
    "party",
    "record",
    "settings",
    "practice",
    "challenge",
    "duel",
    "catalogue",
    "character:鹿",
    "unit:sky",
    "idiom:san-ren-cheng-hu",
    "story:elephants",
    "party_history:red-boat-1921",
    "inscription:heji-12870",
)


def faults(hand: Stagehand) -> list[str]:
    """What is wrong with the scene on top."""
    app, kit = hand.app, hand.app.kit
    canvas = Rect(0, 0, kit.metrics.width, kit.metrics.height)
    scene = app.scene
    found = []
    for widget in scene.widgets:
        if widget.within is None and widget.id and not canvas.contains(widget.rect):
            found.append(f"{widget.id} leaves the canvas: {widget.rect}")
        if isinstance(widget, Label) and widget.text:
            size = widget.fitted(kit)
            high = kit.type.height(widget.text, widget.rect.w, widget.face, size)
            if high > widget.rect.h + size * 0.75:
                found.append(f"{widget.id or widget.text[:12]} needs {high} of {widget.rect.h} pixels")
        if isinstance(widget, Button):
            fitted = kit.type.fit(widget.label, widget.rect.w - kit.px(28), "sans", kit.size(widget.units))
            if kit.type.width(widget.label, "sans", fitted) > widget.rect.w:
                found.append(f"button {widget.id}: {widget.label!r} is wider than {widget.rect.w}")
    taps = [w for w in scene.widgets if w.action is not None and w.id and w.within is None]
    for one, other in combinations(taps, 2):
        both = one.rect.clip(other.rect)
        if both.w > 3 and both.h > 3:
            found.append(f"{one.id} and {other.id} overlap by {both.size}")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_scene_fits(stage: Callable[..., Any], size: str, lang: str) -> None:
    async def look(hand: Stagehand) -> dict[str, list[str]]:
        wrong = {}
        for what in SCENES:
            if what != "title":
                await hand.open(what)
            await hand.frames(2)
            if found := faults(hand):
                wrong[what] = found
            hand.app.home()
            await hand.frames(1)
        return wrong

    assert stage(look, size=size, language=lang, motion="less") == {}


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_large_text_fits(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> dict[str, list[str]]:
        wrong = {}
        for what in SCENES[1:]:
            await hand.open(what)
            await hand.frames(2)
            if found := faults(hand):
                wrong[what] = found
            hand.app.home()
            await hand.frames(1)
        return wrong

    assert stage(look, size=size, text_scale=1.5, motion="less") == {}
