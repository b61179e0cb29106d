"""Firefox as a screen, driven by WebDriver BiDi, which it speaks by itself: no driver program is needed."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.glyphs.path import Point
from tests.browser.pointing import CLICK, KEYS, drag_steps, key_steps, move, scroll_step
from tests.browser.websocket import WebSocket

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.tabs.remote.autostart": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.locale.requested": "zh-CN",
    "intl.accept_languages": "zh-CN",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "toolkit.telemetry.server": "",
}
LISTENING = "WebDriver BiDi listening on "


class Firefox:
    """A headless Firefox with a profile of its own in `folder`.

    `said` gathers what came up on its console as an error, `asked` every URL that the page wanted.
    """

    def __init__(self, program: str, folder: Path, size: tuple[int, int] = (1280, 720)) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self._size = size
        self._next = 0
        profile = folder / "profile"
        profile.mkdir(parents=True, exist_ok=True)
        wanted = "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
        (profile / "user.js").write_text(wanted, encoding="utf-8")
        self._log = folder / "firefox.log"
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            str(profile),
            "--remote-debugging-port=0",
        ]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self._socket = WebSocket(self._address() + "/session")
        self.call("session.new", capabilities={})
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self.call("session.subscribe", events=events)
        self._page = self.call("browsingContext.getTree")["contexts"][0]["context"]
        width, height = size
        self.call(
            "browsingContext.setViewport", context=self._page, viewport={"width": width, "height": height}
        )

    def _address(self) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end and self._process.poll() is None:
            told = self._log.read_text(errors="replace")
            if LISTENING in told:
                return told.partition(LISTENING)[2].split()[0]
            time.sleep(0.1)
        raise ConnectionError(f"Firefox does not start: {self._log.read_text(errors='replace')[-2000:]}")

    def call(self, method: str, **parameters: Any) -> Any:
        """One command and its result; events that come meanwhile are kept."""
        self._next += 1
        self._socket.send(json.dumps({"id": self._next, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.receive())
            if told.get("type") == "event":
                self._event(told["method"], told["params"])
            elif told.get("id") == self._next:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
                return told["result"]

    def _event(self, method: str, about: dict[str, Any]) -> None:
        if method == "log.entryAdded" and about["level"] == "error":
            self.said.append(str(about["text"]))
        elif method == "network.beforeRequestSent":
            self.asked.append(str(about["request"]["url"]))

    def close(self) -> None:
        """Ends the browser."""
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    # --- the screen -----------------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    def evaluate(self, function: str, argument: Any = None) -> Any:
        if "=>" not in function:
            function = f"() => {function}"
        call = f"(async () => JSON.stringify(await ({function})({json.dumps(argument)})))()"
        told = self.call(
            "script.evaluate", expression=call, target={"context": self._page}, awaitPromise=True
        )
        if told["type"] != "success":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"].get("value") or "null")

    def goto(self, url: str) -> None:
        self.call("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def reload(self) -> None:
        self.call("browsingContext.reload", context=self._page, wait="complete")

    def _act(self, *sources: dict[str, Any]) -> None:
        self.call("input.performActions", context=self._page, actions=list(sources))

    def click(self, point: Point) -> None:
        self._act({**CLICK, "actions": drag_steps([point])})

    def drag(self, points: Sequence[Point]) -> None:
        self._act({**CLICK, "actions": drag_steps(points)})

    def scroll(self, point: Point, way: int) -> None:
        self._act({**CLICK, "actions": [move(point)]})
        self._act({"type": "wheel", "id": "wheel", "actions": [scroll_step(point, way)]})

    def key(self, name: str) -> None:
        self._act({**KEYS, "actions": key_steps(name)})
