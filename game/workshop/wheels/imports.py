"""The gate that a compiled module must pass: everything it imports, the Pyodide core provides.

An import that nothing provides does not stop a module from loading: the page dies when it is first
called, which may be weeks later. So each name is looked up among the exports of the core's wasm, the
functions its JavaScript defines, and the module's own exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FROM_LOADER = {"__memory_base", "__table_base", "__stack_pointer", "memory", "__indirect_function_table"}
NEVER_CALLED = {"emscripten_sleep"}  # SDL calls it only where emscripten_has_asyncify() is true
FUNCTION, TABLE, MEMORY, GLOBAL, TAG = range(5)
IMPORTS, EXPORTS = 2, 7


class Reader:
    """Reads the WebAssembly binary format (specification, chapter 5) from `data`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        """An unsigned LEB128 integer."""
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def name(self) -> str:
        return self.take(self.number()).decode()

    def limits(self) -> None:
        has_most = self.number() & 1
        self.number()
        if has_most:
            self.number()


def sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """The sections of a module: (id, content). Raises ValueError for what is no module."""
    if module[:8] != b"\0asm\1\0\0\0":
        raise ValueError("not a WebAssembly module")
    reader = Reader(module)
    reader.at = 8
    while reader.at < len(module):
        kind = reader.number()
        yield kind, reader.take(reader.number())


def imported(module: bytes) -> set[str]:
    """The names a module imports, of every kind."""
    found = set()
    for reader in (Reader(content) for kind, content in sections(module) if kind == IMPORTS):
        for _ in range(reader.number()):
            reader.name()
            found.add(reader.name())
            kind = reader.number()
            if kind == FUNCTION:
                reader.number()
            elif kind == TABLE:
                reader.take(1)
                reader.limits()
            elif kind == MEMORY:
                reader.limits()
            elif kind in (GLOBAL, TAG):
                reader.take(1)
                reader.number()
            else:
                raise ValueError(f"an import of the unknown kind {kind}")
    return found


def exported(module: bytes) -> set[str]:
    """The names a module exports, of every kind."""
    found = set()
    for reader in (Reader(content) for kind, content in sections(module) if kind == EXPORTS):
        for _ in range(reader.number()):
            found.add(reader.name())
            reader.take(1)
            reader.number()
    return found


def defined(script: str) -> set[str]:
    """The C names that the core's JavaScript defines: `_name` as a function, variable or parameter."""
    return set(re.findall(r"(?:function |var |let |const |,)_(\w+)\s*[(=]", script))


class Core:
    """What the Pyodide core in a folder provides."""

    def __init__(self, folder: Path) -> None:
        self.names = exported((folder / "pyodide.asm.wasm").read_bytes())
        self.names |= defined((folder / "pyodide.asm.mjs").read_text(encoding="utf-8"))
        self.names |= FROM_LOADER | NEVER_CALLED

    def unresolved(self, module: bytes) -> list[str]:
        """The imports of a module that nothing provides, sorted."""
        return sorted(imported(module) - self.names - exported(module))
