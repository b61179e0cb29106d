"""Forms: parts and their strokes."""

import dataclasses

import pytest

from game.glyphs.form import Form, Part
from tests.glyphs.samples import TREE


def test_strokes_are_flat_in_carving_order() -> None:
    assert TREE.strokes == tuple(s for part in TREE.parts for s in part.strokes)
    assert TREE.part_index == (0, 1, 1, 2, 2)
    assert [TREE.part_name(i) for i in range(5)] == ["trunk", "branches", "branches", "roots", "roots"]


def test_part_by_name() -> None:
    assert TREE.part("roots") is TREE.parts[2]
    with pytest.raises(KeyError, match="leaves"):
        TREE.part("leaves")


def test_forms_are_values() -> None:
    line = ((0.0, 0.0), (1.0, 1.0))
    one, two = Form("seal", (Part("a", (line,)),)), Form("seal", (Part("a", (line,)),))
    assert one == two
    assert hash(one) == hash(two)
    assert one != Form("oracle", one.parts)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.script = "oracle"  # type: ignore[misc]


def test_a_form_may_be_empty() -> None:
    assert Form("oracle", ()).strokes == ()
