import asyncio
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.journal.export import Export, export_file, merge_file, read_export
from game.journal.journal import Journal
from tests.journal.helpers import NOON, MemoryStore, calm, chain, hash_of


def journal(lists: dict[str, list[str]] | None = None, player: str = "pa") -> Journal:
    return asyncio.run(Journal.open(MemoryStore(lists), player))


FULL = journal({"journal/pa": chain(3), "journal/pa/pb": chain(2, "pb")})
FILE = export_file(FULL, "鹿山")


def reasons(export: Export) -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in export.faults]


def test_a_file_is_a_header_and_the_lines() -> None:
    text = FILE.decode("ascii")
    header, *lines = text.removesuffix("\n").split("\n")
    assert json.loads(header) == {
        "format": "shiqi",
        "version": 1,
        "player": "pa",
        "seal": "鹿山",
        "devices": {
            "pa": {"count": 3, "head": hash_of(chain(3)[-1])},
            "pb": {"count": 2, "head": hash_of(chain(2, "pb")[-1])},
        },
    }
    assert lines == [*chain(3), *chain(2, "pb")]
    assert "\r" not in text


def test_a_file_reads_back_whole() -> None:
    export = read_export(FILE)
    assert (export.player, export.seal, export.first) == ("pa", "鹿山", 2)
    assert export.events == FULL.events
    assert export.faults == ()


def test_a_journal_moves_to_another_device_and_back() -> None:
    other = journal(player="pc")
    merge = asyncio.run(merge_file(other, FILE, "a.shiqi"))
    assert (len(merge.new), merge.known, merge.faults) == (5, 0, ())
    asyncio.run(other.append("open", "", {}, NOON))
    back = asyncio.run(merge_file(FULL, export_file(other, "鹿山")))
    assert (len(back.new), back.known, back.faults) == (1, 5, ())
    assert FULL.events == other.events
    again = asyncio.run(merge_file(FULL, export_file(other, "鹿山")))
    assert (again.new, again.known) == ((), 6)


def test_merged_lines_are_put_in_order_and_damaged_ones_go_along() -> None:
    source = journal(
        {"journal/pa": [*chain(2), "{torn"], "journal/pa/pb": [*chain(3, "pb")[1:], chain(1, "pb")[0]]}
    )
    export = read_export(export_file(source, ""))
    assert reasons(export) == [(4, "garbled")]
    assert list(export.lines) == [*chain(2), "{torn", *chain(3, "pb")]


def test_an_empty_journal_makes_a_file_too() -> None:
    export = read_export(export_file(journal(), ""))
    assert (export.events, export.faults, export.lines) == ((), (), ())


@calm
@given(st.integers(0, len(FILE)))
def test_every_whole_line_of_a_cut_file_is_taken(cut: int) -> None:
    piece = FILE[:cut]
    export = read_export(piece, "cut.shiqi")
    whole = [line for line in piece.decode().split("\n")[1:] if line in [*chain(3), *chain(2, "pb")]]
    assert len(export.events) == len(whole)
    if cut < len(FILE) - 1:
        assert export.faults
    for fault in export.faults:
        assert fault.store == "cut.shiqi"
        assert fault.text("zh")


@calm
@given(at=st.integers(0, len(FILE) - 1), byte=st.integers(0, 255))
@example(at=FILE.index(b"\n"), byte=32)
@example(at=FILE.index(b"\n", 400), byte=32)
def test_one_changed_byte_of_a_file_costs_at_most_its_line(at: int, byte: int) -> None:
    if FILE[at] == byte:
        return
    changed = FILE[:at] + bytes([byte]) + FILE[at + 1 :]
    export = read_export(changed)
    assert len(export.events) >= 4
    assert {event.id for event in export.events} <= {event.id for event in read_export(FILE).events}
    line = FILE[:at].count(b"\n") + 1
    # In the header every field but the format is for people; at the file's end a line end may be missing.
    if line > 1:
        assert {fault.line for fault in export.faults if fault.refused} <= {line, line + 1}
        assert export.faults or at == len(FILE) - 1 or byte == 13


def test_what_mailers_do_to_files_does_no_harm() -> None:
    for mailed in (FILE.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + FILE, FILE.removesuffix(b"\n")):
        export = read_export(mailed)
        assert export.faults == ()
        assert len(export.events) == 5


def test_a_lost_header_is_told_and_the_lines_are_read() -> None:
    headless = read_export(FILE[FILE.index(b"\n") + 1 :])
    assert (headless.player, headless.seal, headless.first) == ("", "", 1)
    assert reasons(headless) == [(1, "header")]
    assert len(headless.events) == 5
    broken = read_export(b"#" + FILE)
    assert reasons(broken) == [(1, "header")]
    assert (len(broken.events), broken.first) == (5, 2)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"PK\x03\x04\xff\xfe\n\x00", b"[" * 70_000, "你好".encode("utf-16")]
)
def test_what_is_no_such_file_is_told(data: bytes) -> None:
    export = read_export(data, "x.png")
    assert export.events == ()
    assert (1, "header") in reasons(export)
    assert "x.png" in export.faults[0].text("en")


def test_a_newer_version_is_told() -> None:
    export = read_export(FILE.replace(b'"version":1', b'"version":2'))
    assert reasons(export) == [(1, "version")]
    assert len(export.events) == 5


def test_a_file_that_ends_early_is_told() -> None:
    lines = FILE.split(b"\n")
    export = read_export(b"\n".join([*lines[:3], b""]))
    assert [(f.line, f.reason, f.device, f.count) for f in export.faults] == [
        (3, "short", "pa", 1),
        (3, "short", "pb", 2),
    ]
    assert export.file_faults == export.faults


def header_with(**fields: Any) -> bytes:
    header = json.loads(FILE.split(b"\n")[0])
    return json.dumps({**header, **fields}).encode() + FILE[FILE.index(b"\n") :]


@pytest.mark.parametrize(
    "fields",
    [
        {"player": 7, "seal": None},
        {"devices": []},
        {"devices": {"pa": 3, "pb": {"count": "2"}, "pc": {}}},
    ],
)
def test_an_odd_header_does_not_stop_the_reading(fields: dict[str, Any]) -> None:
    export = read_export(header_with(**fields))
    assert len(export.events) == 5
    assert export.faults == ()
    assert isinstance(export.player, str)
    assert isinstance(export.seal, str)


@calm
@given(st.binary(max_size=400) | st.binary(max_size=80).map(lambda noise: FILE[:300] + noise + FILE[300:]))
def test_reading_a_file_never_raises(data: bytes) -> None:
    export = read_export(data)
    assert len(export.events) <= 5


def test_a_merged_file_names_lines_as_they_are_numbered_in_it() -> None:
    lines = FILE.split(b"\n")
    lines[2] = lines[2].replace(b"true", b"false")
    merge = asyncio.run(merge_file(journal(player="pc"), b"\n".join(lines[:-2]), "旧.shiqi"))
    assert [(f.line, f.reason) for f in merge.faults] == [(3, "changed")]
    assert len(merge.new) == 3
