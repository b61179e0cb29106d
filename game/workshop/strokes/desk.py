"""`build.py strokes`: a page at 127.0.0.1 on which real strokes are drawn and kept as regression cases.

The page shows a character; what is drawn on it is judged by the game's own grader and, if the person at the
desk says so, written down as a case of its kind, which has its own right verdict (see `recorded`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from game.content.library import Library
from game.glyphs.form import Form
from game.workshop.strokes.case import KINDS, Case, grade
from game.workshop.strokes.made import known_forms
from game.workshop.strokes.recorded import FILE, append, from_record
from game.workshop.trouble import Trouble

PAGE: Final = Path(__file__).with_name("desk.html")
LARGEST: Final = 4_000_000
"""Bytes of a drawing at most."""
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'"
)


def listing(library: Library, forms: Mapping[str, Sequence[Form]]) -> dict[str, Any]:
    """What the page needs: the kinds, and every character with its pinyin, meaning and strokes."""
    characters = []
    for char, known in forms.items():
        entry = library.character(char)
        characters.append(
            {
                "char": char,
                "pinyin": entry.pinyin,
                "gloss": [entry.gloss.zh, entry.gloss.en],
                "strokes": [[[round(x, 1), round(y, 1)] for x, y in line] for line in known[0].strokes],
            }
        )
    return {"kinds": list(KINDS), "characters": characters}


def verdict(case: Case, forms: Sequence[Form]) -> dict[str, Any]:
    """How the game judges a case, and whether that is right for its kind."""
    judged, accepted = grade(case, forms)
    correction = judged.correction
    return {
        "score": judged.score,
        "passed": judged.passed,
        "accepted": accepted,
        "correction": f"{correction.kind} {correction.part}" if correction else "",
        "right": case.right(judged, accepted),
    }


class Handler(BaseHTTPRequestHandler):
    """GET / and /forms.json; POST /grade judges a drawing, POST /keep judges it and writes it down."""

    server: Desk
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._here():
            self._json(403, {"error": "this page is for this machine"})
        elif self.path == "/":
            self._send(200, PAGE.read_bytes(), "text/html; charset=utf-8")
        elif self.path == "/forms.json":
            self._json(200, listing(self.server.library, self.server.forms))
        else:
            self._json(404, {"error": "there is nothing here"})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not self._here() or self.path not in ("/grade", "/keep") or not 0 < length <= LARGEST:
            self.close_connection = True
            self._json(400, {"error": "not a drawing"})
            return
        try:
            told = json.loads(self.rfile.read(length))
            forms = self.server.forms
            case = from_record(told, forms)
            if self.path == "/keep":
                append(told, forms, self.server.file)
        except ValueError as error:
            self._json(400, {"error": str(error)})
            return
        self._json(200, verdict(case, forms[case.char]))

    def _here(self) -> bool:
        """Whether the page itself asks: no other site may write files here through a visitor's browser."""
        own = {f"{name}:{self.server.server_address[1]}" for name in ("127.0.0.1", "localhost")}
        origin = self.headers.get("Origin")
        return self.headers.get("Host") in own and (origin is None or origin.removeprefix("http://") in own)

    def _json(self, status: int, told: object) -> None:
        self._send(status, json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the page itself tells what was kept."""


class Desk(ThreadingHTTPServer):
    """The server of the tool, on this machine only; `file` is where records go."""

    daemon_threads = True

    def __init__(self, library: Library, port: int = 0, file: Path = FILE) -> None:
        self.library = library
        self.forms = known_forms(library)
        self.file = file
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except OSError as error:
            raise Trouble(f"port {port} is taken: try --port 0") from error

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.server_address[1]}/"
