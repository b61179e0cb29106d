"""The bench of draw-to-find: what it leaves out, how it ranks, and that it says so when it cannot measure."""

from pathlib import Path

import numpy as np
import pytest

from game.workshop.bench import WITHOUT_SITE, find, groups
from game.workshop.progress import Progress
from tests.content.measure import agreement
from tests.glyphs.samples import CORNER, CROSS, THREE, TREE

FORMS = {"木": [TREE, CROSS], "三": [THREE], "角": [CORNER]}


def test_pictures_that_forms_follow_are_held_back() -> None:
    tree, cross = find.spread_points(TREE), find.spread_points(CROSS)
    other = find.spread_points(CORNER)
    asked = find.queries(FORMS, {"木": [other, tree * 0.5 + 3, cross], "三": [], "角": [other]})
    assert [(q.char, q.held_out, sorted(q.followers)) for q in asked] == [
        ("木", True, []),
        ("木", False, [0]),
        ("木", False, [1]),
        ("角", False, [3]),
    ]


def test_a_copy_of_a_followed_picture_leaves_its_form_out_too() -> None:
    tree = find.spread_points(TREE)
    asked = find.queries({"木": [TREE]}, {"木": [tree, tree + 1]})
    assert [q.held_out for q in asked].count(True) == 1
    assert all(q.followers == {0} for q in asked)


def test_places_count_characters_and_not_forms() -> None:
    chars, away = ["a", "a", "b", "c"], np.array([0.1, 0.2, 0.3, 0.0])
    assert [find.place(away, chars, char) for char in "cab"] == [0, 1, 2]
    assert find.place(away, chars, "a", frozenset({0})) == 1
    assert find.place(away, chars, "a", frozenset({0, 1})) is None


def test_directions_are_those_of_the_lines() -> None:
    flat = np.array([[float(x), 3.0] for x in range(0, 40, 2)])
    rising = np.array([[float(x), -float(x)] for x in range(0, 40, 2)])
    assert np.abs(np.sin(find.ways(flat))).max() == pytest.approx(0, abs=1e-6)
    assert find.ways(rising) == pytest.approx(3 * np.pi / 4)


def test_agreement_is_whole_with_itself_and_not_with_another() -> None:
    tree, corner = find.spread_points(TREE), find.spread_points(CORNER)
    assert agreement(tree, tree) == 1
    assert agreement(tree, corner) == pytest.approx(agreement(tree, corner))
    assert agreement(tree, corner) < 0.7


def test_the_plain_method_finds_the_form_itself() -> None:
    plain = find.PlainNearest(FORMS)
    for number, form in enumerate((TREE, CROSS, THREE, CORNER)):
        away = plain.distances(find.spread_points(form) * 0.3 + 8)
        assert int(away.argmin()) == number


def test_without_the_reference_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(find, "REFERENCE", tmp_path / "none.json")
    assert find.measure(Progress()) == []
    told = capsys.readouterr()
    assert "NOT MEASURED" in told.out + told.err


def test_it_is_a_group_that_needs_no_site() -> None:
    assert groups()["find"] is find.measure
    assert "find" in WITHOUT_SITE
