"""A scroll draws only what is in view, follows the finger, and shows what the keyboard reaches."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

from types import SimpleNamespace
from typing import Any, cast

import pygame
import pytest
from pygame import Rect, Surface

from game.ui.kit import Kit
from game.ui.scroll import Scroll
from game.ui.widget import Widget


class Row(Widget):
    painted = 0

    def paint(self, canvas: Surface, kit: Kit) -> None:
        Row.painted += 1
        canvas.fill((10 + Row.painted, 0, 0), self.rect)


@pytest.fixture
def kit() -> Kit:
    pygame.display.init()
    pygame.display.set_mode((200, 200))
    Row.painted = 0
    made: Any = SimpleNamespace(px=round, pill=lambda *a: Surface((1, 1)), metrics=SimpleNamespace(ratio=1))
    return cast("Kit", made)


def filled() -> tuple[Scroll, list[Widget]]:
    scroll = Scroll()
    rows = [Row(Rect(0, i * 40, 100, 30), f"r{i}", action=lambda: None) for i in range(50)]
    return scroll, scroll.fill(Rect(0, 0, 100, 100), rows, 50 * 40)


def test_only_the_rows_in_view_are_drawn_and_once(kit: Kit) -> None:
    scroll, _ = filled()
    canvas = Surface((200, 200))
    scroll.paint(canvas, kit)
    first = Row.painted
    assert 3 <= first <= 5
    scroll.paint(canvas, kit)
    assert Row.painted == first
    scroll.wheel(1, kit)
    scroll.paint(canvas, kit)
    assert first < Row.painted <= first + 5


def test_a_finger_drags_and_the_ends_hold(kit: Kit) -> None:
    scroll, _ = filled()
    scroll.press((50, 90), kit)
    scroll.drag((50, 40), kit)
    assert scroll.offset == 50
    scroll.drag((50, 400), kit)
    assert scroll.offset == 0
    scroll.drag((50, -9000), kit)
    assert scroll.offset == scroll.most == 1900
    scroll.release((50, 0), kit)


def test_a_flick_runs_on_and_comes_to_rest(kit: Kit) -> None:
    scroll, _ = filled()
    scroll.press((50, 90), kit)
    for y in (80, 60, 40):
        scroll.drag((50, y), kit)
        scroll.update(0.016, kit)
    scroll.release((50, 40), kit)
    before = scroll.offset
    for _ in range(300):
        scroll.update(0.016, kit)
    assert scroll.offset > before
    scroll.paint(Surface((200, 200)), kit)
    assert not scroll.moving


def test_the_keyboard_brings_a_child_into_view(kit: Kit) -> None:
    scroll, widgets = filled()
    child = widgets[30]
    child.reveal(kit)
    assert scroll.rect.contains(child.place)
    widgets[1].reveal(kit)
    assert scroll.rect.contains(widgets[1].place)


def test_what_is_scrolled_out_is_not_hit(kit: Kit) -> None:
    _, widgets = filled()
    assert widgets[1].hit((50, 15), kit)
    assert not widgets[4].hit((50, 135), kit)
