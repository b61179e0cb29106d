"""The tables of the ledger.

Whatever belongs to one county carries `shard`, the id of its ancestor at depth 1 (0: the root's own), first
in its keys, so that the same schema spreads over several servers (SCALING.md). Times are ms of UTC since
1970, days are `game.journal.day` numbers, periods are "2026-11" or "2026" in Shanghai, points and balances
are whole numbers.
"""

from __future__ import annotations

import secrets
import threading
import time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

EPOCH = 1_735_689_600_000
"""Made ids count their milliseconds from 2025-01-01 UTC."""
_lock = threading.Lock()
_last = 0


def fresh() -> int:
    """An id below 2^63 that no other server makes: ms since 2025, then 22 bits of chance; it grows.

    Numbers from a sequence would need one place for all shards to ask.
    """
    global _last
    with _lock:
        _last = max(_last + 1, (time.time_ns() // 1_000_000 - EPOCH) << 22 | secrets.randbits(22))
        return _last


def text(length: int) -> String:
    """A text that is looked for by how it begins: everywhere in the order of its code points."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Every table; whole numbers are 64 bits wide."""

    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite"), bytes: LargeBinary}  # noqa: RUF012


class Organisation(Base):
    """A node of the tree: `path` is the ids from the root down, "1/4/9/"; closed ones keep their history.

    `party_members` is the declared number of Party members of this organisation and all below it;
    0: count the roster.
    """

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(text(200), unique=True)
    depth: Mapped[int]
    shard: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16), default="other")
    party_members: Mapped[int] = mapped_column(default=0)
    join_code: Mapped[str] = mapped_column(String(32), unique=True)
    created_ms: Mapped[int]
    closed_ms: Mapped[int | None]


class Member(Base):
    """A person of the roster, or one who joined by code; `joined_ms` is set by the first device."""

    __tablename__ = "member"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str] = mapped_column(text(64), index=True)
    name: Mapped[str] = mapped_column(text(200), default="", index=True)
    party: Mapped[bool] = mapped_column(default=False)
    minor: Mapped[bool] = mapped_column(default=False)
    joined_ms: Mapped[int | None]
    left_ms: Mapped[int | None]
    erased_ms: Mapped[int | None]
    __table_args__ = (
        Index("member_number", "shard", "number", unique=True),
        Index("member_organisation", "organisation_id", "id"),
        Index("member_id", "id"),
    )


class Device(Base):
    """Something that sends: `secret` (hex) keys its MACs; `skew_ms` is how far its clock was ahead when last
    seen, `waiting` how many events it said it still had to send. A kiosk or classroom has no member."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    shard: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16), default="browser")
    label: Mapped[str] = mapped_column(String(100), default="")
    secret: Mapped[str] = mapped_column(String(64))
    enrolled_ms: Mapped[int]
    revoked_ms: Mapped[int | None]
    seen_ms: Mapped[int | None]
    skew_ms: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)


class Chain(Base):
    """A player's chain of events (`name` is the journal's `device`) and whose it is."""

    __tablename__ = "chain"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    shard: Mapped[int]
    device_id: Mapped[str] = mapped_column(String(32), index=True)
    member_id: Mapped[int | None] = mapped_column(index=True)
    claim_code: Mapped[str | None] = mapped_column(String(32), unique=True)
    count: Mapped[int] = mapped_column(default=0)
    top_seq: Mapped[int] = mapped_column(default=0)
    top_hash: Mapped[str] = mapped_column(String(64), default="0" * 64)


class Event(Base):
    """A stored event, once: `id` is the 16 bytes of its UUIDv5, `day` the one it counts for, `worth` its
    points before caps, `proof` "chain" (sealed onto its predecessor here) or "mac" (that one is not here)."""

    __tablename__ = "event"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[bytes] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    time_ms: Mapped[int]
    received_ms: Mapped[int]
    day: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    device_id: Mapped[str] = mapped_column(String(32))
    member_id: Mapped[int | None]
    worth: Mapped[int]
    proof: Mapped[str] = mapped_column(String(8))
    __table_args__ = (
        Index("event_chain", "chain", "seq"),
        Index("event_member", "shard", "member_id", "day"),
    )


class Refusal(Base):
    """A line that was not taken, as it came, and why. `chain` and `seq` where it is only the chain that
    speaks against it: then a line that arrives later may clear it."""

    __tablename__ = "refusal"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    organisation_id: Mapped[int] = mapped_column(index=True)
    device_id: Mapped[str | None] = mapped_column(String(32), index=True)
    received_ms: Mapped[int]
    line: Mapped[str] = mapped_column(Text)
    line_hash: Mapped[bytes]
    reason: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(String(400), default="")
    chain: Mapped[str | None] = mapped_column(String(64))
    seq: Mapped[int | None]
    __table_args__ = (
        Index("refusal_chain", "chain", "seq"),
        Index("refusal_line", "shard", "line_hash"),
        Index("refusal_newest", "id"),
    )


class MemberDay(Base):
    """What a member did on a day, by kind: `worth` before the cap, `points` after it."""

    __tablename__ = "member_day"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    worth: Mapped[int]
    points: Mapped[int]
    events: Mapped[int]


class Pending(Base):
    """A member's day with new events, for the fold to carry upwards. Rows are added, never changed."""

    __tablename__ = "pending"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    shard: Mapped[int]
    member_id: Mapped[int]
    day: Mapped[int]


