"""The small judges: pinyin, numbers of pieces, dates, placeholders, lengths."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from game.content.checks.characters import check_reading
from game.content.checks.dates import first_day
from game.content.checks.document import At, Document
from game.content.checks.pieces import piece_fault, source_fault
from game.content.checks.pinyin import fault, readings
from game.content.checks.shapes import counted, is_han, named
from game.content.checks.texts import placeholders


@pytest.mark.parametrize(
    "syllable",
    ["rén", "lù", "xiū", "guǐ", "nǚ", "lüè", "jiāo", "ǒu", "dòu", "ér", "a", "de", "zhuàng", "yǔn"],
)
def test_well_written_pinyin(syllable: str) -> None:
    assert fault(syllable) is None


@pytest.mark.parametrize(
    ("syllable", "what"),
    [
        ("xīu", "the tone mark stands on the wrong letter"),
        ("gǔi", "the tone mark stands on the wrong letter"),
        ("jīao", "the tone mark stands on the wrong letter"),
        ("doù", "the tone mark stands on the wrong letter"),
        ("nv", "'v' is not a letter of pinyin"),
        ("Rén", "'R' is not a letter of pinyin"),
        ("ren2", "'2' is not a letter of pinyin"),
        ("ă", "a round mark (˘) stands for the third tone"),
        ("re\u0301n", "the tone mark is a separate character"),
        ("rénmín", "there are two tone marks"),
        ("zh", "there is no vowel"),
        ("", "there is no vowel"),
        ("\u0301", "'\u0301' is not a letter of pinyin"),
    ],
)
def test_badly_written_pinyin(syllable: str, what: str) -> None:
    found = fault(syllable)
    assert found is not None
    assert found[0] == what
    assert found[1]


def test_readings_come_from_pypinyin() -> None:
    assert {"xíng", "háng"} <= readings("行")
    assert readings("𰀀") == frozenset()  # a character pypinyin does not know


def test_without_pypinyin_only_the_spelling_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    readings.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    at = At(Document("a.yaml"))
    assert readings("鹿") == frozenset()
    assert check_reading("鹿", "mǎ", at) == []
    assert len(check_reading("鹿", "mâ", at)) == 1
    readings.cache_clear()


@pytest.mark.parametrize(
    "piece", ["合集 1", "合集 41956", "合集 14002正", "屯南 4612", "花东 561", "怀特 1", "周原 H11:1"]
)
def test_pieces_that_exist(piece: str) -> None:
    assert piece_fault(piece) is None


@pytest.mark.parametrize(
    "piece", ["合集 0", "合集 41957", "合集", "合集 正", "合集1", "合集 1x", "屯南 4613", "合集 ٣"]
)
def test_pieces_that_do_not(piece: str) -> None:
    assert piece_fault(piece)


def test_sources_may_be_any_book() -> None:
    for source in (
        "说文解字",
        "合集",
        "合集 甲",
        "合集 12870",
        "《甲骨文合集》10222、10223",
        "合集 12870 等",
    ):
        assert source_fault(source) is None
    assert source_fault("《甲骨文合集》99999") == (
        "合集 has no number 99999",
        "合集 ends at 41956: look it up again",
    )
    assert source_fault("《小屯南地甲骨》5000")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1921", date(1921, 1, 1)),
        ("1921-07", date(1921, 7, 1)),
        ("1921-07-23", date(1921, 7, 23)),
        ("1921-7", None),
        ("1921-13", None),
        ("1921-02-29", None),
        ("0000", None),
        ("١٩٢١", None),
        ("", None),
        ("21", None),
        ("1921-07-23-01", None),
    ],
)
def test_dates(written: str, day: date | None) -> None:
    assert first_day(written) == day


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("none", set()),
        ("{n} of {total}", {"n", "total"}),
        ("{{n}}", set()),
        ("{n:.0f}", {"n"}),
        ("{", None),
        ("}", None),
        ("{}", None),
        ("{0}", None),
        ("{a.b}", None),
    ],
)
def test_placeholders(text: str, names: set[str] | None) -> None:
    assert placeholders(text) == names


def test_what_counts_as_a_character() -> None:
    assert all(map(is_han, "鹿㫃𠂤豈"))
    assert not any(map(is_han, ["", "a", "鹿鹿", "，", "〇", "あ", "⺈"]))
    assert counted("一 只\n鹿。") == 4


def test_values_are_named_in_plain_words() -> None:
    values: list[object] = [None, True, False, {}, [], "short", "x" * 30, 3, 1.5]
    assert [named(value) for value in values] == [
        "nothing",
        "true",
        "false",
        "a mapping",
        "a list",
        "the text 'short'",
        "a text",
        "the number 3",
        "the number 1.5",
    ]
