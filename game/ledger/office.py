"""The commands of the office: reports, circular, statements, awards, erasure, retention."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from game.ledger import awards, privacy, redemption
from game.ledger.db import session
from game.ledger.models import Event, Member, Organisation
from game.ledger.reports import gather, push, statements, workbook
from game.ledger.reports.circular import circular
from game.ledger.rules import AWARDS, FILES, now_ms
from game.ledger.security import audit

if TYPE_CHECKING:
    from argparse import _SubParsersAction

HOME = "http://127.0.0.1:8765"


def add(subs: _SubParsersAction[Any]) -> None:
    """Adds the commands to the ledger's command line."""
    for name, about in (
        ("report", "write the workbook and CSV files of a month or year"),
        ("circular", "write the printable circular of a month"),
        ("awards", "give the awards of a month or year that is over"),
        ("yearly", "print what is held about minors, who looked, what was erased"),
    ):
        one = subs.add_parser(name, help=about)
        one.add_argument("period", help="2026-11 or 2026")
        one.add_argument("--organisation", type=int, default=0, help="its id (default: the root)")
        one.add_argument("--out", type=Path, default=Path("."), help="the folder to write into")
    xapi = subs.add_parser("statements", help="print xAPI statements as NDJSON, or push them to a store")
    xapi.add_argument(
        "--home", default=HOME, help="the ledger's public address, which names people and activities"
    )
    xapi.add_argument("--push", default="", metavar="URL", help="address of a learning record store")
    xapi.add_argument("--user", default="", help="NAME:PASSWORD for it")
    erase = subs.add_parser("erase", help="erase a member's data for good")
    erase.add_argument("number", help="the member's number")
    retain = subs.add_parser("retain", help="forget what was kept long enough; end expired vouchers")
    retain.add_argument("--event-days", type=int, default=None, help="also empty the lines of older events")


def _organisation(work: Session, id: int) -> Organisation:
    found = (
        work.get(Organisation, id)
        if id
        else work.scalar(select(Organisation).where(Organisation.parent_id.is_(None)))
    )
    if found is None:
        raise ValueError(f"there is no organisation {id or 'yet: run init'}")
    return found


def report(asked: argparse.Namespace, bound: Engine) -> int:
    """Writes the workbook and its tables."""
    with session(bound, write=False) as work:
        place = _organisation(work, asked.organisation)
        told = gather.gather(work, place, asked.period, FILES, now_ms())
    files = {f"{asked.period}.xlsx": workbook.xlsx_bytes(told), **workbook.csv_files(told)}
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (asked.out / name).write_bytes(data)
        print(asked.out / name)
    return 0


def write_circular(asked: argparse.Namespace, bound: Engine) -> int:
    """Writes the circular."""
    with session(bound, write=False) as work:
        page = circular(work, _organisation(work, asked.organisation), asked.period, now_ms())
    asked.out.mkdir(parents=True, exist_ok=True)
    place = asked.out / f"{asked.period}-circular.html"
    place.write_text(page, encoding="utf-8")
    print(place)
    return 0


def give(asked: argparse.Namespace, bound: Engine) -> int:
    """Gives awards."""
    sets = awards.read_awards(AWARDS)
    with session(bound) as work:
        place = _organisation(work, asked.organisation)
        given = awards.give(work, sets, asked.period, place, now_ms())
        audit.record(work, now_ms(), None, "give", f"awards {asked.period}", f"{len(given)}", place.id)
        for one in given:
            winner = (
                f"member {one.member_id}" if one.member_id else f"organisation {one.winner_organisation_id}"
            )
            print(f"{awards.NAMES[one.kind][0]} {one.place}: {winner}, {one.code}")
    print(f"{len(given)} awards given")
    return 0


def yearly(asked: argparse.Namespace, bound: Engine) -> int:
    """Prints the yearly report on minors."""
    with session(bound, write=False) as work:
        print(privacy.yearly(work, _organisation(work, asked.organisation), asked.period).text())
    return 0


def made(work: Session, home: str) -> Iterator[dict[str, Any]]:
    """The statements of all events that still have their lines, oldest first."""
    query = select(Event).where(Event.line != "").order_by(Event.time_ms, Event.id)
    for event in work.scalars(query.execution_options(yield_per=1000)):
        result = loads(event.result)
        done = statements.Done(
            UUID(bytes=event.id), event.member_id or 0, event.time_ms, event.kind, event.subject, result
        )
        yield statements.statement(done, home)


def write_statements(asked: argparse.Namespace, bound: Engine) -> int:
    """Prints or pushes the statements."""
    import httpx

    with session(bound, write=False) as work:
        if not asked.push:
            for one in made(work, asked.home):
                print(statements.line(one))
            return 0
        name, _, password = asked.user.partition(":")
        login = httpx.BasicAuth(name, password) if name else None
        with httpx.Client(base_url=asked.push, auth=login, timeout=30) as client:
            try:
                told = push.push(made(work, asked.home), client)
            except push.PushError as error:
                raise ValueError(str(error)) from error
    print(f"{told.stored} statements stored, {told.had} were there already")
    return 0


def erase(asked: argparse.Namespace, bound: Engine) -> int:
    """Erases one member."""
    with session(bound) as work:
        found = work.scalars(select(Member).where(Member.number == asked.number)).all()
        if len(found) != 1:
            raise ValueError(f"{len(found)} members have the number {asked.number}")
        member = found[0]
        told = privacy.erase(work, member, now_ms())
        audit.record(work, now_ms(), None, "erase", f"member {member.id}", "", member.organisation_id)
    print(f"erased: {told.events} events' lines, {told.devices} devices, {told.refusals} refused lines")
    return 0


def retain(asked: argparse.Namespace, bound: Engine) -> int:
    """Forgets what is old."""
    with session(bound) as work:
        told = privacy.retain(work, now_ms(), asked.event_days)
        ended = redemption.expire(work, now_ms())
    print("forgotten: " + ", ".join(f"{count} {name}" for name, count in told.items()))
    print(f"{ended} vouchers expired")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Engine], int]] = {
    "report": report,
    "circular": write_circular,
    "awards": give,
    "yearly": yearly,
    "statements": write_statements,
    "erase": erase,
    "retain": retain,
}
