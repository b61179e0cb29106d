"""Fonts are cut to what is shown, carry all of it, and say what they lack."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from game.workshop import fonts
from game.workshop.cache import Cache
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble


def font_file(path: Path, characters: str) -> Path:
    """A real TrueType font whose every character is a square."""
    names = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(
        {ord(character): name for character, name in zip(characters, names[1:], strict=True)}
    )
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular", "copyright": "nobody"})
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def package(root: Path, characters: str, face: str = "sans") -> list[fonts.Font]:
    font_file(root / "a-font" / "a.ttf", characters)
    (root / "a-font" / "LICENSE_FONT").write_text("OFL", encoding="utf-8")
    listing = root / "fonts.json"
    told = {f"{face}.ttf": {"package": "a-font", "source": "a.ttf", "face": face}}
    listing.write_text(json.dumps(told), encoding="utf-8")
    return fonts.listed(listing, root)


def test_a_cut_font_has_what_is_wanted_and_no_more(tmp_path: Path) -> None:
    source = font_file(tmp_path / "a.ttf", "契识abc")
    fonts.cut(source, "契a", tmp_path / "cut.ttf")
    assert fonts.covered(tmp_path / "cut.ttf") == {"契", "a"}
    assert (tmp_path / "cut.ttf").stat().st_size < source.stat().st_size
    with TTFont(tmp_path / "cut.ttf") as cut:
        assert cut["name"].getDebugName(0) == "nobody"
        assert not {"GSUB", "GPOS", "fpgm", "prep"} & set(cut.keys())


def test_the_same_cut_gives_the_same_bytes(tmp_path: Path) -> None:
    source = font_file(tmp_path / "a.ttf", "契识abc")
    for name in ("1.ttf", "2.ttf"):
        fonts.cut(source, "识b", tmp_path / name)
    assert (tmp_path / "1.ttf").read_bytes() == (tmp_path / "2.ttf").read_bytes()


def test_text_faces_carry_pinyin_and_punctuation_the_name_s_face_only_letters() -> None:
    used = {"sans": "契\n", "brush": "识契"}
    assert {"契", "ǚ", "。", "A", " "} <= set(fonts.wanted("sans", used))
    assert "\n" not in fonts.wanted("sans", used)
    assert fonts.wanted("brush", used) == fonts.ASCII + "契识"
    with pytest.raises(Trouble, match="no face is called mono: brush, sans are"):
        fonts.wanted("mono", used)


def test_made_fonts_come_with_their_licence_and_say_what_they_lack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = package(tmp_path, fonts.ALSO + "契")
    made = fonts.make(listed, {"sans": "契䶮"}, "lock", Cache(tmp_path / "cache"), Progress())
    assert made["sans-LICENSE.txt"] == b"OFL"
    with TTFont(io.BytesIO(made["sans.ttf"])) as font:
        assert ord("契") in font.getBestCmap()
    assert "not in this font: 䶮" in capsys.readouterr().out


def test_a_font_is_cut_again_only_for_other_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = package(tmp_path, fonts.ASCII + "契识", face="brush")
    for used in ("契", "契", "契识"):
        fonts.make(listed, {"brush": used}, "lock", Cache(tmp_path / "cache"), Progress())
    assert capsys.readouterr().out.count("font brush.ttf") == 2


def test_a_font_that_its_package_lacks_is_named(tmp_path: Path) -> None:
    listing = tmp_path / "fonts.json"
    told = {"sans.ttf": {"package": "a-font", "source": "gone.ttf", "face": "sans"}}
    listing.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(Trouble, match=r"fonts\.json: sans\.ttf: a-font has no gone\.ttf"):
        fonts.listed(listing, tmp_path)
