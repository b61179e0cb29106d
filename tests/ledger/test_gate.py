"""Every page and form × every role × inside and outside the own subtree: a table, and forged forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from game.ledger import organisations, redemption
from game.ledger.models import Administrator, Audit, Award, Device, Member, MemberDay, Organisation, Voucher
from game.ledger.web import honours, service
from tests.ledger import town
from tests.ledger.town import PASSWORD, Town

ROLES = ("city", "county", "unit", "clerk", "auditor")
ANY = set(ROLES)
LOOK = {"city", "county", "unit", "auditor"}
# What the house decided, written down a second time on purpose: method, path, fields ({names} stand for what
# belongs to the own county or to another), and who is let in.
BOOK = {"kind": "book", "title": "甲骨文入门", "cost": "30", "stock": "3"}
TABLE: list[tuple[str, str, dict[str, str], set[str]]] = [
    ("GET", "/", {}, ANY),
    ("GET", "/account", {}, ANY),
    ("GET", "/standing", {"org": "{org}"}, LOOK),
    ("GET", "/ranking", {"org": "{org}"}, LOOK),
    ("GET", "/days", {"org": "{org}"}, LOOK),
    ("GET", "/tree", {"org": "{org}"}, LOOK),
    ("GET", "/members", {"org": "{org}"}, LOOK),
    ("GET", "/awards", {"org": "{org}"}, LOOK),
    ("GET", "/awards/certificate", {"code": "{award}"}, LOOK),
    ("GET", "/reports", {"org": "{org}"}, LOOK),
    ("GET", "/reports/workbook", {"org": "{org}"}, LOOK),
    ("GET", "/reports/table", {"org": "{org}"}, LOOK),
    ("GET", "/reports/circular", {"org": "{org}"}, LOOK),
    ("GET", "/devices", {"org": "{org}"}, LOOK),
    ("GET", "/refusals", {"org": "{org}"}, LOOK),
    ("GET", "/administrators", {}, {"city", "county"}),
    ("GET", "/audit", {"org": "{org}"}, {"city", "county", "auditor"}),
    ("GET", "/counter", {}, {"city", "county", "unit", "clerk"}),
    ("POST", "/counter/look", {"code": "{voucher}"}, {"city", "county", "unit", "clerk"}),
    ("POST", "/counter/use", {"code": "{voucher}"}, {"city", "county", "unit", "clerk"}),
    ("POST", "/awards/give", {"org": "{org}", "period": "2025-10"}, {"city", "county"}),
    ("POST", "/tree/rename", {"org": "{child}", "name": "新名"}, {"city", "county", "unit"}),
    ("POST", "/devices/revoke", {"device": "{device}"}, {"city", "county", "unit"}),
    ("GET", "/catalogue", {"org": "{org}"}, {"city", "county", "unit", "clerk"}),
    ("GET", "/members/one", {"id": "{member}"}, LOOK),
    ("GET", "/roster", {}, {"city", "county", "unit"}),
    ("GET", "/roster/current", {}, {"city", "county", "unit"}),
    ("GET", "/journals", {}, {"city", "county", "unit"}),
    ("POST", "/counter/member", {"number": "{number}"}, {"city", "county", "unit", "clerk"}),
    (
        "POST",
        "/counter/issue",
        {"id": "{member}", "item": "{item}", "balance": "50"},
        {"city", "county", "unit", "clerk"},
    ),
    ("POST", "/counter/reverse", {"code": "{voucher}", "reason": "缺货"}, {"city", "county", "unit"}),
    ("POST", "/catalogue/add", {"org": "{org}", **BOOK}, {"city", "county"}),
    ("POST", "/catalogue/stock", {"item": "{item}", "change": "2"}, {"city", "county"}),
    ("POST", "/catalogue/close", {"item": "{shelf}"}, {"city", "county"}),
    ("POST", "/tree/add", {"org": "{org}", "name": "新单位", "kind": "unit"}, {"city", "county", "unit"}),
    ("POST", "/tree/declare", {"org": "{org}", "party": "12"}, {"city", "county", "unit"}),
    ("POST", "/tree/code", {"org": "{child}"}, {"city", "county", "unit"}),
    ("POST", "/tree/close", {"org": "{child}"}, {"city", "county", "unit"}),
    ("POST", "/tree/open", {"org": "{child}"}, {"city", "county", "unit"}),
    (
        "POST",
        "/roster/four",
        {"people:file": "安阳市/{where}/支部,{number},李,是"},
        {"city", "county", "unit"},
    ),
    (
        "POST",
        "/roster/oneroster",
        {
            "orgs:file": "sourcedId,name,parentSourcedId\na,安阳市,\nb,{where},a\n",
            "users:file": "sourcedId,orgSourcedIds\n{number},b\n",
        },
        {"city", "county", "unit"},
    ),
    ("POST", "/journals", {"number": "{number}", "journal:file": "x\nx"}, {"city", "county", "unit"}),
    ("POST", "/members/leave", {"id": "{member}"}, {"city", "county", "unit"}),
    ("POST", "/members/erase", {"id": "{member}", "number": "{number}"}, {"city", "county"}),
    ("POST", "/administrators/make", {"name": "new", "role": "clerk", "org": "{org}"}, {"city", "county"}),
    ("POST", "/administrators/disable", {"id": "{administrator}"}, {"city", "county"}),
    ("POST", "/administrators/reset", {"id": "{administrator}"}, {"city", "county"}),
    ("POST", "/account/password", {"old": PASSWORD, "new": "ink-and-bone-2027"}, ANY),
    ("POST", "/account/totp", {"old": PASSWORD}, ANY),
    ("POST", "/logout", {}, ANY),
]
SHOWN = {
    "/administrators/make",
    "/administrators/reset",
    "/counter/look",
    "/counter/use",
    "/counter/member",
    "/counter/issue",
    "/counter/reverse",
    "/roster/four",
    "/roster/oneroster",
    "/journals",
}
"""Forms that answer with a page."""
OPEN = {("GET", "/verify/{code}"), ("GET", "/login"), ("POST", "/login"), ("GET", "/language/{wanted}")}


def two_counties(folder: Path) -> tuple[Town, dict[str, dict[str, str]]]:
    """Two counties, an administrator of each role in the first ("city" too: the subtree rules, not the name),
    and what lies inside and outside."""
    city = town.empty(folder)
    side: dict[str, dict[str, str]] = {}
    for where in ("inside", "outside"):
        path = city.place("1/", where, "county")
        id_ = city.administrator(f"clerk of {where}", "clerk", path)
        with city.write() as session:
            device = f"{where:0>32}"
            shard = city.places[path]
            session.add(
                Device(
                    id=device, shard=shard, organisation_id=shard, secret="00", enrolled_ms=1, kind="kiosk"
                )
            )
        side[where] = {
            "org": str(shard),
            "device": device,
            "administrator": str(id_),
            "voucher": voucher(city, shard, where),
            "award": award(city, shard),
            "where": where,
            "child": str(city.places[city.place(path, f"{where}支部", "unit")]),
            **people(city, shard),
        }
    for role in ROLES:
        city.administrator(role, role, "1/2/")
    return city, side


def people(city: Town, shard: int) -> dict[str, str]:
    """A member with fifty points for each role, and two things of the county's catalogue."""
    told: dict[str, str] = {}
    with city.write() as session:
        for role in ROLES:
            one = Member(shard=shard, organisation_id=shard, number=f"{role}{shard}", name="王敏")
            session.add(one)
            session.flush()
            session.add(
                MemberDay(
                    shard=shard, member_id=one.id, day=20_000, kind="quiz", worth=50, points=50, events=10
                )
            )
            told |= {f"member {role}": str(one.id), f"number {role}": one.number}
        for name in ("item", "shelf"):
            made = redemption.add_item(session, shard, shard, "book", name, 30, 9)
            told[name] = str(made.id)
        organisations.recount_heads(session)
    return told


