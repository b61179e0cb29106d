"""WebKit as a screen: WebKitGTK's small browser on a display of its own, driven by the WebDriver standard."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.glyphs.path import Point
from tests.browser.pointing import CLICK, KEYS, drag_steps, key_steps, scroll_step

NOT_SANDBOXED = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
RUN = """
  const done = arguments[1];
  Promise.resolve((FUNCTION)(arguments[0])).then(
    (value) => done(JSON.stringify([value ?? null])),
    (error) => done(JSON.stringify(['', String(error)])),
  );
"""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class WebKit:
    """A fresh session in `browser` (WebKitGTK's MiniBrowser), by `driver` (WebKitWebDriver).

    `display` is Xvfb; the browser keeps what it keeps in `folder`.
    """

    def __init__(
        self, driver: str, browser: str, display: str, folder: Path, size: tuple[int, int] = (1280, 720)
    ):
        self._size = size
        self._session = ""
        screen = ["-screen", "0", "1600x1500x24", "-nolisten", "tcp"]
        self._display = subprocess.Popen(
            [display, "-displayfd", "1", *screen],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._display.stdout is not None
        number = self._display.stdout.readline().strip()
        home = {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        environ = {**os.environ, **NOT_SANDBOXED, **home, "DISPLAY": f":{number}", "LANG": "C.UTF-8"}
        port = free_port()
        self._driver = subprocess.Popen([driver, f"--port={port}"], env=environ, stderr=subprocess.DEVNULL)
        self._url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 60
        while True:
            try:
                self.call("GET", "/status")
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        made = self.call("POST", "/session", {"capabilities": wanted})
        self._session = f"/session/{made['sessionId']}"
        self.call("POST", "/timeouts", {"script": 60_000, "pageLoad": 120_000})
        self._fit()

    def _fit(self) -> None:
        """Makes the inside of the window as large as was asked for."""
        width, height = self._size
        frame = (0, 0)
        for _try in range(3):
            self.call("POST", "/window/rect", {"width": width + frame[0], "height": height + frame[1]})
            inside = self.evaluate("() => [innerWidth, innerHeight]")
            frame = (frame[0] + width - inside[0], frame[1] + height - inside[1])
        self._size = (int(inside[0]), int(inside[1]))

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One command of the standard and the value that comes back."""
        data = None if method == "GET" else json.dumps(body or {}).encode()
        where = path if path in ("/status", "/session") else self._session + path
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(self._url + where, data, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                told = json.load(error)["value"]
            raise RuntimeError(f"{method} {path}: {told['error']}: {told['message']}") from None

    def close(self) -> None:
        """Ends the browser, the driver and the display."""
        try:
            if self._session:
                self.call("DELETE", "")
        finally:
            for process in (self._driver, self._display):
                process.terminate()
                process.wait(30)
            assert self._display.stdout is not None
            self._display.stdout.close()

    # --- the screen -----------------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    def evaluate(self, function: str, argument: Any = None) -> Any:
        if "=>" not in function:
            function = f"() => {function}"
        script = RUN.replace("FUNCTION", function)
        told = self.call("POST", "/execute/async", {"script": script, "args": [argument]})
        value, *error = json.loads(told)
        if error:
            raise RuntimeError(error[0])
        return value

    def goto(self, url: str) -> None:
        self.call("POST", "/url", {"url": url})

    def reload(self) -> None:
        self.call("POST", "/refresh")

    def _act(self, source: dict[str, Any]) -> None:
        self.call("POST", "/actions", {"actions": [source]})

    def click(self, point: Point) -> None:
        self._act({**CLICK, "actions": drag_steps([point])})

    def drag(self, points: Sequence[Point]) -> None:
        self._act({**CLICK, "actions": drag_steps(points)})

    def scroll(self, point: Point, way: int) -> None:
        self._act({"type": "wheel", "id": "wheel", "actions": [scroll_step(point, way)]})

    def key(self, name: str) -> None:
        self._act({**KEYS, "actions": key_steps(name)})
