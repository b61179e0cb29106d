"""`build.py check`: the content, the style, the types and the lock files, one line each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial

from game.workshop.places import Places
from game.workshop.progress import Progress

TOOLS = {
    "style (ruff check)": ("ruff", "check", "."),
    "layout (ruff format)": ("ruff", "format", "--check", "."),
    "types (mypy --strict)": ("mypy",),
}


def content(places: Places) -> list[str]:
    """Problems of levels/, each a line that names file, key and mend."""
    from game.content.check import content_problems

    return [str(problem) for problem in content_problems(places.root)]


def tool(words: tuple[str, ...], places: Places) -> list[str]:
    """What a checking tool prints when it is not content."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=places.root, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines() or ["failed"] if done.returncode else []


def run(places: Places, progress: Progress, only_content: bool = False) -> int:
    """Run every check and print what is wrong; 0 if nothing is."""
    jobs: dict[str, Callable[[], list[str]]] = {"content (levels/)": partial(content, places)}
    if not only_content:
        jobs |= {name: partial(tool, words, places) for name, words in TOOLS.items()}
    wrong = 0
    for name, job in jobs.items():
        with progress.step(name) as step:
            problems = job()
            step.note = f"{len(problems)} lines to mend" if problems else "sound"
        wrong += bool(problems)
        for line in problems:
            progress.say(f"    {line}")
    return 1 if wrong else 0
