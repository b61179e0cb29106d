"""Members, their devices, and the lines the ledger refused."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Response
from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import aliased

from game.ledger.models import Device, Member, Organisation, Refusal
from game.ledger.organisations import begins, inside
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Does, Refused, Sees, Visit, Which

router = APIRouter()
Members = Annotated[Visit, Depends(Sees(Act.MEMBERS))]
Devices = Annotated[Visit, Depends(Sees(Act.DEVICES))]
Revokes = Annotated[Visit, Depends(Does(Act.REVOKE))]
Before = Annotated[int | None, Query(ge=0, lt=2**63)]
After = Annotated[str, Query(max_length=100)]
MOST = 50
"""Rows on a page."""
SILENT = 7 * 86_400_000
"""A device not seen for this many ms is marked as silent."""
ABOVE = aliased(Organisation)
PLACE: ColumnElement[str] = case(
    (Organisation.depth > 2, ABOVE.name + " · " + Organisation.name), else_=Organisation.name
)
"""An organisation's name, with the one above it where many have the same ("第一支部")."""
WRONG_CLOCK = 5 * 60_000
"""A device whose clock is off by more ms than this is marked."""


@router.get("/members")
def members(
    visit: Members,
    org: Which = None,
    find: After = "",
    after: After = "",
    said: Annotated[str, Query(pattern="^(erased)?$")] = "",
) -> Response:
    """The roster of a subtree by number; `find` is the start of a number or of a name.

    Each look is written down: the yearly report on minors says who looked.
    """
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        seen = place.id
        query = (
            select(Member, PLACE)
            .join(Organisation, Organisation.id == Member.organisation_id)
            .outerjoin(ABOVE, ABOVE.id == Organisation.parent_id)
            .where(inside(place.path))
            .where(Member.erased_ms.is_(None))
            .order_by(Member.number, Member.id)
            .limit(MOST + 1)
        )
        wanted = find.replace("\0", "").strip()
        if wanted:
            query = query.where(or_(begins(Member.number, wanted), begins(Member.name, wanted)))
        if after:
            query = query.where(Member.number > after.replace("\0", ""))
        rows = session.execute(query).all()
        shown = page.placed(
            visit,
            session,
            "members.html",
            place,
            find=wanted,
            said=said,
            rows=rows[:MOST],
            more=rows[MOST - 1][0].number if len(rows) > MOST else "",
        )
    # Noted before it is sent, but not while it is read: a page of names keeps no device waiting.
    with visit.dashboard.store.write() as session:
        audit.record(session, visit.now, visit.who.id, "members", f"organisation {seen}", "", seen)
    return shown


def state(device: Device, now: int) -> str:
    """How a device is, in one word: revoked, silent, clock (wrong), waiting, well."""
    if device.revoked_ms is not None:
        return "revoked"
    if device.seen_ms is None or now - device.seen_ms > SILENT:
        return "silent"
    if abs(device.skew_ms or 0) > WRONG_CLOCK:
        return "clock"
    return "waiting" if device.waiting else "well"


@router.get("/devices")
def devices(visit: Devices, org: Which = None, after: After = "") -> Response:
    """The devices of a subtree and how each is."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        query = (
            select(Device, PLACE)
            .join(Organisation, Organisation.id == Device.organisation_id)
            .outerjoin(ABOVE, ABOVE.id == Organisation.parent_id)
            .where(inside(place.path))
            .order_by(Device.id)
            .limit(MOST + 1)
        )
        if after:
            query = query.where(Device.id > after.replace("\0", ""))
        rows = session.execute(query).all()
        return page.placed(
            visit,
            session,
            "devices.html",
            place,
            rows=[(device, name, state(device, visit.now)) for device, name in rows[:MOST]],
            more=rows[MOST - 1][0].id if len(rows) > MOST else "",
        )


@router.post("/devices/revoke")
def revoke(visit: Revokes, device: Annotated[str, Form(max_length=100)]) -> Response:
    """Take a device's secret away: what it sends from now on is refused; what it sent before stays."""
    with visit.dashboard.store.write() as session:
        found = session.scalar(select(Device).where(Device.id == device.replace("\0", "")))
        if found is None:
            raise Refused(404, "absent")
        place = visit.organisation(session, found.organisation_id)
        if found.revoked_ms is None:
            found.revoked_ms = visit.now
            audit.record(
                session, visit.now, visit.who.id, "revoke", f"device {found.id}", found.label or "", place.id
            )
    return page.to(f"/devices?org={place.id}")


@router.get("/refusals")
def refusals(visit: Devices, org: Which = None, before: Before = None) -> Response:
    """Lines that were refused, newest first, each with its reason."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        query = (
            select(Refusal, Device, PLACE)
            .join(Organisation, Organisation.id == Refusal.organisation_id)
            .outerjoin(ABOVE, ABOVE.id == Organisation.parent_id)
            .outerjoin(Device, Device.id == Refusal.device_id)
            .where(inside(place.path))
            .order_by(Refusal.id.desc())
            .limit(MOST + 1)
        )
        if before is not None:
            query = query.where(Refusal.id < before)
        rows = session.execute(query).all()
        return page.placed(
            visit,
            session,
            "refusals.html",
            place,
            rows=rows[:MOST],
            more=rows[MOST - 1][0].id if len(rows) > MOST else None,
        )
