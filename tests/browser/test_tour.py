"""The whole game by real input in both arrangements, and its beginning by finger on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PagePlayer
from tests.browser.conftest import Open
from tests.browser.content import SEEDED, journals, library, progress
from tests.browser.play import cut_seal, enter, home, lesson_to, level, start_lesson

pytestmark = pytest.mark.browser


def total(player: PagePlayer, site: Path) -> int:
    """Points in all, by the events in the browser's database."""
    return progress(player, site).total


def finish(player: PagePlayer) -> None:
    """From the end of a level, whose points show, back to the title."""
    before = player.look()
    assert any(char.isdigit() for char in before.label("points")), before.label("points")
    player.tap("home")
    player.wait_other_scene(before)
    home(player)


def the_four_programmes(player: PagePlayer, site: Path) -> None:
    """A lesson, an idiom, a story, a level of Party history and an inscription, each to its end."""
    content = library(site)
    unit = content.units[0]
    start_lesson(player, unit.id)
    played = lesson_to(player, site, lambda view: False, wrong=1)
    assert played.count("meet") == played.count("carve") == played.count("memory") == len(unit.characters)
    assert {"part", "read", "mean", "sound", "same", "word"} <= set(played)
    state = progress(player, site)
    assert all(state.characters[char].passed for char in unit.characters)
    assert str(state.total) in player.look().label("points")
    player.tap("home")
    player.wait_scene("title")
    assert str(state.total) in player.look().label("today")

    ways = (
        ("idioms", "idiom", content.idioms[0].id),
        ("stories", "story", content.stories[0].id),
        ("party", "party_history", content.party_history[0].id),
    )
    for programme, kind, id in ways:
        enter(player, programme, id)
        level(player, site, kind, id)
        finish(player)

    piece = content.inscriptions[0]
    enter(player, "reading", piece.id)
    player.tap("sign-0-0")
    player.wait("gloss")
    player.tap("whole")
    assert player.wait("transcription").label == piece.transcription
    level(player, site, "inscription", piece.id)
    finish(player)


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
    before = player.look()
    with player.page.expect_download() as coming:
        player.tap("export")
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.suffix == ".shiqi"
    assert str(len(kinds)) in player.wait_other_label("message", before)
    with player.page.expect_download() as coming:
        player.tap("csv")
    assert coming.value.suggested_filename.endswith(".csv")

    other = new_player(width, height, language)
    other.open()
    other.tap("record")
    cut_seal(other, "日月")
    other.wait_scene("record")
    for new, known in ((len(kinds), 0), (0, len(kinds))):
        before = other.look()
        with other.page.expect_file_chooser() as choosing:
            other.tap("import")
        choosing.value.set_files(file)
        told = other.wait_other_label("message", before)
        assert told == library(built_site).strings(language[:2])["record.imported"].format(
            new=new, known=known
        )
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
    assert played == ["meet", "part", "read", "carve"]
    char = library(built_site).units[0].characters[0]
    assert progress(player, built_site).characters[char].passed
