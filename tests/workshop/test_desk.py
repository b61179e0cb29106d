"""Recorded strokes: what may be written down, the page that writes it, and that no one else can."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.content.library import Library
from game.content.source import load_library
from game.glyphs.carving import Strictness
from game.workshop.strokes import recorded
from game.workshop.strokes.desk import Desk
from game.workshop.strokes.hands import HANDS, scribble, trace
from game.workshop.trouble import Trouble


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(Path(__file__).parents[2])


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Iterator[Desk]:
    with Desk(library, file=tmp_path / "recorded.jsonl") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def inks(library: Library, char: str = "山", seed: int = 1) -> list[list[list[float]]]:
    """The character as a steady hand draws it."""
    form = library.glyph(char).oracle
    assert form is not None
    rng = Random(seed)
    lines = [trace(stroke, rng, HANDS[Strictness.STEADY]) for stroke in form.strokes]
    return [[[x, y, 16.0 * i] for i, (x, y) in enumerate(line)] for line in lines]


def record(library: Library, **changed: Any) -> dict[str, Any]:
    told = {"kind": "jitter", "char": "山", "strictness": 1, "by": "finger", "inks": inks(library)}
    return {**told, **changed}


def ask(desk: Desk, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", desk.server_address[1], timeout=10)
    data = None if body is None else json.dumps(body)
    connection.request(method, path, data, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text) if text.startswith("{") else text


def test_a_drawing_is_judged_and_kept(desk: Desk, library: Library) -> None:
    told = record(library)
    status, judged = ask(desk, "POST", "/grade", told)
    assert (status, judged["passed"], judged["right"]) == (200, True, True)
    assert not desk.file.exists(), "judging alone writes nothing"
    assert ask(desk, "POST", "/keep", told)[1] == judged
    wild = record(library, kind="wild", by="nose", inks=[[[x, y, 0] for x, y in scribble(Random(2))]])
    assert ask(desk, "POST", "/keep", wild)[1]["passed"] is False
    first, second = recorded.read(desk.forms, desk.file)
    assert (first.kind, first.char, first.strictness, len(first.inks)) == (
        "jitter",
        "山",
        1,
        len(told["inks"]),
    )
    assert second.kind == "wild"
    lines = [json.loads(line) for line in desk.file.read_text(encoding="utf-8").splitlines()]
    assert [line["by"] for line in lines] == ["finger", ""]


def test_an_extra_ink_is_named(desk: Desk, library: Library) -> None:
    stray = [[50.0 + i, 96.0, 10.0 * i] for i in range(20)]
    told = record(library, kind="extra", inks=[*inks(library), stray])
    assert ask(desk, "POST", "/keep", told)[0] == 200
    (case,) = recorded.read(desk.forms, desk.file)
    assert case.extra == len(told["inks"]) - 1


def test_the_page_has_every_form(desk: Desk) -> None:
    status, page = ask(desk, "GET", "/")
    assert status == 200
    assert "<canvas" in page
    _, told = ask(desk, "GET", "/forms.json")
    assert len(told["characters"]) == len(desk.forms)
    assert told["characters"][0]["strokes"]
    assert ask(desk, "GET", "/elsewhere")[0] == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"kind": "fine"}, "kind must be"),
        ({"char": "囧"}, "char must be"),
        ({"strictness": True}, "strictness must be"),
        ({"inks": []}, "inks must be"),
        ({"inks": [[]]}, "inks must be"),
        ({"inks": [[[1, 2]]]}, "inks must be"),
        ({"inks": [[[1, "2", 3]]]}, "inks must be"),
        ({"kind": "extra", "extra": 99}, "extra must be"),
    ],
)
def test_what_is_no_record_is_refused(desk: Desk, library: Library, changed: Any, told: str) -> None:
    for path in ("/grade", "/keep"):
        status, answer = ask(desk, "POST", path, record(library, **changed))
        assert status == 400
        assert told in answer["error"]
    assert not desk.file.exists()


def test_no_other_site_may_write(desk: Desk, library: Library) -> None:
    told = record(library)
    for headers in ({"Origin": "http://elsewhere.example"}, {"Host": "elsewhere.example"}):
        assert ask(desk, "POST", "/keep", told, **headers)[0] == 400
        assert ask(desk, "GET", "/forms.json", **headers)[0] == 403
    assert ask(desk, "POST", "/grade", [])[0] == 400
    assert ask(desk, "POST", "/elsewhere", told)[0] == 400
    assert not desk.file.exists()


def test_a_taken_port_is_told(desk: Desk, library: Library) -> None:
    with pytest.raises(Trouble, match="taken"):
        Desk(library, desk.server_address[1])


def test_a_bad_line_is_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"kind": "jitter"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.jsonl:1: char must be"):
        recorded.read(desk.forms, file)
    file.write_text("[]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.jsonl:1: a record is an object"):
        recorded.read(desk.forms, file)
    assert recorded.read(desk.forms, tmp_path / "none.jsonl") == []
