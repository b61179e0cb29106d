"""Scrubbing a play to any second shows the very picture that playing to it shows: all stories, all idioms.

The score is a pure function of time, but the view that draws it keeps what it has drawn; this holds the view.
"""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
import pytest
from pygame import Rect, Surface

from game.content.source import load_library
from game.host.fake import FakeHost
from game.stage import score
from game.stage.score import Score
from game.ui.kit import Kit
from game.ui.metrics import measure
from game.ui.settings import Settings
from game.ui.stage_view import StageView
from game.workshop.places import HERE

BOX = Rect(0, 0, 160, 120)
STEP = 5.3  # seconds between two looks: falls in other moments of every beat
LIBRARY = load_library(HERE.root)
SCRIPTS = {f"story:{one.id}": one.script for one in LIBRARY.stories} | {
    f"idiom:{one.id}": one.script for one in LIBRARY.idioms
}


def _picture(view: StageView, kit: Kit, told: Score, time: float) -> bytes:
    canvas = Surface(BOX.size)
    canvas.fill((240, 230, 210))
    view.paint(canvas, BOX, told.at(time))
    return pygame.image.tobytes(canvas, "RGB")


@pytest.fixture(scope="module")
def kit() -> Kit:
    pygame.display.init()
    pygame.display.set_mode((390, 844))
    host = FakeHost()
    kit = Kit(host, LIBRARY, Settings())
    kit.metrics = measure(host.view)
    return kit


@pytest.mark.parametrize("name", SCRIPTS)
def test_scrubbing_shows_what_playing_shows(kit: Kit, name: str) -> None:
    told = score.compile(SCRIPTS[name])
    times = [i * STEP for i in range(int(told.duration / STEP) + 1)]
    view = StageView(kit)
    played = [_picture(view, kit, told, time) for time in times]
    assert len(set(played)) > len(times) // 2  # something happens
    back = {time: _picture(view, kit, told, time) for time in reversed(times)}
    assert [back[time] for time in times] == played
    for time, picture in list(zip(times, played, strict=True))[1::4]:
        assert _picture(StageView(kit), kit, told, time) == picture, f"at {time:.1f} s"
