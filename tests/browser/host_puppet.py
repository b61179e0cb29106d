"""A game that does as it is told: the tests run Python in the page through it."""

from __future__ import annotations

import contextlib
import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.browser.host_site import Server, wait

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PUPPET = """
import asyncio, json, textwrap
import pygame
import js
from pyodide.ffi import create_proxy
from game.host.browser import BrowserHost
from game.host.protocol import Target

KINDS = (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION, pygame.FINGERDOWN, pygame.FINGERUP,
         pygame.FINGERMOTION, pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT, pygame.MOUSEWHEEL)
events = []
frames = []
hooks = {}

async def run(code):
    scope = globals()
    exec("async def told():\\n" + textwrap.indent(code, "    "), scope)
    return json.dumps(await scope["told"]())

async def main():
    global host, screen
    host = BrowserHost()
    pygame.init()
    pygame.display.set_caption("识契")
    view = host.viewport()
    screen = pygame.display.set_mode(view.pixels)
    js.window.run = create_proxy(run)
    while True:
        if host.viewport() != view:
            view = host.viewport()
            screen = pygame.display.set_mode(view.pixels)
        for event in pygame.event.get():
            if event.type in KINDS:
                events.append([pygame.event.event_name(event.type), {k: v for k, v in event.dict.items()
                               if isinstance(v, (int, float, str, tuple))}])
                if event.type in hooks:
                    asyncio.ensure_future(hooks.pop(event.type)())
        screen.fill((23, 19, 16))
        pygame.display.flip()
        frames.append(await host.next_frame())
        js.window.drawn = len(frames)

asyncio.run(main())
"""


class Puppet:
    """A page with the puppet in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def run(self, code: str) -> Any:
        """Run the body of an async function in the page's Python; what it returns, through JSON."""
        return json.loads(self.page.evaluate("(code) => window.run(code)", textwrap.dedent(code)))

    def begin(self, code: str) -> None:
        """As `run`, without waiting; see `answer`."""
        start = "(code) => { window.answer = undefined; window.run(code).then((a) => (window.answer = a)); }"
        self.page.evaluate(start, textwrap.dedent(code))

    def answer(self) -> Any:
        """What the code last begun returned."""
        return json.loads(wait(self.page, "window.answer"))

    def frames(self, n: int = 3) -> None:
        """Let the game draw `n` frames more."""
        wait(self.page, f"window.drawn >= {self.page.evaluate('window.drawn') + n}")

    def events(self, *names: str) -> list[dict[str, Any]]:
        """The pygame events of these names since last asked."""
        self.frames()
        told = self.run("taken = list(events); events.clear(); return taken")
        return [values for name, values in told if not names or name in names]


@contextlib.contextmanager
def puppet(browser: Browser, server: Server, init: str = "", **options: Any) -> Iterator[Puppet]:
    """A fresh context with the puppet running in its one page; `options` as for Playwright's new_context."""
    with browser.new_context(**options) as context:
        page = context.new_page()
        if init:
            page.add_init_script(init)
        page.goto(server.url)
        wait(page, "window.drawn > 2 && !document.getElementById('shell')")
        yield Puppet(page)
