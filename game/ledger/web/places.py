"""The tree of organisations: who stands below whom, how many registered, and the code to join by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import organisations
from game.ledger.models import Organisation
from game.ledger.security import audit
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Chosen, Does, Sees, Visit, Which, printable

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.STANDING))]
Done = Annotated[Visit, Depends(Does(Act.TREE))]


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation with the heads of its subtree; registration is measured by `asked`."""

    place: Organisation
    members: int
    joined: int
    party: int

    @property
    def asked(self) -> int:
        """Party members: as declared, else as the roster has them."""
        return self.place.party_members or self.party

    @property
    def rate(self) -> float | None:
        """Registered members ÷ Party members, which may pass 1; None without Party members."""
        return self.joined / self.asked if self.asked else None


def branches(session: Session, places: Sequence[Organisation]) -> list[Branch]:
    """Each organisation with the heads of its whole subtree, from the kept tallies."""
    heads = organisations.tallies(session, [place.id for place in places])
    made = []
    for place in places:
        members, party, joined, _ = heads.get(place.id, (0, 0, 0, 0))
        made.append(Branch(place, members, joined, party))
    return made


@router.get("/tree")
def tree(visit: Seen, org: Which = None) -> Response:
    """One organisation and those right below it."""
    with visit.dashboard.store.read() as session:
        place = visit.organisation(session, org)
        below = session.scalars(
            select(Organisation).where(Organisation.parent_id == place.id).order_by(Organisation.name)
        ).all()
        return page.placed(
            visit,
            session,
            "tree.html",
            place,
            own=branches(session, [place])[0],
            below=branches(session, below),
        )


@router.post("/tree/rename")
def rename(visit: Done, org: Chosen, name: Annotated[str, Form(max_length=100)]) -> Response:
    """Another name for an organisation."""
    told = printable(name)
    with visit.dashboard.store.write() as session:
        place = visit.organisation(session, org)
        audit.record(
            session, visit.now, visit.who.id, "rename", f"organisation {org}", f"{place.name} → {told}", org
        )
        place.name = told
    return page.to(f"/tree?org={org}")
