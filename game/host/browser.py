"""The browser as a host. The only module of the game that touches `js` and `pyodide`.

The JavaScript half is assets/web/host.js, which the page leaves as `window.shiqi`. Values cross as numbers,
texts and bytes; what happens by itself (a new window size, a click of a screen reader, a waiting update) is
pushed from there by callbacks, so asking for it here every frame costs nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from js import shiqi
from pyodide.ffi import JsException, create_proxy, to_js

from game.host.frame import Frame
from game.host.memory import MemoryStore
from game.host.protocol import (
    HostError,
    NetworkError,
    Reply,
    Store,
    StoreError,
    Target,
    Viewport,
    check_line,
    check_name,
    seconds,
)

ASSETS = "/shiqi/assets/"


class _IndexedStore:
    """`Store` in IndexedDB (assets/web/store.js)."""

    durable = True

    def __init__(self, store: Any) -> None:
        self._store = store

    async def append(self, name: str, line: str) -> None:
        check_name(name)
        check_line(line)
        try:
            await self._store.append(name, line)
        except JsException as error:
            raise StoreError(f"append to {name}: {error}") from error

    async def read(self, name: str) -> list[str]:
        check_name(name)
        try:
            text = await self._store.read(name)
        except JsException as error:
            raise StoreError(f"read {name}: {error}") from error
        return text.split("\n") if isinstance(text, str) else []

    async def replace(self, name: str, lines: list[str]) -> None:
        check_name(name)
        for line in lines:
            check_line(line)
        try:
            await self._store.replace(name, *(["\n".join(lines)] if lines else []))
        except JsException as error:
            raise StoreError(f"replace {name}: {error}") from error

    async def names(self, prefix: str = "") -> list[str]:
        try:
            found = await self._store.names(prefix)
        except JsException as error:
            raise StoreError(f"names {prefix}: {error}") from error
        return sorted(str(name) for name in found)


class BrowserHost:
    """`Host` in a web page. Make one, at the start."""

    name = "browser"

    def __init__(self) -> None:
        self.store: Store = _IndexedStore(shiqi.store) if shiqi.store else MemoryStore()
        self._view = Viewport(1, 1)
        self._activated: list[str] = []
        self._update = False
        self._told: tuple[Target, ...] = ()
        self._loop = asyncio.get_event_loop()
        self._frames: list[Frame] = []
        self._start: float | None = None
        self._on_frame = create_proxy(self._frame_comes)
        shiqi.listen(
            create_proxy(self._view_changes),
            create_proxy(self._activated.append),
            create_proxy(self._update_comes),
        )

    def _frame_comes(self, time: float) -> None:
        frames, self._frames = self._frames, []
        # A callback from JavaScript may run on a thread state of its own, which knows no running loop.
        asyncio._set_running_loop(self._loop)
        for frame in frames:
            frame.come(time)

    def _view_changes(self, width: int, height: int, ratio: float, *insets: float) -> None:
        top, right, bottom, left = insets
        self._view = Viewport(width, height, ratio, (top, right, bottom, left))

    def _update_comes(self) -> None:
        self._update = True

    async def next_frame(self) -> float:
        frame = Frame(self._loop)
        if not self._frames:
            shiqi.frame(self._on_frame)
        self._frames.append(frame)
        time = await frame
        if self._start is None:
            self._start = time
        return time - self._start

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def viewport(self) -> Viewport:
        return self._view

    def download(self, name: str, data: bytes, mime: str) -> None:
        shiqi.download(name, to_js(data), mime)

    async def pick_file(self, accept: str) -> tuple[str, bytes] | None:
        try:
            chosen = await shiqi.pickFile(accept)
        except JsException as error:  # the file went away, or may not be read
            raise HostError(f"pick_file: {error}") from error
        return None if not chosen else (str(chosen.name), bytes(chosen.bytes.to_bytes()))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        pairs = to_js([[key, value] for key, value in headers.items()])
        try:
            answer = await shiqi.post(url, to_js(body), pairs)
        except JsException as error:
            raise NetworkError(f"{url}: {error}") from error
        return Reply(int(answer.status), bytes(answer.body.to_bytes()), seconds(str(answer.wait)))

    async def ask_text(self, prompt: str, initial: str = "", secret: bool = False) -> str | None:
        text = await shiqi.askText(prompt, initial, secret)
        return text if isinstance(text, str) else None

    def speak(self, text: str, lang: str) -> None:
        shiqi.speak(text, lang)

    def can_speak(self, lang: str) -> bool:
        return bool(shiqi.canSpeak(lang))

    def vibrate(self, ms: int) -> None:
        shiqi.vibrate(ms)

    async def share(self, png: bytes, text: str) -> bool:
        return bool(await shiqi.share(to_js(png), text))

    def announce(self, text: str) -> None:
        shiqi.announce(text)

    def describe(self, targets: Sequence[Target]) -> None:
        told = tuple(targets)
        if told == self._told:
            return
        self._told = told
        rows = [[t.id, t.role, t.label, *map(round, t.rect), t.focused, t.disabled, t.checked] for t in told]
        shiqi.describe(json.dumps(rows))

    def take_activations(self) -> list[str]:
        taken = self._activated.copy()
        self._activated.clear()
        return taken

    async def load_extra(self, name: str) -> None:
        if name != "numpy":
            raise HostError(f"no extra called {name}")
        try:
            await shiqi.extra(name)
        except JsException as error:
            raise HostError(f"{name} does not load: {error}") from error
        sys.path_importer_cache.clear()  # finders remember the folders as they were before
        # pygame was imported without numpy and put dummies in the place of these: let them be imported again.
        if pygame := sys.modules.get("pygame"):
            for module in ("surfarray", "sndarray"):
                if f"pygame.{module}" not in sys.modules:
                    vars(pygame).pop(module, None)

    def random_bytes(self, n: int) -> bytes:
        return os.urandom(n)

    def languages(self) -> list[str]:
        return [str(language) for language in shiqi.languages()]

    def invitation(self) -> str:
        return str(shiqi.invitation())

    def reduced_motion(self) -> bool:
        return bool(shiqi.reducedMotion())

    def update_ready(self) -> bool:
        return self._update

    def apply_update(self) -> None:
        if self._update:
            shiqi.applyUpdate()

    def mark(self, name: str) -> None:
        shiqi.mark(name)

    def read_asset(self, path: str) -> bytes:
        try:
            with open(ASSETS + path, "rb") as file:
                return file.read()
        except OSError as error:
            raise HostError(f"no asset {path}") from error
