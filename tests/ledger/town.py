"""A small city to look at and test on: counties, units, branches, hundreds of members, devices, refusals."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from game.journal.day import day_number
from game.ledger import db, fold, organisations
from game.ledger.models import Administrator, Device, Event, Member, Organisation, Refusal
from game.ledger.rules import read_rules
from game.ledger.security import passwords
from game.ledger.security.store import Store
from game.ledger.web import service

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette asks for a successor of httpx that is not in our pins
    from fastapi.testclient import TestClient

NOW = 1_795_500_000_000
DAY = 86_400_000
PASSWORD = "bone-and-ink-2026"
COUNTIES = ("安阳县", "汤阴县", "滑县", "内黄县", "林州市", "文峰区", "北关区", "殷都区", "龙安区")
UNITS = ("教育局", "农业农村局", "卫生健康委", "第一中学", "人民医院")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭", "文明华国秀英建军丽敏静伟芳娜强磊洋勇艳杰涛超"


@dataclass
class Town:
    """A database with a dashboard on it; `now` can be moved."""

    engine: Engine
    now: int = NOW
    places: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def write(self) -> Iterator[Session]:
        with db.session(self.engine) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        with db.session(self.engine, write=False) as session:
            yield session

    @property
    def store(self) -> Store:
        return Store(self.read, self.write)

    def app(self) -> FastAPI:
        app = FastAPI()
        service.install(app, self.store, lambda: self.now)
        return app

    def client(self) -> TestClient:
        """A browser that nobody has logged in with."""
        return TestClient(self.app(), base_url="http://ledger.test", follow_redirects=False)

    def place(self, parent: str, name: str, kind: str, party: int = 0) -> str:
        """Add an organisation; its path."""
        with self.write() as session:
            above = (
                session.scalar(select(Organisation).where(Organisation.path == parent)) if parent else None
            )
            made = Organisation(
                parent_id=above.id if above else None,
                path=f"?{len(self.places)}",
                depth=above.depth + 1 if above else 0,
                shard=above.shard if above else 0,
                name=name,
                kind=kind,
                party_members=party,
                join_code=f"K{len(self.places):05d}",
                created_ms=self.now,
            )
            session.add(made)
            session.flush()
            made.path = f"{parent}{made.id}/"
            if made.depth == 1:
                made.shard = made.id
            self.places[made.path] = made.id
            return made.path

    def administrator(self, name: str, role: str, path: str) -> int:
        """An administrator with the password PASSWORD."""
        with self.write() as session:
            made = Administrator(name=name, role=role, organisation_id=self.places[path], password=HASH)
            session.add(made)
            session.flush()
            return made.id

    def logged_in(self, name: str) -> tuple[TestClient, str]:
        """A browser with this administrator logged in, and the session's mark for forms."""
        client = self.client()
        assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
        page = client.get("/account").text
        return client, page.split('name="csrf" value="')[1].split('"')[0]


def events_of(people: list[Member], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Eight weeks of lessons and quizzes of those who joined: some come daily, some now and then."""
    worth = {"open": 1, "lesson": 2, "quiz": 5, "party_history": 3}
    for person in people:
        zeal = chance.choice((0.05, 0.15, 0.4, 0.8)) if person.joined_ms is not None else 0
        for back in range(56):
            when = NOW - back * DAY
            if chance.random() >= zeal * (0.5 if back % 7 in (2, 3) else 1):
                continue
            for kind in chance.sample(sorted(worth), chance.randint(1, 4)):
                yield {
                    "shard": person.shard,
                    "id": chance.randbytes(16),
                    "chain": f"{person.id:032x}",
                    "seq": 1,
                    "time_ms": when,
                    "received_ms": when,
                    "day": day_number(when),
                    "kind": kind,
                    "subject": "char:日",
                    "result": "{}",
                    "line": "",
                    "hash": "",
                    "device_id": "",
                    "member_id": person.id,
                    "worth": worth[kind],
                    "proof": "chain",
                }


HASH = passwords.hashed(PASSWORD)


def empty(folder: Path) -> Town:
    """A town with a city alone ("1/")."""
    engine = db.engine(f"sqlite:///{folder / 'ledger.db'}")
    db.create(engine)
    town = Town(engine)
    town.place("", "安阳市", "city")
    return town


def full(folder: Path, seed: int = 7) -> Town:
    """A city of nine counties with units, branches, some hundred members, devices and refused lines."""
    chance = random.Random(seed)
    town = empty(folder)
    people, devices, refusals, number = [], [], [], 0
    for county in COUNTIES:
        at = town.place("1/", county, "county")
        zeal = chance.uniform(0.25, 1.0)
        for unit in chance.sample(UNITS, 3):
            under = town.place(at, f"{county[:2]}{unit}", "unit")
            for branch in ("第一支部", "第二支部"):
                path = town.place(under, branch, "branch")
                shard, id_ = town.places[at], town.places[path]
                for _ in range(chance.randint(7, 14)):
                    number += 1
                    joined = chance.random() < zeal
                    when = NOW - chance.randint(1, 60 * 24) * DAY // 24
                    name = chance.choice(FAMILY) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))
                    people.append(
                        Member(
                            id=number,  # small ones, to read in a failure
                            shard=shard,
                            organisation_id=id_,
                            number=f"AY{number:05d}",
                            name=name,
                            party=chance.random() < 0.85,
                            minor=False,
                            joined_ms=when if joined else None,
                        )
                    )
                    if joined and chance.random() < 0.3:
                        device = f"{chance.getrandbits(128):032x}"
                        quiet = chance.random() < 0.12
                        devices.append(
                            Device(
                                id=device,
                                shard=shard,
                                organisation_id=id_,
                                member_id=number,
                                kind=chance.choices(("browser", "kiosk", "classroom"), (8, 1, 1))[0],
                                label=chance.choice(("", "手机", "办公室电脑", "一楼展台")),
                                secret="00",
                                enrolled_ms=when,
                                seen_ms=NOW - (20 * DAY if quiet else chance.randint(0, 2 * DAY)),
                                skew_ms=chance.choice((0, 800, -1500, 12_000, 900_000)),
                                waiting=chance.choice((0, 0, 0, 3, 12)),
                            )
                        )
                        if chance.random() < 0.1:
                            refusals.append(
                                Refusal(
                                    shard=shard,
                                    organisation_id=id_,
                                    line_hash=bytes(32),
                                    device_id=device,
                                    received_ms=NOW - chance.randint(0, 5 * DAY),
                                    line='{"kind":"lesson","result":{"asked":5,"right":5},"seq":41,"subject":"char:日"}',
                                    reason=chance.choice(("mac", "hash", "time")),
                                    detail="",
                                )
                            )
    with town.write() as session:
        session.add_all([*people, *devices, *refusals])
        session.flush()
        organisations.recount_heads(session)
        db.insert_rows(session, Event, list(events_of(people, chance)))
        session.flush()
        fold.rebuild(session, read_rules())
    return town
