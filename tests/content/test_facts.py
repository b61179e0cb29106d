"""The table of facts of Party history: dates and numbers as told, second right answers, questions twice."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.content.checks.facts import check_facts, span, table, told_number, told_span
from game.content.source import read_source
from game.learning.party import PERIODS, by_period
from tests.content.sound import CHARACTERS, FILES, GLYPHS, PLACES, said, write

ROOT = Path(__file__).resolve().parents[2]
PARTY = PLACES["party"]
OTHER = "levels/party_history/other-1921.yaml"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_lies_in_its_month_and_its_year(day: date) -> None:
    whole = told_span(f"{day.year}年{day.month}月{day.day}日")
    assert whole == (day, day)
    month, year = told_span(f"{day.year}年{day.month}月"), told_span(f"{day.year}年")
    assert month is not None
    assert year is not None
    assert year[0] <= month[0] <= day <= month[1] <= year[1]
    assert (month[0].month, month[1].month) == (day.month, day.month)
    assert (year[0].timetuple().tm_yday, year[1].day, year[1].month) == (1, 31, 12)


def test_only_a_date_alone_is_a_date() -> None:
    assert told_span("1949") == span("1949", "1949") == (date(1949, 1, 1), date(1949, 12, 31))
    assert told_span("1948年2月") == (date(1948, 2, 1), date(1948, 2, 29))
    for text in ("1949年2月30日", "1949年冬", "10月1日", "一九四九", "1949年代"):
        assert told_span(text) is None


def test_numbers_with_their_units() -> None:
    assert told_number("543万人") == told_number("5430000人") == (5_430_000, "人")
    assert told_number("2亿") == (200_000_000, "")
    assert told_number("十人") is None


def other(**changed: str) -> str:
    """A second sound level: no prompt of the first stands in it."""
    text = re.sub(r"prompt: \{zh: (.)", r"prompt: {zh: 另外\1", FILES[PARTY])
    text = re.sub(r"(prompt: .* en: )(\w)", r"\1Else \2", text)
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_question_is_asked_once_in_all_levels(tmp_path: Path) -> None:
    assert said(write(tmp_path, {OTHER: other()})) == []
    told = said(write(tmp_path, {OTHER: other(另外哪一年="哪一年")}))
    assert len(told) == 1
    assert "other-1921.yaml:26: questions[3].prompt: this is asked already" in told[0]
    assert "event-1921.yaml:25" in told[0]


def test_the_fact_of_another_level_may_be_a_wrong_answer(tmp_path: Path) -> None:
    one = FILES[PARTY].replace(
        "{zh: 甲, en: A}, {zh: 乙, en: B}", "{zh: 上海, en: Shanghai}, {zh: 北京, en: Beijing}"
    )
    assert said(write(tmp_path, {PARTY: one, OTHER: other(上海="北京", Shanghai="Beijing")})) == []


@pytest.mark.parametrize(
    ("right", "wrong", "bad"),
    [
        ("1921年7月20日", "1921年7月25日", True),  # neither when it began nor when it ended
        ("1921年7月", "1921年8月1日", False),  # when it began
        ("1921年8月2日", "1921年7月5日", False),  # when it ended
        ("1921年7月20日", "1922年7月20日", False),
        ("1930年", "1921年7月20日", False),  # asked of something else
    ],
)
def test_days_within_the_level(tmp_path: Path, right: str, wrong: str, bad: bool) -> None:
    changed = FILES[PARTY].replace("zh: 1921, en: 1921", f"zh: {right}, en: {right}")
    changed = changed.replace("zh: 1922, en: 1922", f"zh: {wrong}, en: {wrong}")
    told = said(write(tmp_path, {PARTY: changed}))
    assert [("level's own days" in one) for one in told] == ([True] if bad else [])


def test_characters_drawn_alike_are_both_right(tmp_path: Path) -> None:
    drawn = GLYPHS + '本:\n  oracle:\n    drawn_after: commons\n    parts: {whole: ["M 50 6 L 50 94"], '
    drawn += 'ends: ["M 50 40 L 20 20", "M 50 40 L 80 20"]}\n'
    known = CHARACTERS + (
        "本:\n  pinyin: běn\n  gloss: {zh: 根, en: root}\n  made: pictograph\n"
        "  why: {zh: 树根。, en: A root.}\n  words: [根本]\n  like: [木]\n  sources: [说文解字·木部]\n"
    )
    asked = FILES[PARTY].replace("[{glyph: 人}, {glyph: 木}]", "[{glyph: 本}, {glyph: 木}]")
    strings = {
        PLACES[lang]: FILES[PLACES[lang]].replace("part: {", f"part: {{whole: {one}, ends: {two}, ")
        for lang, one, two in (("zh", "整", "梢"), ("en", "whole", "ends"))
    }
    changed = {PLACES["glyphs"]: drawn, PLACES["characters"]: known, PARTY: asked, **strings}
    told = [str(one) for one in check_facts(read_source(write(tmp_path, changed)))]
    assert len(told) == 1
    assert "drawn alike on bone" in told[0]


def test_every_real_level_has_its_facts_in_its_period() -> None:
    source = read_source(ROOT)
    facts = table(source)
    library = source.library()
    assert len(facts) == len(library.party_history) == 36
    grouped = by_period(library.party_history)
    assert [period for period, _ in grouped] == list(PERIODS)
    ends = [*(span(period.start, period.start)[0] for period in PERIODS[1:]), date(2100, 1, 1)]
    for (period, levels), end in zip(grouped, ends, strict=True):
        start = span(period.start, period.start)[0]
        for level in levels:
            assert start <= facts[level.id].days[0] < end, level.id
            assert len({level.character for level in levels}) == len(levels), period.id
    assert check_facts(source) == []
