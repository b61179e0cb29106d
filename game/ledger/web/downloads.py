"""Reports of an organisation and a period: workbook, tables, and the circular as a page to print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from game.ledger.models import Organisation
from game.ledger.reports import gather, workbook
from game.ledger.reports.circular import circular
from game.ledger.rules import FILES
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Sees, Visit, Which
from game.ledger.web.standings import Period, span

router = APIRouter()
Made = TypeVar("Made")
Seen = Annotated[Visit, Depends(Sees(Act.REPORTS))]
TABLES = ("people", "organisations", "redeemed")
"""The tables of a report, in its own order."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/reports")
def reports(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """Which period's report, and in which form."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        return page.placed(
            visit,
            session,
            "reports.html",
            place,
            when=span(period, visit.now),
            tables=TABLES,
        )


def _noted(
    visit: Visit, org: int | None, period: str, what: str, make: Callable[[Session, Organisation, str], Made]
) -> tuple[Made, str]:
    """What `make` reads of an organisation and a period, and the period. It is noted when it is made: whoever
    writes to the ledger does not wait for a report."""
    when = span(period, visit.now).period
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        id, name = place.id, place.name
        made = make(session, place, when)
    with visit.dashboard.store.write() as session:
        audit.record(session, visit.now, visit.who.id, "report", f"{what} {when}", name, id)
    return made, when


def _report(visit: Visit, org: int | None, period: str, what: str) -> tuple[gather.Report, str]:
    def make(session: Session, place: Organisation, when: str) -> gather.Report:
        return gather.gather(session, place, when, FILES, visit.now)

    return _noted(visit, org, period, what, make)


def file(name: str, data: bytes, kind: str) -> Response:
    """A file to keep, named as it will be called there."""
    headers = {**page.PRIVATE, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=kind, headers=headers)


@router.get("/reports/workbook")
def book(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """The report as an XLSX workbook."""
    told, when = _report(visit, org, period, "workbook")
    return file(f"{told.organisation}-{when}.xlsx", workbook.xlsx_bytes(told), XLSX)


@router.get("/reports/table")
def table(
    visit: Seen,
    org: Which = None,
    period: Period = "",
    name: Annotated[str, Query(pattern="^(people|organisations|redeemed)$")] = "people",
) -> Response:
    """One table of the report as a CSV file."""
    told, _ = _report(visit, org, period, name)
    made, data = list(workbook.csv_files(told).items())[TABLES.index(name)]
    return file(f"{told.organisation}-{made}", data, "text/csv; charset=utf-8")


def styled(text: str) -> dict[str, str]:
    """Headers for a page with one style of its own: that style is let in by its SHA-256 and nothing else."""
    own = text.split("<style>", 1)[1].split("</style>", 1)[0]
    mark = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    policy = page.PRIVATE["Content-Security-Policy"].replace("style-src 'self'", f"style-src 'sha256-{mark}'")
    return {**page.PRIVATE, "Content-Security-Policy": policy}


@router.get("/reports/circular")
def printed(visit: Seen, org: Which = None, period: Period = "") -> Response:
    """The circular of the period, to print."""

    def make(session: Session, place: Organisation, when: str) -> str:
        return circular(session, place, when, visit.now)

    text, _ = _noted(visit, org, period, "circular", make)
    return Response(text, media_type="text/html; charset=utf-8", headers=styled(text))
