"""The canvas in the window: sizes, pointers, keys, frames. In Chromium, with real input events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.host_puppet import PUPPET, puppet
from tests.browser.host_site import Server, chromium, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(site(PUPPET)).running() as server:
        yield server


SIZE = """(() => {
  const box = document.getElementById('canvas').getBoundingClientRect();
  const canvas = document.getElementById('canvas');
  return [box.x, box.y, box.width, box.height, canvas.width, canvas.height, scrollX, scrollY];
})()"""

NAMES = ("MouseButtonDown", "MouseButtonUp")


@pytest.mark.parametrize(("device", "ratio"), [(1, 1), (1.5, 1.5), (2, 2), (3, 2)])
def test_the_canvas_fills_the_window_and_pointers_land_right(
    browser: Browser, server: Server, device: float, ratio: float
) -> None:
    size = {"width": 390, "height": 844}
    options: dict[str, Any] = {"viewport": size, "device_scale_factor": device, "has_touch": True}
    with puppet(browser, server, **options) as game:
        page = game.page
        assert game.run("v = host.viewport(); return [v.width, v.height, v.ratio, *v.insets]") == [
            *(390, 844, ratio),
            *(0, 0, 0, 0),
        ]
        bitmap = [round(390 * ratio), round(844 * ratio)]
        assert page.evaluate(SIZE) == [0, 0, 390, 844, *bitmap, 0, 0]
        for x, y in ((0, 0), (1, 1), (195, 422), (389, 843), (17, 800)):
            game.events()
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.up()
            down, up = (game.run(f"return [e for n, e in events if n == '{name}']") for name in NAMES)
            for event in (*down, *up):
                assert event["pos"] == pytest.approx([x * ratio, y * ratio], abs=1)
            assert len(down) == len(up) == 1
        game.events()
        page.touchscreen.tap(300, 200)
        fingers = game.events("FingerDown", "FingerUp")
        assert len(fingers) == 2
        for finger in fingers:
            assert [finger["x"] * 390, finger["y"] * 844] == pytest.approx([300, 200], abs=1)


def test_a_tap_is_also_a_mouse_click_at_the_same_place(browser: Browser, server: Server) -> None:
    options: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "has_touch": True,
    }
    with puppet(browser, server, **options) as game:
        game.events()
        game.page.touchscreen.tap(100, 700)
        clicks = game.events(*NAMES)
        assert [click["pos"] for click in clicks] == [[200, 1400], [200, 1400]]
        assert all(click["touch"] for click in clicks)


def test_a_drag_is_followed(browser: Browser, server: Server) -> None:
    with puppet(browser, server, viewport={"width": 800, "height": 600}) as game:
        page = game.page
        page.mouse.move(100, 100)
        page.mouse.down()
        game.events()
        for i in range(1, 6):
            page.mouse.move(100 + 40 * i, 100 + 20 * i)
            game.frames(1)
        moves = [event["pos"] for event in game.events("MouseMotion")]
        assert moves == [[100 + 40 * i, 100 + 20 * i] for i in range(1, 6)]


def test_rotation_and_resizing_are_followed(browser: Browser, server: Server) -> None:
    options: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3}
    with puppet(browser, server, **options) as game:
        game.page.set_viewport_size({"width": 844, "height": 390})
        game.frames(5)
        assert game.page.evaluate(SIZE) == [0, 0, 844, 390, 1688, 780, 0, 0]
        assert game.run("return list(screen.get_size())") == [1688, 780]
        game.events()
        game.page.mouse.move(800, 300)
        assert game.events("MouseMotion")[-1]["pos"] == [1600, 600]


def test_a_very_large_window_is_drawn_at_fewer_pixels(browser: Browser, server: Server) -> None:
    options: dict[str, Any] = {"viewport": {"width": 1920, "height": 1200}, "device_scale_factor": 2}
    with puppet(browser, server, **options) as game:
        width, height = game.run("return list(screen.get_size())")
        assert width * height == pytest.approx(4_200_000, rel=0.01)
        assert game.page.evaluate(SIZE)[2:4] == [1920, 1200]
        game.events()
        game.page.mouse.move(960, 600)
        assert game.events("MouseMotion")[-1]["pos"] == pytest.approx([width / 2, height / 2], abs=1)


def test_insets_are_told(browser: Browser, server: Server) -> None:
    with puppet(browser, server, viewport={"width": 390, "height": 844}) as game:
        page = game.page
        page.evaluate("document.getElementById('insets').style.padding = '47px 1px 34px 2px'")
        page.set_viewport_size({"width": 390, "height": 800})
        game.frames(5)
        assert game.run("return host.viewport().insets") == [47, 1, 34, 2]


def test_the_page_keeps_still(browser: Browser, server: Server) -> None:
    with puppet(browser, server, viewport={"width": 800, "height": 600}) as game:
        page = game.page
        page.evaluate("addEventListener('contextmenu', (event) => (window.menu = event.defaultPrevented))")
        page.evaluate("addEventListener('wheel', (event) => (window.zoom = event.defaultPrevented))")
        page.mouse.move(400, 300)
        page.mouse.click(400, 300, button="right")
        assert page.evaluate("window.menu") is True
        page.keyboard.down("Control")
        page.mouse.wheel(0, 300)
        page.keyboard.up("Control")
        game.frames()
        assert page.evaluate("window.zoom") is True
        assert page.evaluate("visualViewport.scale") == 1
        assert page.evaluate("getComputedStyle(document.getElementById('canvas')).touchAction") == "none"
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_keys_reach_the_game(browser: Browser, server: Server) -> None:
    with puppet(browser, server, viewport={"width": 800, "height": 600}) as game:
        game.events()
        for key in ("a", "Tab", "Enter", "Escape", "ArrowLeft"):
            game.page.keyboard.press(key)
        keys = [event["key"] for event in game.events("KeyDown")]
        assert keys == [97, 9, 13, 27, 1073741904]
        assert game.page.evaluate("document.activeElement.id || document.activeElement.tagName") in (
            "canvas",
            "BODY",
        )


def test_the_game_draws_inside_the_animation_frame(browser: Browser, server: Server) -> None:
    init = """
      const real = window.requestAnimationFrame;
      window.requestAnimationFrame = (call) => real((time) => {
        window.inside = true;
        try { call(time); } finally { window.inside = false; }
      });
    """
    with puppet(browser, server, init, viewport={"width": 800, "height": 600}) as game:
        code = """
            seen = []
            for i in range(10):
                await host.next_frame()
                seen.append(bool(js.window.inside))
            return seen
        """
        assert game.run(code) == [True] * 10


def test_frames_are_paced(browser: Browser, server: Server) -> None:
    with puppet(browser, server, viewport={"width": 800, "height": 600}) as game:
        game.run("frames.clear(); return 0")
        game.frames(60)
        times = game.run("return frames")
        steps = sorted(b - a for a, b in pairwise(times))
        assert times == sorted(times)
        assert 0.012 < steps[len(steps) // 2] < 0.05
