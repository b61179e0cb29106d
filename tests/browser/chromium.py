"""A player in Chromium, driven by Playwright; keeps what the page complained of and asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from game.glyphs.path import Point
from tests.browser.driver import Player

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page


class PageScreen:
    """A page of Playwright's as a screen, for a mouse or for a finger."""

    def __init__(self, page: Page, touch: bool) -> None:
        self.page = page
        self.touch = touch

    @property
    def size(self) -> tuple[int, int]:
        now = self.page.viewport_size
        assert now is not None, "the context was made without a size"
        return now["width"], now["height"]

    def evaluate(self, function: str, argument: Any = None) -> Any:
        return self.page.evaluate(function, argument)

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def reload(self) -> None:
        self.page.reload()

    def click(self, point: Point) -> None:
        if self.touch:
            self.page.touchscreen.tap(*point)
        else:
            self.page.mouse.click(*point)

    def drag(self, points: Sequence[Point]) -> None:
        if self.touch:
            self.swipe(points)
            return
        mouse = self.page.mouse
        mouse.move(*points[0])
        mouse.down()
        for point in points[1:]:
            mouse.move(*point)
        mouse.up()

    def swipe(self, points: Sequence[Point]) -> None:
        """A finger along the points."""
        session = self.page.context.new_cdp_session(self.page)

        def send(kind: str, *at: Point) -> None:
            touches: list[dict[str, Any]] = [{"x": x, "y": y} for x, y in at]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        send("touchStart", points[0])
        for point in points[1:]:
            send("touchMove", point)
        send("touchEnd")
        session.detach()

    def scroll(self, point: Point, way: int) -> None:
        x, y = point
        if self.touch:
            self.swipe([(x, y - 12 * step * way) for step in range(-8, 9, 2)])
        else:
            self.page.mouse.move(x, y)
            self.page.mouse.wheel(0, 100 * way)

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)


class PagePlayer(Player):
    """A player in a browser context of Playwright's.

    `errors` gathers what came up on the console, `asked` every URL that the page or its worker wanted.
    """

    def __init__(self, context: BrowserContext, url: str, touch: bool = False) -> None:
        self.context = context
        self.errors: list[str] = []
        self.asked: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        super().__init__(PageScreen(self.page, touch), url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def check_clean(self) -> None:
        """No console error, and nobody else's server asked for anything."""
        assert not self.errors, "console errors:\n" + "\n".join(self.errors)
        assert self.asked, "the requests are not seen"
        own = (self.url, f"blob:{self.url}", "data:")
        elsewhere = [url for url in self.asked if not url.startswith(own)]
        assert not elsewhere, f"requests went elsewhere: {elsewhere}"
