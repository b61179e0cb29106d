"""Several players on one device, and the language of the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PagePlayer
from tests.browser.content import library, stored
from tests.browser.play import cut_seal, lesson_to, start_lesson

pytestmark = pytest.mark.browser


def test_two_players_have_points_of_their_own(player: PagePlayer, built_site: Path) -> None:
    start_lesson(player, seal="鹿山")
    lesson_to(player, built_site, lambda view: "once-more" in view)
    player.tap("back")
    player.wait_scene("title")
    first = player.look().label("today")
    one = stored_player(player)

    player.tap("players")
    player.wait_scene("players")
    player.wait(f"player-{one}")
    player.tap("new")
    cut_seal(player, "日月水")
    player.wait_scene("title")
    other = stored_player(player)
    second = player.look().label("today")
    assert one != other
    assert first != second
    unit = library(built_site).units[0]
    assert player.look().label(f"unit-{unit.id}").endswith("0 个")

    for to, told in ((one, first), (other, second), (one, first)):
        player.tap("players")
        player.wait_scene("players")
        player.tap(f"player-{to}")
        player.wait_scene("title")
        player.wait_label("today", told)
        assert stored_player(player) == to
    player.reload()
    assert player.look().label("today") == first, "who played last goes on"


def stored_player(player: PagePlayer) -> str:
    """The id of who plays now, by the settings in the browser's database."""
    (line,) = stored(player, "settings")["settings"]
    return str(line).partition('"player":"')[2].partition('"')[0]


def test_the_title_changes_its_language(player: PagePlayer, built_site: Path) -> None:
    strings = {lang: library(built_site).strings(lang) for lang in ("zh", "en")}
    for lang in ("zh", "en", "zh"):
        said = strings[lang]
        player.wait_label("tagline", said["app.tagline"])
        view = player.look()
        assert view.label("record") == said["title.record"]
        assert view.label("settings") == said["title.settings"]
        assert view.label("today") == said["title.welcome"]
        assert view.label("reading").startswith(said["programme.reading"])
        player.tap("language")
