"""Rules for characters (CONTENT.md 1 and 3) and for the path they are taught on."""

from __future__ import annotations

from typing import Any

from game.content.checks.document import At
from game.content.checks.pieces import source_fault
from game.content.checks.pinyin import fault, readings
from game.content.checks.problem import Problem
from game.content.source import Source

# Words written with an older character on bone, and explanations that scholars dispute (CONTENT.md 1).
OLDER = {"旗": "㫃", "神": "申", "国": "或", "获": "隻", "冬": "終", "孝": "老"}
DISPUTED = frozenset("手夏道失育民书福秋")
# A disputed explanation says so: one of these must stand in its `why` or `note`.
HEDGES = {
    "zh": "一说 一种 有人 有的 可能 也许 或许 大概 大约 学者 认为 以为 看法 说法 争 不一 未定 定论 "
    "相传 不清楚 还没 不同 猜",
    "en": "reading may might perhaps probably possibly likely scholar thought think seem some other most "
    "dispute agree usually unclear certain unsure settled debate view explanation opinion",
}


def check_sources(sources: list[str], at: At) -> list[Problem]:
    """Sources: none twice, and pieces that exist."""
    problems = [at["sources"][i].problem(*bad) for i, one in enumerate(sources) if (bad := source_fault(one))]
    for i, one in enumerate(sources):
        if one in sources[:i]:
            problems.append(at["sources"][i].problem("the source stands twice", "keep one of them"))
    return problems


def check_characters(source: Source) -> list[Problem]:
    """All rules for levels/characters."""
    problems: list[Problem] = []
    themes: set[str] = set()
    for entry in source.of("characters"):
        char, data, at = entry.name, entry.data, entry.at
        problems += check_reading(char, data["pinyin"], at["pinyin"])
        problems += _check_made(source, data, at)
        problems += _check_lists(char, data, at)
        problems += _check_truth(source, char, data, at)
        problems += check_sources(data["sources"], at)
        if data["theme"] not in themes:
            themes.add(data["theme"])
            for lang in ("zh", "en"):
                texts = source.data("strings", lang)
                if texts is not None and f"theme.{data['theme']}" not in texts:
                    mend = f"add theme.{data['theme']} to levels/strings/{lang}.yaml"
                    problems.append(Problem(at.file, 0, "", "the theme has no label", mend))
    return problems


def check_reading(char: str, pinyin: str, at: At) -> list[Problem]:
    """One syllable: written well, and a reading of `char`."""
    if bad := fault(pinyin):
        return [at.problem(f"pinyin {pinyin!r}: {bad[0]}", bad[1])]
    known = readings(char)
    if known and pinyin not in known:
        return [at.problem(f"{char} is not read {pinyin}", f"use one of {', '.join(sorted(known))}")]
    return []


def _check_made(source: Source, data: dict[str, Any], at: At) -> list[Problem]:
    problems: list[Problem] = []
    if data["made"] in ("compound", "phonetic") and not data["components"]:
        problems.append(
            at["made"].problem(f"a {data['made']} character has components", "list them in components")
        )
    for i, part in enumerate(data["components"]):
        if not (source.knows("glyphs", part) or source.knows("characters", part)):
            mend = f"draw {part} in levels/glyphs, or explain it in levels/characters"
            problems.append(at["components"][i].problem(f"the component {part} is not known", mend))
    return problems


def _check_lists(char: str, data: dict[str, Any], at: At) -> list[Problem]:
    problems: list[Problem] = []
    for i, word in enumerate(data["words"]):
        if char not in word and data["traditional"] not in word:
            problems.append(
                at["words"][i].problem(f"{word} does not contain {char}", "choose a word that does")
            )
    for i, other in enumerate(data["like"]):
        if other == char:
            problems.append(at["like"][i].problem(f"{char} is like itself", "name other characters"))
    for name in ("words", "like"):
        for i, one in enumerate(data[name]):
            if one in data[name][:i]:
                problems.append(at[name][i].problem(f"{one} stands twice", "keep one of them"))
    return problems


def _check_truth(source: Source, char: str, data: dict[str, Any], at: At) -> list[Problem]:
    """Say what is not known, what is written with an older character, and what is disputed."""
    problems: list[Problem] = []
    drawn = source.data("glyphs", char)
    if drawn is not None or not source.knows("glyphs", char):
        has_oracle = drawn is not None and "oracle" in drawn
        if data["oracle_known"] and not has_oracle:
            mend = "draw it under oracle in levels/glyphs, or write oracle_known: false"
            problems.append(at.problem(f"{char} has no oracle form", mend))
        if has_oracle and not data["oracle_known"]:
            mend = "take the form out of levels/glyphs, or oracle_known: false out of here"
            problems.append(at["oracle_known"].problem(f"{char} has an oracle form in levels/glyphs", mend))
    note = data["note"]
    headword = data["headword"]
    if headword == char:
        problems.append(at["headword"].problem("the head-word is the character itself", "leave headword out"))
    elif headword and not (note and all(headword in text for text in note)):
        mend = f"add a note in both languages: in oracle bone the word is written {headword}"
        problems.append(at["headword"].problem(f"the note does not say that it is written {headword}", mend))
    elif char in OLDER and data["oracle_known"] and not headword:
        mend = f"add headword: {OLDER[char]} and a note that says so"
        problems.append(at.problem(f"the oracle form of {char} belongs to the older {OLDER[char]}", mend))
    if char in DISPUTED and not data["disputed"]:
        problems.append(at.problem(f"the explanation of {char} is disputed", "write disputed: true"))
    if data["disputed"]:
        for i, lang in enumerate(("zh", "en")):
            said = (data["why"][i] + (note[i] if note else "")).lower()
            if not any(hedge in said for hedge in HEDGES[lang].split()):
                mend = "word it as one reading among others (一说…, one reading is…)"
                problems.append(at["why"].problem(f"disputed, but the {lang} text does not say so", mend))
    return problems


def check_path(source: Source) -> list[Problem]:
    """Units: known characters, none twice, and components before the compounds made of them."""
    problems: list[Problem] = []
    taught: dict[str, At] = {}
    for entry in source.of("units"):
        for i, char in enumerate(entry.data["characters"]):
            at = entry.at["characters"][i]
            if not source.knows("characters", char):
                problems.append(at.problem(f"{char} is not a known character", "add it to levels/characters"))
            if char in taught:
                first = taught[char]
                problems.append(
                    at.problem(f"{char} is taught twice (first on line {first.line})", "keep one of them")
                )
            else:
                taught[char] = at
    order = {char: i for i, char in enumerate(taught)}
    for char, at in taught.items():
        data = source.data("characters", char)
        for part in data["components"] if data else ():
            if part in order and order[part] > order[char]:
                problems.append(
                    at.problem(f"{char} is taught before its component {part}", f"move {part} before it")
                )
    return problems
