"""The short form in Firefox and in WebKit: title, seal, a first character carved, a reload that keeps it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.content import journals, lesson_step, library, progress
from tests.browser.driver import Player
from tests.browser.firefox import Firefox
from tests.browser.hosting import Hosted
from tests.browser.play import lesson_to, start_lesson
from tests.browser.webkit import WebKit

pytestmark = pytest.mark.browser


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """A running Firefox."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed (Debian: apt-get install firefox-esr)")
    browser = Firefox(program, tmp_path)
    yield browser
    browser.close()


@pytest.fixture
def webkit(tmp_path: Path) -> Iterator[WebKit]:
    """A running WebKit."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if driver is None or display is None or browser is None:
        pytest.skip("WebKit is not installed (Debian: apt-get install webkit2gtk-driver xvfb)")
    running = WebKit(driver, str(browser), display, tmp_path)
    yield running
    running.close()


def short_form(player: Player, site: Path) -> None:
    """From the title to the first carved character, and what a reload keeps of it."""
    unit = library(site).units[0]
    player.open()
    start_lesson(player, unit.id)
    played = lesson_to(player, site, lambda view: "once-more" in view)
    assert played[0] == "meet"
    assert played[-1] == "carve"
    char = unit.characters[0]
    assert progress(player, site).characters[char].carved_best >= 80
    before = journals(player).events
    step = lesson_step(player, site)
    assert step is not None

    player.reload()
    assert journals(player).events == before
    player.tap(f"unit-{unit.id}")
    player.wait_scene("lesson")
    player.wait_label("character", step.subject)


def test_firefox(firefox: Firefox, hosted: Hosted, built_site: Path) -> None:
    hosted.start()
    short_form(Player(firefox, hosted.url), built_site)
    assert firefox.said == []
    assert firefox.asked
    assert [url for url in firefox.asked if not url.startswith((hosted.url, "data:", "blob:"))] == []


def test_webkit(webkit: WebKit, hosted: Hosted, built_site: Path) -> None:
    hosted.start()
    short_form(Player(webkit, hosted.url), built_site)
