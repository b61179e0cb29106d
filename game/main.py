"""The entry: choose a host, read the content pack, open the title, run. The same on every machine."""

import asyncio
import json
from typing import Any

import pygame

from game.app import App
from game.content.library import Library
from game.host.protocol import Host, HostError
from game.session import Session
from game.ui.kit import Kit
from game.ui.settings import read_settings


async def start(host: Host) -> App:
    """Everything up to the first frame of the title."""
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_caption("识契 Shiqi")

    def section(name: str) -> Any:
        return json.loads(host.read_asset(f"content/{name}.json"))

    library = Library(section)
    settings = await read_settings(host)
    session = Session(host, library, settings)
    app = App(host, Kit(host, library, settings), session)
    await session.resume()
    from game.scenes.title import Title

    app.push(Title(app))
    if invited := host.invitation():
        from game.scenes.invitation import Invitation, plain

        if code := plain(invited):
            app.push(Invitation(app, code))
    return app


async def behind(app: App) -> None:
    """What the title does not wait for: numpy, then the sounds made with it; sending to an organisation."""
    await asyncio.sleep(0.4)
    if await app.host.store.names("ledger/"):  # those who never joined do not even import it
        app.spawn(app.session.sync.run())
    try:
        await app.host.load_extra("numpy")
    except HostError:  # offline on a first visit: the game plays on, without sound
        return
    app.kit.sound.prepare()


async def main(host: Host | None = None) -> None:
    """Plays until the window is closed; in the browser without a host given."""
    if host is None:
        from game.host.browser import BrowserHost

        host = BrowserHost()
    app = await start(host)
    app.spawn(behind(app))
    await app.run()
