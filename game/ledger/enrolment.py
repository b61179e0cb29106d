"""Devices: enrolled with a join code, each with its own secret; revoked; chains claimed from kiosks."""

from __future__ import annotations

import secrets

from sqlalchemy import insert, literal, select, update
from sqlalchemy.orm import Session

from game.ledger import organisations
from game.ledger.models import Chain, Device, Event, Member, Organisation

KINDS = ("browser", "kiosk", "classroom")
FILE = "file"
"""Not enrolled by anybody: the files that administrators hand in for a member."""


class Unknown(ValueError):
    """No open organisation, member or chain answers to this code or number."""


def enrol(
    work: Session, join_code: str, now: int, kind: str = "browser", number: str = "", label: str = ""
) -> tuple[Device, Organisation]:
    """A new device of the organisation with `join_code`. A browser belongs to the member with `number`, or,
    without a number, to a new pseudonymous one. Raises Unknown, or ValueError for a bad kind."""
    if kind not in KINDS:
        raise ValueError(f"not a kind of device: {kind}")
    organisation = organisations.by_code(work, join_code)
    if organisation is None:
        raise Unknown("join code")
    member = None
    if kind == "browser":
        member = _member(work, organisation, number, now)
        organisation = work.get_one(Organisation, member.organisation_id)
    owner = member.id if member else None
    device = _device(work, organisation.shard, organisation.id, owner, kind, label, now)
    return device, organisation


def _member(work: Session, organisation: Organisation, number: str, now: int) -> Member:
    number = number.strip()
    if number:
        member = find(work, organisation, number)
    else:
        made = f"~{organisations.code(10)}"
        member = Member(
            shard=organisation.shard,
            organisation_id=organisation.id,
            number=made,
            name="",
            party=False,
            minor=False,
        )
        work.add(member)
        work.flush()
        organisations.count_head(work, member, organisation.path)
    _join(work, member, now)
    return member


def _join(work: Session, member: Member, now: int) -> None:
    """From the first device on a member is registered."""
    if member.joined_ms is None:
        path = work.get_one(Organisation, member.organisation_id).path
        organisations.count_head(work, member, path, -1)
        member.joined_ms = now
        organisations.count_head(work, member, path)
        work.flush()


def files_of(work: Session, member: Member, now: int) -> Device:
    """What stands for the device where a member's journal is handed in as a file: made for the first one.
    Nobody is told its secret, so nothing else can come from it."""
    own = (Device.member_id == member.id, Device.kind == FILE, Device.revoked_ms.is_(None))
    device = work.scalar(select(Device).where(*own).order_by(Device.id).limit(1))
    if device is None:
        device = _device(work, member.shard, member.organisation_id, member.id, FILE, "", now)
    _join(work, member, now)
    return device


def _device(
    work: Session, shard: int, organisation: int, member: int | None, kind: str, label: str, now: int
) -> Device:
    made = Device(
        id=secrets.token_hex(16),
        shard=shard,
        organisation_id=organisation,
        member_id=member,
        kind=kind,
        label=label[:100],
        secret=secrets.token_hex(32),
        enrolled_ms=now,
        skew_ms=0,
        waiting=0,
    )
    work.add(made)
    work.flush()
    return made


def find(work: Session, organisation: Organisation, number: str) -> Member:
    """The member with `number` in the county of `organisation`, who must be at it or below it. Raises
    Unknown."""
    member = work.scalar(
        select(Member).where(
            Member.shard == organisation.shard,
            Member.number == number.strip(),
            Member.left_ms.is_(None),
            Member.erased_ms.is_(None),
        )
    )
    if member is None:
        raise Unknown("member number")
    if not work.get_one(Organisation, member.organisation_id).path.startswith(organisation.path):
        raise Unknown("member number")
    return member


def revoke(work: Session, device: Device, now: int) -> None:
    """Nothing more is taken from this device; what it sent stays."""
    device.revoked_ms = now


def claim_code(work: Session, device: Device, name: str) -> str | None:
    """The code with which a chain that this device sent can be claimed; None when it has an owner.

    Raises Unknown if the device sent no such chain.
    """
    chain = work.get(Chain, name)
    if chain is None or chain.device_id != device.id:
        raise Unknown("chain")
    if chain.member_id is None and chain.claim_code is None:
        chain.claim_code = organisations.code(10)
    return chain.claim_code


def claim(work: Session, code: str, join_code: str, number: str, now: int) -> Member:
    """Makes what a kiosk or classroom recorded under a chain a member's own; the code works once.

    Raises Unknown.
    """
    mine = Chain.claim_code == organisations.typed(code)
    chain = work.scalar(select(Chain).where(mine).with_for_update())
    organisation = organisations.by_code(work, join_code)
    if chain is None or chain.member_id is not None:
        raise Unknown("claim code")
    if organisation is None:
        raise Unknown("join code")
    member = _member(work, organisation, number, now)
    own(work, chain, member)
    return member


def own(work: Session, chain: Chain, member: Member) -> None:
    """Gives a chain without owner, and all its events, to a member."""
    mine = Event.chain == chain.name
    days = list(work.scalars(select(Event.day).where(mine).distinct()))
    if member.shard == chain.shard:
        work.execute(update(Event).where(mine).values(member_id=member.id))
    else:
        # The shard is what rows are spread by: they move, they are not changed.
        names = [column.name for column in Event.__table__.columns]
        moved = {"shard": literal(member.shard), "member_id": literal(member.id)}
        old = select(*(moved.get(name, Event.__table__.c[name]) for name in names)).where(
            mine, Event.shard == chain.shard
        )
        work.execute(insert(Event).from_select(names, old))
        work.execute(Event.__table__.delete().where(mine, Event.shard == chain.shard))  # type: ignore[attr-defined]
    chain.shard, chain.member_id, chain.claim_code = member.shard, member.id, None
    organisations.refold(work, member.shard, member.id, days)
    work.flush()
