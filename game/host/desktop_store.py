"""A store in files: one file a list, one line a line, each write on the disk before it is called done."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path

from game.host.protocol import StoreError, check_line, check_name

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
PART = 180  # characters of a file name; file systems take 255, network drives sometimes fewer
FILE, FOLDER, FRESH = "~.lines", "~", "~.new"


def file_name(name: str) -> Path:
    """A relative path for any store name, different for different names on every file system.

    Everything but a-z 0-9 _ - is written %xx, byte by byte (some file systems do not tell A from a); long
    names go into folders. The ~ keeps clear of names that Windows reserves (con, nul).
    """
    coded = "".join(c if c in PLAIN else "".join(f"%{byte:02x}" for byte in c.encode()) for c in name)
    parts = [coded[i : i + PART] for i in range(0, len(coded), PART)]
    return Path(*(part + FOLDER for part in parts[:-1]), parts[-1] + FILE)


def store_name(path: Path) -> str:
    """The store name of a path made by `file_name`."""
    coded = "".join(part.removesuffix(FOLDER) for part in path.parts[:-1]) + path.name.removesuffix(FILE)
    data = bytearray()
    at = 0
    while at < len(coded):
        if coded[at] == "%":
            data.append(int(coded[at + 1 : at + 3], 16))
            at += 3
        else:
            data.append(ord(coded[at]))
            at += 1
    return data.decode()


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Windows cannot, and need not."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the whole content of `path`: after a power cut it holds the old or the new, never a mix."""
    fresh = path.with_name(path.name + FRESH)
    with open(fresh, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync_folder(path.parent)


class FileStore:
    """`Store` in the files of one folder. The object opened last is the only one that may write."""

    durable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = asyncio.Lock()
        self._token = secrets.token_bytes(16)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            replace_file(folder / "owner", self._token)
        except OSError as error:
            raise StoreError(f"{folder}: {error}") from error

    async def append(self, name: str, line: str) -> None:
        check_name(name)
        await self._write(name, None, check_line(line).encode() + b"\n")

    async def read(self, name: str) -> list[str]:
        path = self.folder / file_name(check_name(name))
        async with self._lock:
            try:
                data = await asyncio.to_thread(path.read_bytes)
            except FileNotFoundError:
                return []
            except OSError as error:
                raise StoreError(f"read {name}: {error}") from error
        # What follows the last line break was being written when the power went: it was never promised.
        return data.decode(errors="replace").split("\n")[:-1]

    async def replace(self, name: str, lines: list[str]) -> None:
        check_name(name)
        await self._write(name, "".join(check_line(line) + "\n" for line in lines).encode(), b"")

    async def names(self, prefix: str = "") -> list[str]:
        async with self._lock:
            try:
                paths = await asyncio.to_thread(lambda: sorted(self.folder.rglob("*" + FILE)))
            except OSError as error:
                raise StoreError(f"names {prefix}: {error}") from error
        found = (store_name(path.relative_to(self.folder)) for path in paths)
        return sorted(name for name in found if name.startswith(prefix))

    async def _write(self, name: str, whole: bytes | None, more: bytes) -> None:
        async with self._lock:
            try:
                await asyncio.to_thread(self._write_now, self.folder / file_name(name), whole, more)
            except OSError as error:
                raise StoreError(f"write {name}: {error}") from error

    def _write_now(self, path: Path, whole: bytes | None, more: bytes) -> None:
        if (self.folder / "owner").read_bytes() != self._token:
            raise StoreError("another window writes now")
        path.parent.mkdir(parents=True, exist_ok=True)
        if whole is None:
            self._append_now(path, more)
        elif whole:
            replace_file(path, whole)
        else:
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def _append_now(self, path: Path, line: bytes) -> None:
        new = not path.exists()
        with open(path, "ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                if file.read(1) != b"\n":  # half a line from before a power cut: see read
                    file.seek(0)
                    file.truncate(file.read().rfind(b"\n") + 1)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(path.parent)
