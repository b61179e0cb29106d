"""build.py: readable for any Python 3, one clear line for every trouble, nothing installed twice."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import build
from game.workshop.places import HERE

SCRIPT = HERE.root / "build.py"


def test_its_syntax_is_old() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_it_imports_the_standard_library_alone() -> None:
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names


def test_an_old_python_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert build.main(["play"]) == 1
    assert capsys.readouterr().out.startswith("build.py: Python 3.11 or newer is needed, this is ")


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("OSError: [Errno 28] No space left on device", "no disk space left"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM", "expected SHA-256"),
        ("WARNING: Retrying: NewConnectionError: Temporary failure in name resolution", "no network"),
        ("x\nERROR: one\nERROR: two\ny", "pip failed: ERROR: two"),
        ("only this", "pip failed: only this"),
        ("", "pip failed: no reason given"),
    ],
)
def test_pip_s_failures_are_one_line(output: str, line: str) -> None:
    told = build.pip_trouble(output)
    assert line in told
    assert "\n" not in told


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, whose .venv has a Python that only notes how it was called."""
    monkeypatch.setattr(build, "ROOT", str(tmp_path))
    monkeypatch.setattr(build, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(build, "REQUIREMENTS", str(tmp_path / "requirements"))
    (tmp_path / "requirements").mkdir()
    for name in ("build", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    return tmp_path


def fake_python(root: Path, body: str = "") -> Path:
    path = root / ".venv" / "bin" / "python"
    path.parent.mkdir(parents=True, exist_ok=True)
    note = f"open({str(root / 'called')!r}, 'a').write(sys.argv[-1] + chr(10))"
    path.write_text(f"#!{sys.executable}\nimport sys\n{note}\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def called(root: Path) -> list[str]:
    path = root / "called"
    return (
        [os.path.basename(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if path.exists()
        else []
    )


def mark_made(root: Path) -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"
    (root / ".venv" / "made-by").write_text(version, encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
def test_requirements_are_installed_once_and_again_when_they_change(workplace: Path) -> None:
    fake_python(workplace)
    mark_made(workplace)
    build.set_up("build")
    build.set_up("build")
    assert called(workplace) == ["build.txt"]
    build.set_up("test")
    tests = ["test.txt", "ledger.txt", "ledger-test.txt"]
    assert called(workplace) == ["build.txt", *tests]
    (workplace / "requirements" / "build.txt").write_text("build==2\n", encoding="utf-8")
    build.set_up("test")
    assert called(workplace) == ["build.txt", *tests, "build.txt"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
def test_a_failed_installation_is_one_line_and_is_tried_again(
    workplace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_python(workplace, "print('Collecting a==1')\nprint('ERROR: no such thing')\nsys.exit(1)")
    mark_made(workplace)
    assert build.main(["build"]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["  a", "build.py: pip failed: ERROR: no such thing"]
    fake_python(workplace)
    build.set_up("build")
    assert called(workplace) == ["build.txt", "build.txt"]


def test_too_little_disk_space_is_told_before_anything_is_made(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usage = types.SimpleNamespace(free=5 * 10**6)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert build.main(["play"]) == 1
    assert capsys.readouterr().out == "build.py: no disk space: 5 MB are free, about 1500 MB are needed\n"
    assert not (workplace / ".venv").exists()


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (b"The virtual environment was not created because ensurepip is not available.", "python3-venv"),
        (b"Error: strange\n", "could not make .venv: Error: strange"),
        (b"", "no reason given"),
    ],
)
def test_a_python_that_cannot_make_environments(
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    output: bytes,
    line: str,
) -> None:
    failed = subprocess.CompletedProcess([], 1, stdout=output)
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: failed)
    assert build.main(["build"]) == 1
    assert line in capsys.readouterr().out.splitlines()[-1]


def test_files_that_cannot_be_written_are_one_line(
    workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(command: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "set_up", full)
    assert build.main(["build"]) == 1
    assert capsys.readouterr().out == "build.py: no disk space left\n"


def test_the_ci_script_installs_and_tests() -> None:
    script = HERE.root / ".ci" / "run"
    subprocess.run(["bash", "-n", str(script)], check=True)
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert "set -eu" in text
    assert "python3 build.py test" in text.splitlines()[-1]
