"""Keys alone lead from the title through the first character of a lesson and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.content import lesson_step, library, progress
from tests.browser.driver import Player
from tests.browser.play import check_shown

pytestmark = pytest.mark.browser


def test_a_character_by_keys_alone(player: Player, built_site: Path) -> None:
    unit = library(built_site).units[0]
    char = unit.characters[0]
    player.focus(f"unit-{unit.id}")
    player.key("Enter")
    player.wait_scene("new-seal")
    for pick in "日山":
        player.focus(f"pick-{pick}")
        player.key("Space")
        player.until("chosen glyph", lambda v, id=f"pick-{pick}": v.targets[id].state == "true" or None)  # type: ignore[misc]
    player.focus("make", "Shift+Tab")
    player.key("Enter")

    player.wait_scene("lesson")
    player.until("the way on in focus", lambda view: view.focus == "next" or None)
    player.key("Enter")  # met
    player.wait("option-0")
    exercise = lesson_step(player, built_site)
    assert exercise is not None
    check_shown(player.look(), exercise)
    player.focus(f"option-{exercise.answer[0]}", "ArrowDown", "Tab")
    player.key("Enter")
    player.wait("verdict")
    player.until("the way on in focus", lambda view: view.focus == "next" or None)
    player.key("Enter")

    player.focus("pad")
    glyph = library(built_site).glyph(char)
    assert glyph.oracle is not None
    for _stroke in glyph.oracle.strokes:
        before = player.look().said
        player.key("Enter")
        player.until("cut told", lambda view, old=before: view.said != old or None)  # type: ignore[misc]
    player.wait("once-more")
    player.until("the way on in focus", lambda view: view.focus == "next" or None)
    assert progress(player, built_site).characters[char].passed
    player.key("Enter")
    player.until("the next character", lambda view: view.label("character") == unit.characters[1] or None)
    player.key("Escape")
    player.wait_scene("title")


def test_arrows_go_where_they_point(player: Player) -> None:
    player.focus("reading")
    for key, id in (
        ("ArrowRight", "idioms"),
        ("ArrowDown", "party"),
        ("ArrowLeft", "stories"),
        ("ArrowUp", "reading"),
    ):
        player.key(key)
        player.until(f"focus on {id}", lambda view, id=id: view.focus == id or None)  # type: ignore[misc]


@pytest.mark.parametrize("scene", ["reading", "index-idioms", "index-stories", "index-party", "settings"])
def test_every_widget_is_reached_by_tab(player: Player, scene: str) -> None:
    entry = scene.removeprefix("index-")
    player.focus(entry)
    player.key("Enter")
    if scene != "settings":
        player.wait_scene("new-seal")
        player.focus("chance")
        player.key("Enter")
        player.wait("make")
        player.focus("make")
        player.key("Enter")
    player.wait_scene(scene)
    view = player.look()
    wanted = {
        t.id for t in view.targets.values() if t.role in ("button", "radio", "checkbox") and not t.disabled
    }
    reached: set[str] = set()
    for _turn in range(len(wanted)):
        before = player.look().focus
        player.key("Tab")
        reached.add(player.until("focus", lambda v, old=before: v.focus if v.focus != old else None))  # type: ignore[misc]
    assert reached == wanted
    player.key("Escape")
    player.wait_scene("title")
