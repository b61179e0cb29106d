"""Every rule: a fault made in sound levels, and exactly what is said of it (faults.txt)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from game.content.check import ContentError, content_problems
from tests.content.sound import FILES, PLACES, said, spoil, write


@dataclass
class Fault:
    place: str
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def faults() -> Iterator[Fault]:
    fault: Fault | None = None
    for line in (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").splitlines():
        mark, text = line[:1], line[2:]
        if mark == "@" and "-" not in text:
            if fault:
                yield fault
            fault = Fault(text)
        elif fault and mark in ("-", "+", "="):
            {"-": fault.old, "+": fault.new, "=": fault.told}[mark].append(text)
    assert fault
    yield fault


ALL = list(faults())


def test_sound_levels_have_no_problem(tmp_path: Path) -> None:
    assert said(write(tmp_path)) == []


def test_faults_cover_every_kind_of_level() -> None:
    assert {fault.place for fault in ALL} == set(PLACES)
    assert len(ALL) > 100
    assert all(fault.told for fault in ALL)


@pytest.mark.parametrize("fault", ALL, ids=[f"{i}-{fault.place}" for i, fault in enumerate(ALL)])
def test_fault_is_told(tmp_path: Path, fault: Fault) -> None:
    assert spoil(tmp_path, fault.place, "\n".join(fault.old), "\n".join(fault.new)) == fault.told


def test_several_faults_are_all_told(tmp_path: Path) -> None:
    changed = {
        PLACES["glyphs"]: FILES[PLACES["glyphs"]].replace("M 50 6 L 46 28", "M 50 6 l 46 28"),
        PLACES["paths"]: FILES[PLACES["paths"]].replace("鹿", "象"),
    }
    assert said(write(tmp_path, changed)) == [
        "levels/glyphs/first.yaml:25: 鹿.oracle.parts.antlers[1]: path has a lower-case command 'l' "
        "— mend: use absolute M, L, Q, C",
        "levels/paths.yaml:6: [1].characters[0]: 象 is not a known character "
        "— mend: add it to levels/characters",
    ]


def test_older_headword_is_wanted(tmp_path: Path) -> None:
    swap = [(PLACES[place], FILES[PLACES[place]]) for place in ("glyphs", "characters", "paths")]
    changed = {file: text.replace("鹿", "冬").replace("pinyin: lù", "pinyin: dōng") for file, text in swap}
    changed[PLACES["characters"]] = changed[PLACES["characters"]].replace("小冬", "冬天")
    problems = [str(one) for one in content_problems(write(tmp_path, changed)) if "characters" in one.file]
    assert problems == [
        "levels/characters/first.yaml:28: 冬: the oracle form of 冬 belongs to the older 終 "
        "— mend: add headword: 終 and a note that says so"
    ]
    note = "  headword: 終\n  note: {zh: 甲骨文写作終。, en: On bone it is written 終.}\n  disputed: true"
    changed[PLACES["characters"]] = changed[PLACES["characters"]].replace("  disputed: true", note)
    write(tmp_path, changed)
    assert not [one for one in content_problems(tmp_path) if "characters" in one.file]


def test_idiom_that_repeats_a_character_needs_no_order(tmp_path: Path) -> None:
    text = FILES[PLACES["idiom"]].replace(
        "人木休鹿\npinyin: rén mù xiū lù", "人木人鹿\npinyin: rén mù rén lù"
    )
    text = text.replace("kind: order", "kind: choose").replace(
        "{glyph: 鹿}]\n    explain", "{glyph: 鹿}]\n    answer: 0\n    explain"
    )
    assert said(write(tmp_path, {PLACES["idiom"]: text})) == []


def test_idiom_twice(tmp_path: Path) -> None:
    assert said(write(tmp_path, {"levels/idioms/second.yaml": FILES[PLACES["idiom"]]})) == [
        "levels/idioms/second.yaml:1: idiom: 人木休鹿 stands twice (first in levels/idioms/ren-mu.yaml) "
        "— mend: keep one"
    ]


def test_id_is_a_plain_name(tmp_path: Path) -> None:
    text = FILES[PLACES["story"]].replace("id: deer\n", "")
    assert said(write(tmp_path, {"levels/stories/Red_boat.yaml": text})) == [
        "levels/stories/Red_boat.yaml: 'Red_boat' is not a plain name "
        "— mend: name the file in a-z, 0-9 and single hyphens: red-boat-1921.yaml"
    ]


def test_party_level_may_have_a_script(tmp_path: Path) -> None:
    story = FILES[PLACES["story"]]
    script = story[story.index("script:") : story.index("truth:")].replace("deer: 鹿", "deer: 人")
    text = FILES[PLACES["party"]] + script
    assert [line.split(": ", 2)[2] for line in said(write(tmp_path, {PLACES["party"]: text}))] == [
        "beat 1: 人 has no part antlers — mend: use one of body, arm",
        "beat 3: 人 has no picture form — mend: draw picture of 人 in levels/glyphs",
    ]


def test_broken_glyph_is_told_once(tmp_path: Path) -> None:
    """What refers to a glyph with a fault is not blamed for it."""
    told = spoil(
        tmp_path, "glyphs", "    drawn_after: commons\n    attested: [合集 10270]", "    drawn_after: [x]"
    )
    assert told == [
        "levels/glyphs/first.yaml:22: 鹿.oracle.drawn_after: a text is wanted, not a list "
        "— mend: write the text, in quotes if it has ': ' or '#'"
    ]


def test_pack_error_lists_every_problem(tmp_path: Path) -> None:
    problems = content_problems(write(tmp_path, {PLACES["paths"]: "[]\n", PLACES["points"]: "[]\n"}))
    assert str(ContentError(problems)).splitlines() == [
        "levels/paths.yaml:1: the list is empty — mend: add an entry",
        "levels/points.yaml:1: the list is empty — mend: add an entry",
    ]