class MemberPeriod(Base):
    """A member's points and days in a period, once for every organisation above them."""

    __tablename__ = "member_period"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    points: Mapped[int]
    days: Mapped[int]


Index(
    "member_period_rank",
    MemberPeriod.organisation_id,
    MemberPeriod.period,
    MemberPeriod.points.desc(),
    MemberPeriod.member_id,
)


class OrganisationDay(Base):
    """A day of an organisation and all below it. The root has a row for each shard: sum over `shard`."""

    __tablename__ = "organisation_day"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    participants: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("organisation_day_org", "organisation_id", "day"),)


class OrganisationPeriod(Base):
    """A period of an organisation and all below it; `days` is member-days. Sum over `shard`."""

    __tablename__ = "organisation_period"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    participants: Mapped[int] = mapped_column(default=0)
    party_participants: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("organisation_period_org", "organisation_id", "period"),)


class ScoreCount(Base):
    """How many members of an organisation have just so many points in a period. Sum over `shard`."""

    __tablename__ = "score_count"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    points: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    members: Mapped[int]
    __table_args__ = (Index("score_count_rank", "organisation_id", "period", "points"),)


class Tally(Base):
    """Heads of an organisation and all below it: `members` on the roster or joined, `party` of these,
    `registered` with a device, `registered_party` of these. Who left is in none. Sum over `shard`."""

    __tablename__ = "tally"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    members: Mapped[int] = mapped_column(default=0)
    party: Mapped[int] = mapped_column(default=0)
    registered: Mapped[int] = mapped_column(default=0)
    registered_party: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("tally_org", "organisation_id"),)


class Account(Base):
    """Points to spend (`member_id` set; never below zero) or where they come from and go to (a name)."""

    __tablename__ = "account"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    member_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(32), default="")
    balance: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint("member_id IS NULL OR balance >= 0", name="account_not_below_zero"),
        Index("account_owner", "shard", "member_id", "name", unique=True),
    )


class Transaction(Base):
    """One movement of points between accounts: earn, redeem, reverse or expire."""

    __tablename__ = "transaction"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    kind: Mapped[str] = mapped_column(String(16))
    time_ms: Mapped[int]
    reason: Mapped[str] = mapped_column(String(400), default="")
    reverses: Mapped[int | None]
    voucher: Mapped[str | None] = mapped_column(String(32), index=True)
    __table_args__ = (Index("transaction_reverses", "shard", "reverses", unique=True),)


class Posting(Base):
    """One side of a transaction; the amounts of a transaction add up to zero."""

    __tablename__ = "posting"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    transaction_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[int]
    __table_args__ = (Index("posting_account", "shard", "account_id"),)


class Item(Base):
    """Something of the catalogue: a book or a ticket, what it costs, how many are left."""

    __tablename__ = "item"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    organisation_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    cost: Mapped[int]
    stock: Mapped[int]
    closed_ms: Mapped[int | None]
    __table_args__ = (CheckConstraint("stock >= 0", name="item_stock_not_below_zero"),)


class Voucher(Base):
    """A right to one item, used once: issued, used, expired or reversed."""

    __tablename__ = "voucher"
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    shard: Mapped[int]
    item_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(index=True)
    cost: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="issued")
    issued_ms: Mapped[int]
    expires_ms: Mapped[int]
    used_ms: Mapped[int | None]
    used_by: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (Index("voucher_state", "state", "expires_ms"),)


class Award(Base):
    """An award given: `organisation_id` is the one it was given within, `place` counts from 1."""

    __tablename__ = "award"
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=fresh)
    kind: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(7))
    organisation_id: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(index=True)
    winner_organisation_id: Mapped[int | None]
    place: Mapped[int]
    points: Mapped[int]
    code: Mapped[str] = mapped_column(String(32), index=True)
    given_ms: Mapped[int]
    __table_args__ = (Index("award_scope", "organisation_id", "period", "kind"),)


class Administrator(Base):
    """Someone who logs in: `role` is city, county, unit, clerk or auditor; they see their own subtree."""

    __tablename__ = "administrator"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    password: Mapped[str] = mapped_column(String(200))
    totp: Mapped[str | None] = mapped_column(String(64))
    disabled_ms: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until_ms: Mapped[int | None]


class Login(Base):
    """A session: the token itself is with the browser only."""

    __tablename__ = "login"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    administrator_id: Mapped[int] = mapped_column(ForeignKey("administrator.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    made_ms: Mapped[int]
    expires_ms: Mapped[int]


class Audit(Base):
    """What an administrator did, or somebody tried."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    time_ms: Mapped[int] = mapped_column(index=True)
    administrator_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(32))
    object: Mapped[str] = mapped_column(String(200), default="")
    detail: Mapped[str] = mapped_column(String(1000), default="")
    organisation_id: Mapped[int | None] = mapped_column(index=True)


class Setting(Base):
    """Values of the ledger as a whole."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
