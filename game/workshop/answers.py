"""What a web server answers for the finished site: compressed forms, validators, the page's own policy.

Pure: a request's target and two of its headers in, a status, headers and a file out. It is the model for any
other server of the site.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from game.workshop import page

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
