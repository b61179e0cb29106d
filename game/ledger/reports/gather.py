"""What a report of one organisation and one period says, row by row, straight from the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.journal.day import day
from game.ledger import standing
from game.ledger.models import Item, Member, MemberPeriod, Organisation, Voucher
from game.ledger.organisations import inside
from game.ledger.reports.table import Cell

PEOPLE = ("名次 Rank", "编号 Number", "姓名或代号 Name", "组织 Organisation", "积分 Points", "天数 Days")
ORGANISATIONS = (
    "组织 Organisation",
    "级别 Kind",
    "党员 Party members",
    "注册 Registered",
    "注册率 Registration",
    "参与 Participants",
    "参与率 Participation",
    "达标 On target",
    "积分 Points",
    "人均 Per head",
)
REDEEMED = (
    "兑换码末四位 Code ends",
    "编号 Number",
    "物品 Item",
    "积分 Points",
    "状态 State",
    "领取日 Issued",
    "使用日 Used",
)
STATES = {
    "issued": "未用 issued",
    "used": "已用 used",
    "expired": "过期 expired",
    "reversed": "撤销 reversed",
}
KINDS = {"city": "市", "county": "县区", "unit": "单位", "branch": "支部", "other": "其他"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings and its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Report:
    """The three tables of a report, and by what they can be checked: SHA-256 of the data and of the rules."""

    organisation: str
    period: str
    made_ms: int
    people: Sheet
    organisations: Sheet
    redeemed: Sheet
    data_hash: str
    rules_hash: str

    @property
    def sheets(self) -> tuple[Sheet, Sheet, Sheet]:
        """The tables in the workbook's order."""
        return self.people, self.organisations, self.redeemed


def gather(work: Session, organisation: Organisation, period: str, rules: Iterable[Path], now: int) -> Report:
    """The report of an organisation with all below it; `rules` are the files of the rules."""
    people = Sheet("个人", PEOPLE, list(_people(work, organisation, period)))
    places = Sheet("组织", ORGANISATIONS, list(_organisations(work, organisation, period)))
    redeemed = Sheet("兑换", REDEEMED, list(_redeemed(work, organisation, period)))
    data = [
        [sheet.name, list(sheet.header), [list(row) for row in sheet.rows]]
        for sheet in (people, places, redeemed)
    ]
    return Report(
        organisation.name,
        period,
        now,
        people,
        places,
        redeemed,
        sha256(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()),
        sha256(b"".join(path.read_bytes() for path in rules)),
    )


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _people(work: Session, organisation: Organisation, period: str) -> Iterator[Sequence[Cell]]:
    wanted = (
        select(Member.number, Member.name, Organisation.name, MemberPeriod.points, MemberPeriod.days)
        .join(Member, (Member.shard == MemberPeriod.shard) & (Member.id == MemberPeriod.member_id))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(MemberPeriod.organisation_id == organisation.id, MemberPeriod.period == period)
        .order_by(MemberPeriod.points.desc(), MemberPeriod.member_id)
    )
    rank, last = 0, -1
    for place, (number, name, branch, points, days) in enumerate(work.execute(wanted), 1):
        if points != last:
            rank, last = place, points
        yield rank, number, name, branch, points, days


def _organisations(work: Session, organisation: Organisation, period: str) -> Iterator[Sequence[Cell]]:
    query = (
        select(Organisation)
        .where(inside(organisation.path), Organisation.closed_ms.is_(None))
        .order_by(Organisation.path)
    )
    listed = work.scalars(query).all()
    for one, told in zip(listed, standing.standings(work, listed, period), strict=True):
        yield (
            "　" * (one.depth - organisation.depth) + one.name,
            KINDS[one.kind],
            told.party_members,
            told.registered,
            _rate(told.registration),
            told.participants,
            _rate(told.participation),
            "是 yes" if told.on_target else "否 no",
            told.points,
            None if told.per_head is None else round(told.per_head, 2),
        )


def _rate(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _redeemed(work: Session, organisation: Organisation, period: str) -> Iterator[Sequence[Cell]]:
    query = (
        select(Voucher, Member.number, Item.title)
        .join(Member, (Member.shard == Voucher.shard) & (Member.id == Voucher.member_id))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .join(Item, Item.id == Voucher.item_id)
        .where(inside(organisation.path))
        .order_by(Voucher.issued_ms, Voucher.code)
    )
    for voucher, number, title in work.execute(query):
        if day(voucher.issued_ms).startswith(period):
            # The whole code is as good as the thing itself: a report shows only its end.
            used = day(voucher.used_ms) if voucher.used_ms is not None else None
            state = STATES[voucher.state]
            yield voucher.code[-4:], number, title, voucher.cost, state, day(voucher.issued_ms), used
