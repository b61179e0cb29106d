"""A storm of requests: shuffled, cut at random, half of the lines sent twice, a tenth tampered with.

And what a ledger must make of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from game.journal.line import make_out
from game.learning.points import Points
from game.learning.progress import fold as play
from game.ledger import db
from game.ledger.intake import Letter, opened, take_all
from game.ledger.models import Base, Device, Event, Member, Organisation, Refusal, Tally
from game.ledger.proof import mac
from game.ledger.recount import recount
from tests.ledger.players import NOW, Player, player, tamper, tree

REASONS = ("mac", "chain", "torn", "garbled", "shape")
Lines = list[tuple[str, str | None]]


@dataclass
class Storm:
    """Requests as (device, lines with their MACs), and what was hidden in them: `events` good ones, worth
    `points` by a plain count of each journal, and `bad` ones as (device, line, reason)."""

    requests: list[tuple[str, Lines]] = field(default_factory=list)
    secrets: dict[str, bytes] = field(default_factory=dict)
    events: int = 0
    points: int = 0
    bad: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def sent(self) -> int:
        """Lines in all requests together."""
        return sum(len(lines) for _, lines in self.requests)

    def letters(self, requests: Sequence[tuple[str, Lines]]) -> list[Letter]:
        """These requests, examined."""
        return [opened(device, self.secrets[device], lines) for device, lines in requests]


def spoilt(line: str, reason: str, chance: random.Random) -> str:
    """The line changed so that it is refused for `reason`. All but "mac" come with a MAC that fits: by the
    owner of the secret, or by a program of theirs that writes wrongly."""
    if reason == "mac":
        return tamper(line, chance)
    if reason == "chain":  # the time, with another digit among the last
        at = line.index('"time":') + 7 + chance.randrange(5, 13)
        return f"{line[:at]}{(int(line[at]) + chance.randrange(1, 10)) % 10}{line[at + 1 :]}"
    if reason == "torn":
        cut = line[: chance.randrange(20, len(line) - 1)]
        return cut.removesuffix("}")  # one that ends as a line does is only garbled
    if reason == "garbled":
        at = line.index(',"kind"')
        return line[:at] + line[at + 1 :]
    return line.replace('"seq":', '"seq": ', 1)


def settlers(work: Session) -> list[tuple[type[Base], list[dict[str, Any]]]]:
    """The rows of the tree, of its members and of their devices, to put into another database."""
    return [
        (table, [dict(row._mapping) for row in work.execute(select(table.__table__))])
        for table in (Organisation, Member, Device, Tally)
    ]


def brew(
    work: Session, rules: Points, devices: int, each: int, chance: random.Random, longest: int = 200
) -> Storm:
    """A storm of `devices` new devices with `each` events; requests hold a quarter of `longest` lines up to
    `longest`."""
    branches, made = tree(work), Storm()
    for number in range(devices):
        one = player(work, branches[number % len(branches)], f"p{number}", each, chance)
        made.secrets[one.device.id] = bytes.fromhex(one.device.secret)
        made.events += each
        made.points += play([e for line in one.lines if (e := make_out(line).event)], rules).total
        letters = _letters(one, each, chance, made)
        chance.shuffle(letters)
        while letters:
            size = chance.randrange(longest // 4, longest)
            made.requests.append((one.device.id, letters[:size]))
            del letters[:size]
    chance.shuffle(made.requests)
    return made


def _letters(one: Player, each: int, chance: random.Random, made: Storm) -> Lines:
    good = one.signed()
    letters = good + chance.sample(good, each // 2)
    secret = made.secrets[one.device.id]
    for number, (line, sent) in enumerate(chance.sample(good, each // 10)):
        reason = REASONS[number % len(REASONS)]
        worse = spoilt(line, reason, chance)
        made.bad.add((one.device.id, worse, reason))
        letters.append((worse, sent if reason == "mac" else mac(secret, worse)))
    return letters


def groups(made: Storm, chance: random.Random, most: int) -> Iterator[Sequence[tuple[str, Lines]]]:
    """The requests, as many together as chance has it, up to `most`."""
    at = 0
    while at < len(made.requests):
        size = chance.randint(1, most)
        yield made.requests[at : at + size]
        at += size


def pour(bound: Engine, rules: Points, made: Storm, chance: random.Random, most: int) -> None:
    """Takes it all in."""
    for together in groups(made, chance, most):
        letters = made.letters(together)
        with db.session(bound) as work:
            take_all(work, rules, letters, NOW)


def faults(work: Session, rules: Points, made: Storm) -> list[str]:
    """What is not as it must be, after the fold: the totals of a plain count, a recount without differences,
    each tampered line refused with its reason, and no other."""
    done = recount(work, rules)
    found = list(done.differences)
    if (done.events, done.points) != (made.events, made.points):
        found.append(f"{done.events} events of {made.events}, {done.points} points of {made.points}")
    kept = {tuple(row) for row in work.execute(select(Refusal.device_id, Refusal.line, Refusal.reason))}
    found += [f"not refused: {one}" for one in sorted(made.bad - kept)[:10]]
    found += [f"wrongly refused: {one}" for one in sorted(kept - made.bad)[:10]]
    rows = work.scalar(select(func.count()).select_from(Refusal))
    if rows != len(made.bad):
        found.append(f"{rows} refused lines of {len(made.bad)}")
    unproven = work.scalar(select(func.count()).select_from(Event).where(Event.proof != "chain"))
    if unproven:
        found.append(f"{unproven} events are not proven by their chain, though all of it is there")
    return found
