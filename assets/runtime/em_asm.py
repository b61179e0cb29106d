"""Take the JavaScript out of a wasm side module, so that the page can do without eval.

C code compiled by emscripten can hold JavaScript (EM_ASM). In a side module it travels as text in the data
segment, and the core turns it into functions with eval() when the module is loaded. A page whose content
security policy forbids eval cannot do that. This script writes a JavaScript module with the same functions,
keyed by the exact text the core would evaluate; the page replaces eval by a look-up (assets/web/runtime.js).

    em_asm.py pygame.whl em_asm.js        em_asm.py base.so > em_asm.js

Format of the data: the strings between the exported globals __start_em_asm and __stop_em_asm, NUL-terminated;
see addEmAsm in emscripten's src/lib/libdylink.js for how the core wraps each.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from pathlib import Path

# What EM_ASM code may use of the core. All are properties of the core's Module; heaps are looked up at each
# use, because they are replaced when memory grows.
CORE_NAMES = """
    HEAP8 HEAPU8 HEAP16 HEAPU16 HEAP32 HEAPU32 HEAPF32 HEAPF64 UTF8ToString stringToUTF8 lengthBytesUTF8
    setValue getValue dynCall autoResumeAudioContext _malloc _free
"""
# What it may use of the browser and of the language. Anything else stops the build.
KNOWN_NAMES = """
    Module AudioContext webkitAudioContext CanvasPixelArray Int32Array Uint8Array navigator window document
    clearInterval setInterval undefined null true false var function return if else for while do throw new
    typeof instanceof in catch try break continue this
"""
CORE, KNOWN = set(CORE_NAMES.split()), set(KNOWN_NAMES.split())
TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<=[(,=])\s*/(?:\\.|[^/\\\n])+/[a-z]*)"""
    r"""|(?P<name>(?<![\w$.])[A-Za-z_$][\w$]*)(?P<key>\s*:(?!:))?"""
)


class NotUnderstood(Exception):
    """The module is not built the way this script expects."""


class Reader:
    """Numbers, names and expressions of the wasm binary format, one after the other."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def number(self, signed: bool = False) -> int:
        """A LEB128 integer."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value - (1 << shift) if signed and byte & 0x40 else value

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def name(self) -> str:
        return self.take(self.number()).decode()

    def constant(self) -> int:
        """A constant expression; an imported global (the memory base) counts as 0."""
        stack: list[int] = []
        while (code := self.byte()) != 0x0B:
            if code == 0x41 or code == 0x42:  # i32.const, i64.const
                stack.append(self.number(signed=True))
            elif code == 0x23 or code == 0xD2:  # global.get, ref.func
                self.number()
                stack.append(0)
            elif code == 0x6A or code == 0x7C:  # i32.add, i64.add
                stack.append(stack.pop() + stack.pop())
            elif code == 0x43 or code == 0x44:  # f32.const, f64.const
                self.take(4 if code == 0x43 else 8)
                stack.append(0)
            elif code == 0xD0:  # ref.null
                self.number(signed=True)
                stack.append(0)
            else:
                raise NotUnderstood(f"a constant expression with opcode {code:#x}")
        return stack[-1]


def limits(read: Reader) -> None:
    """Skip the limits of a table or memory."""
    flags = read.byte()
    read.number()
    if flags & 1:
        read.number()


def imported_globals(read: Reader) -> int:
    """How many of the imports are globals."""
    count = 0
    for _ in range(read.number()):
        read.name()
        read.name()
        kind = read.byte()
        if kind == 0:  # function
            read.number()
        elif kind == 1:  # table
            read.byte()
            limits(read)
        elif kind == 2:  # memory
            limits(read)
        elif kind == 3:  # global
            read.take(2)
            count += 1
        elif kind == 4:  # tag
            read.byte()
            read.number()
        else:
            raise NotUnderstood(f"an import of kind {kind}")
    return count


