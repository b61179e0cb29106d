"""YAML as levels use it: lines, doubled keys, and clear words for whatever will not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.checks.document import At
from game.content.checks.problem import nearest
from game.content.checks.reading import read_file, read_text, scalar

QUOTE = "look at this line and the one before: indent with spaces, and quote text that has ': ' or '#'"
ANCHORS = "anchors (&) and aliases (*) are not used in levels"
TAG = "tag:yaml.org,2002:"
TAGGED = "is not used in levels — mend: remove it, or quote the text"
PIECES = [*"[]{},'&*!?#|>%", '"', ": ", "- ", "\n", "  ", "\t", "---", "a", "1", "鹿"]


def told(text: str) -> list[str]:
    document, problems = read_text(text, "a.yaml")
    assert document.file == "a.yaml"
    return [str(problem) for problem in problems]


def test_places_know_their_lines() -> None:
    document, problems = read_text(
        "a:\n  b: [1,\n   {c: d}]\n\ne:\n- f\n- g: |\n    long\n    text\n", "a.yaml"
    )
    assert not problems
    assert document.data == {"a": {"b": [1, {"c": "d"}]}, "e": ["f", {"g": "long\ntext\n"}]}
    at = At(document)
    assert [at["a"].line, at["a"]["b"].line, at["a"]["b"][1]["c"].line, at["e"][1]["g"].line] == [1, 2, 3, 7]
    assert at["a"]["b"][1]["c"].where == "a.b[1].c"
    assert at["a"]["b"][1].value == {"c": "d"}
    assert at["a"]["nowhere"]["at"][5].line == 1  # the nearest place around it
    assert At(read_text("", "a.yaml")[0]).line == 0
    with pytest.raises(KeyError):
        _ = at["nowhere"].value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("2.", 2.0),
        ("0", 0),
        ("0.25", 0.25),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1921-07", "1921-07"),
        ("1921-07-23", "1921-07-23"),
        ("12:30", "12:30"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("1e5", "1e5"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("-", "-"),
        ("٣", "٣"),
        ("1" * 20, "1" * 20),
        ("鹿", "鹿"),
    ],
)
def test_scalars_are_what_they_look_like(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_quoted_and_key_scalars_stay_text() -> None:
    document, problems = read_text("'1': \"2\"\ntrue: '3'\n1921: no\n", "a.yaml")
    assert not problems
    assert document.data == {"1": "2", "true": "3", "1921": "no"}


def test_doubled_keys_keep_the_first_and_are_told() -> None:
    document, problems = read_text("a:\n  b: 1\n  b: {c: 2}\na: 3\n", "a.yaml")
    assert document.data == {"a": {"b": 1}}
    assert [str(problem) for problem in problems] == [
        "a.yaml:3: a.b: the key stands twice (first on line 2) — mend: keep one of them",
        "a.yaml:4: a: the key stands twice (first on line 1) — mend: keep one of them",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: 1\n---\nb: 2\n",
            "a.yaml:2: a second document begins — mend: keep one document in a file: remove this ---",
        ),
        ("a: &x 1\nb: *x\n", f"a.yaml:1: {ANCHORS} — mend: write it out, or quote it"),
        ("a: [1]\nb: *x\n", f"a.yaml:2: {ANCHORS} — mend: write it out, or quote it"),
        ("a: !!python/name:os.system x\n", f"a.yaml:1: the tag '{TAG}python/name:os.system' {TAGGED}"),
        ("a: !!set {b, c}\n", f"a.yaml:1: the tag '{TAG}set' {TAGGED}"),
        (
            "? [a]\n: b\n",
            "a.yaml:1: a list or mapping stands as a key — mend: make the key a word, or quote it",
        ),
        ("[" * 50 + "]" * 50, "a.yaml:1: nested more than 40 deep — mend: write it flatter"),
        ("a: 1\nb: \x01\n", "a.yaml:2: character U+0001 cannot stand in a text file — mend: delete it"),
    ],
)
def test_what_levels_do_not_use(text: str, message: str) -> None:
    assert told(text) == [message]


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a: [1, 2\n", "a:\n\tb: 1\n", "a: 'x\n", "- a\nb: c\n", "}", "["]
)
def test_broken_yaml_is_one_line(text: str) -> None:
    (line,) = told(text)
    assert line.startswith("a.yaml:")
    assert ": this is not YAML: " in line
    assert line.endswith(f" — mend: {QUOTE}")
    assert "\n" not in line


def test_files(tmp_path: Path) -> None:
    def read(raw: bytes) -> tuple[object, list[str]]:
        (tmp_path / "a.yaml").write_bytes(raw)
        document, problems = read_file(tmp_path / "a.yaml", "levels/a.yaml")
        return document.data, [str(problem) for problem in problems]

    assert read("a: 鹿\n".encode()) == ({"a": "鹿"}, [])
    assert read("\ufeffa: 鹿\r\n".encode()) == ({"a": "鹿"}, [])
    assert read("a: 1\nb: 中国\n".encode("gb18030")) == (
        None,
        ["levels/a.yaml:2: byte 0xD6 is not UTF-8 — mend: save the file in UTF-8"],
    )
    assert read("a: 鹿".encode("utf-16")) == (
        None,
        ["levels/a.yaml:1: byte 0xFF is not UTF-8 — mend: save the file in UTF-8"],
    )
    _, missing = read_file(tmp_path / "b.yaml", "levels/b.yaml")
    assert list(map(str, missing)) == ["levels/b.yaml: the file is missing — mend: write it"]
    _, folder = read_file(tmp_path, "levels")
    assert len(folder) == 1
    assert str(folder[0]).startswith("levels: cannot be opened: ")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    document, problems = read_text(text, "a.yaml")
    assert all("\n" not in str(problem) for problem in problems)
    assert document.data is None or document.lines[()] >= 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_yaml_like_text_is_read_or_told(pieces: list[str]) -> None:
    read_text("".join(pieces), "a.yaml")


def test_nearest() -> None:
    assert nearest("antler", ["head", "antlers"]) == "did you mean 'antlers'?"
    assert nearest("x", ["head", "antlers"]) == "use one of head, antlers"
    assert nearest("x", ["head"]) == "use head"
    assert nearest("x", []) == "leave it out"
