"""What can be had for points: the things of the own organisations and of those above, and their stock."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from game.ledger import redemption
from game.ledger.models import Item, Organisation
from game.ledger.organisations import ancestors, inside
from game.ledger.security import audit
from game.ledger.security.roles import Act, within
from game.ledger.web import page
from game.ledger.web.gate import Chosen, Does, Id, Refused, Sees, Visit, Which, printable

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.COUNTER))]
Done = Annotated[Visit, Depends(Does(Act.CATALOGUE))]
MOST = 300
MANY = 1_000_000


def _page(visit: Visit, org: int | None, status: int = 200, said: str = "") -> Response:
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        query = (
            select(Item, Organisation)
            .join(Organisation, Organisation.id == Item.organisation_id)
            .where(or_(inside(place.path), Organisation.id.in_(ancestors(place.path))))
            .order_by(Item.closed_ms.is_not(None), Organisation.path, Item.kind, Item.cost, Item.id)
            .limit(MOST)
        )
        rows = [(item, where, within(visit.who.path, where.path)) for item, where in session.execute(query)]
        shown = page.placed(visit, session, "catalogue.html", place, rows=rows, said=said)
    shown.status_code = status
    return shown


@router.get("/catalogue")
def catalogue(visit: Seen, org: Which = None) -> Response:
    """What the members of an organisation can have for their points."""
    return _page(visit, org)


@router.post("/catalogue/add")
def add(
    visit: Done,
    org: Chosen,
    kind: Annotated[str, Form(pattern="^(book|ticket)$")],
    title: Annotated[str, Form(max_length=100)],
    cost: Annotated[int, Form(ge=1, le=MANY)],
    stock: Annotated[int, Form(ge=0, le=MANY)],
) -> Response:
    """A new thing for the members of an organisation and of all below it."""
    told = printable(title)
    with visit.dashboard.store.write() as session:
        place = visit.organisation(session, org)
        item = redemption.add_item(session, place.shard, place.id, kind, told, cost, stock)
        detail = f"{told} · {cost} · {stock}"
        audit.record(session, visit.now, visit.who.id, "add item", f"item {item.id}", detail, place.id)
    return page.to(f"/catalogue?org={org}")


def _item(visit: Visit, session: Session, id: int) -> Item:
    """A thing of an organisation of the own subtree. Raises Refused (404)."""
    found = session.scalar(select(Item).where(Item.id == id))
    if found is None:
        raise Refused(404, "absent")
    visit.organisation(session, found.organisation_id)
    return found


@router.post("/catalogue/stock")
def stock(visit: Done, item: Id, change: Annotated[int, Form(ge=-MANY, le=MANY)]) -> Response:
    """Things come to the shelf, or (below zero) go from it."""
    with visit.dashboard.store.write() as session:
        found = _item(visit, session, item)
        where = found.organisation_id
        enough = redemption.restock(session, found, change)
        if enough:
            what = f"item {item}"
            audit.record(session, visit.now, visit.who.id, "stock", what, f"{found.title} {change:+}", where)
    return page.to(f"/catalogue?org={where}") if enough else _page(visit, where, 409, "short")


@router.post("/catalogue/close")
def close(visit: Done, item: Id) -> Response:
    """No more vouchers for a thing, or again; those that are out stay good."""
    with visit.dashboard.store.write() as session:
        found = _item(visit, session, item)
        act = "close item" if found.closed_ms is None else "open item"
        found.closed_ms = visit.now if found.closed_ms is None else None
        where = found.organisation_id
        audit.record(session, visit.now, visit.who.id, act, f"item {item}", found.title, where)
    return page.to(f"/catalogue?org={where}")
