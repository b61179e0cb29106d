"""One member: what the ledger holds about them, that they left, and their erasure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.ledger import accounts, organisations, privacy
from game.ledger.models import Account, Device, Event, Item, Member, Voucher
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Does, Id, Refused, Sees, Visit, Words
from game.ledger.web.people import state

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.MEMBERS))]
Leaves = Annotated[Visit, Depends(Does(Act.ROSTER))]
Erases = Annotated[Visit, Depends(Does(Act.ERASE))]
MOST = 50


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about a member: `lines` of `events` are there word for word, `balance` points to spend."""

    events: int
    lines: int
    earned: int
    balance: int
    devices: list[Device]
    vouchers: list[tuple[Voucher, str]]


def member(visit: Visit, session: Session, id: int) -> Member:
    """A member of the own subtree who was not erased. Raises Refused (404) for any other."""
    found = session.scalar(select(Member).where(Member.id == id, Member.erased_ms.is_(None)))
    if found is None:
        raise Refused(404, "absent")
    visit.organisation(session, found.organisation_id)
    return found


def held(session: Session, one: Member) -> Held:
    """What the tables have about a member."""
    own = (Event.shard == one.shard, Event.member_id == one.id)
    purse = select(Account.balance).where(Account.shard == one.shard, Account.member_id == one.id)
    devices = select(Device).where(Device.member_id == one.id).order_by(Device.enrolled_ms, Device.id)
    vouchers = (
        select(Voucher, Item.title)
        .join(Item, Item.id == Voucher.item_id)
        .where(Voucher.member_id == one.id)
        .order_by(Voucher.issued_ms.desc(), Voucher.code)
    )
    return Held(
        session.scalar(select(func.count()).where(*own)) or 0,
        session.scalar(select(func.count()).where(*own, Event.line != "")) or 0,
        accounts.earned(session, one.shard, one.id),
        session.scalar(purse) or 0,
        list(session.scalars(devices.limit(MOST))),
        [(voucher, title) for voucher, title in session.execute(vouchers.limit(MOST))],
    )


def _page(visit: Visit, session: Session, one: Member, status: int = 200, said: str = "") -> Response:
    told = held(session, one)
    shown = page.placed(
        visit,
        session,
        "member.html",
        visit.organisation(session, one.organisation_id),
        member=one,
        held=told,
        devices=[(device, state(device, visit.now)) for device in told.devices],
        said=said,
    )
    shown.status_code = status
    return shown


@router.get("/members/one")
def show(visit: Seen, id: Annotated[int, Query(ge=1, lt=2**63)]) -> Response:
    """What is held about a member. Each look is written down."""
    with visit.dashboard.store.read() as session:
        one = member(visit, session, id)
        shown, where = _page(visit, session, one), one.organisation_id
    with visit.dashboard.store.write() as session:
        audit.record(session, visit.now, visit.who.id, "member", f"member {id}", "", where)
    return shown


@router.post("/members/leave")
def leave(visit: Leaves, id: Id) -> Response:
    """A member left: not counted any more, their devices stopped; a roster may bring them back."""
    with visit.dashboard.store.write() as session:
        one = member(visit, session, id)
        if one.left_ms is None:
            organisations.release(session, one, visit.now)
            audit.record(session, visit.now, visit.who.id, "leave", f"member {id}", "", one.organisation_id)
    return page.to(f"/members/one?id={id}")


@router.post("/members/erase")
def erase(visit: Erases, id: Id, number: Words = "") -> Response:
    """Erase a member for good, once their number was typed again."""
    with visit.dashboard.store.write() as session:
        one = member(visit, session, id)
        if number.strip() != one.number:
            return _page(visit, session, one, 409, "number")
        where = one.organisation_id
        told = privacy.erase(session, one, visit.now)
        detail = f"{told.events} events, {told.devices} devices, {told.refusals} refusals"
        audit.record(session, visit.now, visit.who.id, "erase", f"member {id}", detail, where)
    return page.to(f"/members?org={where}&said=erased")
