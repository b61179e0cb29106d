"""A store that forgets: for tests, and for players who choose to play without saving."""

from __future__ import annotations

from game.host.protocol import StoreError, check_line, check_name


class MemoryStore:
    """`Store` in a dict. Set `refuse` to make every call raise `StoreError`, as a full disk does."""

    def __init__(self, durable: bool = False) -> None:
        self.durable = durable
        self.refuse = False
        self.lists: dict[str, list[str]] = {}

    def _ready(self) -> None:
        if self.refuse:
            raise StoreError("the store refuses (as the test asked)")

    async def append(self, name: str, line: str) -> None:
        check_name(name)
        check_line(line)
        self._ready()
        self.lists.setdefault(name, []).append(line)

    async def read(self, name: str) -> list[str]:
        check_name(name)
        self._ready()
        return list(self.lists.get(name, ()))

    async def replace(self, name: str, lines: list[str]) -> None:
        check_name(name)
        for line in lines:
            check_line(line)
        self._ready()
        if lines:
            self.lists[name] = list(lines)
        else:
            self.lists.pop(name, None)

    async def names(self, prefix: str = "") -> list[str]:
        self._ready()
        return sorted(name for name in self.lists if name.startswith(prefix))
