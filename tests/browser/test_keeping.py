"""What was done stays: over a reload, over a killed browser, and without the network."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.workshop import testing
from tests.browser.chromium import PagePlayer
from tests.browser.conftest import Open
from tests.browser.content import journals, lesson_step, library, progress
from tests.browser.host_site import wait
from tests.browser.hosting import Hosted
from tests.browser.play import answer, carve, lesson_to, start_lesson, to_pad

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.browser


def test_a_reload_keeps_points_place_and_language(new_player: Open, built_site: Path) -> None:
    player = new_player(language="zh-CN")
    player.open()
    assert player.look().label("language") == "EN"
    player.tap("language")
    player.wait_label("language", "中文")
    start_lesson(player)
    lesson_to(player, built_site, lambda view: "once-more" in view)
    before = journals(player).events
    points = progress(player, built_site).total
    step = lesson_step(player, built_site)

    player.reload()
    view = player.look()
    assert view.label("language") == "中文"
    assert view.label("reading").startswith("Reading oracle bones")
    today = library(built_site).strings("en")["title.today"]
    assert view.label("today") == today.format(learned=1, streak=0, points=points)
    assert journals(player).events == before
    player.tap("unit-sky")
    player.wait_scene("lesson")
    assert lesson_step(player, built_site) == step
    assert step is not None
    player.wait_label("character", step.subject)


class Mortal:
    """A browser that keeps its profile in a folder and can be killed like a phone whose battery falls out."""

    def __init__(self, driver: Playwright, place: str, profile: Path, url: str) -> None:
        self.driver, self.place, self.profile, self.url = driver, place, profile, url
        self.player: PagePlayer
        self.start()

    def start(self) -> None:
        """Starts the browser on the profile and opens the game."""
        size: Any = {"width": 1280, "height": 720}
        context = self.driver.chromium.launch_persistent_context(
            self.profile, executable_path=self.place, args=list(testing.FLAGS), viewport=size, locale="zh-CN"
        )
        self.player = PagePlayer(context, self.url)
        self.player.open()

    def processes(self) -> list[int]:
        """The browser's processes, by the profile's path on their command lines."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if f"--user-data-dir={self.profile}".encode() in (entry / "cmdline").read_bytes().split(
                    b"\0"
                ):
                    found.append(int(entry.name))
        return found

    def kill(self) -> None:
        """SIGKILL to every one of its processes."""
        own = self.processes()
        assert own, "the browser's processes are not found"
        for process in own:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.player.context.close()


@pytest.fixture
def mortal(driver: Playwright, chromium_path: str, hosted: Hosted, tmp_path: Path) -> Iterator[Mortal]:
    """A browser to kill."""
    hosted.start()
    made = Mortal(driver, chromium_path, tmp_path / "profile", hosted.url)
    yield made
    made.player.context.close()
    made.player.check_clean()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds processes by /proc")
def test_killing_the_browser_loses_nothing_acknowledged(mortal: Mortal, built_site: Path) -> None:
    char = library(built_site).units[0].characters[0]
    start_lesson(mortal.player)
    mortal.player.tap("next")
    mortal.player.wait("option-0")
    exercise = lesson_step(mortal.player, built_site)
    assert exercise is not None
    answer(mortal.player, exercise)
    mortal.kill()

    mortal.start()
    told = journals(mortal.player)
    assert [event.kind for event in told.events] == ["player", "open", "answer"]
    assert not told.faults
    mortal.player.tap("unit-sky")
    to_pad(mortal.player, built_site)
    carve(mortal.player, built_site, char)
    mortal.player.wait("once-more")
    mortal.kill()

    mortal.start()
    told = journals(mortal.player)
    assert [event.kind for event in told.events] == ["player", "open", "answer", "answer", "carving"]
    assert not told.faults
    assert progress(mortal.player, built_site).characters[char].passed
    mortal.player.tap("unit-sky")
    mortal.player.wait_scene("lesson")
    step = lesson_step(mortal.player, built_site)
    assert step is not None
    assert mortal.player.wait("character").label == step.subject != char


def test_the_second_visit_plays_without_a_server(new_player: Open, hosted: Hosted, built_site: Path) -> None:
    player = new_player()
    player.open()
    start_lesson(player)
    player.tap("next")
    player.wait("option-0")
    wait(player.page, "navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')", 120)
    hosted.stop()
    try:
        player.reload()
        player.tap("unit-sky")
        player.wait_scene("lesson")
        exercise = lesson_step(player, built_site)
        assert exercise is not None
        to_pad(player, built_site)
        carve(player, built_site, exercise.subject)
        player.wait("once-more")
        player.reload()
        assert progress(player, built_site).characters[exercise.subject].passed
        for programme, scene in (("reading", "reading"), ("idioms", "index-idioms"), ("record", "record")):
            player.tap(programme)
            player.wait_scene(scene)
            player.tap("back")
            player.wait_scene("title")
    finally:
        hosted.start()
    assert f"{player.url}icon-512.png" in player.asked, "only the worker wants it: its requests are seen too"
    workers = [worker.url for worker in player.context.service_workers]
    assert workers == [f"{player.url}worker.js"]
