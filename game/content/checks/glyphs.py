"""Rules for drawn forms (CONTENT.md 2): paths that read, stay in the box, and have parts one can name."""

from __future__ import annotations

from collections.abc import Iterator
from math import dist
from typing import Any

from game.content.checks.document import At
from game.content.checks.pieces import piece_fault
from game.content.checks.problem import Problem
from game.content.checks.shapes import is_han
from game.content.source import Entry, Source
from game.glyphs.path import PathError, Polyline, bounds, flatten, length, resample

MARGIN = 4.0  # units kept free at each edge of the box
TOLERANCE = 1.0  # … and by how much a line may still enter the margin
SHORTEST = 1.0  # units; a shorter cut cannot be seen nor traced
DOUBLED = 1.0  # units; two cuts nowhere further apart are one


def forms_of(entry: Entry) -> Iterator[tuple[str, dict[str, Any], At]]:
    """Every form of a packed glyph with its script and its place; a variant's script is oracle."""
    for script, form in entry.data.items():
        if script == "variants":
            for i, variant in enumerate(form):
                yield "oracle", variant, entry.at["oracle"]["variants"][i]
        else:
            yield script, form, entry.at[script]


def check_glyphs(source: Source) -> list[Problem]:
    """All rules for levels/glyphs."""
    problems: list[Problem] = []
    labels = [(lang, source.data("strings", lang)) for lang in ("zh", "en")]
    unlabelled: set[str] = set()
    for entry in source.of("glyphs"):
        for script, form, at in forms_of(entry):
            problems += _check_strokes(form, at["parts"])
            problems += _check_parts(source, entry.name, script, form, at["parts"])
            for i, piece in enumerate(form["attested"]):
                if fault := piece_fault(piece):
                    problems.append(at["attested"][i].problem(*fault))
            for name in form["parts"]:
                # A language whose file does not read has its own problem already.
                missing = [
                    lang for lang, texts in labels if texts is not None and f"part.{name}" not in texts
                ]
                if missing and not is_han(name) and name not in unlabelled:
                    unlabelled.add(name)
                    files = " and ".join(f"levels/strings/{lang}.yaml" for lang in missing)
                    problems.append(
                        at["parts"][name].problem("the part has no label", f"add part.{name} to {files}")
                    )
        drawn = [entry.data.get("oracle"), *entry.data.get("variants", ())]
        for i, one in enumerate(drawn):
            if any(one["parts"] == other["parts"] for other in drawn[:i]):
                at = entry.at["oracle"]["variants"][i - 1]
                problems.append(at.problem("the variant is drawn like a form before it", "leave it out"))
    return problems


def _check_strokes(form: dict[str, Any], at: At) -> list[Problem]:
    problems: list[Problem] = []
    before: list[tuple[Polyline, At]] = []
    for name, paths in form["parts"].items():
        for i, path in enumerate(paths):
            here = at[name][i]
            try:
                line = flatten(path)
            except PathError as error:
                problems.append(here.problem(*_path_fault(error)))
                continue
            if length(line) < SHORTEST:
                what = f"the stroke is {length(line):.1f} units long"
                problems.append(here.problem(what, f"draw it at least {SHORTEST:g} long, or leave it out"))
                continue
            problems += _check_box(line, here)
            thin = resample(line, 12)
            twin = next((place for other, place in before if _same(thin, other)), None)
            if twin is not None:
                problems.append(here.problem(f"the stroke is drawn twice (as {twin.where})", "leave one out"))
            before.append((thin, here))
    return problems


def _path_fault(error: PathError) -> tuple[str, str]:
    token = error.token
    if len(token) == 1 and token.isalpha() and "unknown command" in str(error):
        kind = "a lower-case command" if token.upper() in "MLQC" and token.isascii() else "an unknown command"
        return f"path has {kind} {token!r}", "use absolute M, L, Q, C"
    return f"path: {error}", "write M x y, then L x y, Q x y x y or C x y x y x y"


def _check_box(line: Polyline, at: At) -> list[Problem]:
    low, high = MARGIN - TOLERANCE, 100 - MARGIN + TOLERANCE
    x0, y0, x1, y1 = bounds([line])
    over = [
        f"{axis} {value:.1f}"
        for axis, value, out in (
            ("x", x0, x0 < low),
            ("y", y0, y0 < low),
            ("x", x1, x1 > high),
            ("y", y1, y1 > high),
        )
        if out
    ]
    if not over:
        return []
    what = f"the stroke leaves the box ({', '.join(over)})"
    return [
        at.problem(what, f"keep it between {MARGIN:g} and {100 - MARGIN:g} ({TOLERANCE:g} unit of tolerance)")
    ]


def _same(a: Polyline, b: Polyline) -> bool:
    """Whether two resampled strokes lie on one another, in either direction."""
    return any(all(dist(p, q) < DOUBLED for p, q in zip(a, other, strict=True)) for other in (b, b[::-1]))


def _check_parts(source: Source, char: str, script: str, form: dict[str, Any], at: At) -> list[Problem]:
    """Parts that are characters: the components of a known character, else glyphs in their own right."""
    problems: list[Problem] = []
    parts = [name for name in form["parts"] if is_han(name)]
    known = source.data("characters", char)
    for name in parts:
        if known is not None and name not in known["components"]:
            mend = f"add {name} to {char}.components, or give the part an English name"
            problems.append(at[name].problem(f"the part {name} is not a component of {char}", mend))
        elif known is None and not (source.knows("glyphs", name) or source.knows("characters", name)):
            problems.append(
                at[name].problem(f"the component {name} is not known", f"draw {name} in levels/glyphs")
            )
    if known is not None and parts and script == "oracle":
        for name in dict.fromkeys(known["components"]):
            if name not in parts:
                what = f"the component {name} of {char} is not among its parts"
                problems.append(
                    at.problem(what, f"name the strokes of {name} by it, or take it from the components")
                )
    return problems
