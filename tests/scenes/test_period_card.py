"""The card of a period: asked for on the road, handed to the host, and everything is on it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pygame
import pytest
from pygame import Rect, Surface

from game.learning.party import PERIODS, by_period
from game.scenes.period_card import FOOT, HEAD, PAPER, SIZE, card_spots, first_year, period_card
from game.ui import theme
from tests.scenes.stagehand import Stagehand

PNG = b"\x89PNG\r\n\x1a\n"


def marks(sheet: Surface, box: Rect, ground: tuple[int, int, int] = PAPER) -> int:
    """How many pixels of a box are not of the ground's colour."""
    part = sheet.subsurface(box)
    mask = pygame.mask.from_threshold(part, ground, (3, 3, 3, 255))
    return box.w * box.h - mask.count()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_card_is_saved_from_the_road(stage: Callable[..., Any], size: str, lang: str) -> None:
    async def save(hand: Stagehand) -> list[tuple[str, bytes, str]]:
        await hand.open("party")
        for period in PERIODS if size == "wide" else PERIODS[:2]:
            await hand.tap(f"card-{period.id}")
        return hand.host.downloads

    saved = stage(save, size=size, language=lang)
    wanted = PERIODS if size == "wide" else PERIODS[:2]
    assert [name for name, _, _ in saved] == [f"shiqi-{period.id}-{lang}.png" for period in wanted]
    assert all(data.startswith(PNG) and mime == "image/png" for _, data, mime in saved)
    assert len({data for _, data, _ in saved}) == len(wanted)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_stands_in_its_place(stage: Callable[..., Any], lang: str) -> None:
    async def draw(hand: Stagehand) -> None:
        kit = hand.app.kit
        kept = len(kit.engraver._kept), len(kit.type._lines)
        for period, levels in by_period(kit.library.party_history):
            sheet = pygame.image.load(BytesIO(period_card(kit, period, levels)))
            assert sheet.get_size() == SIZE
            assert marks(sheet, HEAD) > 9000
            assert marks(sheet, FOOT) > 800
            assert marks(sheet, Rect(0, 0, SIZE[0], 40)) == 0, "a printer's margin stays empty"
            shown = set()
            for level, spot in zip(levels, card_spots(len(levels)), strict=True):
                inner = spot.tile.inflate(-24, -24)
                assert marks(sheet, inner, theme.BONE_LIGHT) > 400, f"{level.id}: no character"
                assert marks(sheet, spot.words) > 1500, f"{level.id}: no words"
                beyond = Rect(spot.words.right + 2, spot.words.y, 10, spot.words.h)
                assert marks(sheet, beyond) == 0, f"{level.id}: words leave their place"
                year = first_year(level)
                assert bool(marks(sheet, spot.year)) == (year not in shown), f"{level.id}: {year}"
                shown.add(year)
        assert (len(kit.engraver._kept), len(kit.type._lines)) == kept, "nothing is kept after printing"

    stage(draw, language=lang)


@pytest.mark.parametrize("count", range(1, 10))
def test_rows_stand_apart_and_on_the_page(count: int) -> None:
    spots = card_spots(count)
    assert len(spots) == count
    boxes = [box for spot in spots for box in (spot.year, spot.tile, spot.words)]
    page = Rect(60, HEAD.bottom, SIZE[0] - 120, FOOT.y - HEAD.bottom)
    assert all(page.contains(box) for box in boxes)
    assert all(box.collidelist([other for other in boxes if other is not box]) < 0 for box in boxes)


def test_a_character_without_an_oracle_form_says_so(stage: Callable[..., Any]) -> None:
    from dataclasses import replace

    async def draw(hand: Stagehand) -> tuple[Surface, Surface]:
        kit = hand.app.kit
        period, levels = by_period(kit.library.party_history)[0]
        plain = [replace(level, character="党") for level in levels]
        one, other = (pygame.image.load(BytesIO(period_card(kit, period, some))) for some in (levels, plain))
        return one, other

    carved, regular = stage(draw)
    tile = card_spots(3)[0].tile
    label = Rect(tile.x + 10, tile.bottom - 32, tile.w - 20, 28)
    assert marks(carved, label, theme.BONE_LIGHT) == 0
    assert marks(regular, label, theme.BONE_LIGHT) > 200
    assert marks(regular, tile.inflate(-80, -80), theme.BONE_LIGHT) > 1000
