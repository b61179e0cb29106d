"""What stands beside a small thing stays legible: titles and dates of the road, cards, tabs, the top row."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from pygame import Rect

from game.scenes.road import Line, Road, Stone, swing
from game.ui.glyph_widgets import GlyphCard
from game.ui.stack import LEAST, LINES, Words, fitted
from game.ui.widgets import Button, Choice, Label
from tests.scenes.stagehand import Stagehand
from tests.scenes.test_layout import faults


def settled(hand: Stagehand, size: tuple[int, int], texts: list[Words]) -> list[str]:
    """What is wrong with texts set in a box."""
    kit = hand.app.kit
    found = []
    for words, one in zip(texts, fitted(kit, size, texts), strict=True):
        if one.size < LEAST * 0.7 * words.units * kit.metrics.unit:
            found.append(f"{words.text}: {one.size} pixels")
        if len(one.lines) > LINES or any(
            kit.type.width(line, words.face, one.size) > size[0] for line in one.lines
        ):
            found.append(f"{words.text}: does not fit {size}")
    return found


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_titles_and_dates_of_the_road(stage: Callable[..., Any], size: str, lang: str, scale: float) -> None:
    async def look(hand: Stagehand) -> list[str]:
        await hand.open("party")
        stones = [one for one in hand.app.scene.widgets if isinstance(one, Stone)]
        assert len(stones) == 36
        room = {one.id: one.rect.w - one.rect.h - hand.app.kit.px(14) for one in stones}
        return [told for one in stones for told in settled(hand, (room[one.id], one.rect.h), one.texts())]

    assert stage(look, size=size, language=lang, text_scale=scale) == []


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_line_stays_clear_of_the_periods(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> None:
        await hand.open("party")
        assert isinstance(hand.app.scene, Road)
        line = next(one for one in hand.app.scene.widgets if isinstance(one, Line))
        names = [
            one.rect
            for one in hand.app.scene.widgets
            if isinstance(one, Label | Button) and one.within is not None
        ]
        assert len(line.runs) == 7
        for run in line.runs:
            for a, b in pairwise(run):
                assert all(not name.collidepoint(point) for point in swing(a, b) for name in names)

    stage(look, size=size)


@pytest.mark.parametrize("what", ["party", "settings"])
def test_tabs_of_a_row_have_one_size(stage: Callable[..., Any], what: str) -> None:
    async def look(hand: Stagehand) -> None:
        await hand.open(what)
        rows: dict[int, set[int]] = {}
        for one in hand.app.scene.widgets:
            if isinstance(one, Choice):
                rows.setdefault(one.rect.y, set()).add(one.fitted(hand.app.kit))
        assert rows
        assert all(len(sizes) == 1 for sizes in rows.values()), rows

    for lang in ("zh", "en"):
        stage(look, size="phone", language=lang, text_scale=1.5)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_title_at_any_text_size(stage: Callable[..., Any], size: str, scale: float, lang: str) -> None:
    async def look(hand: Stagehand) -> None:
        await hand.frames(3)
        kit, scene = hand.app.kit, hand.app.scene
        assert faults(hand) == []
        tagline, plastron = hand.widget("tagline"), hand.widget("plastron")
        assert not tagline.rect.colliderect(plastron.rect)
        tops = [hand.widget(id) for id in ("practice", "catalogue", "record", "settings")]
        sizes = {round(one.units, 3) for one in tops if isinstance(one, Button)}
        assert len(sizes) == 1
        for one in tops:
            assert isinstance(one, Button)
            assert kit.type.width(one.label, "sans", kit.size(one.units)) <= one.rect.w - kit.px(8)
        assert sum(isinstance(one, GlyphCard) for one in scene.widgets) == 4

    stage(look, size=size, language=lang, text_scale=scale)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_names_of_settings_stand_clear_at_the_largest_text(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> None:
        await hand.open("settings")
        kit = hand.app.kit
        choices = [one for one in hand.app.scene.widgets if isinstance(one, Choice)]
        for one in hand.app.scene.widgets:
            if isinstance(one, Label):
                assert one.fitted(kit) == kit.size(one.units), f"{one.text} is set smaller"
                assert kit.type.height(one.text, one.rect.w, one.face, kit.size(one.units)) <= max(
                    one.rect.h, kit.px(64)
                )
                assert one.rect.collidelist([choice.rect for choice in choices]) < 0

    for lang in ("zh", "en"):
        stage(look, size=size, language=lang, text_scale=1.5)


def test_an_empty_seal_asks_to_be_tapped_only_where_it_can_be(stage: Callable[..., Any]) -> None:
    from pygame import Surface

    from game.ui import theme
    from game.ui.seal import paint_seal

    async def look(hand: Stagehand) -> None:
        middles = []
        for plus in (True, False):
            canvas = Surface((100, 100)).convert()
            paint_seal(canvas, hand.app.kit, Rect(0, 0, 100, 100), "", plus)
            middles.append(tuple(canvas.get_at((50, 50)))[:3])
        assert middles[0] == theme.CINNABAR
        assert middles[1] != theme.CINNABAR

    stage(look)
