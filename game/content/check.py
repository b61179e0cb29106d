"""Every rule that levels keep, in one call. Belongs to the build and never ships.

A rule is a function `(Source) -> list[Problem]`, one for each kind of level; the shapes of values are
checked when they are read. levels/README.md says what the rules want; each problem says how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.content.checks.badges import check_badges
from game.content.checks.characters import check_characters, check_path
from game.content.checks.facts import check_facts
from game.content.checks.glyphs import check_glyphs
from game.content.checks.levels import check_idioms, check_inscriptions, check_party, check_stories
from game.content.checks.problem import ContentError, Problem
from game.content.checks.texts import check_points, check_strings
from game.content.source import Source, read_source

RULES: tuple[Callable[[Source], list[Problem]], ...] = (
    check_glyphs,
    check_characters,
    check_path,
    check_idioms,
    check_stories,
    check_party,
    check_facts,
    check_inscriptions,
    check_strings,
    check_points,
    check_badges,
)


def problems_of(source: Source) -> list[Problem]:
    """Faults met while reading and by the rules, each once, by file and line."""
    found = list(source.problems)
    for rule in RULES:
        found += rule(source)
    return sorted(set(found))


def content_problems(root: Path) -> list[Problem]:
    """Everything to mend in `root`/levels; empty when it may be packed. Never raises."""
    return problems_of(read_source(root))


__all__ = ["RULES", "ContentError", "Problem", "content_problems", "problems_of"]
