"""The real levels: nothing to mend, and all of it can be packed, read back and staged."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content.check import content_problems
from game.content.checks.pinyin import readings
from game.content.library import Library
from game.content.pack import pack, read_packed

ROOT = Path(__file__).resolve().parents[2]


def test_levels_have_no_problems() -> None:
    problems = content_problems(ROOT)
    assert not problems, "\n" + "\n".join(map(str, problems))


def test_pinyin_was_really_checked() -> None:
    assert "lù" in readings("鹿"), "pypinyin is not installed: pinyin goes unchecked"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("packed") / "content"
    pack(ROOT, folder)
    return Library(read_packed(folder).__getitem__)


def test_everything_reads_back(library: Library) -> None:
    assert library.characters
    assert library.units
    for character in library.characters:
        assert character.why.zh
        if library.has_glyph(character.char):
            glyph = library.glyph(character.char)
            assert (glyph.oracle is not None) == character.oracle_known
    for levels in (library.idioms, library.stories, library.party_history, library.inscriptions):
        assert levels
    assert library.rules
    assert library.strings("zh").keys() == library.strings("en").keys()


def test_taught_characters_can_be_shown(library: Library) -> None:
    for unit in library.units:
        for char in unit.characters:
            assert library.character(char).gloss.en
            assert library.has_glyph(char) or not library.character(char).oracle_known


def test_the_pack_is_small(library: Library, tmp_path: Path) -> None:
    """Start-up pays for what ships: a character with its glyph takes some 2 kB."""
    pack(ROOT, tmp_path / "content")
    size = sum(path.stat().st_size for path in (tmp_path / "content").iterdir())
    assert size < 4_000 * len(library.characters) + 20_000 * (len(library.idioms) + len(library.stories) + 40)
