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


FAULTS = {
    "workbook": "this is a spreadsheet: save it as CSV (UTF-8) and send that",
    "csv": "the quotes do not close: {0}",
    "columns": "{0} columns instead of 4: write path, number, name, Party member yes or no",
    "party": "write yes or no for Party member, not {0!r}",
    "path": "not a path of organisations: {0!r}; write names with / between them",
    "root": "the tree has another root than {0!r}",
    "outside": "{0!r} is not yours: the path must begin with {1!r}",
    "closed": "the organisation {0!r} is closed: open it again or write another",
    "orphan": "no way from the root to the organisation {0!r}: mend orgs.csv",
    "number": "the number must have 1 to 64 characters and the name at most 200, all of them visible",
    "twice": "the number {0} stands in the roster twice: keep one of the lines",
    "county": "{0} is a member of another county: end that first",
    "elsewhere": "{0} is a member of an organisation that is not yours: its administrator must end that",
}
"""What can be wrong with a line and how to mend it, by word."""
_AT_ONCE = 400


class Wrong(ValueError):
    """Something in a roster that cannot be taken: a `word` of `FAULTS`, and what was `told` there."""

    def __init__(self, word: str, *told: str) -> None:
        super().__init__(FAULTS[word].format(*told))
        self.word, self.told = word, told


