"""Awards by dated rules: ties, given once, verified; and the certificate's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from game.ledger import awards, organisations
from game.ledger.db import create, engine, session
from game.ledger.models import Award, Member, MemberPeriod, Organisation, OrganisationPeriod, Tally

ROOT = Path(__file__).parents[2]
SETS = awards.read_awards(ROOT / "levels" / "awards.yaml")
DECEMBER = 1_796_200_000_000  # 2026-12-02


@pytest.fixture
def city() -> Iterator[Engine]:
    """A city, a county, two units; members with points of November."""
    made = engine("sqlite://")
    create(made)
    with session(made) as work:
        top = organisations.add(work, "安阳市", None, 0)
        county = organisations.add(work, "汤阴县", top, 0)
        for name, took in (("教育局", 8), ("人民医院", 3)):
            unit = organisations.add(work, name, county, 0, party_members=10)
            work.add(Tally(shard=county.id, organisation_id=unit.id, party=10))
            work.add(
                OrganisationPeriod(
                    shard=county.id,
                    organisation_id=unit.id,
                    period="2025",
                    participants=took + 1,
                    party_participants=took,
                    points=100,
                )
            )
        for number, points, days, joined in (
            (1, 50, 5, 9),
            (2, 70, 5, 8),
            (3, 50, 6, 7),
            (4, 50, 5, 3),
            (5, 19, 9, 1),
            (6, 90, 3, 1),
        ):
            member = Member(
                shard=county.id, organisation_id=county.id, number=f"{number:03}", joined_ms=joined
            )
            work.add(member)
            work.flush()
            for scope in (top, county):
                work.add(
                    MemberPeriod(
                        shard=county.id,
                        organisation_id=scope.id,
                        period="2026-11",
                        member_id=member.id,
                        points=points,
                        days=days,
                    )
                )
    yield made
    made.dispose()


def named(work_engine: Engine, given: list[Award]) -> list[str]:
    with session(work_engine, write=False) as work:
        numbers = dict(work.execute(select(Member.id, Member.number)).all())
        units = dict(work.execute(select(Organisation.id, Organisation.name)).all())
    return [
        numbers[one.member_id] if one.member_id is not None else units[one.winner_organisation_id or 0]
        for one in given
    ]


def give(made: Engine, period: str, now: int = DECEMBER) -> list[Award]:
    with session(made) as work:
        top = work.scalars(select(Organisation).where(Organisation.depth == 0)).one()
        return awards.give(work, SETS, period, top, now)


def test_stars_of_a_month_by_points_then_days_then_joining(city: Engine) -> None:
    given = give(city, "2026-11")
    assert named(city, given) == ["002", "003", "004", "001"], "too few points or days win nothing"
    assert [one.place for one in given] == [1, 2, 3, 4]
    assert give(city, "2026-11") == [], "given once"
    with session(city) as work:
        found = awards.verify(work, given[0].code.lower())
        assert found is not None
        assert found.id == given[0].id
        assert awards.verify(work, "0" * 16) is None


def test_model_units_reach_the_target(city: Engine) -> None:
    later = [{**SETS[0], "from": "2025-01-01"}]
    with session(city) as work:
        top = work.scalars(select(Organisation).where(Organisation.depth == 0)).one()
        given = awards.give(work, later, "2025", top, DECEMBER)
    assert named(city, given) == ["教育局"], "3 of 10 are below 40 %"
    assert given[0].points == 8000


def test_nothing_is_given_before_the_period_is_over_or_before_the_rules(city: Engine) -> None:
    with pytest.raises(ValueError, match="not over yet"):
        give(city, "2026-12")
    with pytest.raises(ValueError, match="not over yet"):
        give(city, "2026")
    assert give(city, "2025-11") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("places: 10, points: 20", "places: many, points: 20", "set 1: star: places: 'many' will not do"),
        ("within: county", "within: planet", "set 1: star: within: write one of"),
        ("{period: month", "{period: week", "set 1: star: period: write month or year"),
        ("rate: 40, ", "", "set 1: model: write exactly"),
        ("  expert:", "  hero:", "set 1: write exactly from, star, expert, model"),
    ],
)
def test_faulty_rules_get_one_clear_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (ROOT / "levels" / "awards.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "awards.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        awards.read_awards(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="write a list"):
        awards.read_awards(file)


def test_a_certificate_is_one_page_that_can_be_scanned() -> None:
    certificate = pytest.importorskip("game.ledger.certificate")
    fonts = sorted(
        (ROOT / ".cache" / "npm").glob("*/node_modules/@expo-google-fonts/noto-serif-sc/600SemiBold/*.ttf")
    )
    if not fonts:
        pytest.skip("no font has been fetched yet: build the site once")
    told = certificate.Certificate(
        "star", "鹿山", "汤阴县", "2026-11", 1, "2026-12-02", "http://127.0.0.1/verify/ABC"
    )
    data = certificate.pdf(told, fonts[0])
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1
    assert len(data) < 300_000
