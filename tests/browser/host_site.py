"""A small site made of the page files and the host alone, and a server that can be told to misbehave.

What runs in it is a main.py given by the test: the page and the host are tested without the rest of the game.
"""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import os
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.workshop import testing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "assets" / "web"
HOST_FILES = ("__init__.py", "browser.py", "frame.py", "memory.py", "protocol.py")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
}


def runtime() -> dict[str, bytes] | None:
    """The files of `runtime/`, from $SHIQI_RUNTIME or the built site; None where there are none."""
    places = [Path(os.environ.get("SHIQI_RUNTIME", "/nowhere")), ROOT / "build" / "web" / "runtime"]
    for place in places:
        if (place / "pyodide.asm.wasm").is_file():
            return {
                f"runtime/{path.name}": path.read_bytes()
                for path in place.iterdir()
                if path.suffix not in (".br", ".gz")
            }
    return None


def packed(files: Mapping[str, bytes]) -> bytes:
    """A stored zip with everything under assets/."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(f"assets/{name}", data)
    return out.getvalue()


def site(main: str, more: Mapping[str, bytes] | None = None, version: str = "test") -> dict[str, bytes]:
    """Every file of a site whose game is `main` (source of main.py) with game.host beside it and `more`.

    Skips the test where no runtime has been built.
    """
    files = runtime()
    if files is None:
        pytest.skip("no runtime: run build.py build, or set SHIQI_RUNTIME")
    game = {f"game/host/{name}": (ROOT / "game" / "host" / name).read_bytes() for name in HOST_FILES}
    files["shiqi.apk"] = packed({"main.py": main.encode(), "game/__init__.py": b"", **game, **(more or {})})
    for path in WEB.iterdir():
        if path.suffix in (".js", ".css", ".webmanifest") and path.name != "worker.js":
            files[path.name] = path.read_bytes()
    for name in ("favicon.png", "icon-192.png", "icon-512.png", "icon-maskable.png"):
        files[name] = bytes.fromhex("89504e470d0a1a0a")
    told = json.dumps({"version": version, "files": {name: len(data) for name, data in files.items()}})
    page = (WEB / "shiqi.tmpl").read_text(encoding="utf-8").replace("__SITE__", told)
    for key, value in {"title": "识契 Shiqi", "archive": "shiqi"}.items():
        page = page.replace(f"{{{{cookiecutter.{key}}}}}", value)
    worker = (WEB / "worker.js").read_text(encoding="utf-8").replace("__VERSION__", version)
    files["worker.js"] = worker.replace("__PRECACHE__", json.dumps(["./", *files])).encode()
    files["index.html"] = page.encode()
    return files


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright. Skips the test where either is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    place = shutil.which("chromium")
    if place is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=place, args=list(testing.FLAGS))
        yield browser
        browser.close()


def wait(page: Page, expression: str, seconds: float = 30) -> Any:
    """Wait until `expression` is true in the page, and return its value.

    Playwright's own wait_for_function needs eval in the page, which the policy of ours forbids.
    """
    end = time.monotonic() + seconds
    value: Any = None
    while time.monotonic() < end:
        try:
            if value := page.evaluate(expression):
                return value
        except Exception as error:
            if "navigation" not in str(error):  # the page is just being left for another
                raise
        time.sleep(0.05)
    raise AssertionError(f"{expression} is still {value!r}")


class Server:
    """Serves `files` under a sub-path on a free port of this machine.

    `status` (name → HTTP status), `cut` (names sent half) and `slow` (name → seconds before sending) make it
    misbehave. `asked` lists the names that were asked for. A POST is answered with 201, its body
    backwards and Retry-After 7, and kept in `posts` with its headers.
    """

    def __init__(self, files: Mapping[str, bytes], path: str = "/some/where/") -> None:
        self.files = dict(files)
        self.path = path
        self.status: dict[str, int] = {}
        self.cut: set[str] = set()
        self.slow: dict[str, float] = {}
        self.asked: list[str] = []
        self.posts: list[tuple[bytes, dict[str, str]]] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.answer(self)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                server.posts.append((body, {key.lower(): value for key, value in self.headers.items()}))
                self.send_response(201)
                self.send_header("retry-after", "7")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[::-1])

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A browser that closes a page drops its connections: nothing to tell."""

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}{path}"

    def answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        name = request.path.split("?")[0].removeprefix(self.path) or "index.html"
        self.asked.append(name)
        time.sleep(self.slow.get(name, 0))
        data = self.files.get(name)
        status = self.status.get(name, 200 if data is not None else 404)
        if status != 200 or data is None:
            data = b""
        request.send_response(status)
        request.send_header("content-type", TYPES.get(Path(name).suffix, "application/octet-stream"))
        request.send_header("content-length", str(len(data)))
        request.send_header("cache-control", "no-cache")
        request.end_headers()
        with contextlib.suppress(OSError):
            if name in self.cut:
                request.wfile.write(data[: len(data) // 2])
                request.close_connection = True
            else:
                request.wfile.write(data)

    @contextlib.contextmanager
    def running(self) -> Iterator[Server]:
        """Serve for the time of a with block."""
        thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.http.shutdown()
            self.http.server_close()
            thread.join()
