"""A small web server for the finished site: compressed forms, validators, the page's own policy.

It is the model for any other server: the same files, headers and status codes. It binds to this machine
alone unless told otherwise.
"""

from __future__ import annotations

import email.utils
import hashlib
import json
import socket
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from game.workshop import page
from game.workshop.trouble import Trouble

PORT = 8000
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
    ".whl": "application/zip",
    ".apk": "application/zip",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}  # best first
PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: a status, headers, and the file that is the body (None: no body)."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: Path | None


def accepted(header: str) -> set[str]:
    """The content codings an Accept-Encoding header allows, of those we have."""
    found: set[str] = set()
    refused: set[str] = set()
    for part in header.lower().split(","):
        name, *options = (word.strip() for word in part.split(";"))
        quality = next((option[2:] for option in options if option.startswith("q=")), "1")
        try:
            wanted = float(quality) > 0
        except ValueError:
            wanted = False
        names = set(ENCODINGS) if name == "*" else {name}
        (found if wanted else refused).update(names)
        if name != "*" and wanted:
            refused.discard(name)
    return (found - refused) & set(ENCODINGS)


@lru_cache(maxsize=512)
def content_hash(path: Path, modified: int, length: int) -> str:
    """A short hash of a file's content; the other arguments make a changed file ask again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:20]


def etag(path: Path, coding: str) -> str:
    """A strong validator for one coding of a file."""
    told = path.stat()
    return f'"{content_hash(path, told.st_mtime_ns, told.st_size)}{coding and "-" + coding}"'


class Folder:
    """Answers for one folder of files: the pure half of the server."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, path: str) -> Path | None:
        """The file for a URL path, None if there is none inside the folder."""
        name = unquote(path).lstrip("/") or "index.html"
        if "\\" in name or "\0" in name or any(part in ("..", ".") for part in name.split("/")):
            return None
        file = self.root / name
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() else None

    def policy(self) -> str:
        """The content security policy in the site's own page."""
        file = self.root / "index.html"
        return page.policy(file.read_text(encoding="utf-8")) if file.is_file() else ""

    def version(self) -> str:
        """The version in the site's own page; "" without one."""
        file = self.root / "index.html"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        _, found, rest = text.partition('"version":')
        return json.JSONDecoder().raw_decode(rest)[0] if found and rest.startswith('"') else ""

    def answer(self, target: str, encodings: str = "", known: str = "") -> Answer:
        """The answer to a GET of `target`; `known` is the If-None-Match header."""
        parts = urlsplit(target)
        file = self.find(parts.path)
        if file is None:
            return Answer(HTTPStatus.NOT_FOUND, (("Content-Length", "0"),), None)
        coding = next(
            (name for name in ENCODINGS if name in accepted(encodings) and self._form(file, name).is_file()),
            "",
        )
        body = self._form(file, coding)
        tag = etag(body, coding)
        asked = parse_qs(parts.query).get("v", [""])[0]
        lasting = bool(asked) and asked == self.version()
        headers = [
            ("ETag", tag),
            ("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache"),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ]
        if policy := self.policy():
            headers.append(("Content-Security-Policy", policy))
        if tag in (word.strip().removeprefix("W/") for word in known.split(",")) or known.strip() == "*":
            return Answer(HTTPStatus.NOT_MODIFIED, tuple(headers), None)
        headers.append(("Content-Type", TYPES.get(file.suffix, "application/octet-stream")))
        if coding:
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(body.stat().st_size)))
        return Answer(HTTPStatus.OK, tuple(headers), body)

    @staticmethod
    def _form(file: Path, coding: str) -> Path:
        return file.with_name(file.name + ENCODINGS[coding]) if coding else file


class Handler(BaseHTTPRequestHandler):
    """Sends a Folder's answers over HTTP/1.1 with connections kept open."""

    protocol_version = "HTTP/1.1"
    server_version = "Shiqi"
    sys_version = ""
    folder: Folder
    quiet = True

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, with_body: bool) -> None:
        asked = self.headers
        answer = self.folder.answer(
            self.path, asked.get("Accept-Encoding", ""), asked.get("If-None-Match", "")
        )
        self.send_response_only(answer.status)
        self.send_header("Date", email.utils.formatdate(usegmt=True))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if with_body and answer.body is not None:
            try:
                with answer.body.open("rb") as file:
                    while piece := file.read(PIECE):
                        self.wfile.write(piece)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
        self.log_request(answer.status)

    def log_message(self, format: str, *args: object) -> None:
        if not self.quiet:
            super().log_message(format, *args)


class Server(ThreadingHTTPServer):
    """The server, listening as soon as it is made. Use `serve_forever`, then `server_close`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, root: Path, host: str = "127.0.0.1", port: int = PORT, quiet: bool = True) -> None:
        handler = type("SiteHandler", (Handler,), {"folder": Folder(root), "quiet": quiet})
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), handler)
        except OSError as error:
            other = port + 1 if 0 < port < 65535 else PORT + 1
            why = f"port {port} of {host} cannot be used ({error.strerror})"
            raise Trouble(f"{why}: try --port {other}") from None

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the site."""
        host, port = str(self.server_address[0]), self.server_address[1]
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
        return f"http://{host}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""
