"""Journals handed in as .shiqi files for a member who cannot send them."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, File, Response, UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import enrolment, intake
from game.ledger.models import Member, Organisation
from game.ledger.organisations import inside
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Does, Refused, Sees, Visit, Words, visible

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.UPLOAD))]
Done = Annotated[Visit, Depends(Does(Act.UPLOAD))]


def numbered(visit: Visit, session: Session, number: str) -> Member | None:
    """The member of the own subtree with this number, who did not leave; None if there is none. Raises
    Refused (409) if there are several, of several counties."""
    query = (
        select(Member)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(inside(visit.who.path), Member.number == visible(number))
        .where(Member.left_ms.is_(None), Member.erased_ms.is_(None))
    )
    found = session.scalars(query.limit(2)).all()
    if len(found) > 1:
        raise Refused(409, "several")
    return found[0] if found else None


def _page(
    visit: Visit,
    status: int = 200,
    said: str = "",
    number: str = "",
    taken: intake.Taken | None = None,
) -> Response:
    reasons = Counter(reason for _, reason in taken.refused) if taken is not None else Counter[str]()
    return page.html(
        visit.request,
        "journals.html",
        visit.language,
        visit,
        status,
        said=said,
        number=number,
        taken=taken,
        reasons=sorted(reasons.items()),
    )


@router.get("/journals")
def show(visit: Seen) -> Response:
    """Where a journal is handed in."""
    return _page(visit)


@router.post("/journals")
def take(visit: Done, number: Words, journal: Annotated[UploadFile, File()]) -> Response:
    """Take in a journal for a member: judged line by line as if a device had sent the file."""
    data = journal.file.read()
    own = visit.dashboard
    with own.store.write() as session:
        member = numbered(visit, session, number)
        if member is None:
            return _page(visit, 404, "unknown", number)
        device = enrolment.files_of(session, member, visit.now)
        taken = intake.take_file(session, own.rules, device, data, visit.now)
        if not taken.stored + taken.known + len(taken.refused):
            session.rollback()
            return _page(visit, 422, "empty", number)
        told = f"{taken.stored} stored, {taken.known} known, {len(taken.refused)} refused"
        audit.record(
            session, visit.now, visit.who.id, "journal", f"member {member.id}", told, member.organisation_id
        )
    return _page(visit, 200, "done", number, taken)
