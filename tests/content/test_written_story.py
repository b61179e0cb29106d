"""A story that someone wrote from the guide alone: it checks, packs and plays, with no line of Python."""

import shutil
from pathlib import Path

import pytest

from game.content.check import content_problems
from game.content.library import Library
from game.content.source import load_library
from game.stage import score
from game.workshop.places import HERE

WRITTEN = Path(__file__).parent / "fixtures" / "sun-and-tree.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    stories = root / "levels" / "stories"
    stories.mkdir(parents=True)
    shutil.copy(WRITTEN, stories)
    shutil.copytree(HERE.root / "levels" / "glyphs", root / "levels" / "glyphs")
    return root


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return load_library(root)


def test_it_checks(root: Path) -> None:
    told = [str(problem) for problem in content_problems(root)]
    assert [line for line in told if "stories/" in line] == []


def test_a_fault_in_it_names_beat_and_actor(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "levels", tmp_path / "levels")
    spoiled = tmp_path / "levels" / "stories" / WRITTEN.name
    text = spoiled.read_text(encoding="utf-8")
    assert text.count("{shake: walker, over: 0.8}") == 1
    spoiled.write_text(text.replace("{shake: walker,", "{shake: rest,"), encoding="utf-8")
    told = [str(problem) for problem in content_problems(tmp_path) if "stories/" in str(problem)]
    assert len(told) == 1
    assert "beat 4: actor rest is not on stage" in told[0]


def test_it_plays(library: Library) -> None:
    (story,) = library.stories
    assert story.id == "sun-and-tree"
    told = score.compile(story.script)
    assert len(told.beats) == 8
    assert len(told.asks) == 3
    assert [pose.char for pose in told.at(told.duration).poses] == ["休"]
    assert told.at(told.asks[1][0]).poses[-1].carved == pytest.approx(1)  # asked of what is wholly carved
