"""The staged copy of the game: exactly what is packed for the browser, and nothing else.

pygbag packs a folder that has a main.py; it may rewrite what it packs and leaves out folders at the top
named static, build, dist, ignore or venv. So it is given a copy: a thin main.py, `game/` without the
parts no player needs, the packed content and the cut fonts.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from game.workshop import archive
from game.workshop.cache import drop, tree
from game.workshop.trouble import Trouble

MAIN = """\
import asyncio

from game.main import main

asyncio.run(main())
"""
NEVER_PACKED = (
    "game/ledger",
    "game/workshop",
    "game/host/desktop.py",
    "game/host/desktop_prompt.py",
    "game/host/desktop_store.py",
    "game/host/fake.py",
    "game/content/source.py",
    "game/content/check.py",
    "game/content/checks",
    "game/content/pack.py",
)
FSRS = ("__init__", "card", "rating", "review_log", "scheduler", "state")
"""The modules of the package fsrs that plan reviews; its optimizer needs torch and is never asked for."""
SELF = "from typing import Self as Self  # all that fsrs wants of the package typing_extensions\n"
LEFT_OUT_BY_PYGBAG = ("dist", "build", "venv", "ignore", "static", "ATTIC")


def sources(root: Path) -> dict[str, bytes]:
    """The Python files of the game that are packed, by their path from `root`."""
    found: dict[str, bytes] = {}
    for path in tree(root, ["game"]):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".py" and not any(name == no or name.startswith(f"{no}/") for no in NEVER_PACKED):
            found[name] = path.read_bytes()
    return found


def libraries() -> dict[str, bytes]:
    """The pure Python packages that ship: fsrs, which plans reviews, with the one name it needs beside it."""
    import fsrs

    home = Path(fsrs.__file__).parent
    found = {f"fsrs/{name}.py": (home / f"{name}.py").read_bytes() for name in FSRS}
    return {**found, "typing_extensions.py": SELF.encode()}


def files(root: Path, content: Path, fonts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything to be packed: main.py, game/…, content/…, fonts/…"""
    staged = {"main.py": MAIN.encode(), **sources(root), **libraries()}
    for path in tree(content, ["."]):
        staged[f"content/{path.relative_to(content).as_posix()}"] = path.read_bytes()
    for name, data in fonts.items():
        staged[f"fonts/{name}"] = data
    return staged


def write(staged: Mapping[str, bytes], folder: Path) -> None:
    """Lay the staged files out under an emptied `folder`."""
    drop(folder)
    for name, data in staged.items():
        if name.split("/")[0] in LEFT_OUT_BY_PYGBAG:
            raise Trouble(f"pygbag leaves out folders named {name.split('/')[0]}: rename it")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def pygbag(folder: Path, template: Path, icon: Path, title: str) -> tuple[dict[str, bytes], str]:
    """Let pygbag pack a staged folder: (the files of its archive, the page it made from `template`).

    Raises Trouble with pygbag's last line when it fails or leaves a staged file out.
    """
    command = [sys.executable, "-m", "pygbag", "--build", "--no_opt", "--template", str(template)]
    command += ["--icon", str(icon), "--title", title, str(folder)]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, check=False)
    made = folder / "build" / "web"
    packed, page = made / f"{folder.name}.apk", made / "index.html"
    if done.returncode or not packed.is_file() or not page.is_file():
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Trouble(f"pygbag failed: {lines[-1].strip()}")
    inside = {
        name.removeprefix("assets/"): data for name, data in archive.unpack(packed.read_bytes()).items()
    }
    present = {
        path.relative_to(folder).as_posix() for path in tree(folder, ["main.py", "game", "content", "fonts"])
    }
    if lost := sorted(present - inside.keys()):
        raise Trouble(f"pygbag left out {lost[0]} and {len(lost) - 1} more")
    return inside, page.read_text(encoding="utf-8")
