"""Under a character without a drawn oracle form (CONTENT.md 1.3): unseen, or just not carved here."""

from collections.abc import Callable
from typing import Any

import pytest
from pygame import Rect

from game.content.library import Library
from game.ui.glyph_row import glyph_row, undrawn_label
from game.ui.widgets import Label
from tests.scenes.stagehand import Stagehand


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ["鹿", "甲骨文未见", "此处未刻"]),
        ("en", ["鹿", "No oracle bone form is known", "Not carved here yet"]),
    ],
)
def test_only_what_is_declared_unseen_is_called_unseen(
    stage: Callable[..., Any], language: str, told: list[str]
) -> None:
    async def read(hand: Stagehand) -> list[str]:
        row = glyph_row(hand.app.kit, Rect(0, 0, 900, 400), "鹿手□", "row")
        return [one.text for one in row if isinstance(one, Label) and not one.id]

    assert stage(read, language=language) == told


def test_the_opening_of_every_idiom_claims_unseen_only_where_the_note_does_too(library: Library) -> None:
    claims = [
        (idiom, char)
        for idiom in library.idioms
        for char in idiom.idiom
        if not (library.has_glyph(char) and library.glyph(char).oracle)
        and undrawn_label(library, char) == "no_oracle.label"
    ]
    assert claims
    for idiom, char in claims:
        assert idiom.note is not None
        assert "甲骨文未见" in idiom.note.zh, (idiom.id, char)
