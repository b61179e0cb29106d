"""The table of facts of Party history, and what it holds questions to: one right answer, asked once.

Of every level the table knows its span of days, its place in both languages and its character. The relation
a question asks for shows in its right option: a date, a number, a place of the level, a character. A wrong
option that is right by the same relation is a second right answer. Another level's fact is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Final

from game.content.checks.dates import first_day
from game.content.checks.document import At
from game.content.checks.problem import Problem
from game.content.source import Entry, Source

Span = tuple[date, date]
WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54
"""Degrees between which China lies, its seas included."""
_DATE: Final = re.compile(r"(\d{4})(?:年(?:(\d{1,2})月(?:(\d{1,2})日)?)?)?")
_NUMBER: Final = re.compile(r"(\d+)(万|亿)?(\D*)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIMES: Final = {"": 1, "万": 10_000, "亿": 100_000_000}
_MEND: Final = "choose a wrong answer that is surely wrong"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table knows of one level; `place` is (zh, en)."""

    id: str
    days: Span
    place: tuple[str, str]
    character: str


def span(start: str, end: str) -> Span:
    """The first and the last day of two sound ISO dates of year, month or day precision."""
    first, last = first_day(start), first_day(end)
    assert first is not None
    assert last is not None
    return first, _last_day(last, len(end.split("-")))


def _last_day(day: date, precision: int) -> date:
    if precision == 3:
        return day
    months = 12 if precision == 1 else 1
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def told_span(text: str) -> Span | None:
    """The days a text means that is nothing but a date: 1921, 1921年, 1921年7月 or 1921年7月23日."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    written = "-".join(f"{int(part):02}" for part in found.groups() if part is not None)
    return span(written, written) if first_day(written) else None


def told_number(text: str) -> tuple[int, str] | None:
    """Value and unit of a text that is nothing but a number: 543万人 is (5430000, 人)."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return int(found[1]) * _TIMES[found[2] or ""], found[3]


def table(source: Source) -> dict[str, Facts]:
    """The facts of every sound level of Party history, by id."""
    return {entry.name: facts_of(entry) for entry in source.of("party_history")}


def facts_of(entry: Entry) -> Facts:
    """What one level says of itself."""
    data = entry.data
    days = span(data["date_from"], data["date_to"])
    return Facts(entry.name, days, (data["place"][0], data["place"][1]), data["character"])


def check_facts(source: Source) -> list[Problem]:
    """Dates, coordinates and sources of every level; questions with one right answer, none asked twice."""
    problems: list[Problem] = []
    facts = table(source)
    asked: dict[str, At] = {}
    for entry in source.of("party_history"):
        data, at = entry.data, entry.at
        problems += _check_dates(data, facts[entry.name], at)
        x, y = data["at"]
        if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
            what = f"{x} east, {y} north is not in China"
            problems.append(at["at"].problem(what, "write [degrees east, degrees north] of the place"))
        if len({plain(one) for one in data["sources"]}) < len(data["sources"]):
            problems.append(at["sources"].problem("a source stands twice", "name another that was read"))
        for i, question in enumerate(data["questions"]):
            here = at["questions"][i]
            problems += check_asked(question, asked, here)
            problems += _check_one_right(source, question, facts[entry.name], here)
    return problems


def _check_dates(data: dict[str, Any], facts: Facts, at: At) -> list[Problem]:
    """The date to read says the years of the dates to reckon with, the same ones in both languages."""
    problems = []
    first, last = facts.days
    years = [set(_YEAR.findall(text)) for text in data["date"]]
    outside = sorted(year for year in years[0] | years[1] if not first.year <= int(year) <= last.year)
    if first > last:  # told by the rule for all levels
        return []
    if outside:
        what = f"{', '.join(outside)} is not within {data['date_from']} to {data['date_to']}"
        problems.append(at["date"].problem(what, "make date, date_from and date_to agree"))
    elif years[0] != years[1] or not years[0]:
        problems.append(at["date"].problem("zh and en tell different years", "tell the same years in both"))
    return problems


