"""What is installed is pinned and hash-checked, and no file names a registry's host."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from game.workshop.places import HERE

REQUIREMENTS = HERE.root / "game" / "workshop" / "requirements"
# Put together here, so that this file does not name them either.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("registry", "npm" + "js"),
        ("py" + "pi", "org"),
        ("python" + "hosted", "org"),
        ("deb", "deb" + "ian"),
        ("npm" + "mirror", "com"),
        ("crates", "io"),
        ("un" + "pkg", "com"),
        ("js" + "delivr", "net"),
    )
]


def test_npm_packages_are_pinned_by_checksum_and_by_no_address() -> None:
    lock = json.loads((HERE.runtime / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((HERE.runtime / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert {name.removeprefix("node_modules/") for name in packages} >= set(wanted)
    for name, told in packages.items():
        assert "resolved" not in told, name
        assert told["integrity"].startswith("sha512-"), name
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[f"node_modules/{name}"]["version"] == version


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda path: path.name)
def test_python_packages_are_pinned_by_checksum(path: Path) -> None:
    logical = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert logical
    for line in logical:
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ;[^\\]*?)?( +--hash=sha256:[0-9a-f]{64})+$", line.strip()), (
            line[:80]
        )


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.glob("*.in")), ids=lambda path: path.name)
def test_the_locks_hold_what_was_asked_for(path: Path) -> None:
    lock = path.with_suffix(".txt").read_text(encoding="utf-8")
    asked = [line for line in path.read_text(encoding="utf-8").splitlines() if "==" in line]
    assert asked
    for line in asked:
        pinned = re.escape(re.sub(r"\[.*?\]", "", line))  # an extra is a package of its own in the lock
        assert re.search(rf"^{pinned}( ;.*)? \\$", lock, re.MULTILINE), line


def test_pyproject_asks_for_the_same_versions() -> None:
    import tomllib

    asked = tomllib.loads((HERE.root / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    lock = (REQUIREMENTS / "build.txt").read_text(encoding="utf-8")
    assert all(f"{line} \\\n" in lock for line in asked)


def tracked() -> list[Path]:
    """The files that are or will be committed."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        told = subprocess.run(words, cwd=HERE.root, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in told.split("\0") if name and (path := HERE.root / name).is_file()]


def test_no_file_names_a_registry_host() -> None:
    named = []
    for path in tracked():
        data = path.read_bytes().lower()
        named += [f"{path.relative_to(HERE.root)}: {host}" for host in HOSTS if host.encode() in data]
    assert named == []
