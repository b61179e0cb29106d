"""Awards: those of a period, giving them, their certificates, and the open page that verifies one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path as File
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.journal.day import day
from game.ledger import awards, certificate, redemption
from game.ledger.models import Award, Member, Organisation
from game.ledger.organisations import inside
from game.ledger.rules import AWARDS, ROOT
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Chosen, Does, Refused, Sees, Visit, Which, dashboard, language
from game.ledger.web.standings import Period, span

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.STANDING))]
Done = Annotated[Visit, Depends(Does(Act.GIVE))]
FONT = "*/node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"
MOST = 500
"""Awards on a page: a city's of a month are some dozens."""


@dataclass(frozen=True, slots=True)
class Honour:
    """An award with the names that stand on its certificate; `winner` is "" for an erased member."""

    award: Award
    winner: str
    scope: str

    @property
    def given(self) -> str:
        """The day it was given."""
        return day(self.award.given_ms)


def _winner(session: Session, award: Award) -> str:
    if award.winner_organisation_id is not None:
        return session.get_one(Organisation, award.winner_organisation_id).name
    return session.scalar(select(Member.name).where(Member.id == award.member_id)) or ""


def _honour(session: Session, award: Award) -> Honour:
    return Honour(award, _winner(session, award), session.get_one(Organisation, award.organisation_id).name)


def font() -> File | None:
    """The fetched font with Chinese, None if the fonts were never fetched on this machine."""
    return next(iter(sorted((ROOT / ".cache" / "npm").glob(FONT))), None)


@router.get("/awards")
def honours(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """The awards given in an organisation and below it for a period."""
    when = span(period, visit.now)
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        query = (
            select(Award)
            .join(Organisation, Organisation.id == Award.organisation_id)
            .where(inside(place.path), Award.period == when.period)
            .order_by(Organisation.path, Award.kind, Award.place)
            .limit(MOST)
        )
        rows = [_honour(session, one) for one in session.scalars(query)]
        return page.placed(
            visit,
            session,
            "awards.html",
            place,
            when=when,
            over=day(visit.now)[: len(when.period)] > when.period,
            groups=[
                (scope, kind, list(some))
                for (scope, kind), some in groupby(rows, lambda one: (one.scope, one.award.kind))
            ],
            names={kind: told[visit.language == "en"] for kind, told in awards.NAMES.items()},
        )


@router.post("/awards/give")
def give(
    visit: Done, org: Chosen, period: Annotated[str, Form(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")]
) -> Response:
    """Give the awards of a period that is over; giving them again adds nothing."""
    sets = awards.read_awards(AWARDS)
    with visit.dashboard.store.write() as session:
        place = visit.organisation(session, org)
        try:
            given = awards.give(session, sets, period, place, visit.now)
        except ValueError:
            raise Refused(400, "early") from None
        audit.record(session, visit.now, visit.who.id, "give", f"awards {period}", f"{len(given)}", place.id)
    return page.to(f"/awards?org={org}&period={period}")


@router.get("/awards/certificate")
def paper(visit: Seen, code: Annotated[str, Query(max_length=40)]) -> Response:
    """An award's certificate as PDF."""
    with visit.dashboard.store.read() as session:
        found = awards.verify(session, redemption.normal(code))
        if found is None:
            raise Refused(404, "absent")
        place = visit.organisation(session, found.organisation_id)
        told = _honour(session, found)
        if not told.winner:
            raise Refused(404, "absent")
        face = font()
        if face is None:
            raise Refused(503, "font")
        what, where = f"award {found.id}", place.id
        made = certificate.pdf(
            certificate.Certificate(
                found.kind,
                told.winner,
                told.scope,
                found.period,
                found.place,
                told.given,
                f"{visit.dashboard.address(visit.request)}/verify/{found.code}",
            ),
            face,
        )
        name = quote(f"{told.winner}-{found.period}.pdf")
    with visit.dashboard.store.write() as session:
        audit.record(session, visit.now, visit.who.id, "certificate", what, "", where)
    headers = {**page.PRIVATE, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(made, media_type="application/pdf", headers=headers)


@router.get("/verify/{code}")
def verify(request: Request, code: Annotated[str, Path(max_length=40)]) -> Response:
    """Whether a certificate is true: open to everyone, and says only what the certificate says."""
    spoken = language(request)
    with dashboard(request).store.read() as session:
        found = awards.verify(session, redemption.normal(code))
        told = _honour(session, found) if found is not None else None
        name = awards.NAMES[found.kind][spoken == "en"] if found is not None else ""
        status = 404 if told is None else 200
        return page.html(request, "verify.html", spoken, None, status, told=told, kind=name)
