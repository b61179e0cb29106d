"""levels/ as a whole: which files are read, and what is said of those that are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.content import source as reading
from game.content.check import content_problems
from game.content.checks import schema
from game.content.checks.document import At, Document
from game.content.checks.settings import badge, rules, strings
from game.content.source import load_library, read_source, sections
from tests.content.sound import FILES, PLACES, said, write


def test_no_levels_at_all(tmp_path: Path) -> None:
    assert said(tmp_path) == ["levels: the folder is missing — mend: run this from the project's folder"]
    assert load_library(tmp_path).characters == ()


def test_files_that_would_not_be_read_are_told(tmp_path: Path) -> None:
    strays = {
        "levels/glyphs/second.yml": "",
        "levels/idiom/x.yaml": "",
        "levels/point.yaml": "",
        "levels/strings/fr.yaml": "",
        "levels/README.md": "# read me",
        "levels/awards.yaml": "any: thing",
        "levels/glyphs/deep/x.yaml": "",
    }
    assert said(write(tmp_path, strays)) == [
        "levels/glyphs/deep/x.yaml: is not read, because of its place — mend: did you mean 'glyphs/x.yaml'?",
        "levels/glyphs/second.yml: is not read, because of its ending — mend: name it .yaml",
        "levels/idiom/x.yaml: is not read, because of its place — mend: did you mean 'idioms/x.yaml'?",
        "levels/point.yaml: is not read, because of its place — mend: did you mean 'points.yaml'?",
        "levels/strings/fr.yaml: is not read, because of its place — mend: did you mean 'stories/fr.yaml'?",
    ]


def test_missing_and_empty_files(tmp_path: Path) -> None:
    write(tmp_path, {PLACES["points"]: "# nothing yet\n", "levels/glyphs/empty.yaml": ""})
    (tmp_path / "levels/strings/zh.yaml").unlink()
    (tmp_path / "levels/paths.yaml").unlink()
    assert said(tmp_path) == [
        "levels/glyphs/empty.yaml: the file is empty — mend: write it, or delete the file",
        "levels/paths.yaml: the file is missing — mend: write it",
        "levels/points.yaml: the file is empty — mend: write it, or delete the file",
        "levels/strings/zh.yaml: the file is missing — mend: write it",
    ]


def test_wrong_kinds_of_files(tmp_path: Path) -> None:
    changed = {
        "levels/characters/second.yaml": "- 鹿\n",
        PLACES["paths"]: "id: first\n",
        PLACES["idiom"]: "just text\n",
        PLACES["points"]: "- 3\n",
        PLACES["zh"]: "- a\n",
    }
    assert said(write(tmp_path, changed)) == [
        "levels/characters/second.yaml:1: a mapping of characters is wanted, not a list "
        "— mend: begin each entry with its character and a colon",
        "levels/idioms/ren-mu.yaml:1: a mapping is wanted, not the text 'just text' — mend: write idiom, "
        "pinyin, meaning, source, script, questions, sources, each with its value",
        "levels/paths.yaml:1: a list is wanted, not a mapping — mend: begin each entry with '- '",
        "levels/points.yaml:1: [0]: a mapping is wanted, not the number 3 "
        "— mend: write from, zone, kinds, streak, each with its value",
        "levels/strings/zh.yaml:1: a section of texts is wanted, not a list "
        "— mend: write 'key: text', one on each line",
    ]


def test_character_in_two_files(tmp_path: Path) -> None:
    glyph = '木:\n  oracle:\n    drawn_after: x\n    parts: {trunk: ["M 9 9 L 9 90"]}\n'
    assert said(write(tmp_path, {"levels/glyphs/second.yaml": glyph})) == [
        "levels/glyphs/second.yaml:1: 木: 木 stands twice (first in levels/glyphs/first.yaml:8) "
        "— mend: keep one of them"
    ]


def test_library_leaves_out_what_has_faults(tmp_path: Path) -> None:
    text = FILES[PLACES["characters"]].replace("pinyin: xiū", "pinyn: xiū")
    library = load_library(write(tmp_path, {PLACES["characters"]: text}))
    assert not library.has_character("休")
    assert library.character("人").theme == "first"
    assert library.has_glyph("休")


def test_characters_come_in_the_order_they_are_taught(tmp_path: Path) -> None:
    units = "- {id: a, title: {zh: 甲, en: a}, characters: [鹿, 木]}\n"
    packed = sections(read_source(write(tmp_path, {PLACES["paths"]: units})))
    assert list(packed["characters"]) == ["鹿", "木", "人", "休", "红"]
    assert packed["characters"]["红"]["traditional"] == "紅"
    assert packed["characters"]["木"]["traditional"] == "木"


def test_levels_come_by_id_date_and_length(tmp_path: Path) -> None:
    party, piece, story = FILES[PLACES["party"]], FILES[PLACES["inscription"]], FILES[PLACES["story"]]
    rule = FILES[PLACES["points"]]
    more = {
        "levels/party_history/a-later.yaml": party.replace("1921-0", "1949-0"),
        "levels/party_history/z-sooner.yaml": party.replace("date_from: 1921-07", "date_from: 1919"),
        "levels/inscriptions/a-long.yaml": piece.replace("休鹿", "休鹿人"),
        "levels/stories/a.yaml": story.replace("id: deer\n", ""),
        PLACES["points"]: rule.replace("2026-01-01", "2027-01-01") + rule,
    }
    packed = sections(read_source(write(tmp_path, more)))
    ids = {name: [one["id"] for one in packed[name]] for name in ("party_history", "inscriptions", "stories")}
    assert ids == {
        "party_history": ["z-sooner", "event-1921", "a-later"],
        "inscriptions": ["heji-12870", "a-long"],
        "stories": ["a", "deer"],
    }
    assert [one["from"] for one in packed["rules"]] == ["2026-01-01", "2027-01-01"]


def test_times_of_acts(tmp_path: Path) -> None:
    story = sections(read_source(write(tmp_path)))["stories"][0]
    times = [[act[:4] for act in beat["do"]] for beat in story["script"]["beats"]]
    assert times[0] == [["carve", "deer", 0.0, 2], ["move", "deer", 0.5, 2], ["point", "deer", 2.5, 1.0]]
    assert times[1] == [
        ["enter", "man", 0.0, 1.0],
        ["face", "man", 1.0, 0.3],
        ["wait", "", 1.3, 1.5],
        ["ask", "", 2.8, 0.0],
    ]
    assert times[4] == []


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["鹿", "人"])
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
SHAPES = [
    schema.glyph,
    schema.unit,
    schema.idiom,
    schema.story,
    schema.party_level,
    schema.inscription,
    rules,
    badge,
    strings,
]


@settings(deadline=None)
@given(st.sampled_from(SHAPES), trees)
def test_shapes_never_raise(shape: Any, value: Any) -> None:
    problems: list[Any] = []
    shape(value, At(Document("a.yaml", value)), problems)
    assert problems or isinstance(value, dict)


KEYS = st.sampled_from(
    ["M", "L", "Q", "C", "l", "Z", "1", "-2", "3.5", "99", ".", "e", ",", " ", "鹿", "1e9", "--"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(pieces=st.lists(KEYS, max_size=14))
def test_any_path_is_packed_or_told(tmp_path: Path, pieces: list[str]) -> None:
    path = " ".join(pieces)
    text = FILES[PLACES["glyphs"]].replace("M 50 6 L 46 28", path)
    write(tmp_path, {PLACES["glyphs"]: text})
    for problem in content_problems(tmp_path):
        assert problem.where.startswith("鹿.oracle.parts.antlers[1]")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    place=st.sampled_from(sorted(PLACES)),
    start=st.integers(0, 1500),
    size=st.integers(0, 60),
    put=st.text(max_size=12),
)
def test_any_damage_is_told_never_raised(tmp_path: Path, place: str, start: int, size: int, put: str) -> None:
    text = FILES[PLACES[place]]
    broken = text[:start] + put + text[start + size :]
    write(tmp_path)
    (tmp_path / PLACES[place]).write_bytes(broken.encode("utf-8", "surrogatepass"))
    for problem in content_problems(tmp_path):
        assert str(problem).count("\n") == 0
    reading.load_library(tmp_path)


@pytest.mark.parametrize("section", ["glyphs", "characters"])
def test_knows_gives_the_benefit_of_the_doubt(tmp_path: Path, section: str) -> None:
    source = read_source(write(tmp_path))
    assert not source.knows(section, "象")
    source.unread.add(section)
    assert source.knows(section, "象")
    assert source.data(section, "象") is None
