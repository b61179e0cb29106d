"""Erasure, retention, the yearly report on minors; and the circular."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from game.ledger import organisations, privacy
from game.ledger.db import create, engine, session
from game.ledger.models import (
    Administrator,
    Audit,
    Device,
    Event,
    Login,
    Member,
    MemberDay,
    Organisation,
    OrganisationPeriod,
    Refusal,
)
from game.ledger.reports.circular import circular

NOW = 1_795_500_000_000
YEAR_MS = 366 * 86_400_000


@pytest.fixture
def city() -> Iterator[Engine]:
    """A city with one named minor who has played, one pseudonymous grown-up, and traces of administrators."""
    made = engine("sqlite://")
    create(made)
    with session(made) as work:
        top = organisations.add(work, "安阳市", None, 0)
        for number, name, minor in (("001", "小明", True), ("002", "", False)):
            member = Member(
                shard=0, organisation_id=top.id, number=number, name=name, minor=minor, joined_ms=5
            )
            work.add(member)
            work.flush()
            work.add(
                Device(
                    id=number, shard=0, organisation_id=top.id, member_id=member.id, secret="s", enrolled_ms=0
                )
            )
            work.add(
                MemberDay(
                    shard=0, member_id=member.id, day=20_000, kind="lesson", worth=2, points=2, events=1
                )
            )
            work.add(
                Event(
                    shard=0,
                    id=number.encode() * 4,
                    chain=number,
                    seq=1,
                    time_ms=NOW,
                    received_ms=NOW,
                    day=20_000,
                    kind="lesson",
                    subject="sky",
                    result='{"right":1}',
                    line="{…}",
                    hash="ab",
                    device_id=number,
                    member_id=member.id,
                    worth=2,
                    proof="mac",
                )
            )
            work.add(
                Refusal(
                    shard=0,
                    organisation_id=top.id,
                    device_id=number,
                    received_ms=NOW,
                    line="x",
                    line_hash=b"x",
                    reason="torn",
                )
            )
        work.add(Audit(time_ms=NOW, administrator_id=1, act="members", organisation_id=top.id))
        work.add(Audit(time_ms=NOW, administrator_id=1, act="members", organisation_id=top.id))
        work.add(Audit(time_ms=NOW - YEAR_MS, administrator_id=1, act="erase", organisation_id=top.id))
    yield made
    made.dispose()


def member(work_engine: Engine, number: str) -> Member:
    with session(work_engine) as work:
        return work.scalars(select(Member).where(Member.number == number)).one()


def test_erasing_takes_the_person_and_leaves_the_sums(city: Engine) -> None:
    with session(city) as work:
        child = work.scalars(select(Member).where(Member.number == "001")).one()
        assert privacy.erase(work, child, NOW) == privacy.Erased(events=1, devices=1, refusals=1)
        assert privacy.erase(work, child, NOW + 9) == privacy.Erased(events=0, devices=0, refusals=0)
        assert (child.name, child.erased_ms) == ("", NOW)
    with session(city) as work:
        events = {one.chain: (one.line, one.subject, one.worth) for one in work.scalars(select(Event))}
        assert events == {"001": ("", "", 2), "002": ("{…}", "sky", 2)}
        assert len(work.scalars(select(MemberDay)).all()) == 2
        assert [one.device_id for one in work.scalars(select(Refusal))] == ["002"]
        secrets = {one.id: one.secret for one in work.scalars(select(Device))}
        assert secrets == {"001": "", "002": "s"}


def test_old_things_are_forgotten(city: Engine) -> None:
    with session(city) as work:
        work.add(Administrator(id=1, name="admin", role="city", organisation_id=1, password="x"))
        work.flush()
        work.add(Login(token_hash="t", administrator_id=1, csrf="c", made_ms=0, expires_ms=NOW))
    with session(city) as work:
        assert privacy.retain(work, NOW) == {"login": 0, "refusal": 0}
        assert privacy.retain(work, NOW + 2 * YEAR_MS, event_days=365) == {
            "login": 1,
            "refusal": 2,
            "event": 2,
        }
        assert privacy.retain(work, NOW + 2 * YEAR_MS, event_days=365) == {
            "login": 0,
            "refusal": 0,
            "event": 0,
        }


def test_the_yearly_report_says_what_is_held_about_minors(city: Engine) -> None:
    with session(city) as work:
        top = work.scalars(select(Organisation)).one()
        told = privacy.yearly(work, top, "2026")
        assert told.held == privacy.Held(people=1, named=1, devices=1, events_with_lines=1, erased=0)
        assert told.looks == [(1, "members", 2)]
        assert told.erasures == 0
        assert json.loads(told.text())["organisation"] == "安阳市"
        privacy.erase(work, work.scalars(select(Member).where(Member.minor.is_(True))).one(), NOW)
        after = privacy.yearly(work, top, "2025")
        assert after.held == privacy.Held(people=0, named=0, devices=0, events_with_lines=0, erased=1)
        assert after.erasures == 1


def test_the_circular_names_who_is_under_the_target(city: Engine) -> None:
    with session(city) as work:
        top = work.scalars(select(Organisation)).one()
        for name, took in (("<b>汤阴</b>", 1), ("滑县", 4)):
            county = organisations.add(work, name.replace("/", "∕"), top, 0, party_members=10)
            work.add(
                OrganisationPeriod(
                    shard=county.id, organisation_id=county.id, period="2026-11", participants=took
                )
            )
        work.flush()
        page = circular(work, top, "2026-11", NOW)
    assert "<b>" not in page, "names are texts"
    under = page.split("Under the target")[1]
    assert "汤阴" in under
    assert "滑县" not in under
    assert "10.0%" in page
    assert "40.0%" in page


def test_who_is_erased_or_leaves_is_no_head_any_more(city: Engine) -> None:
    with session(city) as work:
        organisations.recount_heads(work)
        gone = Member(shard=0, organisation_id=1, number="003", name="陈丽", party=True, joined_ms=5)
        work.add(gone)
        work.flush()
        organisations.count_head(work, gone, "1/")
        assert organisations.tallies(work, [1]) == {1: (3, 1, 3, 1)}
        organisations.release(work, gone, NOW)
        organisations.release(work, gone, NOW + 1)
        assert gone.left_ms == NOW
        assert organisations.tallies(work, [1]) == {1: (2, 0, 2, 0)}
        for _ in range(2):
            privacy.erase(work, gone, NOW)
            privacy.erase(work, work.scalars(select(Member).where(Member.minor.is_(True))).one(), NOW)
        assert organisations.tallies(work, [1]) == {1: (1, 0, 1, 0)}
        assert organisations.heads(work) == {(0, 1): (1, 0, 1, 0)}
