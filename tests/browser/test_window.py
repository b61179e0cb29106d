"""The window turns, grows and has finer pixels: the lesson keeps its place, and taps land."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PagePlayer
from tests.browser.conftest import Open
from tests.browser.content import lesson_step, library, progress, strokes
from tests.browser.play import answer, carve, lesson_to, on, start_lesson
from tests.browser.screen import Target, View

pytestmark = pytest.mark.browser

SIZE = "[document.getElementById('canvas').width, document.getElementById('canvas').height]"


def right(target: Target) -> float:
    """Where a widget ends, in CSS pixels."""
    return target.box[0] + target.box[2]


def turn(player: PagePlayer, width: int, height: int) -> None:
    """Another size of the window; waits until the game is laid out for it."""
    before = {id: target.box for id, target in player.look().targets.items()}
    player.page.set_viewport_size({"width": width, "height": height})
    player.until("new layout", lambda view: {i: t.box for i, t in view.targets.items()} != before)
    player.until("all inside", lambda view: all(right(t) <= width + 1 for t in view.targets.values()))
    player.until("bitmap of that size", lambda _: player.page.evaluate(SIZE) == [width, height])


def test_turning_the_window_keeps_the_lessons_place(player: PagePlayer, built_site: Path) -> None:
    char = library(built_site).units[0].characters[0]
    start_lesson(player)
    turn(player, 720, 1280)
    assert player.look().label("character") == char, "still meeting it"
    player.tap("next")
    player.wait("option-0")
    exercise = lesson_step(player, built_site)
    assert exercise is not None
    labels = [player.look().label(f"option-{i}") for i in range(len(exercise.options))]
    turn(player, 844, 390)
    assert [player.look().label(f"option-{i}") for i in range(len(exercise.options))] == labels
    answer(player, exercise)
    turn(player, 390, 844)
    assert "verdict" in player.look(), "the answer stands"
    lesson_to(player, built_site, lambda view: "pad" in view)
    assert len(strokes(built_site, char)) > 1
    carve(player, built_site, char, slice(0, 1))
    turn(player, 1280, 720)
    carve(player, built_site, char, slice(1, None))
    player.wait("once-more")
    turn(player, 720, 1280)
    on(player)
    assert progress(player, built_site).characters[char].carved_best >= 80, "the first cut went along"


@pytest.mark.parametrize(("width", "height", "ratio"), [(1280, 720, 2), (390, 844, 3), (1024, 768, 1.25)])
def test_fine_pixels(new_player: Open, built_site: Path, width: int, height: int, ratio: float) -> None:
    player = new_player(width, height, device_scale_factor=ratio)
    player.open()
    used = min(ratio, 2)
    assert player.page.evaluate(SIZE) == [round(width * used), round(height * used)]
    start_lesson(player)
    lesson_to(player, built_site, lambda view: "once-more" in view)
    char = library(built_site).units[0].characters[0]
    assert progress(player, built_site).characters[char].carved_best >= 80
    player.page.set_viewport_size({"width": height, "height": width})
    turned = [round(height * used), round(width * used)]
    player.until("turned bitmap", lambda _: player.page.evaluate(SIZE) == turned)
    before = player.look()
    player.tap("next")
    player.wait_change(before)


@pytest.mark.parametrize("touch", [False, True], ids=["wheel", "finger"])
def test_what_is_told_follows_a_scrolled_sheet(new_player: Open, touch: bool) -> None:
    player = new_player(390, 844, touch=touch)
    player.open()
    player.tap("catalogue")
    player.wait_scene("catalogue")
    view = player.until("tiles", lambda view: len(tiles(view)) > 50)
    below = next(tile for tile in tiles(view) if tile.box[1] > 844)
    place = player.bring(below.id)
    assert place.box[1] + place.box[3] <= 844 + place.box[3] / 2
    player.tap(below.id)
    player.wait_scene("character")
    assert player.wait("character").label == below.id[-1], "what was tapped is what was told to be there"


def tiles(view: View) -> list[Target]:
    """The characters of the catalogue, from the top."""
    return [t for t in view.targets.values() if t.role == "button" and "-" in t.id]
