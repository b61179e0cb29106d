"""Keys alone lead from the title through the first character of a lesson and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PagePlayer
from tests.browser.content import lesson_step, library, progress
from tests.browser.play import check_shown

pytestmark = pytest.mark.browser


def test_a_character_by_keys_alone(player: PagePlayer, built_site: Path) -> None:
    unit = library(built_site).units[0]
    char = unit.characters[0]
    player.focus(f"unit-{unit.id}")
    player.key("Enter")
    player.wait_scene("new-seal")
    for pick in "日山":
        player.focus(f"pick-{pick}")
        player.key("Space")
        player.wait_chosen(f"pick-{pick}")
    player.focus("make", "Shift+Tab")
    player.key("Enter")

    player.wait_scene("lesson")
    player.wait_focus("next")
    player.key("Enter")  # met
    for _question in ("part", "read"):
        player.until("question", lambda view: "option-0" in view and "verdict" not in view)
        exercise = lesson_step(player, built_site)
        assert exercise is not None
        check_shown(player.look(), exercise)
        player.focus(f"option-{exercise.answer[0]}", "ArrowDown", "Tab")
        player.key("Enter")
        player.wait("verdict")
        player.wait_focus("next")
        player.key("Enter")

    player.wait("pad")
    player.focus("pad")
    glyph = library(built_site).glyph(char)
    assert glyph.oracle is not None
    for _stroke in glyph.oracle.strokes:
        before = player.look()
        player.key("Enter")
        player.wait_said(before)
    player.wait("once-more")
    player.wait_focus("next")
    assert progress(player, built_site).characters[char].passed
    player.key("Enter")
    player.wait_label("character", unit.characters[1])
    player.key("Escape")
    player.wait_scene("title")


def test_arrows_go_where_they_point(player: PagePlayer) -> None:
    player.focus("reading")
    for key, id in (
        ("ArrowRight", "idioms"),
        ("ArrowDown", "party"),
        ("ArrowLeft", "stories"),
        ("ArrowUp", "reading"),
    ):
        player.key(key)
        player.wait_focus(id)


PROGRAMMES = ("reading", "idioms", "stories", "party", "practice", "catalogue", "record", "settings")


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_widget_is_reached_by_tab(player: PagePlayer, programme: str) -> None:
    before = player.look()
    player.focus(programme)
    player.key("Enter")
    if player.wait_other_scene(before) == "new-seal":
        player.focus("chance")
        player.key("Enter")
        player.focus("make")
        player.key("Enter")
    view = player.until("the programme", lambda view: view.scene not in ("title", "new-seal", ""))
    wanted = {
        t.id for t in view.targets.values() if t.role in ("button", "radio", "checkbox") and not t.disabled
    }
    reached: set[str] = set()
    for _turn in range(len(wanted)):
        held = player.look().focus
        player.key("Tab")
        reached.add(player.until("focus elsewhere", lambda view: view.focus != held).focus)  # noqa: B023
    assert reached == wanted
    player.key("Escape")
    player.wait_scene("title")