def filled(fields: dict[str, str], names: dict[str, str], role: str) -> dict[str, str]:
    """The fields of a form with what they stand for; each role has a member of its own."""
    own = {"member": names[f"member {role}"], "number": names[f"number {role}"]}
    return {key: value.format(**names, **own) for key, value in fields.items()}


def voucher(city: Town, shard: int, where: str) -> str:
    """A voucher of a member of this county, for a book of the city's."""
    with city.write() as session:
        member = Member(shard=shard, organisation_id=shard, number=where, name="刘洋")
        item = redemption.add_item(session, 0, 1, "book", "甲骨文入门", 30, 5)
        session.add(member)
        session.flush()
        made = Voucher(
            code=f"{shard:012d}",
            shard=shard,
            item_id=item.id,
            member_id=member.id,
            cost=30,
            issued_ms=city.now,
            expires_ms=city.now + 1,
        )
        session.add(made)
        return made.code


def award(city: Town, shard: int) -> str:
    """The code of an award that a county itself won."""
    with city.write() as session:
        code = f"{shard:016d}"
        session.add(
            Award(
                shard=shard,
                kind="model",
                period="2025",
                organisation_id=shard,
                winner_organisation_id=shard,
                place=1,
                points=4200,
                code=code,
                given_ms=city.now,
            )
        )
    return code


