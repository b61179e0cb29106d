"""The tree of organisations: who stands below whom, how many registered, and the code to join by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import organisations, tree
from game.ledger.models import Organisation
from game.ledger.security import audit, second
from game.ledger.security.roles import Act
from game.ledger.web import page
from game.ledger.web.gate import Chosen, Does, Refused, Sees, Visit, Which, printable

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


def _page(visit: Visit, session: Session, place: Organisation, status: int = 200, said: str = "") -> Response:
    below = session.scalars(
        select(Organisation).where(Organisation.parent_id == place.id).order_by(Organisation.name)
    ).all()
    link = invitation(visit, place)
    shown = page.placed(
        visit,
        session,
        "tree.html",
        place,
        own=branches(session, [place])[0],
        below=branches(session, below),
        kinds=organisations.KINDS,
        link=link,
        picture=second.picture(link) if link and place.closed_ms is None else "",
        own_place=place.id == visit.who.organisation,
        said=said,
    )
    shown.status_code = status
    return shown


def invitation(visit: Visit, place: Organisation) -> str:
    """The address that opens the game with this organisation's join code filled in; "" without the game."""
    own = visit.dashboard
    return f"{own.address(visit.request)}{own.game}#join={place.join_code}" if own.game else ""


@router.get("/tree")
def tree_page(visit: Seen, org: Which = None) -> Response:
    """One organisation and those right below it."""
    with visit.dashboard.store.read() as session:
        return _page(visit, session, visit.organisation(session, org))


def _change(
    visit: Visit, org: int, act: str, make: Callable[[Session, Organisation], str], own: bool = True
) -> Response:
    """Does an act on an organisation and writes it down with what `make` tells of it; shown again with the
    reason if the tree does not allow it. With `own` False not on the organisation one belongs to."""
    try:
        with visit.dashboard.store.write() as session:
            place = visit.organisation(session, org)
            if not own and place.id == visit.who.organisation:
                raise Refused(403, "own")
            told = make(session, place)
            audit.record(session, visit.now, visit.who.id, act, f"organisation {org}", told, org)
    except tree.Cannot as error:
        with visit.dashboard.store.read() as session:
            return _page(visit, session, visit.organisation(session, org), 409, error.reason)
    return page.to(f"/tree?org={org}")


@router.post("/tree/rename")
def rename(visit: Done, org: Chosen, name: Annotated[str, Form(max_length=100)]) -> Response:
    """Another name for an organisation."""
    told = printable(name)

    def make(session: Session, place: Organisation) -> str:
        before = place.name
        tree.rename(session, place, told)
        return f"{before} → {told}"

    return _change(visit, org, "rename", make)


@router.post("/tree/add")
def add(
    visit: Done,
    org: Chosen,
    name: Annotated[str, Form(max_length=100)],
    kind: Annotated[str, Form(pattern="^(county|unit|branch|other)$")],
    party: Annotated[int, Form(ge=0, le=tree.MOST_PEOPLE)] = 0,
) -> Response:
    """A new organisation below one."""
    told = printable(name)

    def make(session: Session, place: Organisation) -> str:
        made = tree.add(session, place, told, kind, party, visit.now)
        return f"{made.id} {told}"

    return _change(visit, org, "add organisation", make)


@router.post("/tree/declare")
def declare(visit: Done, org: Chosen, party: Annotated[int, Form(ge=0, le=tree.MOST_PEOPLE)]) -> Response:
    """How many Party members an organisation says it has."""

    def make(session: Session, place: Organisation) -> str:
        before = place.party_members
        tree.declare(place, party)
        return f"{before} → {party}"

    return _change(visit, org, "declare", make)


@router.post("/tree/code")
def renew(visit: Done, org: Chosen) -> Response:
    """A new join code; with the old one nobody joins any more."""

    def make(session: Session, place: Organisation) -> str:
        tree.renew(session, place)
        return place.name  # not the code: who reads the log shall not join by it

    return _change(visit, org, "code", make)


@router.post("/tree/close")
def close(visit: Done, org: Chosen) -> Response:
    """Close an organisation below the own one."""

    def make(session: Session, place: Organisation) -> str:
        tree.close(session, place, visit.now)
        return place.name

    return _change(visit, org, "close organisation", make, own=False)


@router.post("/tree/open")
def reopen(visit: Done, org: Chosen) -> Response:
    """Open a closed organisation again."""

    def make(session: Session, place: Organisation) -> str:
        tree.reopen(session, place)
        return place.name

    return _change(visit, org, "open organisation", make, own=False)
