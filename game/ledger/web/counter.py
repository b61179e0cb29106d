"""The redemption counter: vouchers are issued for points, handed out once, and undone with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import accounts, redemption
from game.ledger.models import Item, Member, Voucher
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Does, Id, Refused, Sees, Visit, Words, visible
from game.ledger.web.journals import numbered
from game.ledger.web.person import member as member_of

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.COUNTER))]
Done = Annotated[Visit, Depends(Does(Act.COUNTER))]
Reverses = Annotated[Visit, Depends(Does(Act.REVERSE))]
Code = Annotated[str, Form(max_length=60)]


@dataclass(frozen=True, slots=True)
class Purse:
    """A member at the counter: the points they have to spend, and what they can have."""

    member: Member
    balance: int
    items: list[Item]


def _page(
    visit: Visit,
    status: int = 200,
    said: str = "",
    code: str = "",
    found: tuple[Voucher, Item, Member] | None = None,
    purse: Purse | None = None,
    made: bool = False,
) -> Response:
    state = ""
    if found is not None:
        over = found[0].state == "issued" and found[0].expires_ms <= visit.now
        state = "expired" if over else found[0].state
    return page.html(
        visit.request,
        "counter.html",
        visit.language,
        visit,
        status,
        said=said,
        code=code,
        found=found,
        state=state,
        purse=purse,
        made=made,
    )


def _found(visit: Visit, session: Session, code: str) -> tuple[Voucher, Item, Member]:
    """A voucher of a member of the own subtree. Raises Refused (404) for any other."""
    try:
        voucher = redemption.find(session, code)
    except redemption.Refused:
        raise Refused(404, "absent") from None
    member = session.scalars(
        select(Member).where(Member.shard == voucher.shard, Member.id == voucher.member_id)
    ).one()
    visit.organisation(session, member.organisation_id)
    return voucher, session.scalars(select(Item).where(Item.id == voucher.item_id)).one(), member


@router.get("/counter")
def counter(visit: Seen) -> Response:
    """Where a voucher's code is typed in."""
    return _page(visit)


@router.post("/counter/look")
def look(visit: Done, code: Code) -> Response:
    """What a voucher is for, whose, and whether it may be handed out."""
    with visit.dashboard.store.read() as session:
        try:
            return _page(visit, code=code, found=_found(visit, session, code))
        except Refused:
            return _page(visit, 404, "unknown", code)


@router.post("/counter/use")
def use(visit: Done, code: Code) -> Response:
    """Hand out what the voucher is for: once."""
    with visit.dashboard.store.write() as session:
        try:
            found = _found(visit, session, code)
        except Refused:
            return _page(visit, 404, "unknown", code)
        voucher, item, member = found
        try:
            redemption.use(session, code, visit.who.id, visit.now)
        except redemption.Refused as error:
            return _page(visit, 409, f"state.{error.reason}", code)
        audit.record(
            session,
            visit.now,
            visit.who.id,
            "redeem",
            f"voucher {voucher.code}",
            f"{item.title} · {voucher.cost}",
            member.organisation_id,
        )
        return _page(visit, said="done", found=found)


def _purse(visit: Visit, session: Session, member: Member) -> Purse:
    """What a member has and can have; what was earned since is credited first."""
    balance = accounts.credit(session, member.shard, member.id, visit.now)
    return Purse(member, balance, redemption.offered(session, member))


@router.post("/counter/member")
def look_up(visit: Done, number: Words) -> Response:
    """A member's points and what they can have for them. Each look is written down."""
    with visit.dashboard.store.write() as session:
        member = numbered(visit, session, number)
        if member is None:
            return _page(visit, 404, "nobody")
        where = member.organisation_id
        audit.record(session, visit.now, visit.who.id, "member", f"member {member.id}", "counter", where)
        return _page(visit, purse=_purse(visit, session, member))


@router.post("/counter/issue")
def issue(visit: Done, id: Id, item: Id, balance: Annotated[int, Form(ge=0, lt=2**53)]) -> Response:
    """A voucher for a member, paid with their points. `balance` is what the page showed: a form that is sent
    twice finds another one, and buys nothing."""
    said = ""
    try:
        with visit.dashboard.store.write() as session:
            member = member_of(visit, session, id)
            purse = _purse(visit, session, member)
            chosen = next((one for one in purse.items if one.id == item), None)
            if chosen is None:
                raise redemption.Refused("closed")
            if purse.balance != balance:
                raise redemption.Refused("moved")
            made = redemption.issue(session, member, chosen, visit.now)
            detail = f"{chosen.title} · {made.cost}"
            what = f"voucher {made.code}"
            audit.record(session, visit.now, visit.who.id, "issue", what, detail, member.organisation_id)
            return _page(visit, said="made", found=(made, chosen, member), made=True)
    except accounts.NotEnough:
        said = "short"
    except redemption.Refused as error:
        said = error.reason
    with visit.dashboard.store.write() as session:
        return _page(visit, 409, said, purse=_purse(visit, session, member_of(visit, session, id)))


@router.post("/counter/reverse")
def reverse(visit: Reverses, code: Code, reason: Words = "") -> Response:
    """Undo a voucher: the points go back, the thing too if it was not handed out. A reason is asked."""
    said = ""
    with visit.dashboard.store.write() as session:
        try:
            found = _found(visit, session, code)
        except Refused:
            return _page(visit, 404, "unknown", code)
        told = visible(reason)
        try:
            redemption.reverse(session, code, told, visit.now)
        except redemption.Refused as error:
            said = error.reason
        else:
            what = f"voucher {found[0].code}"
            audit.record(session, visit.now, visit.who.id, "reverse", what, told, found[2].organisation_id)
        return _page(visit, 409 if said else 200, said or "back", code, found)
