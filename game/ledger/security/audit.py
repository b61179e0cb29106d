"""The record of what administrators did: written in the same transaction as the act itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger.models import Administrator, Audit, Organisation
from game.ledger.organisations import inside

LONGEST = 200
"""Characters of an object or detail that are kept."""


def record(
    session: Session,
    now_ms: int,
    administrator: int | None,
    act: str,
    what: str,
    detail: str = "",
    organisation: int | None = None,
) -> None:
    """Write down one act. `what` names its object ("device 3f…"), `organisation` where it happened."""
    session.add(
        Audit(
            time_ms=now_ms,
            administrator_id=administrator,
            act=act,
            object=what[:LONGEST],
            detail=detail[:LONGEST],
            organisation_id=organisation,
        )
    )


def acts(session: Session, path: str, before: int | None, most: int) -> Sequence[tuple[Audit, str, str]]:
    """The last acts in the subtree at `path`, newest first: (act, administrator's name, organisation's name).

    `before` is the id of the last one shown on the page before, None for the first page.
    """
    query = (
        select(Audit, Administrator.name, Organisation.name)
        .join(Organisation, Organisation.id == Audit.organisation_id)
        .outerjoin(Administrator, Administrator.id == Audit.administrator_id)
        .where(inside(path))
        .order_by(Audit.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(Audit.id < before)
    return [(act, name or "", place) for act, name, place in session.execute(query)]
