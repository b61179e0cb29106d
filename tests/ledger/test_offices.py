"""What the office does on the dashboard: rosters, journals, vouchers, the tree, and members who go."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from game.ledger import organisations, redemption
from game.ledger.models import Event, Item, Member, MemberDay, Organisation, Voucher
from game.ledger.web import limit, page
from tests.ledger import town
from tests.ledger.players import chain
from tests.ledger.test_gate import send
from tests.ledger.town import NOW, Town

HEADER = '{"devices":{},"format":"shiqi","player":"p","seal":"鹿","version":1}'


@pytest.fixture
def city(tmp_path: Path) -> Town:
    """A city of two counties, the first with a unit and a branch, and one administrator of that unit."""
    made = town.empty(tmp_path)
    for path, name, kind in (
        ("1/", "甲县", "county"),
        ("1/2/", "学校", "unit"),
        ("1/2/3/", "一支部", "branch"),
    ):
        made.place(path, name, kind)
    made.place("1/", "乙县", "county")
    for name, at in (("city", "1/"), ("county", "1/2/"), ("unit", "1/2/3/")):
        made.administrator(name, name, at)
    return made


def count(city: Town) -> tuple[int, int]:
    """Organisations and members."""
    with city.read() as session:
        places, people = (
            session.scalar(select(func.count()).select_from(one)) for one in (Organisation, Member)
        )
        return int(places or 0), int(people or 0)


def hand_in(client: TestClient, csrf: str, text: bytes) -> tuple[int, str]:
    files = {"people": ("roster.csv", text)}
    answer = client.post("/roster/four", data={"csrf": csrf}, files=files)
    return answer.status_code, answer.text


def test_a_roster_is_taken_whole_or_not_at_all(city: Town) -> None:
    client, csrf = city.logged_in("unit")
    good = "安阳市/甲县/学校/一支部,A1,李,是\n安阳市/甲县/学校/二支部,A2,,否\n"
    bad = (
        "安阳市/甲县/学校/三支部,A3,王,是\n安阳市/乙县,A4,王,是\n安阳市/甲县/学校,A5,王,也许\n"
        "安阳市/甲县/学校,A3,王,是\n安阳市/甲县/学校//x,A6,王,是\n安阳市/甲县/学校,,王,是\n安阳市/甲县,A7,王,是\n三列,A,是\n"
    )
    before = count(city)
    status, text = hand_in(client, csrf, bad.encode())
    assert (status, count(city)) == (422, before)
    assert re.findall(r'class="num rank">(\d+)</td>', text) == list("2345678")
    for told in ("请以“安阳市/甲县/学校”开头", "请写“是”或“否”", "出现了两次", "应当是四列"):
        assert told in text
    assert hand_in(client, csrf, good.encode())[0] == 200
    assert count(city) == (before[0] + 1, 2)
    status, text = hand_in(client, csrf, good.encode("gb18030"))
    assert (status, count(city)) == (200, (before[0] + 1, 2))
    assert "不变 2 人" in text
    assert "电子表格" in hand_in(client, csrf, b"PK\x03\x04\x00\x00")[1]
    current = client.get("/roster/current").content
    assert current.decode("utf-8-sig").splitlines()[1] == "安阳市/甲县/学校/一支部,A1,李,是"
    assert hand_in(client, csrf, current)[0] == 200, "what was downloaded can be handed in again"
    with city.read() as session:
        assert organisations.tallies(session, [1]) == {1: (2, 1, 0, 0)}


def test_nobody_is_taken_from_another_unit(city: Town) -> None:
    city.place("1/2/", "医院", "unit")
    county, mark = city.logged_in("county")
    assert hand_in(county, mark, "安阳市/甲县/医院,H1,陈,是".encode())[0] == 200
    client, csrf = city.logged_in("unit")
    status, text = hand_in(client, csrf, "安阳市/甲县/学校,H1,陈,是".encode())
    assert status == 422
    assert "H1 是别的组织的成员" in text
    with city.read() as session:
        gone = session.scalars(select(Member).where(Member.number == "H1")).one()
    assert send(county, "POST", "/members/leave", {"id": str(gone.id)}, mark) == 303
    assert hand_in(client, csrf, "安阳市/甲县/学校,H1,陈,是".encode())[0] == 200, "who left may come"


def test_oneroster_names_the_line_of_who_has_no_place(city: Town) -> None:
    client, csrf = city.logged_in("city")
    files = {
        "orgs": ("orgs.csv", "sourcedId,name,parentSourcedId\na,安阳市,\nb,丙县,a\n".encode()),
        "users": ("users.csv", b"sourcedId,orgSourcedIds\nu1,b\nu2,c\n"),
    }
    answer = client.post("/roster/oneroster", data={"csrf": csrf}, files=files)
    assert answer.status_code == 422
    assert "找不到通向“c”" in answer.text
    assert count(city)[1] == 0


def test_every_fault_has_words_in_both_languages() -> None:
    from game.ledger.roster import FAULTS

    for language in ("zh", "en"):
        words = page.words(language)
        for word, english in FAULTS.items():
            told = words[f"roster.fault.{word}"]
            assert re.findall(r"{\d", told) == re.findall(r"{\d", english), word


def test_a_journal_is_handed_in_for_a_member_once(city: Town) -> None:
    client, csrf = city.logged_in("unit")
    hand_in(client, csrf, "安阳市/甲县/学校/一支部,A1,李,是\n安阳市/甲县/学校/一支部,A2,王,是".encode())
    lines = chain("a" * 32, 6, random.Random(1), NOW - 10**9)
    changed = lines[2].replace('"seq":3', '"seq":4')

    def give(number: str, *texts: str) -> tuple[int, str]:
        files = {"journal": ("x.shiqi", "\n".join((HEADER, *texts)).encode())}
        answer = client.post("/journals", data={"csrf": csrf, "number": number}, files=files)
        return answer.status_code, answer.text

    assert give("A1")[0] == 422
    assert give("nobody", *lines)[0] == 404
    assert "收下 5 条，原来就有 0 条，未收 1 条" in give(" A1 ", *lines[:2], changed, *lines[3:])[1]
    assert "收下 1 条，原来就有 5 条，未收 0 条" in give("A1", *lines)[1]
    assert "属于另一位成员或设备：6" in give("A2", *lines)[1]
    with city.read() as session:
        one = session.scalars(select(Member).where(Member.number == "A1")).one()
        assert session.scalar(select(func.count()).where(Event.member_id == one.id)) == 6
        assert one.joined_ms == NOW
        assert organisations.tallies(session, [1]) == {1: (2, 2, 2, 2)}
    assert "被改动过" in client.get("/refusals").text or "changed" in client.get("/refusals").text


def member(city: Town, points: int) -> int:
    """A member of the branch with so many points."""
    with city.write() as session:
        one = Member(shard=2, organisation_id=4, number="A1", name="李", party=True)
        session.add(one)
        session.flush()
        session.add(
            MemberDay(
                shard=2, member_id=one.id, day=20_000, kind="quiz", worth=points, points=points, events=1
            )
        )
        organisations.recount_heads(session)
        return one.id


def test_a_voucher_is_issued_once_for_a_form_and_undone_with_a_reason(city: Town) -> None:
    city.administrator("clerk", "clerk", "1/2/")
    one = member(city, 70)
    with city.write() as session:
        item, dear, foreign = (
            redemption.add_item(session, shard, at, "ticket", title, cost, 2).id
            for shard, at, title, cost in (
                (
                    0,
                    1,
                    "殷墟门票",
                    30,
                ),
                (2, 2, "书", 80),
                (5, 5, "别县的书", 1),
            )
        )
    client, csrf = city.logged_in("clerk")
    text = client.post("/counter/member", data={"csrf": csrf, "number": "A1"}).text
    assert "殷墟门票" in text
    assert "别县的书" not in text
    assert client.post("/counter/member", data={"csrf": csrf, "number": "A9"}).status_code == 404
    form = {"id": str(one), "item": str(item), "balance": "70"}
    answer = client.post("/counter/issue", data={**form, "csrf": csrf})
    code = re.search(r'class="big">([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z]{4})<', answer.text)
    assert code is not None
    assert send(client, "POST", "/counter/issue", form, csrf) == 409, "sent twice"
    for other in (dear, foreign):
        assert (
            send(client, "POST", "/counter/issue", {**form, "item": str(other), "balance": "40"}, csrf) == 409
        )
    told = {"code": "-".join(code.groups())}
    assert send(client, "POST", "/counter/reverse", {**told, "reason": "x"}, csrf) == 403
    boss, mark = city.logged_in("county")
    assert "/counter/reverse" in boss.post("/counter/look", data={**told, "csrf": mark}).text
    assert send(boss, "POST", "/counter/reverse", {**told, "reason": " "}, mark) == 409
    assert send(boss, "POST", "/counter/reverse", {**told, "reason": "缺货"}, mark) == 200
    assert send(boss, "POST", "/counter/reverse", {**told, "reason": "缺货"}, mark) == 409
    assert send(client, "POST", "/counter/use", told, csrf) == 409
    with city.read() as session:
        assert session.scalar(select(func.count()).select_from(Voucher)) == 1
        assert session.scalars(select(Item.stock).where(Item.id == item)).one() == 2
    assert "可用积分</dt><dd>70<" in boss.get(f"/members/one?id={one}").text


def test_the_shelf_never_holds_less_than_nothing(city: Town) -> None:
    client, csrf = city.logged_in("county")
    form = {"org": "2", "kind": "book", "title": "字典", "cost": "5", "stock": "3"}
    assert send(client, "POST", "/catalogue/add", form, csrf) == 303
    with city.read() as session:
        id = session.scalars(select(Item.id)).one()
    for change, status in (("-3", 303), ("-1", 409), ("2", 303)):
        assert send(client, "POST", "/catalogue/stock", {"item": str(id), "change": change}, csrf) == status
    assert send(client, "POST", "/catalogue/close", {"item": str(id)}, csrf) == 303
    assert "已停兑" in client.get("/catalogue").text
    with city.read() as session:
        assert session.scalars(select(Item.stock)).one() == 2


def test_erasing_asks_for_the_number_again(city: Town) -> None:
    one = member(city, 9)
    client, csrf = city.logged_in("county")
    for number in ("", "A2"):
        assert send(client, "POST", "/members/erase", {"id": str(one), "number": number}, csrf) == 409
    assert "李" in client.get(f"/members/one?id={one}").text
    assert send(client, "POST", "/members/erase", {"id": str(one), "number": "A1 "}, csrf) == 303
    assert client.get(f"/members/one?id={one}").status_code == 404
    with city.read() as session:
        assert organisations.tallies(session, [1]) == {1: (0, 0, 0, 0)}


def test_the_tree_is_tended(city: Town) -> None:
    client, csrf = city.logged_in("county")

    def form(what: str, **fields: str) -> int:
        return send(client, "POST", f"/tree/{what}", fields, csrf)

    assert form("add", org="3", name="一支部", kind="branch") == 409, "a twin"
    assert form("add", org="3", name="a/b", kind="branch") == 409
    assert form("add", org="3", name="二支部", kind="branch", party="7") == 303
    assert form("rename", org="4", name="二支部") == 409
    assert form("declare", org="3", party="40") == 303
    assert form("close", org="2") == 403, "the own one"
    assert form("close", org="3") == 409, "it has branches"
    with city.read() as session:
        before = session.get_one(Organisation, 4).join_code
    assert form("code", org="4") == 303
    assert form("close", org="4") == 303
    for what, fields in (("code", {}), ("add", {"name": "x", "kind": "branch"})):
        assert form(what, org="4", **fields) == 409, what
    with city.read() as session:
        closed = session.get_one(Organisation, 4)
        assert closed.join_code != before
        assert closed.closed_ms == NOW
        assert organisations.by_code(session, closed.join_code) is None
        assert session.get_one(Organisation, 3).party_members == 40
    assert "已撤销" in client.get("/tree?org=4").text
    assert form("open", org="4") == 303


def test_a_long_form_is_refused_while_it_comes(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client, csrf = city.logged_in("county")
    assert send(client, "POST", "/tree/rename", {"org": "3", "name": "x" * limit.FORM}, csrf) == 413
    assert send(city.client(), "POST", "/login", {"name": "x" * limit.FORM}, "") == 413
    monkeypatch.setattr(limit, "FILE", 1000)
    assert hand_in(client, csrf, b"x" * 2000)[0] == 413


def test_behind_a_proxy_the_public_address_is_written_and_allowed(city: Town) -> None:
    from fastapi import FastAPI

    from game.learning.points import Points
    from game.ledger.web import service

    app = FastAPI()
    public = "https://ledger.example.cn"
    service.install(app, city.store, lambda: NOW, Points([]), public + "/", "/game/")
    client = TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)
    told = client.post("/login", data={"name": "unit", "password": town.PASSWORD}, headers={"Origin": public})
    assert told.status_code == 303
    assert "Secure" in told.headers["set-cookie"]
    assert client.post("/login", data={}, headers={"Origin": "https://evil.example"}).status_code == 403
    client.cookies.set("shiqi_ledger", told.cookies["shiqi_ledger"])
    text = client.get("/tree?org=4").text
    with city.read() as session:
        code = session.get_one(Organisation, 4).join_code
    assert f'href="{public}/game/#join={code}"' in text
    assert "<svg" in text
    assert "#join=" not in city.logged_in("unit")[0].get("/tree?org=4").text, "no game, no way into it"
