"""The whole game by real input in both arrangements, and its beginning by finger on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.content import SEEDED, journals, library, progress
from tests.browser.driver import Player
from tests.browser.play import cut_seal, lesson_to, level, start_lesson

pytestmark = pytest.mark.browser


def home(player: Player) -> None:
    """Back to the title, by as many taps as it takes."""
    while player.look().scene != "title":
        before = player.look().scenes
        player.tap("back")
        player.until("scene below", lambda view: view.scenes != before or None)  # noqa: B023


def total(player: Player, site: Path) -> int:
    """Points in all, by the events in the browser's database."""
    return progress(player, site).total


def finish(player: Player, site: Path) -> None:
    """From the end of a level, whose points show, back to the title."""
    before = player.look()
    assert any(char.isdigit() for char in before.label("points")), before.label("points")
    player.tap("home")
    player.until("scene below", lambda view: view.scenes != before.scenes or None)
    home(player)


def the_four_programmes(player: Player, site: Path) -> None:
    """A lesson, an idiom, a story, a level of Party history and an inscription, each to its end."""
    content = library(site)
    unit = content.units[0]
    start_lesson(player, unit.id)
    played = lesson_to(player, site, lambda view: False, wrong=1)
    assert played.count("meet") == played.count("carve") == len(unit.characters)
    state = progress(player, site)
    assert all(state.characters[char].passed for char in unit.characters)
    assert str(state.total) in player.look().label("points")
    player.tap("home")
    player.wait_scene("title")
    assert str(state.total) in player.look().label("today")

    idiom = content.idioms[0]
    player.tap("idioms")
    player.wait_scene("index-idioms")
    player.tap(f"idiom:{idiom.id}")
    level(player, site, "idiom", idiom.id)
    finish(player, site)

    story = content.stories[0]
    player.tap("stories")
    player.wait_scene("index-stories")
    player.tap(f"story:{story.id}")
    level(player, site, "story", story.id)
    finish(player, site)

    event = content.party_history[0]
    player.tap("party")
    player.wait_scene("index-party")
    player.tap(f"party_history:{event.id}")
    level(player, site, "party_history", event.id)
    finish(player, site)

    piece = content.inscriptions[0]
    player.tap("reading")
    player.wait_scene("reading")
    player.tap(f"inscription-{piece.id}")
    player.wait_scene("inscription")
    player.tap("sign-0-0")
    player.until("meaning of the glyph", lambda view: "gloss" in view or None)
    player.tap("whole")
    assert player.wait("transcription").label == piece.transcription
    level(player, site, "inscription", piece.id)
    finish(player, site)


@pytest.mark.parametrize(
    ("width", "height", "language"), [(1280, 720, "zh-CN"), (720, 1280, "en-GB")], ids=["wide", "tall"]
)
def test_the_whole_tour(
    new_player: Open, built_site: Path, tmp_path: Path, width: int, height: int, language: str
) -> None:
    player = new_player(width, height, language, script=SEEDED)
    player.open()
    the_four_programmes(player, built_site)
    kinds = [event.kind for event in journals(player).events]
    for kind in ("player", "open", "lesson", "idiom", "story", "party_history", "inscription"):
        assert kinds.count(kind) == 1, f"{kind}: {kinds}"
    points = total(player, built_site)

    player.tap("record")
    player.wait_scene("record")
    assert str(points) in player.look().label("summary")
    with player.page.expect_download() as coming:
        player.tap("export")
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.suffix == ".shiqi"
    player.until("word of the export", lambda view: str(len(kinds)) in view.label("message") or None)
    with player.page.expect_download() as coming:
        player.tap("csv")
    assert coming.value.suggested_filename.endswith(".csv")

    other = new_player(width, height, language)
    other.open()
    other.tap("record")
    cut_seal(other, "日月")
    other.wait_scene("record")
    for turn in ("new", "known"):
        before = other.look().label("message")
        with other.page.expect_file_chooser() as choosing:
            other.tap("import")
        choosing.value.set_files(file)
        told = other.until(
            "word of the import", lambda v: v.label("message") if v.label("message") != before else None
        )  # noqa: B023
        assert str(len(kinds)) in told
        assert ("0" in told.replace(str(len(kinds)), "")) == (turn == "new" or turn == "known")
        assert total(other, built_site) == points
        assert str(points) in other.look().label("summary")
        assert len(journals(other).events) == len(kinds) + 2, (
            "the other player's own two and these, each once"
        )


def test_begins_by_finger_on_a_phone(new_player: Open, built_site: Path) -> None:
    player = new_player(390, 844, touch=True, is_mobile=True, device_scale_factor=3)
    player.open()
    start_lesson(player)
    played = lesson_to(player, built_site, lambda view: "once-more" in view)
    assert played == ["meet", "read", "carve"]
    char = library(built_site).units[0].characters[0]
    assert progress(player, built_site).characters[char].passed
