"""Rules for idioms, stories, Party history and inscriptions (CONTENT.md 4 to 7)."""

from __future__ import annotations

from game.content.checks.characters import check_reading, check_sources
from game.content.checks.document import At
from game.content.checks.pieces import source_fault
from game.content.checks.problem import Problem
from game.content.checks.shapes import is_han
from game.content.checks.staging import check_questions, check_script
from game.content.source import Entry, Source


def _check_id(entry: Entry) -> list[Problem]:
    """Ids become file names, addresses and lines of the journal: plain words, for ever."""
    words = entry.name.split("-")
    if all(word and word.isascii() and word.isalnum() and word == word.lower() for word in words):
        return []
    what = f"{entry.name!r} is not a plain name"
    return [
        Problem(
            entry.at.file, 0, "", what, "name the file in a-z, 0-9 and single hyphens: red-boat-1921.yaml"
        )
    ]


def check_idioms(source: Source) -> list[Problem]:
    """All rules for levels/idioms."""
    problems: list[Problem] = []
    seen: dict[str, At] = {}
    for entry in source.of("idioms"):
        data, at = entry.data, entry.at
        idiom = data["idiom"]
        problems += _check_id(entry)
        if len(idiom) != 4 or not all(is_han(char) for char in idiom):
            problems.append(
                at["idiom"].problem("an idiom has four characters", "write just the four characters")
            )
        if idiom in seen:
            problems.append(
                at["idiom"].problem(f"{idiom} stands twice (first in {seen[idiom].file})", "keep one")
            )
        seen.setdefault(idiom, at)
        problems += _check_idiom_pinyin(idiom, data["pinyin"], at["pinyin"])
        unseen = [char for char in dict.fromkeys(idiom) if _is_unseen(source, char)]
        if unseen and not data["note"]:
            what = f"no oracle form of {''.join(unseen)} is known, and no note says so"
            problems.append(at.problem(what, "add note: {zh: 甲骨文未见…, en: no oracle form is known …}"))
        problems += _check_play(idiom, [question["kind"] for question in data["questions"]], at["questions"])
        problems += check_script(source, data["script"], at["script"])
        problems += check_questions(source, data["questions"], at)
        problems += check_sources(data["sources"], at)
    return problems


def _is_unseen(source: Source, char: str) -> bool:
    """Whether the content declares that no oracle form is known; undrawn alone says nothing of the script."""
    data = source.data("characters", char)
    return data is not None and not data["oracle_known"] and not _has_oracle(source, char)


def _has_oracle(source: Source, char: str) -> bool:
    data = source.data("glyphs", char)
    return "oracle" in data if data is not None else source.knows("glyphs", char)


def _check_idiom_pinyin(idiom: str, pinyin: str, at: At) -> list[Problem]:
    syllables = pinyin.split()
    if len(syllables) != len(idiom):
        mend = f"write {len(idiom)} syllables with spaces between"
        return [at.problem(f"{len(syllables)} syllables for {len(idiom)} characters", mend)]
    return [
        problem
        for char, syllable in zip(idiom, syllables, strict=True)
        for problem in check_reading(char, syllable, at)
    ]


def _check_play(idiom: str, kinds: list[str], at: At) -> list[Problem]:
    """Every idiom is put in order, filled in and chosen for; with a character twice it has no one order."""
    wanted = ["fill", "choose"] if len(set(idiom)) < len(idiom) else ["order", "fill", "choose"]
    return [
        at.problem(f"no question of kind {kind}", f"add one with kind: {kind}")
        for kind in wanted
        if kind not in kinds
    ]


def check_stories(source: Source) -> list[Problem]:
    """All rules for levels/stories."""
    problems: list[Problem] = []
    for entry in source.of("stories"):
        problems += _check_id(entry)
        problems += check_script(source, entry.data["script"], entry.at["script"])
        beats, cover = len(entry.data["script"]["beats"]), entry.data["cover"]
        if cover is not None and cover > beats:
            what = f"cover is beat {cover}, of {beats}"
            problems.append(entry.at["cover"].problem(what, f"choose a beat from 1 to {beats}"))
        problems += check_sources(entry.data["sources"], entry.at)
    return problems


def check_party(source: Source) -> list[Problem]:
    """All rules for levels/party_history."""
    problems: list[Problem] = []
    for entry in source.of("party_history"):
        data, at = entry.data, entry.at
        problems += _check_id(entry)
        begins, ends = data["date_from"], data["date_to"]
        shared = min(len(begins), len(ends))
        if begins[:shared] > ends[:shared]:
            problems.append(
                at["date_to"].problem(f"it ends ({ends}) before it begins ({begins})", "mend the dates")
            )
        if not source.knows("characters", data["character"]):
            what = f"{data['character']} is not a known character"
            problems.append(at["character"].problem(what, "add it to levels/characters, or choose another"))
        if data["script"]:
            problems += check_script(source, data["script"], at["script"])
        problems += check_questions(source, data["questions"], at)
        problems += check_sources(data["sources"], at)
    return problems


def check_inscriptions(source: Source) -> list[Problem]:
    """All rules for levels/inscriptions."""
    problems: list[Problem] = []
    for entry in source.of("inscriptions"):
        data, at = entry.data, entry.at
        problems += _check_id(entry)
        if fault := source_fault(data["piece"]):
            problems.append(at["piece"].problem(*fault))
        missing: set[str] = set()
        for i, column in enumerate(data["columns"]):
            for j, char in enumerate(column):
                if char not in missing and not _has_oracle(source, char):
                    missing.add(char)
                    # A column may be written as one text, which has no places inside.
                    here = (
                        at["columns"][i]
                        if at["columns"][i][j].line == at["columns"][i].line
                        else at["columns"][i][j]
                    )
                    problems.append(
                        here.problem(f"{char} has no oracle form", f"draw {char} in levels/glyphs")
                    )
        problems += check_questions(source, data["questions"], at)
        problems += check_sources(data["sources"], at)
    return problems