def send(client: TestClient, method: str, path: str, fields: dict[str, str], csrf: str) -> int:
    if method == "GET":
        return int(client.get(path, params=fields).status_code)
    files = {
        key.removesuffix(":file"): ("sent", value.encode())
        for key, value in fields.items()
        if key.endswith(":file")
    }
    told = {key: value for key, value in fields.items() if not key.endswith(":file")}
    return int(client.post(path, data={**told, "csrf": csrf}, files=files or None).status_code)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, dict[str, str]]]]:
    city, side = two_counties(tmp_path_factory.mktemp("gate"))
    yield city, side
    city.engine.dispose()


@pytest.fixture(scope="module")
def seat(counties: tuple[Town, dict[str, dict[str, str]]]) -> tuple[TestClient, str, str]:
    """A browser that is logged in, its mark for forms, and the mark of another session."""
    client, csrf = counties[0].logged_in("city")
    return client, csrf, counties[0].logged_in("city")[1]


@pytest.mark.parametrize("role", ROLES)
def test_wrong_role_and_wrong_subtree_are_refused_everywhere(
    counties: tuple[Town, dict[str, dict[str, str]]], role: str
) -> None:
    city, side = counties
    client, csrf = city.logged_in(role)
    told = {}
    for method, path, fields, _ in TABLE[:-3]:
        for where, names in side.items():
            made = filled(fields, names, role)
            if "name" in made:
                made["name"] += f" {role} {where}"
            scoped = made != fields
            if scoped or where == "inside":
                told[method, path, where] = send(client, method, path, made, csrf)
    expected = {}
    for method, path, where in told:
        who = next(who for m, p, _, who in TABLE if (m, p) == (method, path))
        scoped = any("{" in value for m, p, f, _ in TABLE if (m, p) == (method, path) for value in f.values())
        if role not in who:
            expected[method, path, where] = 403
        elif where == "outside" and scoped:
            expected[method, path, where] = 422 if path.startswith("/roster/") else 404
        else:
            shown = (method == "GET" and path != "/") or path in SHOWN
            expected[method, path, where] = 200 if shown else 303
            if path == "/awards/certificate" and honours.font() is None:
                expected[method, path, where] = 503  # the fonts were never fetched on this machine
            if path in ("/counter/use", "/counter/reverse") and role != ROLES[0]:
                expected[method, path, where] = 409  # the first role did it: a voucher works once
    assert told == expected


