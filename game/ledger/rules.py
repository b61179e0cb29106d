"""The dated rules of levels/points.yaml, and the clock."""

from __future__ import annotations

import time
from pathlib import Path

from game.content.source import read_list
from game.learning.points import Points

ROOT = Path(__file__).resolve().parents[2]
AWARDS = ROOT / "levels" / "awards.yaml"
FILES = (ROOT / "levels" / "points.yaml", AWARDS)
"""The rules that a report names by their SHA-256."""


def read_rules(root: Path = ROOT) -> Points:
    """The rules as `root`/levels/points.yaml has them. Raises ValueError when they have faults."""
    source = read_list(root, "rules")
    if source.problems:
        raise ValueError("; ".join(map(str, source.problems)))
    return Points([entry.data for entry in source.of("rules")])


def now_ms() -> int:
    """The time now, ms of UTC."""
    return time.time_ns() // 1_000_000
