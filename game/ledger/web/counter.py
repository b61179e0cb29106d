"""The redemption counter: a voucher is checked, then handed out once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import redemption
from game.ledger.models import Item, Member, Voucher
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Does, Refused, Sees, Visit

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.COUNTER))]
Done = Annotated[Visit, Depends(Does(Act.COUNTER))]
Code = Annotated[str, Form(max_length=60)]


def _page(
    visit: Visit,
    status: int = 200,
    said: str = "",
    code: str = "",
    found: tuple[Voucher, Item, Member] | None = None,
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
