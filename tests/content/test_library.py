"""The shipped half: what a library gives, and that it asks for no more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from game.content.library import SECTIONS, Library
from game.content.model import Option, Question, Words
from game.content.pack import pack, read_packed
from tests.content.sound import write


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def library(tmp_path: Path, asked: list[str]) -> Library:
    sections = pack(write(tmp_path), tmp_path / "packed")

    def read(name: str) -> Any:
        asked.append(name)
        return sections[name]

    return Library(read)


def test_sections_are_read_when_wanted_and_once(library: Library, asked: list[str]) -> None:
    assert asked == []
    assert library.strings("zh")["part.antlers"] == "角"
    assert library.strings("en")["home.hello"] == "Hello {name}"
    library.strings("zh")
    assert asked == ["strings.zh", "strings.en"]
    library.glyph("鹿")
    library.glyph("人")
    assert asked == ["strings.zh", "strings.en", "glyphs"]


def test_glyph(library: Library) -> None:
    deer = library.glyph("鹿")
    assert deer is library.glyph("鹿")
    assert deer.oracle is not None
    assert deer.bronze is not None
    assert deer.picture is not None
    assert deer.seal is None
    assert (deer.oracle.script, deer.oracle.drawn_after, deer.oracle.attested) == (
        "oracle",
        "commons",
        ("合集 10270",),
    )
    assert [part.name for part in deer.oracle.parts] == ["antlers", "head", "body"]
    assert deer.oracle.strokes[1] == ((50, 6), (46, 28))
    assert [form.script for form in deer.variants] == ["oracle"]
    assert (deer.bronze.script, deer.picture.script) == ("bronze", "picture")
    assert deer.picture.drawn_after == ""
    assert library.has_glyph("休")
    assert library.glyph("红").oracle is None
    assert not library.has_glyph("象")
    with pytest.raises(KeyError, match="象"):
        library.glyph("象")


def test_characters(library: Library) -> None:
    assert [one.char for one in library.characters] == ["人", "木", "休", "鹿", "红"]
    rest = library.character("休")
    assert rest is library.character("休")
    assert (rest.pinyin, rest.made, rest.components) == ("xiū", "compound", ("人", "木"))
    assert rest.gloss == Words("歇息", "to rest")
    assert (rest.words, rest.like, rest.theme) == (("休息", "午休"), ("体", "林"), "first")
    assert (rest.note, rest.headword, rest.oracle_known, rest.disputed) == (None, None, True, False)
    assert not library.character("红").oracle_known
    assert library.oracle_unseen("红")
    assert not library.oracle_unseen("鹿")
    assert not library.oracle_unseen("象")  # not in the content: nothing is claimed of it
    assert library.character("红").traditional == "紅"
    assert library.has_character("鹿")
    assert not library.has_character("象")
    with pytest.raises(KeyError, match="象"):
        library.character("象")


def test_levels(library: Library) -> None:
    assert [unit.id for unit in library.units] == ["first", "second"]
    assert library.unit("second").characters == ("鹿", "红")
    assert library.units is library.units
    assert library.idioms == (library.idiom("ren-mu"),)
    assert library.stories == (library.story("deer"),)
    assert library.party_history == (library.party_level("event-1921"),)
    assert library.inscriptions == (library.inscription("heji-12870"),)
    assert library.rules[0]["kinds"]["lesson"] == {"points": 2, "cap": 12}
    assert [(one.what, one.of, one.count, one.end) for one in library.badges] == [
        ("carved", "", 1, ""),
        ("period", "1921", 1, "2027-12-31"),
    ]
    with pytest.raises(KeyError, match="nowhere"):
        library.unit("nowhere")


def test_questions(library: Library) -> None:
    order, fill, choose, year = library.idiom("ren-mu").questions
    assert (order.kind, order.answer) == ("order", (0, 1, 2, 3))
    assert fill == Question(
        "fill",
        Words("缺哪个？", "Which is missing?"),
        (Option(None, "人"), Option(None, "木")),
        (1,),
        Words("是木。", "It is the tree."),
        "说文解字",
    )
    assert choose.options[0] == Option(Words("甲", "A"), None)
    assert year.options[1] == Option(Words("1922", "1922"), None)
    assert choose.source == ""


def test_script(library: Library) -> None:
    script = library.story("deer").script
    assert script.cast == {"deer": "鹿", "man": "人"}
    carve, move, point = script.beats[0].acts
    assert (carve.verb, carve.actor, carve.at, carve.over) == ("carve", "deer", 0, 2)
    assert carve.args == {"at": (30, 60), "size": 40}
    assert (move.at, move.args) == (0.5, {"to": (70, 60)})
    assert point.args == {"part": "antlers"}
    enter, face, wait, ask = script.beats[1].acts
    assert enter.args["from"] == "left"
    assert face.args == {"way": "right"}
    assert (wait.verb, wait.actor, wait.over, wait.args) == ("wait", "", 1.5, {})
    assert isinstance(ask.args["question"], Question)
    assert script.beats[2].acts[3].args == {"by": -90}
    assert script.beats[0].caption.get("en") == "A deer."
    assert script.beats[0].caption.get("zh") == script.beats[0].caption.get("fr") == "一只鹿。"


def test_level_fields(library: Library) -> None:
    idiom, story = library.idiom("ren-mu"), library.story("deer")
    assert (idiom.idiom, idiom.pinyin, idiom.quote, idiom.note) == (
        "人木休鹿",
        "rén mù xiū lù",
        "人木休鹿。",
        None,
    )
    assert story.truth == Words("都是编的。", "All of it is made up.")
    party, piece = library.party_level("event-1921"), library.inscription("heji-12870")
    assert (party.date_from, party.date_to, party.at) == ("1921-07", "1921-08-02", (120.76, 30.75))
    assert (party.character, party.script, party.sources) == ("人", None, ("一本书", "另一本书"))
    assert piece.columns == (("人", "木"), ("休", "鹿"))
    assert (piece.direction, piece.disputed) == ("left", Words("没有。", "Nothing."))


def test_party_level_with_a_script(tmp_path: Path) -> None:
    from tests.content.sound import FILES, PLACES

    story = FILES[PLACES["story"]]
    text = FILES[PLACES["party"]] + story[story.index("script:") : story.index("truth:")]
    pack(write(tmp_path, {PLACES["party"]: text}), tmp_path / "packed")
    script = Library(read_packed(tmp_path / "packed").__getitem__).party_level("event-1921").script
    assert script is not None
    assert len(script.beats) == 8


def test_sections_have_names_that_are_files() -> None:
    assert len(set(SECTIONS)) == len(SECTIONS) == 11


def test_what_ships_imports_nothing_of_the_build() -> None:
    """The browser has neither yaml nor the checks; and start-up pays for every import."""
    code = "import sys, game.content.library; print(*sorted(sys.modules))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "game.content.parse" in loaded
    builds = ("game.content.source", "game.content.check", "game.content.pack", "game.content.checks")
    assert not [name for name in loaded if name.startswith(builds)]
    assert not {"yaml", "numpy", "pygame", "pypinyin", "json", "pathlib"} & set(loaded)
