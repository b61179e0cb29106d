"""Modules are compiled once, by the browser's Python, and only when they changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from game.workshop import bytecode, node
from game.workshop.cache import Cache
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble

# Stands in for node and bytecode.mjs: "compiles" by writing the name and the source, and counts its runs.
STAND_IN = """
import json, pathlib, sys
core, job = map(pathlib.Path, sys.argv[1:])
runs = core / "runs"
runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
modules = json.loads((job / "job.json").read_text())
for done, (source, name, result, level) in enumerate(modules, 1):
    text = (job / source).read_text()
    if text == "broken":
        print('  File "<exec>", line 9', file=sys.stderr)
        print(f'  File "{name}", line 1', file=sys.stderr)
        print("SyntaxError: invalid syntax", file=sys.stderr)
        sys.exit(1)
    (job / result).write_text(f"{name} {level} {text}")
    print(f"{done}/{len(modules)}")
"""


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(node, "find", lambda: node.Node((sys.executable,), ()))
    core = tmp_path / "core"
    core.mkdir()
    (core / "package.json").write_text(json.dumps({"version": "1.0"}), encoding="utf-8")
    return core


def compiler(core: Path) -> bytecode.Compiler:
    script = core.parent / "stand_in.py"
    script.write_text(STAND_IN, encoding="utf-8")
    return bytecode.Compiler(core, script, Cache(core.parent / "cache"), Progress())


def runs(core: Path) -> int:
    return len((core / "runs").read_text(encoding="utf-8")) if (core / "runs").exists() else 0


def test_sources_become_bytecode_and_the_rest_stays(core: Path) -> None:
    made = compiler(core).compile({"a/b.py": b"1", "c.txt": b"2"}, "/lib/", "a test")
    assert made == {"c.txt": b"2", "a/b.pyc": b"/lib/a/b.py 2 1"}


def test_what_did_not_change_is_not_compiled_again(core: Path) -> None:
    files = {"a.py": b"1", "b.py": b"2"}
    compiler(core).compile(files, "", "a test")
    compiler(core).compile(files, "", "a test")
    assert runs(core) == 1
    assert compiler(core).compile({**files, "b.py": b"3"}, "", "a test")["b.pyc"] == b"b.py 2 3"
    assert runs(core) == 2


def test_another_core_or_place_compiles_anew(core: Path) -> None:
    compiler(core).compile({"a.py": b"1"}, "", "a test")
    compiler(core).compile({"a.py": b"1"}, "/else/", "a test")
    (core / "package.json").write_text(json.dumps({"version": "1.1"}), encoding="utf-8")
    compiler(core).compile({"a.py": b"1"}, "", "a test")
    assert runs(core) == 3


def test_each_optimisation_level_has_its_own_bytecode(core: Path) -> None:
    assert compiler(core).compile({"a.py": b"1"}, "", "a test") == {"a.pyc": b"a.py 2 1"}
    made = compiler(core).compile({"a.py": b"1"}, "", "a test", bytecode.WITH_DOCSTRINGS)
    assert made == {"a.pyc": b"a.py 1 1"}


def test_nothing_to_compile_starts_nothing(core: Path) -> None:
    assert compiler(core).compile({"a.txt": b"1"}, "", "a test") == {"a.txt": b"1"}
    assert runs(core) == 0


def test_a_source_that_does_not_compile_is_named(core: Path) -> None:
    with pytest.raises(
        Trouble, match=r'cannot compile File "game/x\.py", line 1 SyntaxError: invalid syntax$'
    ):
        compiler(core).compile({"game/x.py": b"broken"}, "", "a test")


def test_a_silent_failure_is_still_a_line(core: Path) -> None:
    made = compiler(core)
    (core.parent / "stand_in.py").write_text("raise SystemExit(3)", encoding="utf-8")
    with pytest.raises(Trouble, match="no reason given"):
        made.compile({"x.py": b""}, "", "a test")