def test_the_table_names_every_endpoint(counties: tuple[Town, dict[str, dict[str, str]]]) -> None:
    served = {
        (method, str(route.path))  # type: ignore[attr-defined]
        for router in service.ROUTERS
        for route in router.routes
        for method in route.methods  # type: ignore[attr-defined]
    }
    assert served == {(method, path) for method, path, _, _ in TABLE} | OPEN


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _, _ in TABLE])
def test_who_is_not_logged_in_gets_nothing(
    counties: tuple[Town, dict[str, dict[str, str]]], method: str, path: str
) -> None:
    fields = {"org": "2", "name": "x", "role": "clerk", "id": "1", "device": "x"}
    answer = counties[0].client().request(method, path, **({"data": fields} if method == "POST" else {}))
    if method == "GET":
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("path", "fields"), [(path, fields) for method, path, fields, _ in TABLE if method == "POST"]
)
def test_a_form_without_the_sessions_mark_or_from_elsewhere_changes_nothing(
    counties: tuple[Town, dict[str, dict[str, str]]],
    seat: tuple[TestClient, str, str],
    path: str,
    fields: dict[str, str],
) -> None:
    client, csrf, foreign = seat
    made = filled(fields, counties[1]["inside"], "city")
    for mark in ("", "x", foreign, "é"):
        assert client.post(path, data={**made, "csrf": mark}).status_code == 403
    for origin in ("http://evil.test", "null", "http://ledger.test.evil.test"):
        answer = client.post(path, data={**made, "csrf": csrf}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert client.get("/account").status_code == 200, "still logged in"


def test_each_act_is_in_the_audit_log_and_only_where_it_happened(tmp_path: Path) -> None:
    city, side = two_counties(tmp_path)
    client, csrf = city.logged_in("county")
    for method, path, fields, _ in TABLE:
        if method == "POST" and not path.startswith("/account/totp"):
            made = filled(fields, side["inside"], "county")
            assert send(client, method, path, made, csrf) < 400, path
    with city.read() as session:
        acts = list(session.scalars(select(Audit.act).order_by(Audit.id)))
        renamed = session.get_one(Organisation, int(side["inside"]["child"])).name
        revoked = session.get_one(Device, side["inside"]["device"]).revoked_ms
        disabled = session.get_one(Administrator, int(side["inside"]["administrator"])).disabled_ms
    assert acts == [
        "login",
        "redeem",
        "give",
        "rename",
        "revoke",
        "member",
        "issue",
        "reverse",
        "add item",
        "stock",
        "close item",
        "add organisation",
        "declare",
        "code",
        "close organisation",
        "open organisation",
        "roster",
        "roster",
        "journal",
        "leave",
        "erase",
        "make administrator",
        "disable administrator",
        "reset administrator",
        "password",
        "logout",
    ]
    assert renamed == "新名"
    assert revoked is not None
    assert disabled is not None
    assert client.get("/account").status_code == 303, "logged out"
    city.administrator("other", "auditor", "1/4/")
    page = city.logged_in("other")[0].get("/audit").text
    assert "新名" not in page
    city.administrator("mayor", "auditor", "1/")
    assert "新名" in city.logged_in("mayor")[0].get("/audit").text


def test_nobody_touches_himself_or_a_higher_role(tmp_path: Path) -> None:
    city, _ = two_counties(tmp_path)
    with city.read() as session:
        ids = {one.name: one.id for one in session.scalars(select(Administrator))}
    client, csrf = city.logged_in("county")
    for name in ("county", "city"):
        for path in ("/administrators/disable", "/administrators/reset"):
            assert send(client, "POST", path, {"id": str(ids[name])}, csrf) == 403
    made = {"name": "mayor", "role": "city", "org": "2"}
    assert send(client, "POST", "/administrators/make", made, csrf) == 403
    assert (
        send(client, "POST", "/administrators/make", {**made, "role": "clerk", "name": "city"}, csrf) == 409
    )
    assert send(client, "POST", "/administrators/make", {**made, "role": "clerk", "name": " \n"}, csrf) == 400
    assert send(client, "POST", "/administrators/disable", {"id": "999"}, csrf) == 404
    assert send(client, "POST", "/devices/revoke", {"device": "none"}, csrf) == 404
    assert send(client, "POST", "/tree/rename", {"org": "2", "name": "\x07"}, csrf) == 400
