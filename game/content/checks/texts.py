"""Rules for the interface's texts and for the point rules."""

from __future__ import annotations

from string import Formatter
from typing import Any

from game.content.checks import settings
from game.content.checks.document import At
from game.content.checks.problem import Problem
from game.content.source import Entry, Source


def placeholders(text: str) -> frozenset[str] | None:
    """The names in braces that `str.format_map` will fill in, or None when it could not read the text."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return frozenset(names) if all(name.isidentifier() for name in names) else None


def check_strings(source: Source) -> list[Problem]:
    """Both languages have the same keys, and the same placeholders under each."""
    problems: list[Problem] = []
    both = {entry.name: entry for entry in source.of("strings")}
    for lang, other in (("zh", "en"), ("en", "zh")):
        if lang not in both:
            continue
        for key, text in both[lang].data.items():
            at = _at(both[lang], key)
            names = placeholders(text)
            if names is None:
                mend = "write {name} for a value, {{ and }} for braces"
                problems.append(at.problem("the text cannot be filled in", mend))
            elif other in both and key not in both[other].data:
                problems.append(
                    at.problem(f"{key} is missing in {other}.yaml", f"add it to levels/strings/{other}.yaml")
                )
            elif other in both and lang == "en":
                problems += _compare(at, names, placeholders(both[other].data[key]))
    return problems


def _compare(at: At, en: frozenset[str], zh: frozenset[str] | None) -> list[Problem]:
    if zh is None or zh == en:
        return []
    named = " and ".join("{" + name + "}" for name in sorted(zh ^ en))
    return [
        at.problem(f"{named} stands in one language only", "use the same placeholders in zh.yaml and en.yaml")
    ]


def _at(entry: Entry, key: str) -> At:
    at = entry.at
    for word in key.split("."):
        at = at[word]
    return at


def check_points(source: Source) -> list[Problem]:
    """Dated sets of rules: whole days, every kind named, caps that can be reached."""
    return [problem for entry in source.of("rules") for problem in _check_rules(entry.data, entry.at)]


def _check_rules(data: dict[str, Any], at: At) -> list[Problem]:
    problems: list[Problem] = []
    if len(data["from"]) != 10:
        problems.append(
            at["from"].problem(f"{data['from']} is not a day", "write year, month and day: 2026-01-01")
        )
    for kind in settings.KINDS:
        if kind not in data["kinds"]:
            mend = f"add {kind}: {{points: 0, cap: 0}} if it earns nothing"
            problems.append(at["kinds"].problem(f"{kind} is missing", mend))
    for kind, earns in data["kinds"].items():
        if earns["cap"] < earns["points"]:
            what = f"the cap {earns['cap']} is below one time's {earns['points']}"
            problems.append(at["kinds"][kind].problem(what, "raise the cap"))
    return problems
