"""What offices get: tables that cannot run, a workbook to check, statements that are the same twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from game.ledger import organisations
from game.ledger.db import create, engine, session
from game.ledger.models import Member, MemberPeriod, Organisation, OrganisationPeriod
from game.ledger.reports import gather, push, statements, table, workbook

ROOT = Path(__file__).parents[2]
RULES = [ROOT / "levels" / "points.yaml", ROOT / "levels" / "awards.yaml"]


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2))
)
def test_no_cell_of_a_csv_runs_and_none_is_lost(rows: list[list[str]]) -> None:
    data = table.csv_bytes(["a", "b"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[0] == ["a", "b"]
    for told, row in zip(read[1:], rows, strict=True):
        for cell, text in zip(told, row, strict=True):
            assert cell in (text, "'" + text)
            assert not cell.lstrip(" \u3000").startswith(tuple("=+-@\t＝＋－＠"))


def test_numbers_stay_numbers_and_ragged_rows_are_refused() -> None:
    assert table.csv_bytes(["n", "x"], [[-5, None]]).decode("utf-8-sig") == "n,x\r\n-5,\r\n"
    with pytest.raises(ValueError, match="1 cells under 2"):
        table.csv_bytes(["n", "x"], [[1]])


def report(name: str = "=1+1") -> gather.Report:
    """A report of a little city with one nasty name."""
    made = engine("sqlite://")
    create(made)
    with session(made) as work:
        top = organisations.add(work, "安阳市", None, 0, party_members=4)
        branch = organisations.add(work, "第一支部", top, 0)
        work.add(
            OrganisationPeriod(shard=0, organisation_id=top.id, period="2026-11", participants=2, points=30)
        )
        for number, points in (("001", 20), ("002", 10), ("003", 10)):
            member = Member(shard=0, organisation_id=branch.id, number=number, name=name)
            work.add(member)
            work.flush()
            work.add(
                MemberPeriod(
                    shard=0,
                    organisation_id=top.id,
                    period="2026-11",
                    member_id=member.id,
                    points=points,
                    days=1,
                )
            )
        work.flush()
        told = gather.gather(work, top, "2026-11", RULES, 1_796_200_000_000)
        assert work.get(Organisation, top.id) is not None
    made.dispose()
    return told


def test_a_workbook_says_what_the_ledger_says() -> None:
    told = report()
    book = load_workbook(io.BytesIO(workbook.xlsx_bytes(told)))
    assert book.sheetnames == ["个人", "组织", "兑换", "说明"]
    rows = list(book["个人"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 2]
    assert rows[0][1:] == ("001", "=1+1", "第一支部", 20, 1)
    assert book["个人"]["C2"].data_type == "s", "a name is a text, whatever it looks like"
    first = next(book["组织"].iter_rows(min_row=2, values_only=True))
    assert first[0] == "安阳市"
    assert first[5:9] == (2, 0.5, "是 yes", 30)
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert notes["数据校验值 Data SHA-256"] == told.data_hash == report().data_hash
    assert notes["规则校验值 Rules SHA-256"] == gather.sha256(b"".join(path.read_bytes() for path in RULES))
    assert report("鹿").data_hash != told.data_hash


def test_the_csv_files_hold_the_same_rows() -> None:
    files = workbook.csv_files(report())
    assert list(files) == ["2026-11-个人.csv", "2026-11-组织.csv", "2026-11-兑换.csv"]
    rows = list(csv.reader(io.StringIO(files["2026-11-个人.csv"].decode("utf-8-sig"))))
    assert rows[1] == ["1", "001", "'=1+1", "第一支部", "20", "1"]


ID = UUID("12345678-1234-5678-9234-567812345678")


def done(kind: str, subject: str = "鹿", **result: Any) -> statements.Done:
    return statements.Done(ID, 7, 1_796_200_000_123, kind, subject, result)


def test_a_statement_is_the_same_whenever_it_is_made() -> None:
    made = statements.statement(done("carving", score=83, passed=True), "http://127.0.0.1:8470")
    assert made == statements.statement(done("carving", score=83, passed=True), "http://127.0.0.1:8470")
    assert made["id"] == str(ID)
    assert made["timestamp"] == "2026-12-02T08:26:40.123Z"
    assert made["object"]["id"] == "http://127.0.0.1:8470/activities/carving/%E9%B9%BF"
    assert made["actor"]["account"]["name"] == "member-7"
    assert made["result"] == {"success": True, "score": {"scaled": 0.83, "raw": 83, "min": 0, "max": 100}}
    assert json.loads(statements.line(made)) == made


@pytest.mark.parametrize(
    ("kind", "result", "told"),
    [
        ("answer", {"right": False}, {"success": False}),
        (
            "lesson",
            {"right": 3, "asked": 4},
            {"completion": True, "score": {"scaled": 0.75, "raw": 3, "min": 0, "max": 4}},
        ),
        ("lesson", {"right": 5, "asked": 4}, {"completion": True}),
        ("carving", {"score": 101, "passed": "yes"}, {}),
        ("open", {}, {}),
    ],
)
def test_a_result_says_no_more_than_the_event(
    kind: str, result: dict[str, Any], told: dict[str, Any]
) -> None:
    assert statements.outcome(kind, result) == told


class Store:
    """A learning record store by the standard's letter: a batch with a known id is refused whole."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["X-Experience-API-Version"] == "1.0.3"
        body = json.loads(request.content)
        new = body if isinstance(body, list) else [body]
        if any(one["id"] in self.kept for one in new):
            return httpx.Response(409)
        self.kept.update({one["id"]: one for one in new})
        return httpx.Response(200 if request.method == "POST" else 204, json=[one["id"] for one in new])


def client(store: Any) -> httpx.Client:
    return httpx.Client(base_url="http://lrs.test/xapi/", transport=httpx.MockTransport(store))


def test_pushing_again_stores_nothing_twice() -> None:
    store = Store()
    made = [
        statements.statement(statements.Done(UUID(int=n), 1, n, "open", "", {}), "http://h")
        for n in range(230)
    ]
    assert push.push(made[:120], client(store)) == push.Pushed(stored=120, had=0)
    assert push.push(made, client(store)) == push.Pushed(stored=110, had=120)
    assert len(store.kept) == 230


def test_a_refusing_or_absent_store_gets_one_clear_line() -> None:
    made = [statements.statement(done("open", ""), "http://h")]
    with pytest.raises(push.PushError, match="answered 401: who are you"):
        push.push(made, client(lambda request: httpx.Response(401, text="who are you")))

    def absent(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(push.PushError, match="cannot be reached"):
        push.push(made, client(absent))
