"""Every drawn oracle form against the ancient forms it may follow, where the reference material is at hand.

The material (../shared/reference) is no part of the project: it is measured against, not copied.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from game.content.source import read_source
from tests.content.measure import ENOUGH, Points, fitted, nearness, sample

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "reference" / "forms.json"
TOOL = ROOT.parent / "shared" / "tools" / "measure_forms.py"
LEAST, MEDIAN = 0.85, 0.92

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_file(),
    reason=f"NOT MEASURED: {REFERENCE} is not here, so no drawn form was compared with its source",
)


def drawn(script: str = "oracle") -> dict[str, list[str]]:
    """The paths of every drawn form of a script."""
    return {
        entry.name: [path for paths in entry.data[script]["parts"].values() for path in paths]
        for entry in read_source(ROOT).of("glyphs")
        if script in entry.data
    }


@pytest.fixture(scope="module")
def references() -> dict[str, dict[str, list[Points]]]:
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return {
        char: {script: [np.array(one["points"], float) for one in forms] for script, forms in scripts.items()}
        for char, scripts in told.items()
    }


@needs_reference
def test_oracle_forms_follow_their_sources(references: dict[str, dict[str, list[Points]]]) -> None:
    figures = {
        char: nearness(paths, references[char]["oracle"], ENOUGH)
        for char, paths in drawn().items()
        if references.get(char, {}).get("oracle")
    }
    low = {
        char: round(figure, 3)
        for char, figure in sorted(figures.items(), key=lambda e: e[1])
        if figure < LEAST
    }
    assert figures, "nothing was measured"
    assert not low, f"drawn oracle forms below {LEAST}: {low}"
    assert median(figures.values()) >= MEDIAN


@needs_reference
def test_forms_without_a_reference_are_listed(references: dict[str, dict[str, list[Points]]]) -> None:
    alone = [char for char in drawn() if not references.get(char, {}).get("oracle")]
    if alone:
        pytest.skip(f"NOT MEASURED: {len(alone)} drawn oracle forms have no reference: {''.join(alone)}")


@needs_reference
@pytest.mark.parametrize("script", ["oracle", "bronze", "seal"])
def test_figures_are_those_of_the_shared_tool(
    references: dict[str, dict[str, list[Points]]], script: str
) -> None:
    """Said in other words, the measure must stay the same one the drawers used."""
    spec = importlib.util.spec_from_file_location("measure_forms", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    compared = 0
    for char, paths in list(drawn(script).items())[:3]:
        known = references.get(char, {}).get(script, [])[:2]
        if not known:
            continue
        theirs = tool.fit(np.concatenate([tool.sample(path) for path in paths]))
        assert nearness(paths, known) == pytest.approx(max(tool.f1(theirs, one) for one in known), abs=1e-9)
        compared += 1
    assert compared or not drawn(script)


def test_a_form_is_nearest_to_itself() -> None:
    cross = ["M 10 50 L 90 50", "M 50 10 L 50 90"]
    other = ["M 10 10 L 90 10 L 90 90"]
    itself = fitted(np.concatenate([sample(path) for path in cross]))
    assert nearness(cross, [itself]) == 1.0
    assert nearness(other, [itself]) < 0.6
    assert nearness(other, [itself, fitted(sample(other[0]))], ENOUGH) == 1.0
    small = ["M 40 50 L 60 50", "M 50 40 L 50 60"]
    assert nearness(small, [itself]) > 0.95  # size does not count


def test_far_apart_is_nothing() -> None:
    assert nearness(["M 0 0 L 0 1"], [np.array([[1000.0, 1000.0]])]) == 0.0


@pytest.mark.parametrize(
    ("path", "ends", "count"),
    [
        ("M 0 0 L 10 20", (10, 20), 25),
        ("M0 0 10 20 30 5", (30, 5), 49),
        ("M 0 0 Q 5 5 9 1 C 1 2 3 4 50 60", (50, 60), 49),
    ],
)
def test_sampling(path: str, ends: tuple[float, float], count: int) -> None:
    points = sample(path)
    assert len(points) == count
    assert tuple(points[-1]) == pytest.approx(ends)
