"""The administrators of a subtree, and the record of what they did."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from game.ledger.models import Administrator, Organisation
from game.ledger.organisations import inside
from game.ledger.security import audit, entry, passwords
from game.ledger.security.roles import Act, Role, may_make
from game.ledger.web import page
from game.ledger.web.gate import Chosen, Does, Refused, Sees, Visit, Which, printable

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.ADMINISTRATORS))]
Done = Annotated[Visit, Depends(Does(Act.ADMINISTRATORS))]
Audits = Annotated[Visit, Depends(Sees(Act.AUDIT))]
MOST = 50


def _page(visit: Visit, session: Session, made: str = "", password: str = "") -> Response:
    rows = session.execute(
        select(Administrator, Organisation)
        .join(Organisation, Organisation.id == Administrator.organisation_id)
        .where(inside(visit.who.path))
        .order_by(Organisation.path, Administrator.name)
        .limit(500)
    ).all()
    places = session.scalars(
        select(Organisation)
        .where(inside(visit.who.path), Organisation.closed_ms.is_(None))
        .order_by(Organisation.path)
        .limit(500)
    ).all()
    return page.html(
        visit.request,
        "administrators.html",
        visit.language,
        visit,
        rows=[
            (found, place, found.id != visit.who.id and may_make(visit.who.role, found.role))
            for found, place in rows
        ],
        places=places,
        roles=[role.value for role in Role if may_make(visit.who.role, role)],
        made=made,
        password=password,
        trail=[],
        place=None,
    )


@router.get("/administrators")
def administrators(visit: Seen) -> Response:
    """Who administers what in the own subtree."""
    with visit.dashboard.store.read() as session:
        return _page(visit, session)


@router.post("/administrators/make")
def make(
    visit: Done,
    name: Annotated[str, Form(max_length=60)],
    role: Annotated[Role, Form()],
    org: Chosen,
) -> Response:
    """A new administrator; the password is shown this once."""
    told = printable(name)
    if not may_make(visit.who.role, role):
        raise Refused(403, "role")
    password = passwords.made()
    hashed = passwords.hashed(password)
    with visit.dashboard.store.write() as session:
        place = visit.organisation(session, org)
        if session.scalar(select(Administrator.id).where(Administrator.name == told)) is not None:
            raise Refused(409, "taken")
        session.add(Administrator(name=told, role=role, organisation_id=place.id, password=hashed))
        try:
            session.flush()
        except IntegrityError:  # another server was quicker
            raise Refused(409, "taken") from None
        audit.record(session, visit.now, visit.who.id, "make administrator", told, role, place.id)
        return _page(visit, session, told, password)


def _other(visit: Visit, session: Session, id_: int) -> Administrator:
    """An administrator below oneself. Raises Refused for oneself, another subtree, a role out of reach."""
    found = session.get(Administrator, id_)
    if found is None:
        raise Refused(404, "absent")
    visit.organisation(session, found.organisation_id)
    if found.id == visit.who.id or not may_make(visit.who.role, found.role):
        raise Refused(403, "role")
    return found


@router.post("/administrators/disable")
def disable(visit: Done, id: Chosen) -> Response:
    """Close an administrator's door at once, or open it again."""
    with visit.dashboard.store.write() as session:
        found = _other(visit, session, id)
        act = "disable administrator" if found.disabled_ms is None else "enable administrator"
        found.disabled_ms = visit.now if found.disabled_ms is None else None
        entry.leave_all(session, found.id)
        audit.record(session, visit.now, visit.who.id, act, found.name, "", found.organisation_id)
    return page.to("/administrators")


@router.post("/administrators/reset")
def reset(visit: Done, id: Chosen) -> Response:
    """A new random password, shown this once, and no second factor: for one who lost either."""
    password = passwords.made()
    hashed = passwords.hashed(password)
    with visit.dashboard.store.write() as session:
        found = _other(visit, session, id)
        entry.set_password(session, found.id, hashed)
        found.totp = None
        audit.record(
            session, visit.now, visit.who.id, "reset administrator", found.name, "", found.organisation_id
        )
        session.flush()
        return _page(visit, session, found.name, password)


@router.get("/audit")
def audits(visit: Audits, org: Which = None, before: Which = None) -> Response:
    """What was done in the subtree, newest first."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        rows = audit.acts(session, place.path, before, MOST + 1)
        return page.placed(
            visit,
            session,
            "audit.html",
            place,
            rows=rows[:MOST],
            more=rows[MOST - 1][0].id if len(rows) > MOST else None,
        )
