"""Devices with journals: chains as the game writes them, and what can go wrong with their lines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.journal.event import Event, Value
from game.journal.line import GENESIS, seal
from game.ledger import enrolment, organisations
from game.ledger.models import Device, Organisation
from game.ledger.proof import mac

START = 1_795_000_000_000
NOW = START + 40 * 86_400_000
KINDS = ("open", "lesson", "carving", "quiz", "idiom", "story", "party_history", "inscription", "answer")


def chain(name: str, length: int, chance: random.Random, start: int = START) -> list[str]:
    """A journal of `length` events over some days."""
    lines, previous, time = [], GENESIS, start
    for seq in range(1, length + 1):
        time += chance.choice((5_000, 60_000, 3_600_000, 30_000_000))
        kind = chance.choice(KINDS)
        result: dict[str, Value] = {}
        if kind == "carving":
            result = {"passed": chance.random() < 0.7, "score": chance.randrange(101)}
        elif kind == "answer":
            result = {"right": True, "skill": "read"}
        elif kind != "open":
            result = {"asked": 5, "right": chance.randrange(6)}
        line = seal(Event(name, seq, time, kind, "" if kind in ("open", "quiz") else "鹿", result), previous)
        lines.append(line)
        previous = line[-66:-2]
    return lines


def tamper(line: str, chance: random.Random) -> str:
    """The line with one character changed somewhere."""
    at = chance.randrange(len(line))
    other = chance.choice([char for char in '0123456789abcdef{}"x' if char != line[at]])
    return line[:at] + other + line[at + 1 :]


@dataclass
class Player:
    """A device and its journal."""

    device: Device
    lines: list[str]

    def signed(self, lines: Sequence[str] | None = None) -> list[tuple[str, str | None]]:
        secret = bytes.fromhex(self.device.secret)
        return [(line, mac(secret, line)) for line in (self.lines if lines is None else lines)]


def tree(work: Session) -> list[Organisation]:
    """A root, two counties, a unit and two branches in each; the branches come back."""
    root = organisations.add(work, "市", None, NOW)
    branches = []
    for county in ("甲县", "乙县"):
        top = organisations.add(work, county, root, NOW)
        unit = organisations.add(work, "学校", top, NOW)
        branches += [organisations.add(work, f"{county}{name}支部", unit, NOW) for name in ("一", "二")]
    return branches


def player(
    work: Session, branch: Organisation, name: str, length: int, chance: random.Random, kind: str = "browser"
) -> Player:
    """A device enrolled in a branch, with a journal."""
    device, _ = enrolment.enrol(work, branch.join_code, NOW, kind)
    return Player(device, chain(name, length, chance))