@dataclass(slots=True)
class Import:
    """What came of it: counts, and `faults` as (line, what is wrong); a faulty line changes nothing."""

    added: int = 0
    changed: int = 0
    same: int = 0
    organisations: int = 0
    faults: list[tuple[int, Wrong]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    line: int
    organisation: Organisation
    number: str
    name: str
    party: bool


def import_four(work: Session, data: bytes, now: int, within: Organisation | None = None) -> Import:
    """Reads lines of organisation path ("市/县/单位/支部"), member number, name or pseudonym, Party member
    yes/no, with or without a heading; makes organisations that are missing. UTF-8 or GB18030.

    With `within`, a line that reaches out of that organisation and those below it is a fault.
    """
    done = Import()
    tree = _Tree(work, now, done, within)

    def people() -> Iterator[_Person]:
        for line, row in _rows(data, done):
            if line == 1 and _heading(row):
                continue
            try:
                if len(row) != 4:
                    raise Wrong("columns", str(len(row)))
                path, number, name, party = (one.strip() for one in row)
                if party.lower() not in _YES | _NO:
                    raise Wrong("party", party[:40])
                yield _Person(line, tree.at(path), number, name, party.lower() in _YES)
            except Wrong as wrong:
                done.faults.append((line, wrong))

    _take(work, list(people()), now, done, within)
    return done


def import_oneroster(
    work: Session, orgs: bytes, users: bytes, now: int, within: Organisation | None = None
) -> Import:
    """Reads orgs.csv (sourcedId, name, parentSourcedId) and users.csv (sourcedId, orgSourcedIds,
    identifier, givenName, familyName; metadata.party yes/no where there is such a column). `within` as
    for `import_four`. Lines of faults are those of users.csv."""
    done = Import()
    tree = _Tree(work, now, done, within)
    entries = {row.get("sourcedId", ""): row for _, row in _named(orgs, done)}

    def path(id: str) -> str:
        names: list[str] = []
        while id:
            if id not in entries or len(names) > organisations.DEEPEST:
                raise Wrong("orphan", id[:40])
            names.append(entries[id].get("name", "").strip())
            id = entries[id].get("parentSourcedId", "").strip()
        return "/".join(reversed(names))

    people = []
    for line, row in _named(users, done):
        try:
            place = tree.at(path(row.get("orgSourcedIds", "").split(",")[0].strip()))
        except Wrong as wrong:
            done.faults.append((line, wrong))
            continue
        name = (row.get("familyName", "") + row.get("givenName", "")).strip()
        number = row.get("identifier", "").strip() or row.get("sourcedId", "").strip()
        people.append(_Person(line, place, number, name, row.get("metadata.party", "").lower() in _YES))
    _take(work, people, now, done, within)
    return done


class _Tree:
    """Organisations by path of names, made where they are missing; only those in `within` are given."""

    def __init__(self, work: Session, now: int, done: Import, within: Organisation | None) -> None:
        self._work, self._now, self._done = work, now, done
        names: dict[int, str] = {}
        self._known: dict[str, Organisation] = {}
        for one in work.scalars(select(Organisation).order_by(Organisation.depth)):
            names[one.id] = f"{names[one.parent_id]}/{one.name}" if one.parent_id else one.name
            self._known[names[one.id]] = one
        self._top = names[within.id] if within is not None else ""

    def at(self, path: str) -> Organisation:
        """The organisation with this path, made if it is missing. Raises Wrong."""
        names = [name.strip() for name in path.strip("/ ").split("/")]
        path = "/".join(names)
        if path not in self._known and not (len(names) <= organisations.DEEPEST and all(map(_name, names))):
            raise Wrong("path", path[:80])
        if self._top and path != self._top and not path.startswith(f"{self._top}/"):
            raise Wrong("outside", path[:80], self._top)
        return self._at(path)

    def _at(self, path: str) -> Organisation:
        found = self._known.get(path)
        if found is None:
            head, _, name = path.rpartition("/")
            if not head and self._known:
                raise Wrong("root", path[:80])
            found = organisations.add(self._work, name, self._at(head) if head else None, self._now)
            self._done.organisations += 1
            self._known[path] = found
        if found.closed_ms is not None:
            raise Wrong("closed", path[:80])
        return found


def _name(name: str) -> bool:
    return 0 < len(name) <= 200 and name.isprintable()


def _take(work: Session, people: list[_Person], now: int, done: Import, within: Organisation | None) -> None:
    numbers = sorted({one.number for one in people if "\0" not in one.number})
    there: dict[str, Member] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        known = Member.number.in_(numbers[at : at + _AT_ONCE])
        for member in work.scalars(
            select(Member).where(known, Member.erased_ms.is_(None)).order_by(Member.id)
        ):
            there[member.number] = member
    new: dict[str, dict[str, object]] = {}
    seen: set[str] = set()
    for one in people:
        try:
            known_as = _allowed(work, one, there.get(one.number), seen, within)
        except Wrong as wrong:
            done.faults.append((one.line, wrong))
            continue
        finally:
            seen.add(one.number)
        if known_as is None:
            new[one.number] = {
                "shard": one.organisation.shard,
                "id": fresh(),
                "organisation_id": one.organisation.id,
                "number": one.number,
                "name": one.name,
                "party": one.party,
            }
            done.added += 1
        elif _change(work, known_as, one):
            done.changed += 1
        else:
            done.same += 1
    work.flush()
    insert_rows(work, Member, list(new.values()))
    organisations.recount_heads(work)


def _allowed(
    work: Session, one: _Person, member: Member | None, seen: set[str], within: Organisation | None
) -> Member | None:
    """The `member` whom a line may change, or None for a new one. Raises Wrong."""
    shown = one.number.isprintable() and one.name.isprintable()
    if not (0 < len(one.number) <= 64 and len(one.name) <= 200 and shown):
        raise Wrong("number")
    if one.number in seen:
        raise Wrong("twice", one.number)
    if member is not None and member.shard != one.organisation.shard:
        raise Wrong("county", one.number)
    if member is not None and within is not None and member.left_ms is None:
        path = work.get_one(Organisation, member.organisation_id).path
        if not path.startswith(within.path):
            raise Wrong("elsewhere", one.number)
    return member


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
    if data.startswith(b"PK\x03\x04"):  # an XLSX or ODS file is a ZIP archive
        done.faults.append((1, Wrong("workbook")))
        return
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
        done.faults.append((reader.line_num, Wrong("csv", str(error))))


def _named(data: bytes, done: Import) -> Iterator[tuple[int, dict[str, str]]]:
    rows = _rows(data, done)
    _, heading = next(rows, (0, []))
    for line, row in rows:
        yield line, dict(zip(heading, row, strict=False))
