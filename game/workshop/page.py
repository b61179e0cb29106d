"""The page around the game: what is filled into the files of assets/web when the site is made."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from game.workshop.cache import tree
from game.workshop.trouble import Trouble

NEEDED = ("boot.js", "worker.js", "manifest.webmanifest")
SITE, PRECACHE, VERSION = "__SITE__", "__PRECACHE__", "__VERSION__"


def files(folder: Path) -> dict[str, bytes]:
    """The files of assets/web that are served as they are or filled in: all but the templates.

    Raises Trouble if one that every site needs is not there.
    """
    found = {path.name: path.read_bytes() for path in tree(folder, ["."]) if path.suffix != ".tmpl"}
    if absent := [name for name in NEEDED if name not in found]:
        raise Trouble(f"assets/web/{absent[0]} is missing")
    return found


def fill(text: str, token: str, value: str, where: str) -> str:
    """`text` with `token` replaced. Raises Trouble if the token is not there."""
    if token not in text:
        raise Trouble(f"{where} has no {token}")
    return text.replace(token, value)


def index(page: str, version: str, sizes: Mapping[str, int]) -> str:
    """index.html told its version and the raw bytes of every file it fetches, for honest progress."""
    told = json.dumps({"version": version, "files": dict(sizes)}, separators=(",", ":"), sort_keys=True)
    return fill(page, SITE, told.replace("</", "<\\/"), "the page template")


def worker(script: str, version: str, urls: Iterable[str]) -> str:
    """worker.js told its version and what to keep for offline play."""
    script = fill(script, VERSION, version, "worker.js")
    return fill(script, PRECACHE, json.dumps(sorted(urls), separators=(",", ":")), "worker.js")


def policy(page: str) -> str:
    """The content security policy in a page's meta tag, on one line; "" if it has none."""
    for tag in re.findall(r"<meta\b[^>]*>", page, re.IGNORECASE | re.DOTALL):
        if re.search(r"http-equiv\s*=\s*[\"']?content-security-policy", tag, re.IGNORECASE):
            found = re.search(r"\bcontent\s*=\s*(\"([^\"]*)\"|'([^']*)')", tag, re.IGNORECASE | re.DOTALL)
            if found:
                return " ".join(html.unescape(found[2] or found[3] or "").split())
    return ""
