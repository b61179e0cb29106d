import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from game.journal.event import Event
from game.journal.table import to_csv
from tests.journal.helpers import NOON, calm, events


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def row(kind: str, subject: str, result: dict[str, Any], lang: str = "zh") -> list[str]:
    return rows(to_csv([Event("pa", 1, NOON, kind, subject, result)], lang=lang))[1]


def test_the_table_is_what_offices_open() -> None:
    event = Event("pa", 1, NOON, "lesson", "sky", {"right": 4, "asked": 5, "characters": ["日", "月"]})
    data = to_csv([event], {event.id: 2}, title=lambda event: f"课：{event.subject}")
    assert data.decode("utf-8-sig") == (
        "日期,时间（北京）,项目,内容,结果,积分\r\n2026-09-21,22:13:20,完成一课,课：sky,对 4/5  日月,2\r\n"
    )


def test_the_table_speaks_either_language_or_both() -> None:
    assert rows(to_csv([], lang="en")) == [["date", "time (Shanghai)", "what", "subject", "result", "points"]]
    assert rows(to_csv([], lang="both"))[0][0] == "日期 date"
    assert row("answer", "鹿", {"skill": "part", "right": False}, "en")[2:] == [
        "answer",
        "鹿",
        "parts  ✗",
        "0",
    ]
    assert row("idiom", "x", {"right": 1, "asked": 3}, "both")[2:5] == ["成语 idiom", "x", "对 right 1/3"]


def test_results_are_told_in_words() -> None:
    for skill, word in (("build", "拼字"), ("same", "认异体"), ("word", "用在词里")):
        assert row("answer", "休", {"skill": skill, "right": True}, "zh")[4] == f"{word}  ✓"
    carved = {"score": 88, "passed": True, "memory": True}
    assert row("carving", "休", carved, "zh")[4] == "凭记忆  88  ✓"
    assert row("carving", "休", carved, "en")[4] == "from memory  88  ✓"
    assert row("carving", "鹿", {"score": 87, "passed": True})[4] == "87  ✓"
    assert row("quiz", "", {"right": 7})[4] == "right=7"
    assert row("answer", "鹿", {"skill": "dance", "right": True})[4] == "dance  ✓"
    assert row("newer_kind", "鹿", {"b": [1, 2], "a": 0.5})[2:5] == ["newer_kind", "鹿", "a=0.5  b=12"]
    assert row("lesson", "x", {"characters": "odd", "right": 1})[4] == "characters=odd  right=1"


def test_nothing_is_taken_for_a_formula() -> None:
    for start in (
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "－",
        "＠",
        "\t=",
        "\r\n=",
        " =",
        "\u3000@",
        "\ufeff=",
        "\u200b+",
    ):
        subject = row("idiom", f'{start}cmd|"/c calc"!A1', {})[3]
        assert subject.startswith("'")
    assert row("idiom", "a=1", {})[3] == "a=1"
    assert row("idiom", "", {})[3] == ""


@calm
@given(st.lists(events, max_size=4))
def test_any_events_make_a_sound_table(happened: list[Event]) -> None:
    table = rows(to_csv(happened))
    assert len(table) == len(happened) + 1
    for cells in table:
        assert len(cells) == 6
        for cell in cells:
            assert not cell.strip().startswith(tuple("=+-@"))
            assert cell.isprintable() or not any(ord(char) < 32 for char in cell)
