"""Rosters as files: four columns (path, number, name, Party member), or OneRoster's orgs.csv and users.csv.

OneRoster: 1EdTech OneRoster 1.1 CSV binding, of which only the columns named here are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.ledger import organisations
from game.ledger.db import insert_rows
from game.ledger.models import Device, Member, Organisation, fresh

LARGEST = 200_000_000
"""Bytes of a roster: more than 3 million people."""
_YES = frozenset({"yes", "y", "1", "true", "是", "党员"})
_NO = frozenset({"no", "n", "0", "false", "否", "非党员", "群众", ""})


@dataclass(slots=True)
class Import:
    """What came of it: counts, and `faults` as (line, what is wrong); a faulty line changes nothing."""

    added: int = 0
    changed: int = 0
    same: int = 0
    organisations: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    line: int
    organisation: Organisation
    number: str
    name: str
    party: bool


def import_four(work: Session, data: bytes, now: int) -> Import:
    """Reads lines of organisation path ("市/县/单位/支部"), member number, name or pseudonym, Party member
    yes/no, with or without a heading; makes organisations that are missing. UTF-8 or GB18030."""
    done = Import()
    tree = _Tree(work, now, done)

    def people() -> Iterator[_Person]:
        for line, row in _rows(data, done):
            if line == 1 and _heading(row):
                continue
            if len(row) != 4:
                done.faults.append((line, f"{len(row)} columns instead of 4"))
                continue
            path, number, name, party = (one.strip() for one in row)
            if party.lower() not in _YES | _NO:
                done.faults.append((line, f"not yes or no: {party[:40]}"))
                continue
            try:
                place = tree.at(path)
            except ValueError as error:
                done.faults.append((line, str(error)))
                continue
            yield _Person(line, place, number, name, party.lower() in _YES)

    _take(work, list(people()), now, done)
    return done


def import_oneroster(work: Session, orgs: bytes, users: bytes, now: int) -> Import:
    """Reads orgs.csv (sourcedId, name, parentSourcedId) and users.csv (sourcedId, orgSourcedIds,
    identifier, givenName, familyName; metadata.party yes/no where there is such a column)."""
    done = Import()
    tree = _Tree(work, now, done)
    entries = {row.get("sourcedId", ""): row for _, row in _named(orgs, done)}

    def path(id: str) -> str:
        names: list[str] = []
        while id:
            if id not in entries or len(names) > organisations.DEEPEST:
                raise ValueError(f"no way from the root to the organisation {id[:40]!r}")
            names.append(entries[id].get("name", "").strip())
            id = entries[id].get("parentSourcedId", "").strip()
        return "/".join(reversed(names))

    people = []
    for line, row in _named(users, done):
        try:
            place = tree.at(path(row.get("orgSourcedIds", "").split(",")[0].strip()))
        except ValueError as error:
            done.faults.append((line, str(error)))
            continue
        name = (row.get("familyName", "") + row.get("givenName", "")).strip()
        number = row.get("identifier", "").strip() or row.get("sourcedId", "").strip()
        people.append(_Person(line, place, number, name, row.get("metadata.party", "").lower() in _YES))
    _take(work, people, now, done)
    return done


class _Tree:
    """Organisations by path of names, made where they are missing."""

    def __init__(self, work: Session, now: int, done: Import) -> None:
        self._work, self._now, self._done = work, now, done
        every = list(work.scalars(select(Organisation).order_by(Organisation.depth)))
        names: dict[int, str] = {}
        self._known: dict[str, Organisation] = {}
        for one in every:
            names[one.id] = f"{names[one.parent_id]}/{one.name}" if one.parent_id else one.name
            self._known[names[one.id]] = one

    def at(self, path: str) -> Organisation:
        path = "/".join(name.strip() for name in path.strip("/ ").split("/"))
        if path in self._known:
            return self._known[path]
        head, _, name = path.rpartition("/")
        if not head and self._known:
            raise ValueError(f"the tree has another root: {path[:80]!r}")
        made = organisations.add(self._work, name, self.at(head) if head else None, self._now)
        self._done.organisations += 1
        self._known[path] = made
        return made


def _take(work: Session, people: list[_Person], now: int, done: Import) -> None:
    there = {
        member.number: member
        for member in work.scalars(select(Member).where(Member.erased_ms.is_(None)).order_by(Member.id))
    }
    new: dict[str, dict[str, object]] = {}
    faults = len(done.faults)
    seen: set[str] = set()
    for one in people:
        if not 0 < len(one.number) <= 64 or len(one.name) > 200:
            done.faults.append((one.line, "the number must have 1 to 64 characters, the name at most 200"))
        elif one.number in seen:
            done.faults.append((one.line, f"the number {one.number} stands in the roster twice"))
        elif one.number not in there:
            new[one.number] = {
                "shard": one.organisation.shard,
                "id": fresh(),
                "organisation_id": one.organisation.id,
                "number": one.number,
                "name": one.name,
                "party": one.party,
            }
            done.added += 1
        elif there[one.number].shard != one.organisation.shard:
            done.faults.append((one.line, f"{one.number} is a member of another county: end that first"))
        else:
            done.changed += _change(work, there[one.number], one)
        seen.add(one.number)
    done.same = len(people) - done.added - done.changed - (len(done.faults) - faults)
    work.flush()
    insert_rows(work, Member, list(new.values()))
    organisations.recount_heads(work)


def _change(work: Session, member: Member, one: _Person) -> bool:
    before = (member.organisation_id, member.name, member.party, member.left_ms)
    if before == (one.organisation.id, one.name, one.party, None):
        return False
    if before[0] != one.organisation.id or before[2] != one.party or before[3] is not None:
        from game.ledger.fold import move  # what they did counts where they are now

        move(work, member, one.organisation, party=one.party)
        of_member = Device.member_id == member.id
        work.execute(update(Device).where(of_member).values(organisation_id=one.organisation.id))
    member.name, member.left_ms = one.name, None
    return True


def _heading(row: list[str]) -> bool:
    """Whether a first line names the columns: no yes or no there, or 党员 where no number has a digit."""
    if len(row) != 4:
        return False
    party = row[3].strip().lower()
    return party not in _YES | _NO or (party == "党员" and not any(char.isdigit() for char in row[1]))


def _rows(data: bytes, done: Import) -> Iterator[tuple[int, list[str]]]:
    if len(data) > LARGEST:
        raise ValueError("the roster is too large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")  # what office programs in China still write
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        done.faults.append((reader.line_num, str(error)))


def _named(data: bytes, done: Import) -> Iterator[tuple[int, dict[str, str]]]:
    rows = _rows(data, done)
    _, heading = next(rows, (0, []))
    for line, row in rows:
        yield line, dict(zip(heading, row, strict=False))
