"""Points for books and tickets: a catalogue with stock, and vouchers that work once.

Every change of a voucher is one conditional UPDATE, so that of two counters at once only one succeeds.
"""

from __future__ import annotations

import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.ledger.accounts import SPENT, account, credit, move
from game.ledger.models import Item, Member, Organisation, Transaction, Voucher
from game.ledger.organisations import ancestors

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to mistake."""
LIFE_MS = 90 * 86_400_000
"""A voucher is good for ninety days."""


class Refused(Exception):
    """It cannot be done; `reason` is a key: unknown, used, expired, reversed, sold-out, closed, gone,
    no-reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def add_item(
    work: Session, shard: int, organisation_id: int, kind: str, title: str, cost: int, stock: int
) -> Item:
    """A new thing in the catalogue of an organisation. Raises ValueError for what cannot be."""
    if kind not in ("book", "ticket"):
        raise ValueError(f"a thing to redeem is a book or a ticket, not {kind!r}")
    if cost <= 0 or stock < 0 or not title.strip():
        raise ValueError("a thing to redeem has a title, a cost above zero and a stock of zero or more")
    item = Item(
        shard=shard, organisation_id=organisation_id, kind=kind, title=title.strip(), cost=cost, stock=stock
    )
    work.add(item)
    work.flush()
    return item


def restock(work: Session, item: Item, change: int) -> bool:
    """So many more, or with a number below zero fewer, on the shelf; False if there are not so many."""
    enough = (Item.shard == item.shard, Item.id == item.id, Item.stock + change >= 0)
    done = work.connection().execute(update(Item).where(*enough).values(stock=Item.stock + change))
    work.refresh(item)
    return done.rowcount == 1


def offered(work: Session, member: Member) -> list[Item]:
    """What a member can have: the open things of their organisation and of those above it, cheapest first."""
    path = work.get_one(Organisation, member.organisation_id).path
    there = (Item.organisation_id.in_(ancestors(path)), Item.closed_ms.is_(None), Item.stock > 0)
    return list(work.scalars(select(Item).where(*there).order_by(Item.cost, Item.title, Item.id)))


def normal(code: str) -> str:
    """A voucher's code as typed by a person: small letters, spaces, dashes and look-alikes do not matter."""
    kept = "".join(char for char in code.upper() if char.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def issue(work: Session, member: Member, item: Item, now: int, life_ms: int = LIFE_MS) -> Voucher:
    """A voucher of `member` for `item`, paid from their account.

    Raises accounts.NotEnough, or Refused (sold-out, closed, gone): then the transaction must be rolled back.
    """
    if member.left_ms is not None or member.erased_ms is not None:
        raise Refused("gone")
    here = (Item.shard == item.shard, Item.id == item.id)
    taken = work.connection().execute(
        update(Item).where(*here, Item.stock > 0, Item.closed_ms.is_(None)).values(stock=Item.stock - 1)
    )
    if taken.rowcount != 1:
        closed = work.scalar(select(Item.closed_ms).where(*here))
        raise Refused("closed" if closed is not None else "sold-out")
    credit(work, member.shard, member.id, now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    own = account(work, member.shard, member.id)
    move(work, member.shard, "redeem", {own: -item.cost, SPENT: item.cost}, now, voucher=code)
    voucher = Voucher(
        code=code,
        shard=member.shard,
        item_id=item.id,
        member_id=member.id,
        cost=item.cost,
        state="issued",
        issued_ms=now,
        expires_ms=now + life_ms,
    )
    work.add(voucher)
    work.flush()
    return voucher


def find(work: Session, code: str) -> Voucher:
    """The voucher with this code, as it stands now. Raises Refused (unknown)."""
    voucher = work.get(Voucher, normal(code), populate_existing=True)
    if voucher is None:
        raise Refused("unknown")
    return voucher


def use(work: Session, code: str, clerk: int, now: int) -> Voucher:
    """The counter hands over the thing. Raises Refused (unknown, used, expired, reversed)."""
    voucher = find(work, code)
    done = work.connection().execute(
        update(Voucher)
        .where(Voucher.code == voucher.code, Voucher.state == "issued", Voucher.expires_ms > now)
        .values(state="used", used_ms=now, used_by=clerk, version=Voucher.version + 1)
    )
    voucher = find(work, code)
    if done.rowcount != 1:
        raise Refused("expired" if voucher.state == "issued" else voucher.state)
    return voucher


def reverse(work: Session, code: str, reason: str, now: int) -> Voucher:
    """Undoes a voucher: the points go back, and the thing goes back on the shelf if it was not handed out.

    Raises Refused (unknown, no-reason, expired, reversed).
    """
    if not reason.strip():
        raise Refused("no-reason")
    return _undo(work, find(work, code), ("issued", "used"), "reversed", "reverse", reason.strip(), now)


def expire(work: Session, now: int) -> int:
    """Ends the vouchers whose time is over: points and thing go back. How many."""
    over = select(Voucher).where(Voucher.state == "issued", Voucher.expires_ms <= now)
    ended = 0
    for voucher in work.scalars(over).all():
        try:
            _undo(work, voucher, ("issued",), "expired", "expire", "", now)
            ended += 1
        except Refused:
            continue  # another server was first
    return ended


def _undo(
    work: Session, voucher: Voucher, states: tuple[str, ...], becomes: str, kind: str, reason: str, now: int
) -> Voucher:
    unused = voucher.state == "issued"
    was = states if not unused else ("issued",)
    done = work.connection().execute(
        update(Voucher)
        .where(Voucher.code == voucher.code, Voucher.state.in_(was), Voucher.version == voucher.version)
        .values(state=becomes, version=Voucher.version + 1)
    )
    if done.rowcount != 1:
        raise Refused(find(work, voucher.code).state)
    paid = work.scalar(
        select(Transaction.id).where(
            Transaction.shard == voucher.shard,
            Transaction.voucher == voucher.code,
            Transaction.kind == "redeem",
        )
    )
    own = account(work, voucher.shard, voucher.member_id)
    amounts = {own: voucher.cost, SPENT: -voucher.cost}
    move(work, voucher.shard, kind, amounts, now, reason=reason, reverses=paid, voucher=voucher.code)
    if unused:
        work.connection().execute(update(Item).where(Item.id == voucher.item_id).values(stock=Item.stock + 1))
    return find(work, voucher.code)
