"""The office's commands on a database with a little in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.ledger import organisations
from game.ledger.__main__ import main
from game.ledger.db import engine, session
from game.ledger.models import Event, Member, MemberPeriod


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A city with one member, one event, and points of a month long over."""
    place = f"sqlite:///{tmp_path}/ledger.db"
    main(["--db", place, "init", "--name", "安阳市"])
    made = engine(place)
    with session(made) as work:
        top = organisations.add(work, "汤阴县", None, 0)
        member = Member(shard=0, organisation_id=top.id, number="007", joined_ms=1)
        work.add(member)
        work.flush()
        work.add(
            MemberPeriod(
                shard=0, organisation_id=top.id, period="2026-01", member_id=member.id, points=90, days=9
            )
        )
        work.add(
            Event(
                shard=0, id=b"7" * 16, chain="c", seq=1, time_ms=5, received_ms=5, day=0,
                kind="open", subject="", result="{}", line="{…}", hash="h",
                device_id="d", member_id=member.id, worth=1, proof="mac",
            )
        )  # fmt: skip
        top.kind = "county"
    made.dispose()
    return place


def test_files_of_a_report(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", url, "report", "2026-01", "--out", str(tmp_path / "out")]) == 0
    assert main(["--db", url, "circular", "2026-01", "--out", str(tmp_path / "out")]) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "2026-01.xlsx",
        "2026-01-个人.csv",
        "2026-01-组织.csv",
        "2026-01-兑换.csv",
        "2026-01-circular.html",
    }
    assert main(["--db", url, "report", "2026-01", "--organisation", "99"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "ledger: there is no organisation 99"


def test_awards_are_given_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for told in ("1 awards given", "0 awards given"):
        assert main(["--db", url, "awards", "2026-01", "--organisation", "2"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == told


def test_statements_erasure_and_the_yearly_report(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--db", url, "statements"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["verb"]["display"]["en"] == "initialized"
    assert main(["--db", url, "statements", "--push", "http://127.0.0.1:9/"]) == 1
    assert "cannot be reached" in capsys.readouterr().out
    assert main(["--db", url, "erase", "007"]) == 0
    assert capsys.readouterr().out == "erased: 1 events' lines, 0 devices, 0 refused lines\n"
    assert main(["--db", url, "erase", "007"]) == 1
    assert capsys.readouterr().out == "ledger: 0 members have the number 007\n"
    assert main(["--db", url, "statements"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["--db", url, "yearly", "2026"]) == 0
    assert json.loads(capsys.readouterr().out)["held"]["people"] == 0
    assert main(["--db", url, "retain", "--event-days", "30"]) == 0
    assert "0 vouchers expired" in capsys.readouterr().out
