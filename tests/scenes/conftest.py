"""Real content and real fonts, made once; no window is ever opened."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from game.content.library import Library
from game.content.source import load_library
from game.workshop import site
from game.workshop.places import HERE
from game.workshop.progress import Progress
from tests.scenes.stagehand import play


@pytest.fixture(scope="session")
def assets() -> Path:
    """The folder with content and cut fonts, as the desktop host uses it."""
    return site.desktop(site.Site(HERE, Progress()))


@pytest.fixture(scope="session")
def library() -> Library:
    """The real levels."""
    return load_library(HERE.root)


@pytest.fixture
def stage(library: Library, assets: Path) -> Callable[..., Any]:
    """`stage(script, size=…, seal=…, **settings)` plays a script with an app of its own."""
    return lambda script, **options: play(library, assets, script, **options)
