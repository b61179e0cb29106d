"""Packing levels/: once for the same levels, all problems told, a draft if one is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.content import pack as packing
from game.content.check import ContentError, Problem
from game.workshop import content
from game.workshop.cache import Cache
from game.workshop.places import HERE, Places
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "levels").mkdir()
    (tmp_path / "levels" / "a.yaml").write_text("a: 1", encoding="utf-8")
    return Places(tmp_path)


def sound(root: Path, out: Path) -> dict[str, object]:
    (out / "glyphs.json").write_text('{"契": 1}', encoding="utf-8")
    return {"glyphs": {"契": 1}}


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    calls: list[Path] = []

    def pack(root: Path, out: Path) -> dict[str, object]:
        calls.append(root)
        return sound(root, out)

    monkeypatch.setattr(packing, "pack", pack)
    monkeypatch.setattr(
        packing, "used_characters", lambda sections: {"sans": set(sections["glyphs"]), "brush": set("b")}
    )
    return calls


def test_sections_and_characters(places: Places, packed: list[Path]) -> None:
    made = content.packed(places, Cache(places.cache), Progress())
    assert json.loads((made / "content" / "glyphs.json").read_text(encoding="utf-8")) == {"契": 1}
    assert content.characters(made) == {"sans": "契", "brush": "b"}


def test_levels_are_packed_again_only_when_they_change(places: Places, packed: list[Path]) -> None:
    cache = Cache(places.cache)
    first = content.packed(places, cache, Progress())
    assert content.packed(places, cache, Progress()) == first
    (places.root / "levels" / "a.yaml").write_text("a: 2", encoding="utf-8")
    assert content.packed(places, cache, Progress()) != first
    assert packed == [places.root, places.root]


def test_problems_stop_the_pack_and_are_all_told(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = [Problem("levels/a.yaml", number, "a", "wrong", "mend it") for number in range(3)]

    def pack(root: Path, out: Path) -> dict[str, object]:
        raise ContentError(problems)

    monkeypatch.setattr(packing, "pack", pack)
    monkeypatch.setattr("game.content.check.content_problems", lambda root: problems)
    with pytest.raises(Trouble, match=r"^3 problems in levels/"):
        content.packed(places, Cache(places.cache), Progress())
    told = capsys.readouterr().out
    assert all(str(problem) in told for problem in problems)
    assert not list((places.cache / "content").iterdir())


def test_a_draft_is_packed_all_the_same(
    places: Places, packed: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = Problem("levels/a.yaml", 1, "a", "wrong", "mend it")

    def pack(root: Path, out: Path) -> dict[str, object]:
        raise ContentError([problem])

    monkeypatch.setattr(packing, "pack", pack)
    monkeypatch.setattr("game.content.check.content_problems", lambda root: [problem])
    monkeypatch.setattr("game.content.source.read_source", lambda root: root)
    monkeypatch.setattr("game.content.source.sections", lambda source: {"glyphs": {"识": 2}})
    made = content.packed(places, Cache(places.cache), Progress(), draft=True)
    assert json.loads((made / "content" / "glyphs.json").read_text(encoding="utf-8")) == {"识": 2}
    assert content.characters(made)["sans"] == "识"
    assert "mend it" in capsys.readouterr().out


def test_everything_the_pack_is_made_from_is_watched() -> None:
    assert all((HERE.root / name).is_dir() for name in content.MADE_FROM)
