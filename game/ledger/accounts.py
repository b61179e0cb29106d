"""Points as money: double entry, whole numbers, no member ever below zero.

What a member has earned comes from `MemberDay`, which is counted from the events; the account only says what
of it was spent. Every movement is a transaction whose postings add up to zero, against one of two house
accounts.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from game.ledger.db import insert_rows, upsert
from game.ledger.models import Account, MemberDay, Posting, Transaction, fresh

EARNED = 1
"""The house account, in every shard, that points come from: minus its balance is all that was ever earned."""
SPENT = 2
"""The house account that redeemed points go to."""
HOUSE = {EARNED: "earned", SPENT: "spent"}


class NotEnough(Exception):
    """An account does not hold what was to be taken from it; `needed` and `held` in points."""

    def __init__(self, needed: int, held: int) -> None:
        super().__init__(f"{needed} points are needed, {held} are there")
        self.needed, self.held = needed, held


def account(work: Session, shard: int, member_id: int) -> int:
    """The id of a member's account, made if it is not there yet."""
    row = {"shard": shard, "id": fresh(), "member_id": member_id, "name": "points", "balance": 0}
    found = _account(work, shard, member_id)
    if found is None:
        upsert(work, Account, [row], keys=["shard", "member_id", "name"])
        found = _account(work, shard, member_id)
        assert found is not None
    return found


def _account(work: Session, shard: int, member_id: int) -> int | None:
    owner = (Account.shard == shard, Account.member_id == member_id, Account.name == "points")
    return work.scalar(select(Account.id).where(*owner))


def move(
    work: Session,
    shard: int,
    kind: str,
    amounts: Mapping[int, int],
    now: int,
    *,
    reason: str = "",
    reverses: int | None = None,
    voucher: str | None = None,
) -> int:
    """One transaction: `amounts` by account id (of one shard); its id.

    Raises ValueError unless they add up to zero, NotEnough if a member's account would fall below zero: then
    the caller's whole database transaction must be rolled back.
    """
    if sum(amounts.values()) != 0:
        raise ValueError(f"the amounts add up to {sum(amounts.values())}, not to zero")
    for id in amounts.keys() & HOUSE.keys():
        row = {"shard": shard, "id": id, "member_id": None, "name": HOUSE[id], "balance": 0}
        upsert(work, Account, [row])
    made = fresh()
    row = {"shard": shard, "id": made, "kind": kind, "time_ms": now, "reason": reason}
    insert_rows(work, Transaction, [{**row, "reverses": reverses, "voucher": voucher}])
    for id, amount in sorted(amounts.items(), reverse=True):  # members first, and always in one order
        _add(work, shard, id, amount)
    postings = [
        {"shard": shard, "transaction_id": made, "account_id": id, "amount": amount}
        for id, amount in amounts.items()
    ]
    insert_rows(work, Posting, postings)
    return made


def _add(work: Session, shard: int, id: int, amount: int) -> None:
    here = (Account.shard == shard, Account.id == id)
    enough = (Account.member_id.is_(None)) | (Account.balance + amount >= 0)
    change = update(Account).where(*here, enough).values(balance=Account.balance + amount)
    taken = work.connection().execute(change)
    if taken.rowcount != 1:
        held = work.scalar(select(Account.balance).where(*here))
        raise NotEnough(-amount, held or 0)


def earned(work: Session, shard: int, member_id: int) -> int:
    """All points that a member has ever earned, caps observed."""
    total = select(func.coalesce(func.sum(MemberDay.points), 0))
    return int(work.scalar(total.where(MemberDay.shard == shard, MemberDay.member_id == member_id)) or 0)


def credit(work: Session, shard: int, member_id: int, now: int) -> int:
    """Brings what was earned since the last time into the member's account; the balance then.

    If a recount has taken away points (the event of another person, say), they are taken back as far as they
    are still there; the rest is taken from what is earned next.
    """
    id = account(work, shard, member_id)
    # The row is locked first (SQLite's writers come one by one anyway): two counters would both credit.
    lock = select(Account.balance).where(Account.shard == shard, Account.id == id).with_for_update()
    balance = int(work.scalar(lock) or 0)
    booked = (
        select(func.coalesce(func.sum(Posting.amount), 0))
        .join(Transaction, (Transaction.shard == Posting.shard) & (Transaction.id == Posting.transaction_id))
        .where(Posting.shard == shard, Posting.account_id == id, Transaction.kind == "earn")
    )
    change = max(earned(work, shard, member_id) - int(work.scalar(booked) or 0), -balance)
    if change:
        move(work, shard, "earn", {id: change, EARNED: -change}, now)
    return balance + change


def audit(work: Session) -> list[str]:
    """What does not add up in the books, one line each; empty when all is well."""
    faults = []
    crooked = (
        select(Posting.shard, Posting.transaction_id, func.sum(Posting.amount))
        .group_by(Posting.shard, Posting.transaction_id)
        .having(func.sum(Posting.amount) != 0)
    )
    for shard, id, total in work.execute(crooked):
        faults.append(f"transaction {shard}/{id}: its postings add up to {total}")
    sums = (
        select(Posting.shard, Posting.account_id, func.sum(Posting.amount).label("total"))
        .group_by(Posting.shard, Posting.account_id)
        .subquery()
    )
    matched = (sums.c.shard == Account.shard) & (sums.c.account_id == Account.id)
    booked = func.coalesce(sums.c.total, 0)
    wrong = select(Account.shard, Account.id, Account.balance, booked).outerjoin(sums, matched)
    for shard, id, balance, total in work.execute(wrong.where(Account.balance != booked)):
        faults.append(f"account {shard}/{id}: its balance is {balance}, its postings add up to {total}")
    return faults