def sections(module: bytes) -> dict[int, bytes]:
    """The sections of a wasm module by their id, without the custom ones."""
    if module[:8] != b"\0asm\1\0\0\0":
        raise NotUnderstood("not a wasm module")
    found: dict[int, bytes] = {}
    read = Reader(module, 8)
    while read.at < len(module):
        kind = read.byte()
        body = read.take(read.number())
        if kind:
            found[kind] = body
    return found


def strings(module: bytes) -> list[str]:
    """The EM_ASM texts of a side module, in the order the core meets them."""
    part = sections(module)
    offset = imported_globals(Reader(part[2])) if 2 in part else 0
    read = Reader(part.get(6, b"\0"))
    values = []
    for _ in range(read.number()):
        read.take(2)
        values.append(read.constant())
    read = Reader(part.get(7, b"\0"))
    exports: dict[str, int] = {}
    for _ in range(read.number()):
        name, kind, index = read.name(), read.byte(), read.number()
        if name.startswith("__em_js__"):
            raise NotUnderstood(f"{name}: EM_JS functions are not handled")
        if kind == 3 and index >= offset:
            exports[name] = values[index - offset]
    if "__start_em_asm" not in exports:
        return []
    start, stop = exports["__start_em_asm"], exports["__stop_em_asm"]
    memory = bytearray()
    read = Reader(part.get(11, b"\0"))
    for _ in range(read.number()):
        flags = read.number()
        if flags == 2:
            read.number()
        at = read.constant() if flags != 1 else len(memory)
        data = read.take(read.number())
        memory.extend(bytes(max(0, at + len(data) - len(memory))))
        memory[at : at + len(data)] = data
    found = []
    while start < stop:
        end = memory.index(0, start)
        found.append(memory[start:end].decode())
        start = end + 1
    return found


def wrapped(body: str) -> tuple[str, str]:
    """The parameter list for an EM_ASM text, and the text the core gives to eval (see addEmAsm)."""
    arity = 0
    while f"${arity}" in body:
        arity += 1
    parameters = "(" + ",".join(f"${i}" for i in range(arity)) + ")"
    return parameters, f"{parameters} => {{ {body} }};"


def bound(body: str) -> str:
    """An EM_ASM text that takes what it uses of the core from `Module`.

    Raises NotUnderstood when it uses a name that is neither its own nor in CORE or KNOWN.
    """
    declared = set(re.findall(r"\bvar\s+([\w$]+)", body))
    for parameters in re.findall(r"\bfunction\s*\w*\s*\(([^)]*)\)|\bcatch\s*\(([^)]*)\)", body):
        declared.update(name.strip() for name in ",".join(parameters).split(","))

    def bind(match: re.Match[str]) -> str:
        name, whole = match["name"], match[0]
        if match["text"] or match["key"] or name in declared or name in KNOWN or re.fullmatch(r"\$\d+", name):
            return whole
        if name in CORE:
            return f"Module.{whole}"
        raise NotUnderstood(f"EM_ASM code uses {name}: add it to CORE or KNOWN in em_asm.py")

    return TOKEN.sub(bind, body)


def script(modules: list[bytes]) -> str:
    """The JavaScript module: its default export makes the table for a core, text for eval -> function."""
    lines = [
        "// Made by assets/runtime/em_asm.py from the wasm modules: do not edit.",
        "export default (Module) => new Map([",
    ]
    seen: set[str] = set()
    for module in modules:
        for body in strings(module):
            parameters, source = wrapped(body)
            if source not in seen:
                seen.add(source)
                lines.append(f"[{json.dumps(source)},\n {parameters} => {{ {bound(body)} }}],")
    return "\n".join([*lines, "]);", ""])


def modules(data: bytes) -> list[bytes]:
    """The wasm modules in a file: itself, or every .so of a wheel."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        return [wheel.read(name) for name in sorted(wheel.namelist()) if name.endswith(".so")]


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        made = script(modules(Path(arguments[0]).read_bytes()))
    except (OSError, NotUnderstood, KeyError, ValueError, IndexError) as error:
        print(f"em_asm.py: {arguments[0]}: {error}", file=sys.stderr)
        return 1
    if len(arguments) == 2:
        Path(arguments[1]).write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
