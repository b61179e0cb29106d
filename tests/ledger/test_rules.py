"""The rules as the ledger reads them: the same as the game's, and faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.ledger.rules import ROOT, read_rules


def test_the_rules_are_those_that_the_game_packs() -> None:
    rule = read_rules().rule("2026-11-24")
    written = (ROOT / "levels" / "points.yaml").read_text(encoding="utf-8")
    assert rule.caps["lesson"] >= rule.points["lesson"] > 0
    for kind, points in rule.points.items():
        assert f"{kind}: {{points: {points}, cap: {rule.caps[kind]}}}" in written
    assert read_rules().rule("1999-01-01").points == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [(None, "missing"), ("", "empty"), ("- 1\n", "a mapping is wanted"), ("- from: x\n", "a date is wanted")],
)
def test_faults_are_told(tmp_path: Path, text: str | None, told: str) -> None:
    (tmp_path / "levels").mkdir()
    if text is not None:
        (tmp_path / "levels" / "points.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"points.yaml.*{told}"):
        read_rules(tmp_path)
