"""The story written from the guide alone plays on the screen, through its three questions, to its end."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.content.source import load_library
from game.scenes.story import StoryScene
from game.workshop.places import HERE
from tests.content.test_written_story import WRITTEN
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_programmes import to_the_end


def test_it_plays_to_its_end(stage: Callable[..., Any], tmp_path: Path) -> None:
    stories = tmp_path / "levels" / "stories"
    stories.mkdir(parents=True)
    shutil.copy(WRITTEN, stories)
    shutil.copytree(HERE.root / "levels" / "glyphs", tmp_path / "levels" / "glyphs")
    story = load_library(tmp_path).story("sun-and-tree")

    async def watch(hand: Stagehand) -> tuple[int, int]:
        hand.app.push(StoryScene(hand.app, story))
        await hand.frames(3)
        scene = await to_the_end(hand)
        right, asked = scene.scored
        return right, asked

    assert stage(watch, size="phone") == (3, 3)
