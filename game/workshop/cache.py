"""Results kept by the hash of what they were made from, so that nothing is made twice.

Every entry is written beside its place and renamed into it: an interrupted run or two runs at once
leave either the whole entry or none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

KEPT = 14 * 86400  # seconds an unused entry stays


def digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each with its length, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def tree(root: Path, folders: Iterable[str]) -> list[Path]:
    """Every file under the named files and folders of `root`, sorted, without caches and hidden files."""
    found: list[Path] = []
    for name in folders:
        top = root / name
        paths = [top] if top.is_file() else top.rglob("*")
        found += [
            path
            for path in paths
            if path.is_file()
            and path.suffix != ".pyc"
            and not any(
                part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts
            )
        ]
    return sorted(set(found))


def digest_tree(root: Path, folders: Iterable[str]) -> str:
    """One digest over the names and contents of `tree(root, folders)`."""
    parts: list[bytes | str] = []
    for path in tree(root, folders):
        parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return digest(*parts)


class Cache:
    """Entries under one folder: `<folder>/<kind>/<key>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, kind: str, key: str) -> Path:
        """Where the entry is or would be; its folder exists."""
        place = self.folder / kind / key
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def find(self, kind: str, key: str) -> Path | None:
        """The entry if it is there; being found counts as being used."""
        place = self.place(kind, key)
        if not place.exists():
            return None
        os.utime(place)
        return place

    def get(self, kind: str, key: str, make: Callable[[Path], None]) -> Path:
        """The entry, made by `make(path)` if it is not there. `make` creates a file or a folder at `path`."""
        if found := self.find(kind, key):
            return found
        place = self.place(kind, key)
        fresh = place.with_name(f"{place.name}.{os.getpid()}.part")
        drop(fresh)
        try:
            make(fresh)
            if not (fresh.is_dir() and place.exists()):  # someone else may have been faster
                fresh.replace(place)
        finally:
            drop(fresh)
        return place

    def keep(self, kind: str, key: str, data: bytes) -> Path:
        """The entry, being `data`."""
        return self.get(kind, key, lambda place: _write(place, data))

    def tidy(self, kinds: Iterable[str], now: float | None = None) -> None:
        """Drop the entries of `kinds` that were not used for two weeks."""
        oldest = (time.time() if now is None else now) - KEPT
        for kind in kinds:
            for entry in (self.folder / kind).glob("*"):
                if entry.stat().st_mtime < oldest:
                    drop(entry)


def drop(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(place: Path, data: bytes) -> None:
    place.write_bytes(data)
