"""The endpoints for devices: what they take, and what they refuse whom."""

from __future__ import annotations

import hmac
import json
import random
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from game.learning.points import Points
from game.ledger import db, organisations
from game.ledger.fold import fold
from game.ledger.limits import Buckets
from game.ledger.models import Device, Member, Organisation, Refusal, Tally
from game.ledger.proof import mac
from game.ledger.recount import recount
from game.ledger.service import app
from tests.ledger.players import NOW, chain, tree


@pytest.fixture
def client(engine: Engine, rules: Points) -> Iterator[TestClient]:
    with db.session(engine) as work:
        tree(work)
    with TestClient(app(engine, rules, lambda: NOW, fold_every=0)) as made:
        yield made


def branch(engine: Engine) -> Organisation:
    with db.session(engine, write=False) as work:
        found = select(Organisation).where(Organisation.depth == 3).order_by(Organisation.id)
        return work.scalars(found).all()[0]


def join(client: TestClient, engine: Engine, **more: str) -> dict[str, str]:
    answer = client.post("/api/v1/enrol", json={"code": branch(engine).join_code, **more})
    assert answer.status_code == 200, answer.text
    made: dict[str, str] = answer.json()
    return made


def call(
    client: TestClient, me: dict[str, str], path: str, data: Any, time: int = NOW, method: str = "POST"
) -> httpx.Response:
    body = b"" if method == "GET" else data if isinstance(data, bytes) else json.dumps(data).encode()
    secret = bytes.fromhex(me["secret"])
    headers = {
        "X-Shiqi-Device": me["device"],
        "X-Shiqi-Time": str(time),
        "X-Shiqi-Sign": hmac.digest(secret, f"{time}\n".encode() + body, "sha256").hex(),
    }
    answer: httpx.Response = client.request(method, f"/api/v1/{path}", content=body, headers=headers)
    return answer


def letters(me: dict[str, str], lines: list[str]) -> list[list[str]]:
    return [[line, mac(bytes.fromhex(me["secret"]), line)] for line in lines]


def test_a_device_joins_sends_and_asks(client: TestClient, engine: Engine, rules: Points) -> None:
    me = join(client, engine)
    lines = chain("pabc", 20, random.Random(1))
    empty = call(client, me, "holdings", {"chains": ["pabc"], "waiting": 20}).json()
    assert empty == {"pabc": {"count": 0, "top_seq": 0, "top_hash": "0" * 64}}
    first = call(client, me, "events", {"lines": letters(me, lines[:12]), "waiting": 8}, NOW + 5000).json()
    assert (first["stored"], first["known"], first["refused"]) == (12, 0, [])
    again = call(client, me, "events", {"lines": letters(me, lines)}, NOW + 5000).json()
    assert (again["stored"], again["known"]) == (8, 12)
    assert again["holdings"]["pabc"]["count"] == 20
    bad = letters(me, lines[:1])
    bad[0][1] = "0" * 64
    assert call(client, me, "events", {"lines": bad}).json()["refused"] == [{"index": 0, "reason": "mac"}]
    with db.session(engine, write=False) as work:
        device = work.get_one(Device, me["device"])
        assert (device.skew_ms, device.seen_ms, device.waiting) == (0, NOW, 0)
        assert work.scalars(select(Refusal.reason)).all() == ["mac"]
    fold(engine, rules)
    with db.session(engine, write=False) as work:
        done = recount(work, rules)
        assert (done.events, done.differences) == (20, [])


def test_who_is_not_enrolled_or_was_revoked_is_refused(client: TestClient, engine: Engine) -> None:
    me = join(client, engine)
    for wrong in ({**me, "secret": "00" * 32}, {**me, "device": "x"}, {**me, "device": ""}):
        for path in ("holdings", "events", "files"):
            assert call(client, wrong, path, {"lines": []}).status_code == 401
    assert client.get("/api/v1/claim/pabc").status_code == 401
    with db.session(engine) as work:
        work.get_one(Device, me["device"]).revoked_ms = NOW
    assert call(client, me, "events", {"lines": []}).status_code == 403
    assert client.post("/api/v1/enrol", json={"code": "NOCODE"}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[",
        b"[" * 50_000,
        b'{"lines":[["a"]]}',
        b'{"lines":1}',
        b'{"lines":[],"more":1}',
        b"\xff",
        b'"\\ud800"',
    ],
)
def test_what_is_no_request_is_said_to_be_none(client: TestClient, engine: Engine, body: bytes) -> None:
    me = join(client, engine)
    assert call(client, me, "events", body).status_code == 422
    assert client.post("/api/v1/enrol", content=body).status_code == 422


def test_limits(client: TestClient, engine: Engine) -> None:
    me = join(client, engine)
    assert call(client, me, "events", b"x" * 4_000_001).status_code == 413
    assert call(client, me, "events", {"lines": [["x", "0"]] * 2001}).status_code == 422
    answers = [call(client, me, "holdings", {"chains": []}) for _ in range(80)]
    assert {answer.status_code for answer in answers} == {200, 429}
    # On a slow machine the bucket fills while it is emptied: the last answer may be a 200 again.
    refused = [answer for answer in answers if answer.status_code == 429]
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
    buckets = Buckets(10, 2)
    assert buckets.take("a", 8, 0) == 0
    assert buckets.take("a", 4, 0) == 1.0
    assert buckets.take("a", 4, 1) == 0
    assert buckets.take("b", 99, 1) == 0


def test_a_kiosk_and_its_claim(client: TestClient, engine: Engine) -> None:
    kiosk = join(client, engine, kind="kiosk")
    call(client, kiosk, "events", {"lines": letters(kiosk, chain("k", 5, random.Random(1)))})
    code = call(client, kiosk, "claim/k", None, method="GET").json()["claim_code"]
    assert call(client, kiosk, "claim/other", None, method="GET").status_code == 404
    asked = {"claim_code": code, "code": branch(engine).join_code}
    assert client.post("/api/v1/claim", json={**asked, "claim_code": "X"}).status_code == 404
    assert client.post("/api/v1/claim", json=asked).json() == {"claimed": True}
    assert client.post("/api/v1/claim", json=asked).status_code == 404
    assert call(client, kiosk, "claim/k", None, method="GET").json() == {"claim_code": None}


def test_a_file_and_a_member_number(client: TestClient, engine: Engine) -> None:
    place = branch(engine)
    with db.session(engine) as work:
        member = Member(shard=place.shard, organisation_id=place.id, number="A1", party=True)
        work.add(member)
        work.flush()
        organisations.count_head(work, member, place.path)
    me = join(client, engine, member_number="A1")
    head = '{"format":"shiqi","version":1,"player":"p","seal":"","devices":{}}'
    data = "\n".join([head, *chain("p", 5, random.Random(1)), ""]).encode()
    assert call(client, me, "files", data).json()["stored"] == 5
    wrong = {"code": place.join_code, "member_number": "A2"}
    assert client.post("/api/v1/enrol", json=wrong).status_code == 404
    with db.session(engine, write=False) as work:
        counts = {(row.members, row.party, row.registered) for row in work.scalars(select(Tally))}
        assert counts == {(1, 1, 1)}
