"""Damage is named and stays where it is: a changed byte in the journal, a file that ends early."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PagePlayer
from tests.browser.conftest import Open
from tests.browser.content import journals, library, progress, stored
from tests.browser.play import cut_seal, lesson_to, start_lesson

pytestmark = pytest.mark.browser

CHANGE = """([name, number]) => new Promise((resolve, reject) => {
  const request = indexedDB.open('shiqi', 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const writing = request.result.transaction('lines', 'readwrite');
    let seen = 0;
    writing.objectStore('lines').openCursor().onsuccess = (event) => {
      const cursor = event.target.result;
      if (!cursor) return;
      if (cursor.value.name === name && ++seen === number) {
        const { line: old } = cursor.value;
        const line = old.replace('"right":true', '"right":truE').replace('"score":', '"scorf":');
        if (line === old) reject(new Error('nothing to change in ' + line));
        cursor.update({ ...cursor.value, line });
      }
      cursor.continue();
    };
    writing.oncomplete = () => (request.result.close(), resolve());
    writing.onabort = () => reject(writing.error);
  };
})"""


def learned(player: PagePlayer, site: Path) -> str:
    """Plays the first two characters of a lesson; the name of the journal's store."""
    second = library(site).units[0].characters[1]
    start_lesson(player)
    lesson_to(player, site, lambda view: "once-more" in view and view.label("character") == second)
    (name,) = stored(player, "journal/")
    return name


@pytest.mark.parametrize("number", [3, 4])
def test_one_changed_byte_costs_one_line(player: PagePlayer, built_site: Path, number: int) -> None:
    name = learned(player, built_site)
    before = journals(player).events
    player.page.evaluate(CHANGE, [name, number])
    player.reload()
    reading = journals(player)
    assert [fault.line for fault in reading.faults if fault.refused] == [number]
    assert [event.id for event in reading.events] == [e.id for e in before if e.seq != number]
    player.tap("record")
    player.wait_scene("record")
    message = player.wait("faults").label
    assert f"{name} 第 {number} 行" in message
    assert message.count("\n") == 0, "one line was changed, one is named"
    assert f"{progress(player, built_site).total} 分" in player.look().label("summary").replace(" ", " ")

    player.tap("back")
    player.wait_scene("title")
    player.tap("unit-sky")
    player.wait_scene("lesson")
    lesson_to(player, built_site, lambda view: "once-more" in view)
    after = journals(player)
    assert len(after.events) > len(reading.events), "the journal goes on"
    assert after.faults == reading.faults


def exported(player: PagePlayer, place: Path) -> Path:
    """The player's journal as a file."""
    player.tap("record")
    player.wait_scene("record")
    with player.page.expect_download() as coming:
        player.tap("export")
    file = place / "whole.shiqi"
    coming.value.save_as(file)
    return file


def test_a_truncated_file_gives_what_is_sound(new_player: Open, built_site: Path, tmp_path: Path) -> None:
    player = new_player()
    player.open()
    learned(player, built_site)
    player.tap("back")
    player.wait_scene("title")
    whole = exported(player, tmp_path).read_bytes()
    lines = whole.splitlines(keepends=True)
    short = tmp_path / "short.shiqi"
    short.write_bytes(b"".join(lines[:-1]) + lines[-1][: len(lines[-1]) // 2])

    other = new_player()
    other.open()
    other.tap("record")
    cut_seal(other, "日月")
    other.wait_scene("record")
    before = other.look()
    with other.page.expect_file_chooser() as choosing:
        other.tap("import")
    choosing.value.set_files(short)
    told = other.wait_other_label("message", before)
    assert f"short.shiqi 第 {len(lines)} 行" in told
    assert told.startswith(f"读入 {len(lines) - 2} 条")
    assert len(journals(other).events) == len(lines) - 2 + 2, "all sound ones, and the player's own two"
    assert not journals(other).faults