def plain(text: str) -> str:
    """A text by its letters and figures alone, to tell whether two say the same."""
    return "".join(char for char in text.casefold() if char.isalnum())


def check_asked(question: dict[str, Any], asked: dict[str, At], at: At) -> list[Problem]:
    """No question is asked twice in all of Party history; `asked` are those before, and grows."""
    for text in question["prompt"]:
        key = plain(text)
        if key in asked:
            first = asked[key]
            what = f"this is asked already ({first.file}:{first.line})"
            return [at["prompt"].problem(what, "ask for something else")]
    asked.update((plain(text), at) for text in question["prompt"])
    return []


def _check_one_right(source: Source, question: dict[str, Any], facts: Facts, at: At) -> list[Problem]:
    """No wrong option is right by the relation that the right one shows."""
    options = question["options"]
    if question["kind"] == "order" or question["answer"][0] >= len(options):
        return []
    right = options[question["answer"][0]]
    problems = []
    for i, option in enumerate(options):
        if i != question["answer"][0] and (why := _second_right(source, option, right, facts)):
            problems.append(at["options"][i].problem(f"this is right too: {why}", _MEND))
    return problems


def _second_right(source: Source, option: Any, right: Any, facts: Facts) -> str:
    """Why an option is right as well as the right one; "" if it is not."""
    if isinstance(option, str) or isinstance(right, str):
        one = option if isinstance(option, str) else option[0]
        other = right if isinstance(right, str) else right[0]
        return _same_character(source, one, other)
    if len(option[0]) == len(right[0]) == 1 and (why := _same_character(source, option[0], right[0])):
        return why
    days, right_days = told_span(option[0]), told_span(right[0])
    if days and right_days:
        return _same_days(days, right_days, facts)
    number, right_number = told_number(option[0]), told_number(right[0])
    if number and right_number:
        return "the same number" if number == right_number else ""
    for text, good, place in zip(option, right, facts.place, strict=True):
        if _within(good, place) and (
            plain(good) in plain(text) or _within(_distinct(text, good), place)
        ):  # what both begin with, a province, tells nothing
            return f"it lies in the level's place, {place}"
    return ""


def _same_days(days: Span, right: Span, facts: Facts) -> str:
    if _meet(days, right):
        return "its days are those of the right answer, or some of them"
    first, last = (_meet(right, (edge, edge)) for edge in facts.days)
    inside = _meet(right, facts.days) and not (first or last)
    if inside and _meet(days, facts.days):  # an answer at an edge was asked when it began or ended
        return f"it lies within the level's own days, {facts.days[0]} to {facts.days[1]}"
    return ""


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _within(text: str, place: str) -> bool:
    return len(plain(text)) > 1 and plain(text) in plain(place)


def _distinct(text: str, right: str) -> str:
    """What an option says that the right one does not: without the beginning that they share."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, right, strict=False)))
    return text[shared:]


def _same_character(source: Source, one: str, other: str) -> str:
    """Two ways to write one character, or two characters drawn alike on bone."""
    if one == other:  # told as alike by the rule for all questions
        return ""
    for char, variant in ((one, other), (other, one)):
        entry = source.data("characters", char)
        if entry is not None and entry["traditional"] == variant:
            return f"{one} and {other} are one character"
    drawn = [source.data("glyphs", char) for char in (one, other)]
    forms = [glyph["oracle"]["parts"] if glyph and glyph.get("oracle") else None for glyph in drawn]
    if forms[0] is not None and forms[1] is not None and _strokes(forms[0]) == _strokes(forms[1]):
        return f"{one} and {other} are drawn alike on bone"
    return ""


def _strokes(parts: Any) -> Any:
    """The strokes of a form whatever its parts are called."""
    return sorted(str(strokes) for strokes in (parts.values() if isinstance(parts, dict) else [parts]))
