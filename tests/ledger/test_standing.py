"""Rosters and the figures made of them."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import Engine, select

from game.learning.points import Points
from game.ledger import db, enrolment, intake, migrate, organisations, standing
from game.ledger.fold import fold, move, rebuild
from game.ledger.models import Device, Member, Organisation, Tally
from game.ledger.recount import recount
from game.ledger.roster import import_four, import_oneroster
from tests.ledger.players import NOW, player, tree

ROSTER = """组织,编号,姓名,党员
市/甲县/学校/一支部,A1,甲,是
市/甲县/学校/一支部,A2,乙,yes
市/甲县/学校/二支部,A3,"丙, 丁",no
市/乙县/医院/一支部,B1,,是
市/乙县/医院/一支部,B1,,是
别的/乙县,B2,,是
市/乙县,B3,,maybe
市/乙县,B4
"""


def test_a_roster_of_four_columns(engine: Engine) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        with db.session(engine) as work:
            done = import_four(work, ROSTER.encode(encoding), NOW)
        assert [line for line, _ in done.faults] == [7, 8, 9, 6]
        assert (done.added, done.same) == ((4, 0) if encoding == "utf-8-sig" else (0, 4))
    with db.session(engine, write=False) as work:
        root = work.scalars(select(Organisation).where(Organisation.depth == 0)).one()
        now = standing.standing(work, root, "2026-11")
        assert (now.members, now.party_members, now.registered, now.registration) == (4, 3, 0, 0.0)
        assert [one.name for one in standing.children(work, root, "2026-11")] == ["乙县", "甲县"]
        assert {row.shard for row in work.scalars(select(Member))} == set(
            work.scalars(select(Organisation.id).where(Organisation.depth == 1))
        )


def test_oneroster(engine: Engine) -> None:
    orgs = b"sourcedId,name,parentSourcedId\no1,City,\no2,County,o1\no9,Lost,o8\n"
    users = (
        b"sourcedId,orgSourcedIds,identifier,givenName,familyName,metadata.party\n"
        b"u1,o2,N1,Wen,Li,yes\nu2,o2,,An,Wu,no\nu3,o9,N3,,,no\n"
    )
    with db.session(engine) as work:
        done = import_oneroster(work, orgs, users, NOW)
        assert (done.added, done.organisations, len(done.faults)) == (2, 2, 1)
        found = work.execute(select(Member.number, Member.name, Member.party).order_by(Member.number)).all()
        assert [tuple(row) for row in found] == [("N1", "LiWen", True), ("u2", "WuAn", False)]


def test_standing_ranking_and_moving(engine: Engine, rules: Points, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.ledger.recount.PART", 50)
    chance = random.Random(4)
    with db.session(engine) as work:
        branches = tree(work)
        players = [player(work, branches[i % 4], f"p{i}", 40, chance) for i in range(12)]
        for one in players[:6]:
            work.get_one(Member, (one.device.shard, one.device.member_id)).party = True
        work.flush()
        organisations.recount_heads(work)
    for one in players:
        with db.session(engine) as work:
            intake.take(work, rules, work.get_one(Device, one.device.id), one.signed(), NOW)
    fold(engine, rules)
    with db.session(engine) as work:
        root = work.scalars(select(Organisation).where(Organisation.depth == 0)).one()
        places = standing.people(work, root, "2026")
        assert [one.points for one in places] == sorted((one.points for one in places), reverse=True)
        for place in places:
            above = sum(other.points > place.points for other in places)
            assert place.rank == above + 1 == standing.rank(work, root.id, "2026", place.points)
            assert place.moved is None
        assert standing.people(work, root, "2026", 3, 2) == places[3:5]
        total = standing.standing(work, root, "2026")
        assert (total.participants, total.party_participants, total.party_members) == (12, 6, 6)
        assert (total.registration, total.participation, total.on_target) == (2.0, 2.0, True)
        assert total.points == sum(one.points for one in places)
        assert total.per_head == total.points / 6
        days = standing.trend(work, root, 0, 99_999)
        assert sum(points for _, _, points, _ in days) == total.points
        assert sum(active for _, active, _, _ in days) == total.days
        assert standing.participants_between(work, root, days[0][0], days[-1][0]) == 12
        assert standing.participants_between(work, root, 0, days[0][0] - 1) == 0
        ranked = standing.ranking(work, root, "2026", "points")
        assert [one.rank for one in ranked] in ([1, 2], [1, 1])
        assert sum(one.standing.points for one in ranked) == total.points
        # Somebody moves to the other branch: everything follows, to the point.
        member = work.get_one(Member, (players[0].device.shard, players[0].device.member_id))
        move(work, member, branches[1])
        enrolment.revoke(work, work.get_one(Device, players[0].device.id), NOW)
    with db.session(engine) as work:
        assert recount(work, rules).differences == []
        work.scalars(select(Tally)).all()[0].members += 1
    with db.session(engine) as work:
        assert len(recount(work, rules).differences) == 1
        rebuild(work, rules)
    with db.session(engine, write=False) as work:
        assert recount(work, rules).differences == []


def test_what_lies_inside_and_what_begins_so(engine: Engine) -> None:
    """As Python's startswith, on every level and with every sign that means something to a database."""
    numbers = ["A%1", "A%", "A_1", "AB1", "a%1", "A", "", "A\U0010fffe", "鹿1", "鹿", "A/1"]
    with db.session(engine) as work:
        tree(work)
        places = list(work.scalars(select(Organisation)))
        rows = [
            {"shard": 0, "organisation_id": places[0].id, "id": at, "number": number}
            for at, number in enumerate(numbers)
        ]
        db.insert_rows(work, Member, rows)
    with db.session(engine, write=False) as work:
        for place in places:
            found = set(work.scalars(select(Organisation.path).where(organisations.inside(place.path))))
            assert found == {one.path for one in places if one.path.startswith(place.path)}
        for wanted in ("A%", "A_", "A", "a", "鹿", "A/", "x", "%"):
            begins = organisations.begins(Member.number, wanted)
            assert sorted(work.scalars(select(Member.number).where(begins))) == sorted(
                number for number in numbers if number.startswith(wanted)
            )


def test_the_period_before() -> None:
    before = [standing.previous(one) for one in ("2026-01", "2026-11", "2026")]
    assert before == ["2025-12", "2026-10", "2025"]


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    from sqlalchemy import text

    from game.ledger.models import Base

    Base.metadata.drop_all(engine)
    try:
        migrate.upgrade(engine)
        migrate.upgrade(engine)
        assert migrate.differences(engine) == []
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        db.create(engine)
