"""Packing: the same bytes from the same levels, all or nothing, and the characters that fonts must have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.check import ContentError
from game.content.library import SECTIONS
from game.content.pack import pack, read_packed, round_path, used_characters
from game.glyphs.path import flatten
from tests.content.sound import FILES, PLACES, write


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_compact_file_a_section_always_the_same(tmp_path: Path) -> None:
    root = write(tmp_path / "a")
    sections = pack(root, tmp_path / "out" / "content")
    first = files(tmp_path / "out" / "content")
    assert sorted(first) == sorted(f"{name}.json" for name in SECTIONS)
    assert read_packed(tmp_path / "out" / "content") == json.loads(json.dumps(sections))
    assert b": " not in first["glyphs.json"]
    assert "鹿".encode() in first["glyphs.json"]
    pack(write(tmp_path / "b"), tmp_path / "again")
    assert files(tmp_path / "again") == first


def test_packing_again_replaces_everything(tmp_path: Path) -> None:
    out = tmp_path / "content"
    out.mkdir()
    (out / "old.json").write_text("{}")
    pack(write(tmp_path), out)
    assert "old.json" not in files(out)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_levels_with_problems_are_not_packed(tmp_path: Path) -> None:
    out = tmp_path / "content"
    pack(write(tmp_path), out)
    before = files(out)
    write(tmp_path, {PLACES["paths"]: FILES[PLACES["paths"]].replace("鹿", "象")})
    with pytest.raises(ContentError, match="象 is not a known character") as raised:
        pack(tmp_path, out)
    assert len(raised.value.problems) == 1
    assert files(out) == before


def test_a_failing_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "content"
    pack(write(tmp_path), out)
    before = files(out)

    def full(*_: object, **__: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(json, "dumps", full)
    with pytest.raises(OSError, match="no space left"):
        pack(tmp_path, out)
    assert files(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("path", "rounded"),
    [
        ("M 30 8 L 44 30", "M30 8L44 30"),
        ("M 30.04,8.06 Q 33 20 44.149 30", "M30 8.1Q33 20 44.1 30"),
        ("M -0.04 0.04 C -1.25 2 3 4 5 6", "M0 0C-1.2 2 3 4 5 6"),
        ("M30 8 44 30 50 50", "M30 8 44 30 50 50"),
    ],
)
def test_paths_are_rounded(path: str, rounded: str) -> None:
    assert round_path(path) == rounded


numbers = st.floats(0, 100).map(lambda value: round(value, 4))


@settings(deadline=None)
@given(
    st.lists(st.tuples(numbers, numbers), min_size=2, max_size=6, unique_by=lambda p: (p[0] // 1, p[1] // 1))
)
def test_rounding_moves_no_point_far(points: list[tuple[float, float]]) -> None:
    path = "M " + " L ".join(f"{x} {y}" for x, y in points)
    moved = flatten(round_path(path))
    assert abs(moved[0][0] - points[0][0]) <= 0.0501
    assert abs(moved[-1][1] - points[-1][1]) <= 0.0501
    assert round_path(round_path(path)) == round_path(path)


def test_glyphs_are_rounded_in_the_pack(tmp_path: Path) -> None:
    text = FILES[PLACES["glyphs"]].replace("M 50 6 L 46 28", "M 50.04 6.07 L 46 28")
    glyph = pack(write(tmp_path, {PLACES["glyphs"]: text}), tmp_path / "content")["glyphs"]["鹿"]
    assert glyph["oracle"]["parts"]["antlers"] == ["M30 8Q33 20 44 30", "M50 6.1L46 28"]
    assert glyph["variants"][0]["parts"]["body"] == ["M44 30L84 60"]
    assert glyph["picture"]["parts"]["body"] == ["M20 20C30 30 40 60 80 80"]


def test_characters_for_the_fonts(tmp_path: Path) -> None:
    fonts = used_characters(pack(write(tmp_path), tmp_path / "content"))
    assert fonts["brush"] == set("识契")
    assert set("人木休鹿红紅体林上海识契") | set("AZaz09") <= fonts["serif"]
    assert set("歇靠") <= fonts["serif"] == fonts["sans"]
    assert set("歇靠缺排说文解字。？ūùén{}") <= fonts["sans"]
    assert "\n" not in fonts["sans"]
    assert not any(char in "\t\r" for char in fonts["sans"])
