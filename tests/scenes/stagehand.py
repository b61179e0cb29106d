"""Plays the app without a window: a fake host, real content and fonts, real widgets and taps."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pygame

from game.app import App
from game.content.library import Library
from game.host.fake import FakeHost
from game.host.protocol import Viewport
from game.scenes.open import open_programme
from game.scenes.title import Title
from game.session import Session
from game.ui.kit import Kit
from game.ui.settings import Settings
from game.ui.widget import Widget

SIZES = {"wide": (1280, 720), "tall": (720, 1280), "phone": (390, 844), "flat": (844, 390)}


class Stagehand:
    """An app on a fake host. Time passes only in `frames`."""

    def __init__(self, app: App, host: FakeHost) -> None:
        self.app = app
        self.host = host

    async def frames(self, count: int = 2, dt: float = 0.05) -> None:
        """Lets frames pass; an error in a task is raised here."""
        for _ in range(count):
            self.app.fit()
            self.app.events()
            self.app.frame(dt)
            await asyncio.sleep(0)
            if self.app.error is not None:
                raise self.app.error

    def widget(self, id: str) -> Widget:
        """The widget with this id; AssertionError naming those there are."""
        found = self.app.scene.find(id)
        assert found is not None, (
            f"no {id} in {self.app.scene.name}: {[w.id for w in self.app.scene.widgets]}"
        )
        return found

    async def tap(self, id: str) -> None:
        """A real tap: press and release at the middle of the widget, scrolled into view by the wheel."""
        widget = self.widget(id)
        for _ in range(40):
            if widget.within is None or widget.within.rect.contains(widget.place):
                break
            down = widget.place.bottom > widget.within.rect.bottom
            pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1 if down else 1))
            await self.frames(1)
        place = widget.place.center
        await self.press(place)
        await self.release(place)

    async def press(self, at: tuple[int, int]) -> None:
        """The finger comes down."""
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
        await self.frames(1)

    async def move(self, at: tuple[int, int]) -> None:
        """The finger moves."""
        pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0)))
        await self.frames(1, 0.016)

    async def release(self, at: tuple[int, int]) -> None:
        """The finger is lifted."""
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
        await self.frames(3)

    async def key(self, key: int, mod: int = 0) -> None:
        """A key is pressed."""
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))
        await self.frames(2)

    async def open(self, what: str) -> None:
        """Opens a programme or a level by name."""
        open_programme(self.app, what)
        await self.frames(3)


async def _begin(library: Library, assets: Path, size: str, settings: Settings, seal: str) -> Stagehand:
    pygame.display.init()
    pygame.font.init()
    pygame.event.clear()
    host = FakeHost()
    host.assets = assets
    width, height = SIZES[size]
    host.view = Viewport(width, height, 1.0)
    session = Session(host, library, settings)
    app = App(host, Kit(host, library, settings), session)
    app.fit()
    if seal:
        await session.begin(seal)
    app.push(Title(app))
    hand = Stagehand(app, host)
    await hand.frames(2)
    return hand


def play(
    library: Library,
    assets: Path,
    script: Callable[[Stagehand], Awaitable[Any]],
    size: str = "wide",
    seal: str = "鹿山",
    **chosen: Any,
) -> Any:
    """Runs `script` with an app of its own; `chosen` are settings. Returns what the script returns."""

    async def run() -> Any:
        return await script(await _begin(library, assets, size, Settings(**chosen), seal))

    return asyncio.run(run())
