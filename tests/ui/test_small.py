"""Layout, metrics, motion, pointer, settings, scroll: the small pure parts of the screen."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect

from game.host.protocol import Viewport
from game.ui import plastron
from game.ui.layout import Part, aspect, column, grid, inset, row
from game.ui.metrics import measure
from game.ui.motion import Tween, ease, settle
from game.ui.pointer import next_focus
from game.ui.settings import CHOICES, Settings, first_language, loads
from game.ui.theme import cut_share
from game.ui.widget import Widget


def test_a_row_shares_what_fixed_sizes_leave() -> None:
    left, middle, right = row(Rect(10, 0, 300, 40), [50, Part(), Part(2)], 10)
    assert (left.x, left.w) == (10, 50)
    assert (middle.x, middle.w) == (70, 77)
    assert right.right in (309, 310)


def test_a_column_and_its_gap() -> None:
    upper, lower = column(Rect(0, 0, 10, 100), [Part(), 20], 5)
    assert upper.h == 75
    assert lower.y == 80


def test_a_grid_goes_row_by_row() -> None:
    places = grid(Rect(0, 0, 110, 10), 2, 3, 20, 10)
    assert [p.topleft for p in places] == [(0, 0), (60, 0), (0, 30)]


@given(st.integers(1, 900), st.integers(1, 900), st.floats(0.2, 4))
def test_an_aspect_box_lies_inside(width: int, height: int, ratio: float) -> None:
    box = Rect(3, 4, width, height)
    inner = aspect(box, ratio)
    assert inner.w <= box.w
    assert inner.h <= box.h
    assert box.contains(inner)


def test_an_inset_is_never_inside_out() -> None:
    assert inset(Rect(0, 0, 10, 10), 8).size == (0, 0)


@pytest.mark.parametrize(
    ("view", "wide", "unit"),
    [
        (Viewport(1280, 720), True, 1.0),
        (Viewport(720, 1280), False, 1.0),
        (Viewport(390, 844, 2.0), False, 1.44),
        (Viewport(2560, 1440), True, 2.0),
        (Viewport(7680, 4320), True, 3.0),
    ],
)
def test_a_unit_follows_the_window(view: Viewport, wide: bool, unit: float) -> None:
    m = measure(view)
    assert m.wide is wide
    assert m.unit == pytest.approx(unit)


def test_insets_make_the_safe_room_and_text_scales() -> None:
    m = measure(Viewport(400, 800, 2.0, (10, 0, 20, 5)), 1.5)
    assert m.safe == (10, 20, 800, 1560)
    assert m.type_px(24) == round(24 * m.unit * 1.5)
    assert m.px(0.1) == 1
    assert m.px(0) == 0


@given(st.floats(-3, 3))
def test_easing_stays_between(share: float) -> None:
    assert 0 <= ease(share) <= 1
    assert 0 <= settle(share) <= 1


def test_a_tween_waits_then_runs() -> None:
    tween = Tween(1.0, delay=0.5)
    tween.step(0.5)
    assert tween.share == 0
    tween.step(0.5)
    assert tween.share == pytest.approx(0.5)
    tween.step(9)
    assert tween.share == 1
    assert tween.done
    assert Tween(0.0).share == 1.0


def able(id: str, x: int, y: int) -> Widget:
    widget = Widget(Rect(x, y, 10, 10), id, id, lambda: None)
    widget.role = "button"
    return widget


def test_focus_goes_by_tab_and_by_arrows() -> None:
    widgets = [able("a", 0, 0), able("b", 50, 0), able("c", 0, 50)]
    assert next_focus(widgets, "", "tab") == "a"
    assert next_focus(widgets, "", "shift-tab") == "c"
    assert next_focus(widgets, "a", "tab") == "b"
    assert next_focus(widgets, "a", "shift-tab") == "c"
    assert next_focus(widgets, "a", "right") == "b"
    assert next_focus(widgets, "a", "down") == "c"
    assert next_focus(widgets, "a", "left") == "a"
    assert next_focus(widgets, "c", "up") == "a"
    assert next_focus([], "a", "tab") == ""


def test_settings_survive_anything_that_was_stored() -> None:
    kept = loads(Settings("en", 1.5, False, "less", 3, "p1").dumps(), Settings())
    assert kept == Settings("en", 1.5, False, "less", 3, "p1")
    assert loads("no json", Settings()) == Settings()
    assert loads("[1]", Settings()) == Settings()
    odd = loads(json.dumps({"language": "fr", "strictness": 9, "player": 4, "sound": "loud"}), Settings())
    assert odd == Settings()


def test_every_choice_is_a_setting() -> None:
    for name, values in CHOICES.items():
        assert getattr(Settings(), name) in values


@pytest.mark.parametrize(
    ("tags", "lang"), [(["en-GB", "zh"], "en"), (["fr", "zh-TW"], "zh"), (["fr"], "zh"), ([], "zh")]
)
def test_the_first_language_it_can_speak(tags: list[str], lang: str) -> None:
    assert first_language(tags) == lang


def test_cuts_grow_thinner_with_size() -> None:
    assert cut_share(40) == 0.075
    assert cut_share(600) == 0.034
    assert cut_share(100) > cut_share(200) > cut_share(400)


def test_the_plastron_holds_its_glyphs_inside() -> None:
    box = Rect(0, 0, 405, 640)
    for band in range(len(plastron.BANDS)):
        places = plastron.glyph_boxes(box, band, 5)
        assert len(places) == 5
        for one, other in pairwise(places):
            assert not one.colliderect(other)
        for place in places:
            reach = plastron.half_width(place.centery / box.h) * box.w / 2
            assert abs(place.centerx - box.centerx) + place.w / 2 < reach * 1.02
    xs = [x for x, _ in plastron.outline()]
    assert min(xs) >= 0
    assert max(xs) <= 1
