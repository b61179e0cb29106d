"""Rosters handed in as CSV files: held to the own subtree, and taken whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, File, Response, UploadFile
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from game.ledger import roster
from game.ledger.models import Member, Organisation
from game.ledger.organisations import inside
from game.ledger.reports.table import csv_bytes
from game.ledger.roster import Import
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.downloads import file
from game.ledger.web.gate import Does, Refused, Sees, Visit

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.ROSTER))]
Done = Annotated[Visit, Depends(Does(Act.ROSTER))]
Sent = Annotated[UploadFile, File()]
MOST = 100
"""Faults on a page."""


class _Nothing(Exception):
    """The file has faults: all of it is left alone."""


def _names(session: Session, place: Organisation) -> str:
    """The path of an organisation as a roster names it."""
    ids = [int(one) for one in place.path.strip("/").split("/")]
    names = select(Organisation.name).where(Organisation.id.in_(ids)).order_by(Organisation.depth)
    return "/".join(session.scalars(names))


def _page(visit: Visit, status: int = 200, done: Import | None = None) -> Response:
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, None)
        faults = sorted(done.faults, key=lambda one: one[0]) if done is not None else []
        shown = page.placed(
            visit,
            session,
            "roster.html",
            place,
            top=_names(session, place),
            done=done,
            faults=faults[:MOST],
            left=len(faults) - len(faults[:MOST]),
        )
    shown.status_code = status
    return shown


def _take(visit: Visit, what: str, take: Callable[[Session, Organisation], Import]) -> Response:
    """Imports a roster in one transaction; with any fault nothing of it stays."""
    done = Import()
    try:
        with visit.dashboard.store.write() as session:
            place = visit.organisation(session, None)
            done = take(session, place)
            if done.faults:
                raise _Nothing
            told = f"{done.added} added, {done.changed} changed, {done.organisations} organisations"
            audit.record(session, visit.now, visit.who.id, "roster", what, told, place.id)
    except _Nothing:
        return _page(visit, 422, done)
    except IntegrityError:  # somebody else added one of these numbers meanwhile
        raise Refused(409, "meanwhile") from None
    return _page(visit, 200, done)


@router.get("/roster")
def show(visit: Seen) -> Response:
    """Where a roster is handed in, and what it has to look like."""
    return _page(visit)


@router.post("/roster/four")
def four(visit: Done, people: Sent) -> Response:
    """A roster of four columns."""
    data = people.file.read()
    return _take(
        visit, "four columns", lambda session, place: roster.import_four(session, data, visit.now, place)
    )


@router.post("/roster/oneroster")
def oneroster(visit: Done, orgs: Sent, users: Sent) -> Response:
    """OneRoster's orgs.csv and users.csv."""
    places, people = orgs.file.read(), users.file.read()
    return _take(
        visit,
        "OneRoster",
        lambda session, place: roster.import_oneroster(session, places, people, visit.now, place),
    )


@router.get("/roster/current")
def current(visit: Seen) -> Response:
    """The roster as it stands, in the four columns that can be handed in again."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, None)
        where, top = place.id, _names(session, place)
        names: dict[int, str] = {place.id: top}
        for one in session.scalars(
            select(Organisation).where(inside(place.path)).order_by(Organisation.depth)
        ):
            if one.parent_id in names:
                names[one.id] = f"{names[one.parent_id]}/{one.name}"
        people = session.execute(
            select(Member.organisation_id, Member.number, Member.name, Member.party)
            .join(Organisation, Organisation.id == Member.organisation_id)
            .where(inside(place.path), Member.left_ms.is_(None), Member.erased_ms.is_(None))
            .order_by(Organisation.path, Member.number)
        )
        rows = [(names[at], number, name, "是" if party else "否") for at, number, name, party in people]
    with visit.dashboard.store.write() as session:
        audit.record(session, visit.now, visit.who.id, "report", "roster", top, where)
    data = csv_bytes(("组织", "编号", "姓名", "党员"), rows)
    return file(f"{top.rpartition('/')[2]}-名册.csv", data, "text/csv; charset=utf-8")
