"""Chromium for the bench: a fresh profile each time, nothing in the background."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from game.workshop.serve import Server
from game.workshop.testing import FLAGS, browser
from game.workshop.trouble import Trouble

PATIENCE = 90.0
"""Seconds until a page counts as stuck."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a free port of this machine; gives its address."""
    import threading

    with Server(folder, "127.0.0.1", 0, quiet=True) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.url
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """A Playwright browser."""
    from playwright.sync_api import sync_playwright

    program = browser()
    if program is None:
        raise Trouble("the bench wants Chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chrome
        chrome.close()


def marks(page: Any) -> dict[str, float]:
    """Milliseconds since navigation by mark, and first-paint."""
    found: dict[str, float] = page.evaluate(
        "Object.fromEntries(['paint', 'mark'].flatMap((type) => performance.getEntriesByType(type))"
        ".map((entry) => [entry.name, entry.startTime]))"
    )
    return found


def open_page(context: Any, url: str, until: str) -> tuple[Any, dict[str, float]]:
    """A page of `context` at `url` once the mark `until` is there, with all marks."""
    page = context.new_page()
    page.goto(url)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = marks(page)
        if until in found:
            page.wait_for_timeout(120)
            return page, marks(page)
        page.wait_for_timeout(40)
    raise Trouble(f"{url} did not come to {until} in {PATIENCE:.0f} s")


def python(page: Any, code: str) -> Any:
    """What `code` gives, run in the page's Python."""
    return page.evaluate("(code) => shiqi.py.runPythonAsync(code)", code)
