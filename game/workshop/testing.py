"""`build.py test`: the unit tests, then the tests that play the built site in a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from game.workshop import site
from game.workshop.places import Places
from game.workshop.progress import Progress

NOTHING_COLLECTED = 5  # pytest's exit code when no test matched
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
EVERY_LEVEL = "SHIQI_EVERY_LEVEL"
"""Set by `build.py test --every-level`, for tests/browser/test_every_level.py."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How Chromium is started by tests and bench: nothing in the background, software drawing."""
EVERY_CORE = ("--numprocesses", "auto", "--dist", "worksteal")
"""Unit tests run on every core; `-- -n0` runs them in one process (for --pdb)."""
HEADLESS = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}


def browser() -> str | None:
    """The Chromium to test with: SHIQI_CHROMIUM if it is set, else the first one on PATH."""
    named = os.environ.get("SHIQI_CHROMIUM")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest(places: Places, marker: str, more: Sequence[str], **environ: str) -> int:
    """Run pytest over the tests with `marker`; its exit code."""
    command = [sys.executable, "-m", "pytest", "-m", marker, *more]
    return subprocess.call(command, cwd=places.root, env={**os.environ, **HEADLESS, **environ})


def run(
    places: Places,
    progress: Progress,
    more: Sequence[str] = (),
    browser_tests: bool = True,
    every_level: bool = False,
) -> int:
    """Run all tests; `more` goes to pytest. 0 only if every test that ran passed.

    With `every_level` the browser plays all levels (many minutes); else two of each kind.
    """
    progress.say("unit tests")
    failed = pytest(places, "not browser", [*EVERY_CORE, *more])
    if not browser_tests:
        return failed
    chromium = browser()
    if chromium is None:
        progress.say("")
        progress.say("!" * 78)
        progress.say("!! NO CHROMIUM FOUND: every test marked `browser` (tests/browser) is SKIPPED.")
        progress.say("!! Install it (Debian: apt-get install chromium) or set SHIQI_CHROMIUM to its path.")
        progress.say("!" * 78)
        return failed
    if site.stale(places, compressed=True):
        progress.say("building the site for the browser tests")
        site.Site(places, progress).build()
    progress.say(f"browser tests ({chromium})")
    levels = {EVERY_LEVEL: "1"} if every_level else {}
    played = pytest(places, "browser", more, SHIQI_CHROMIUM=chromium, **levels)
    return failed or (0 if played == NOTHING_COLLECTED else played)
