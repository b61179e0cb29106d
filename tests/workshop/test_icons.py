"""The icons have the sizes that the manifest asks for, and the maskable one has no holes."""

from __future__ import annotations

import io

import pygame
import pytest

from game.workshop import icons


@pytest.fixture(scope="module")
def made() -> dict[str, pygame.Surface]:
    return {name: pygame.image.load(io.BytesIO(data), "icon.png") for name, data in icons.make().items()}


def test_sizes(made: dict[str, pygame.Surface]) -> None:
    assert {name: icon.get_size() for name, icon in made.items()} == {
        "icon-192.png": (192, 192),
        "icon-512.png": (512, 512),
        "icon-maskable.png": (512, 512),
        "favicon.png": (48, 48),
    }


def test_a_maskable_icon_fills_its_square_and_keeps_the_glyph_in_the_middle(
    made: dict[str, pygame.Surface],
) -> None:
    icon = made["icon-maskable.png"]
    assert {icon.get_at((x, y)).a for x in range(0, 512, 7) for y in range(0, 512, 7)} == {255}
    outside = [
        (x, y) for x in range(0, 512, 5) for y in range(0, 512, 5) if (x - 256) ** 2 + (y - 256) ** 2 > 205**2
    ]
    assert {tuple(icon.get_at(point))[:3] for point in outside} == {icons.BONE}


def test_other_icons_have_round_corners_and_a_carved_glyph(made: dict[str, pygame.Surface]) -> None:
    icon = made["icon-512.png"]
    assert icon.get_at((0, 0)).a == 0
    colours = {tuple(icon.get_at((x, y)))[:3] for x in range(0, 512, 3) for y in range(0, 512, 3)}
    assert {icons.DARK, icons.BONE, icons.CUT} <= colours
