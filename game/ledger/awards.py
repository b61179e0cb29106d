"""Awards: 学习之星 of the month, 学习达人 of the year, 学习标兵 units, by levels/awards.yaml.

An award once given stays as it was, whatever is counted later; giving a period's awards again adds nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.journal.day import day
from game.ledger.models import Award, Member, MemberPeriod, Organisation
from game.ledger.organisations import inside
from game.ledger.redemption import ALPHABET
from game.ledger.standing import standings

KINDS = ("star", "expert", "model")
NAMES = {"star": ("学习之星", "Star of Learning"), "expert": ("学习达人", "Master Learner")}
NAMES["model"] = ("学习标兵", "Model of Learning")
_NEEDED: dict[str, dict[str, type]] = {
    "star": {"period": str, "within": str, "places": int, "points": int, "days": int},
    "model": {"period": str, "of": str, "within": str, "places": int, "rate": int, "people": int},
}
_NEEDED["expert"] = _NEEDED["star"]
_ORGANISATIONS = ("city", "county", "unit", "branch", "other")


@dataclass(frozen=True, slots=True)
class Winner:
    """A place in an award: a member's or an organisation's id, with the points (model: the rate in hundredths
    of a per cent) that it was given for."""

    place: int
    id: int
    points: int


def read_awards(path: Path) -> list[dict[str, Any]]:
    """The sets of rules, oldest first. Raises ValueError, one line naming file, place and mend."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, list) or not data:
        raise ValueError(f"{path.name}: write a list of sets, each beginning with '- from:'")
    sets = []
    for index, one in enumerate(data, 1):
        where = f"{path.name}: set {index}"
        if not isinstance(one, dict) or set(one) != {"from", *KINDS}:
            raise ValueError(f"{where}: write exactly from, {', '.join(KINDS)}")
        for kind in KINDS:
            _check(one[kind], kind, f"{where}: {kind}")
        sets.append({**one, "from": str(one["from"])})
    return sorted(sets, key=lambda one: str(one["from"]))


def _check(rule: object, kind: str, where: str) -> None:
    needed = _NEEDED[kind]
    if not isinstance(rule, dict) or set(rule) != set(needed):
        raise ValueError(f"{where}: write exactly {', '.join(needed)}")
    for name, form in needed.items():
        value = rule[name]
        if type(value) is not form or (isinstance(value, int) and value < 0):
            raise ValueError(f"{where}: {name}: {value!r} will not do")
    if rule["period"] not in ("month", "year"):
        raise ValueError(f"{where}: period: write month or year")
    for name in ("of", "within"):
        if name in rule and rule[name] not in _ORGANISATIONS:
            raise ValueError(f"{where}: {name}: write one of {', '.join(_ORGANISATIONS)}")


def rule_of(sets: Sequence[Mapping[str, Any]], kind: str, period: str) -> Mapping[str, Any] | None:
    """The rule for an award of `kind` in `period` ("2026-11" or "2026"); None if it has none."""
    first = period + ("-01" if len(period) == 7 else "-01-01")
    inforce = [one for one in sets if one["from"] <= first]
    if not inforce:
        return None
    rule: Mapping[str, Any] = inforce[-1][kind]
    return rule if (rule["period"] == "month") == (len(period) == 7) else None


def people(work: Session, organisation: Organisation, period: str, rule: Mapping[str, Any]) -> list[Winner]:
    """Who would be awarded within an organisation, best first."""
    chosen = (
        select(MemberPeriod.member_id, MemberPeriod.points)
        .join(Member, (Member.shard == MemberPeriod.shard) & (Member.id == MemberPeriod.member_id))
        .where(
            MemberPeriod.organisation_id == organisation.id,
            MemberPeriod.period == period,
            MemberPeriod.points >= rule["points"],
            MemberPeriod.days >= rule["days"],
            Member.left_ms.is_(None),
            Member.erased_ms.is_(None),
        )
        .order_by(MemberPeriod.points.desc(), MemberPeriod.days.desc(), Member.joined_ms, Member.id)
        .limit(rule["places"])
    )
    return [Winner(place, id, points) for place, (id, points) in enumerate(work.execute(chosen), 1)]


def organisations(work: Session, scope: Organisation, period: str, rule: Mapping[str, Any]) -> list[Winner]:
    """Which organisations would be awarded below `scope`, best first."""
    below = (inside(scope.path), Organisation.kind == rule["of"], Organisation.closed_ms.is_(None))
    listed = work.scalars(select(Organisation).where(*below)).all()
    ranked = []
    for told in standings(work, listed, period):
        party, took = told.party_members, told.party_participants
        if party and party >= rule["people"] and took * 100 >= rule["rate"] * party:
            ranked.append((-took / party, -told.points / party, told.organisation_id, took, party))
    ranked.sort()
    return [
        Winner(place, id, round(took * 10_000 / party))
        for place, (_, _, id, took, party) in enumerate(ranked[: rule["places"]], 1)
    ]


def give(
    work: Session, sets: Sequence[Mapping[str, Any]], period: str, top: Organisation, now: int
) -> list[Award]:
    """Gives the awards of a period within `top` and everything below it; the newly given ones.

    Where an award of that kind and period was given before, nothing is added. Raises ValueError for a period
    that is not over in Shanghai at `now`.
    """
    if day(now)[: len(period)] <= period:
        raise ValueError(f"{period} is not over yet")
    given: list[Award] = []
    for kind in KINDS:
        rule = rule_of(sets, kind, period)
        if rule is None:
            continue
        scopes = select(Organisation).where(inside(top.path), Organisation.kind == rule["within"])
        for scope in work.scalars(scopes.order_by(Organisation.path)).all():
            before = select(Award.id).where(
                Award.organisation_id == scope.id, Award.period == period, Award.kind == kind
            )
            if work.scalar(before.limit(1)) is None:
                choose = organisations if kind == "model" else people
                won = choose(work, scope, period, rule)
                given += [_award(kind, period, scope, winner, now) for winner in won]
    work.add_all(given)
    work.flush()
    return given


def _award(kind: str, period: str, scope: Organisation, winner: Winner, now: int) -> Award:
    unit = kind == "model"
    return Award(
        shard=scope.shard,
        kind=kind,
        period=period,
        organisation_id=scope.id,
        member_id=None if unit else winner.id,
        winner_organisation_id=winner.id if unit else None,
        place=winner.place,
        points=winner.points,
        code="".join(secrets.choice(ALPHABET) for _ in range(16)),
        given_ms=now,
    )


def verify(work: Session, code: str) -> Award | None:
    """The award with this code on its certificate, None if there is none."""
    return work.scalar(select(Award).where(Award.code == code.upper().strip()))
