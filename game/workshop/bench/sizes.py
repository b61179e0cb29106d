"""Bytes that come before the title, and behind it, raw and as brotli."""

from __future__ import annotations

from game.workshop.bench import Figure
from game.workshop.places import HERE
from game.workshop.progress import Progress

LATER = {"runtime/numpy.whl", "worker.js", "icon-192.png", "icon-512.png", "icon-maskable.png"}
"""What the page asks for only when the title shows, or never by itself."""


def _bytes(names: set[str], kind: str) -> float:
    total = 0
    for name in names:
        small = HERE.web / f"{name}.{kind}"
        total += (small if kind and small.is_file() else HERE.web / name).stat().st_size
    return total / 1e6


def measure(progress: Progress) -> list[Figure]:
    """Megabytes (10⁶) of the site's files."""
    every = {
        path.relative_to(HERE.web).as_posix()
        for path in HERE.web.rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
    }
    legal = {name for name in every if name.startswith("licences/") or name == "NOTICES.txt"}
    first = every - LATER - legal
    game = {"shiqi.apk"}
    return [
        Figure("bytes before the title, raw", _bytes(first, ""), "MB", _bytes(first - game, "")),
        Figure("bytes before the title, brotli", _bytes(first, "br"), "MB", _bytes(first - game, "br")),
        Figure("bytes of numpy, behind the title, brotli", _bytes({"runtime/numpy.whl"}, "br"), "MB"),
        Figure("bytes of the game itself, brotli", _bytes(game, "br"), "MB"),
    ]
