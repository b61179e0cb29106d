"""The tree of organisations, the people in it, and how many they are."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, case, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from game.ledger.db import insert_rows, upsert
from game.ledger.models import Device, Member, Organisation, Pending, Tally

KINDS = ("city", "county", "unit", "branch", "other")
_BY_DEPTH = ("city", "county", "unit", "branch")
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
DEEPEST = 12
"""Levels of the tree: far more than any organisation has, and a bound on what one event costs."""
HEADS = ("members", "party", "registered", "registered_party")


def code(length: int = 8) -> str:
    """A code to type: letters and digits that cannot be taken for one another; 10 letters hold 49 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def add(
    work: Session, name: str, parent: Organisation | None, now: int, kind: str = "", party_members: int = 0
) -> Organisation:
    """A new organisation below `parent` (None: a root). Raises ValueError for a bad name, kind or depth."""
    depth = parent.depth + 1 if parent else 0
    kind = kind or _BY_DEPTH[min(depth, 3)]
    name = name.strip()
    if not 0 < len(name) <= 200 or "/" in name:
        raise ValueError(f"not a name of an organisation: {name!r}")
    if kind not in KINDS or depth > DEEPEST or party_members < 0:
        raise ValueError(f"not an organisation: {kind}, depth {depth}, {party_members} Party members")
    made = Organisation(
        parent_id=parent.id if parent else None,
        path=secrets.token_hex(8),
        depth=depth,
        shard=parent.shard if parent else 0,
        name=name,
        kind=kind,
        party_members=party_members,
        join_code=code(10),
        created_ms=now,
    )
    work.add(made)
    work.flush()
    made.path = f"{parent.path if parent else ''}{made.id}/"
    if depth == 1:
        made.shard = made.id
    work.flush()
    return made


def ancestors(path: str) -> list[int]:
    """The ids on a path, the root first: an organisation and all above it."""
    return [int(one) for one in path.split("/") if one]


def inside(path: str) -> ColumnElement[bool]:
    """That an `Organisation` is the one at `path` or lies below it.

    A page of a long list is found in one of two ways: by walking through all in their order, best where many
    are wanted, or by gathering those that are wanted and sorting them, best where they are few. SQLite cannot
    tell, so it is told here: below depth 1 an index leads from the path to the few, above it none can.
    """
    if path.count("/") > 2:
        return begins(Organisation.path, path)
    return Organisation.path.startswith(path, autoescape=True)


def begins(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """That a column (of `models.text`) begins with `text`, capital and small letters told apart: as a range,
    which an index can answer."""
    return (column >= text) & (column < text + "\U0010ffff")


def below(work: Session, organisation: Organisation) -> list[Organisation]:
    """An organisation's open children by name."""
    found = select(Organisation).where(
        Organisation.parent_id == organisation.id, Organisation.closed_ms.is_(None)
    )
    return list(work.scalars(found.order_by(Organisation.name, Organisation.id)))


def typed(code: str) -> str:
    """A code as it was made, from how a person typed it: small letters, spaces and dashes do not matter."""
    return code.strip().upper().replace("-", "").replace(" ", "")


def by_code(work: Session, join_code: str) -> Organisation | None:
    """The open organisation with this join code, however it was typed."""
    mine = Organisation.join_code == typed(join_code)
    found = select(Organisation).where(mine, Organisation.closed_ms.is_(None))
    return work.scalar(found)


def count_head(work: Session, member: Member, path: str, sign: int = 1) -> None:
    """Adds a member to (or with `sign` -1 takes them from) the heads of all organisations above them."""
    registered = member.joined_ms is not None
    heads = {
        "members": sign,
        "party": sign * member.party,
        "registered": sign * registered,
        "registered_party": sign * (registered and member.party),
    }
    rows = [{"shard": member.shard, "organisation_id": one, **heads} for one in ancestors(path)]
    upsert(work, Tally, rows, add=HEADS)


def release(work: Session, member: Member, now: int) -> None:
    """A member leaves: they are no head any more, and nothing more is taken from their devices. What they did
    stays counted where they were. Once more changes nothing."""
    work.refresh(member, with_for_update=True)  # of two at once only one takes the head away
    if member.left_ms is not None:
        return
    count_head(work, member, work.get_one(Organisation, member.organisation_id).path, -1)
    member.left_ms = now
    own = (Device.member_id == member.id, Device.revoked_ms.is_(None))
    work.execute(update(Device).where(*own).values(revoked_ms=now))
    work.flush()


def tallies(work: Session, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The kept heads of organisations with all below them, as in `HEADS`, by id; none where nobody is."""
    sums = [func.sum(getattr(Tally, name)) for name in HEADS]
    query = select(Tally.organisation_id, *sums).where(Tally.organisation_id.in_(ids))
    rows = work.execute(query.group_by(Tally.organisation_id))
    return {row[0]: tuple(map(int, row[1:])) for row in rows}


def heads(work: Session) -> dict[tuple[int, int], tuple[int, ...]]:
    """The heads counted anew from the members: (shard, organisation) -> as in `HEADS`."""
    paths: Mapping[int, str] = dict(work.execute(select(Organisation.id, Organisation.path)).all())
    joined = Member.joined_ms.is_not(None)
    counts = (
        func.count(),
        func.sum(case((Member.party, 1), else_=0)),
        func.sum(case((joined, 1), else_=0)),
        func.sum(case((joined & Member.party, 1), else_=0)),
    )
    query = select(Member.shard, Member.organisation_id, *counts).where(
        Member.left_ms.is_(None), Member.erased_ms.is_(None)
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for shard, organisation, *numbers in work.execute(query.group_by(Member.shard, Member.organisation_id)):
        for one in ancestors(paths[organisation]):
            for index, number in enumerate(numbers):
                found[shard, one][index] += int(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def recount_heads(work: Session) -> None:
    """Writes the tallies anew, as after an import."""
    work.execute(delete(Tally))
    rows = [
        {"shard": shard, "organisation_id": one, **dict(zip(HEADS, numbers, strict=True))}
        for (shard, one), numbers in heads(work).items()
    ]
    insert_rows(work, Tally, rows)


def refold(work: Session, shard: int, member_id: int, days: list[int]) -> None:
    """Asks the fold to look at these days of a member again."""
    insert_rows(work, Pending, [{"shard": shard, "member_id": member_id, "day": day} for day in days])
