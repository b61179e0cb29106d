"""What is kept about people, for how long, and how it is taken away again.

Members are pseudonymous unless the roster names them. Erasing a member removes their name, number, devices'
secrets and the very lines of their events; the bare sums of their days stay, so that an organisation's
published figures and the books still add up; a hash stays too, since the chain after it hangs on it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from game.journal.day import day
from game.ledger import organisations
from game.ledger.models import Audit, Chain, Device, Event, Login, Member, Organisation, Refusal
from game.ledger.organisations import inside

EMPTIED = {"line": "", "subject": "", "result": "{}"}
"""What is left of an event whose line is taken away, beside its sum and its hash."""
LOGINS_MS = 90 * 86_400_000
"""Old sessions are forgotten after so long."""
REFUSALS_MS = 400 * 86_400_000
"""Refused lines are kept for more than a year, so that a yearly report can look at them."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away."""

    events: int
    devices: int
    refusals: int


def erase(work: Session, member: Member, now: int) -> Erased:
    """Erases a member's data for good. Erasing again takes nothing more."""
    organisations.release(work, member, now)
    own = select(Device.id).where(Device.member_id == member.id)
    devices = list(work.scalars(own))
    chains = select(Chain.name).where(Chain.member_id == member.id)
    events = work.connection().execute(
        update(Event)
        .where(Event.shard == member.shard, Event.member_id == member.id, Event.line != "")
        .values(**EMPTIED)
    )
    refusals = work.connection().execute(
        delete(Refusal).where(Refusal.device_id.in_(devices) | Refusal.chain.in_(chains))
    )
    gone = work.connection().execute(
        update(Device)
        .where(Device.member_id == member.id, Device.secret != "")
        .values(secret="", label="", revoked_ms=now)
    )
    work.connection().execute(update(Chain).where(Chain.member_id == member.id).values(claim_code=None))
    member.name, member.number = "", f"erased-{member.id}"
    member.erased_ms = member.erased_ms or now
    work.flush()
    return Erased(events.rowcount, gone.rowcount, refusals.rowcount)


def retain(work: Session, now: int, event_days: int | None = None) -> dict[str, int]:
    """Forgets what has been kept long enough; how many rows, by table.

    With `event_days`, the lines of older events are emptied; their sums stay.
    """
    connection = work.connection()
    told = {
        "login": connection.execute(delete(Login).where(Login.expires_ms < now - LOGINS_MS)).rowcount,
        "refusal": connection.execute(
            delete(Refusal).where(Refusal.received_ms < now - REFUSALS_MS)
        ).rowcount,
    }
    if event_days is not None:
        old = update(Event).where(Event.time_ms < now - event_days * 86_400_000, Event.line != "")
        told["event"] = connection.execute(old.values(**EMPTIED)).rowcount
    return told


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about a group of people."""

    people: int
    named: int
    devices: int
    events_with_lines: int
    erased: int


@dataclass(frozen=True, slots=True)
class Yearly:
    """The yearly report on minors: what is `held`, who looked (`looks`: administrator's id, act, times), and
    how many `erasures` there were in the year."""

    year: str
    organisation: str
    held: Held
    looks: list[tuple[int, str, int]]
    erasures: int

    def text(self) -> str:
        """The report as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def yearly(work: Session, organisation: Organisation, year: str) -> Yearly:
    """The report of a year ("2026") on an organisation and all below it."""
    below = inside(organisation.path)
    minors = (
        select(Member.id)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(below, Member.minor.is_(True))
    )
    who = Member.id.in_(minors)
    events = select(func.count()).where(Event.member_id.in_(minors), Event.line != "")
    held = Held(
        people=_count(work, select(func.count()).where(who, Member.erased_ms.is_(None))),
        named=_count(work, select(func.count()).where(who, Member.name != "")),
        devices=_count(work, select(func.count()).where(Device.member_id.in_(minors), Device.secret != "")),
        events_with_lines=_count(work, events),
        erased=_count(work, select(func.count()).where(who, Member.erased_ms.is_not(None))),
    )
    acts = (
        select(Audit.administrator_id, Audit.act, Audit.time_ms)
        .join(Organisation, Organisation.id == Audit.organisation_id)
        .where(below, Audit.administrator_id.is_not(None))
    )
    looks: dict[tuple[int, str], int] = {}
    erasures = 0
    for administrator, act, time in work.execute(acts):
        if administrator is not None and day(time).startswith(year):
            looks[administrator, act] = looks.get((administrator, act), 0) + 1
            erasures += act == "erase"
    told = sorted((administrator, act, times) for (administrator, act), times in looks.items())
    return Yearly(year, organisation.name, held, told, erasures)


def _count(work: Session, query: object) -> int:
    return int(work.scalar(query) or 0)  # type: ignore[call-overload]
