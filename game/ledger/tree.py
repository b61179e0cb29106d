"""Tending the tree: organisations added, named, counted, closed and opened again, with new join codes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.ledger import organisations
from game.ledger.models import Organisation

MOST_PEOPLE = 100_000_000
"""Party members that an organisation may declare: as many as the whole Party has."""


class Cannot(Exception):
    """The tree does not allow it; `reason` is a key: name, twin, closed, children, deep, people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _check(work: Session, parent_id: int | None, name: str, but: int | None = None) -> None:
    """That one below `parent_id` can have this name: a roster finds it by the names on its path."""
    if not 0 < len(name.strip()) <= 100 or "/" in name:
        raise Cannot("name")
    twin = select(Organisation.id).where(
        Organisation.parent_id == parent_id, Organisation.name == name.strip(), Organisation.id != (but or 0)
    )
    if work.scalar(twin.limit(1)) is not None:
        raise Cannot("twin")


def add(
    work: Session, parent: Organisation, name: str, kind: str, party_members: int, now: int
) -> Organisation:
    """A new organisation below `parent`. Raises Cannot."""
    if parent.closed_ms is not None:
        raise Cannot("closed")
    if parent.depth >= organisations.DEEPEST:
        raise Cannot("deep")
    _check(work, parent.id, name)
    return organisations.add(work, name, parent, now, kind, _people(party_members))


def _people(count: int) -> int:
    if not 0 <= count <= MOST_PEOPLE:
        raise Cannot("people")
    return count


def rename(work: Session, place: Organisation, name: str) -> None:
    """Another name. Raises Cannot."""
    _check(work, place.parent_id, name, place.id)
    place.name = name.strip()


def declare(place: Organisation, party_members: int) -> None:
    """How many Party members an organisation has with all below it; 0: the roster says so. Raises Cannot."""
    place.party_members = _people(party_members)


def renew(work: Session, place: Organisation) -> str:
    """A new join code; the old one opens nothing any more. Raises Cannot."""
    if place.closed_ms is not None:
        raise Cannot("closed")
    place.join_code = organisations.code(10)
    work.flush()
    return place.join_code


def close(work: Session, place: Organisation, now: int) -> None:
    """Nobody can join it any more; its people and its history stay counted. Raises Cannot (children)."""
    if organisations.below(work, place):
        raise Cannot("children")
    place.closed_ms = place.closed_ms or now


def reopen(work: Session, place: Organisation) -> None:
    """Opens a closed organisation again. Raises Cannot if the one above it is closed."""
    above = work.get(Organisation, place.parent_id) if place.parent_id is not None else None
    if above is not None and above.closed_ms is not None:
        raise Cannot("closed")
    place.closed_ms = None
