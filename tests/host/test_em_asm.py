"""The extraction of JavaScript from wasm modules (assets/runtime/em_asm.py), on modules made by hand."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "runtime" / "em_asm.py"
REAL = SCRIPT.parent / "wheels"


def load() -> Any:
    spec = spec_from_file_location("em_asm", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


em_asm = load()


def leb(value: int) -> bytes:
    """A signed LEB128 integer (which an unsigned reader reads alike if there is room for the sign)."""
    out = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        if (value == 0 and not byte & 0x40) or (value == -1 and byte & 0x40):
            return bytes([*out, byte])
        out.append(byte | 0x80)


def size(value: int) -> bytes:
    """An unsigned LEB128 integer."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def section(kind: int, *parts: bytes) -> bytes:
    body = size(len(parts)) + b"".join(parts)
    return bytes([kind]) + size(len(body)) + body


def name(text: str) -> bytes:
    return size(len(text.encode())) + text.encode()


BASE = bytes([0x23, 0, 0x0B])  # global.get __memory_base


def module(*texts: str, start: int = 300, extra: tuple[bytes, ...] = (), moved: bool = False) -> bytes:
    """A side module whose data hold `texts` from `start` on, after imports of every kind."""
    data = bytes(start) + "".join(f"{text}\0" for text in texts).encode()
    imports = (
        name("env") + name("f") + bytes([0, 0]),
        name("env") + name("__indirect_function_table") + bytes([1, 0x70, 1]) + size(5) + size(900),
        name("env") + name("memory") + bytes([2, 0]) + size(1),
        name("env") + name("__memory_base") + bytes([3, 0x7F, 0]),
        name("env") + name("tag") + bytes([4, 0]) + size(2),
    )
    globals_ = (
        bytes([0x7F, 0, 0x41]) + leb(-7) + b"\x0b",
        bytes([0x7F, 0, 0x41]) + leb(start) + b"\x0b",
        bytes([0x7F, 0, 0x41]) + leb(len(data)) + b"\x0b",
        bytes([0x7C, 0, 0x44]) + bytes(8) + b"\x0b",  # an f64
        bytes([0x70, 0, 0xD0, 0x70, 0x0B]),  # a null reference
    )
    exports = (
        name("memory") + bytes([2]) + size(0),
        name("__start_em_asm") + bytes([3]) + size(2),
        name("__stop_em_asm") + bytes([3]) + size(3),
        *extra,
    )
    at = bytes([0x23, 0, 0x41]) + leb(10) + bytes([0x6A, 0x0B]) if moved else BASE
    segments = (
        size(0) + at + size(len(data) - (10 if moved else 0)) + data[10 if moved else 0 :],
        size(2) + size(0) + BASE + size(1) + b"x",
        size(1) + size(3) + b"end",
    )
    head = b"\0asm\1\0\0\0" + bytes([0, 3]) + name("hi")
    return head + section(2, *imports) + section(6, *globals_) + section(7, *exports) + section(11, *segments)


TEXTS = ("{ return 1; }", "", "var a = $0; return UTF8ToString(a) + '$1 Module HEAP32';")


@pytest.mark.parametrize("moved", [False, True])
def test_strings_are_found_in_order(moved: bool) -> None:
    assert em_asm.strings(module(*TEXTS, moved=moved)) == list(TEXTS)


def test_text_is_wrapped_as_the_core_does() -> None:
    assert em_asm.wrapped("{ return 1; }") == ("()", "() => { { return 1; } };")
    assert em_asm.wrapped("f($0, $1)") == ("($0,$1)", "($0,$1) => { f($0, $1) };")
    assert em_asm.wrapped("$1")[0] == "()", "the core stops at the first number it does not find"


@pytest.mark.parametrize(
    ("body", "bound"),
    [
        ("HEAP32[$0]", "Module.HEAP32[$0]"),
        ("x = 'HEAP32'; var x;", "x = 'HEAP32'; var x;"),
        ('var s = "a\\"HEAP8";', 'var s = "a\\"HEAP8";'),
        ("Module['canvas'].HEAP32", "Module['canvas'].HEAP32"),
        (
            "var f = function (e) { return e['HEAP8'] + dynCall('v', $0); }",
            "var f = function (e) { return e['HEAP8'] + Module.dynCall('v', $0); }",
        ),
        ("var s = t.replace(/-/g, '_'); var t;", "var s = t.replace(/-/g, '_'); var t;"),
        ("navigator.f({ audio: true, video: false })", "navigator.f({ audio: true, video: false })"),
        ("try { throw 1 } catch (error) { error }", "try { throw 1 } catch (error) { error }"),
    ],
)
def test_names_of_the_core_are_taken_from_its_module(body: str, bound: str) -> None:
    assert em_asm.bound(body) == bound


def test_a_name_nobody_knows_stops_the_build() -> None:
    with pytest.raises(em_asm.NotUnderstood, match="fetch"):
        em_asm.bound("fetch('x')")


def test_the_script_holds_each_text_once() -> None:
    made = em_asm.script([module(*TEXTS), module("{ return 1; }", "window.innerWidth")])
    assert made.count("() => { { return 1; } }") == 2, "as a key and as a function"
    assert '["($0) => { var a = $0; return UTF8ToString(a)' not in made, (
        "$1 stands in the text: two parameters"
    )
    assert "Module.UTF8ToString(a) + '$1 Module HEAP32'" in made
    assert made.startswith("// Made by")
    assert made.endswith("]);\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF" + bytes(60), "not a wasm module"),
        (module("x", extra=(name("__em_js__f") + bytes([3]) + size(1),)), "EM_JS"),
        (b"\0asm\1\0\0\0" + section(2, name("e") + name("x") + bytes([9])), "import of kind 9"),
        (b"\0asm\1\0\0\0" + section(6, bytes([0x7F, 0, 0x01, 0x0B])), "opcode"),
    ],
)
def test_modules_that_are_not_understood(data: bytes, reason: str) -> None:
    with pytest.raises(em_asm.NotUnderstood, match=reason):
        em_asm.strings(data)


def test_a_module_without_javascript_is_fine() -> None:
    assert em_asm.strings(b"\0asm\1\0\0\0") == []


def wheel(*modules: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pkg/__init__.py", "")
        for i, data in enumerate(modules):
            archive.writestr(f"pkg/m{i}.so", data)
    return out.getvalue()


def test_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "base.so").write_bytes(module(*TEXTS))
    (tmp_path / "a.whl").write_bytes(wheel(module(*TEXTS), module("window")))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT), *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("base.so").stdout == em_asm.script([module(*TEXTS)])
    assert run("a.whl", "out.js").stdout == ""
    assert (tmp_path / "out.js").read_text() == em_asm.script([module(*TEXTS), module("window")])
    assert run().returncode == 2
    failed = run("missing.whl")
    assert failed.returncode == 1
    assert "missing.whl" in failed.stderr
    assert em_asm.main([str(tmp_path / "base.so"), str(tmp_path / "x.js")]) == 0


@pytest.mark.skipif(not list(REAL.glob("pygame_ce-*.whl")), reason="the wheels have not been made")
def test_the_real_wheel_is_understood() -> None:
    (path,) = REAL.glob("pygame_ce-*.whl")
    made = em_asm.script(em_asm.modules(path.read_bytes()))
    assert made.count("\n (") >= 10
    assert "Module.HEAP32.subarray" in made
