"""Fixtures of the browser tests: the built site on a free port, Chromium, and a player at its screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.workshop import testing
from tests.browser.chromium import PagePlayer
from tests.browser.hosting import Hosted, built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

Open = Callable[..., PagePlayer]
"""A fresh browser profile with a player at it: keyword arguments as for `new_player`."""


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site under test."""
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def hosted(built_site: Path) -> Iterator[Hosted]:
    """The site on a free port of this machine."""
    served = Hosted(built_site)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without it the test is skipped."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    place = testing.browser()
    if place is None:
        pytest.skip("Chromium is not installed")
    return place


@pytest.fixture(scope="module")
def driver(chromium_path: str) -> Iterator[Playwright]:
    """Playwright. For one module, since it runs only once at a time in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chrome(driver: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A running Chromium."""
    browser = driver.chromium.launch(executable_path=chromium_path, args=list(testing.FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def new_player(chrome: Browser, hosted: Hosted, tmp_path: Path) -> Iterator[Open]:
    """Makes players, each in a browser profile of its own. At the end none may have met an error, nor has any
    request gone elsewhere than to our own server."""
    made: list[PagePlayer] = []
    hosted.start()

    def make(
        width: int = 1280,
        height: int = 720,
        language: str = "zh-CN",
        touch: bool = False,
        script: str = "",
        **more: Any,
    ) -> PagePlayer:
        size: Any = {"width": width, "height": height}
        context = chrome.new_context(
            viewport=size, locale=language, has_touch=touch, accept_downloads=True, **more
        )
        if script:
            context.add_init_script(script)
        made.append(PagePlayer(context, hosted.url, touch))
        return made[-1]

    yield make
    for number, one in enumerate(made):
        one.page.screenshot(path=tmp_path / f"last-{number}.png")
        one.context.close()
    for one in made:
        one.check_clean()


@pytest.fixture
def player(new_player: Open) -> PagePlayer:
    """One player at a wide screen, the title open."""
    one = new_player()
    one.open()
    return one


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud what could not be tested and why."""
    for report in terminalreporter.stats.get("skipped", []):
        if report.nodeid.startswith("tests/browser/") and isinstance(report.longrepr, tuple):
            terminalreporter.write_line(
                f"!! NOT TESTED: {report.nodeid}: {report.longrepr[2]}", red=True, bold=True
            )
