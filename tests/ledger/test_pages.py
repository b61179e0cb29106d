"""Reports to download, awards to give, certificates that anyone can verify, and who looked at members."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from game.ledger.models import Audit, Award, Member
from game.ledger.web import honours
from tests.ledger import town


def test_pages_of_reports_and_awards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    city = town.full(tmp_path)
    city.administrator("city", "city", "1/")
    client, csrf = city.logged_in("city")
    assert "period=2026-10" in client.get("/reports").text
    book = openpyxl.load_workbook(io.BytesIO(client.get("/reports/workbook?period=2026-10").content))
    assert book.sheetnames == ["个人", "组织", "兑换", "说明"]
    for name, word in (("people", "名次"), ("organisations", "达标"), ("redeemed", "兑换码")):
        answer = client.get(f"/reports/table?period=2026-10&name={name}")
        assert word in answer.text.splitlines()[0]
        assert answer.headers["content-disposition"].startswith("attachment")
    printed = client.get("/reports/circular?period=2026-10")
    style = printed.text.split("<style>")[1].split("</style>")[0]
    mark = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{mark}';" in printed.headers["content-security-policy"]

    now = {"org": "1", "period": "2026-11", "csrf": csrf}
    assert client.post("/awards/give", data=now).status_code == 400
    for _ in range(2):
        assert client.post("/awards/give", data={**now, "period": "2026-10"}).status_code == 303
    with city.read() as session:
        given = session.scalars(select(Award)).all()
        won = next(one for one in given if one.member_id is not None)
        winner = session.scalars(select(Member).where(Member.id == won.member_id)).one()
        details = list(session.scalars(select(Audit.detail).where(Audit.act == "give").order_by(Audit.id)))
    assert details == [str(len(given)), "0"]
    assert won.code in client.get("/awards?period=2026-10").text
    shown = city.client().get(f"/verify/{won.code.lower()}")
    assert shown.status_code == 200
    assert winner.name in shown.text
    assert winner.number not in shown.text
    assert city.client().get("/verify/0000").status_code == 404
    if honours.font() is not None:
        assert client.get(f"/awards/certificate?code={won.code}").content.startswith(b"%PDF-")
    monkeypatch.setattr(honours, "font", lambda: None)
    missing = client.get(f"/awards/certificate?code={won.code}")
    assert missing.status_code == 503
    assert "字体" in missing.text
    assert client.get("/members").status_code == 200
    with city.read() as session:
        acts = set(session.scalars(select(Audit.act)))
    assert {"report", "give", "members"} <= acts
