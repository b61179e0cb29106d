"""Python sources to bytecode for the browser's Python, each module compiled once and kept.

The browser then compiles nothing at start. The compiling is done by the same Pyodide under Node.js
(assets/runtime/bytecode.mjs), since bytecode fits only the Python it was made with.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from game.workshop import node
from game.workshop.cache import Cache, digest
from game.workshop.progress import Progress, Step
from game.workshop.trouble import Trouble

OPTIMISED = 2  # no asserts, no docstrings
WITH_DOCSTRINGS = 1
"""For modules with dataclasses: a dataclass without a docstring works out its signature by `inspect` when it
is imported, 2.6 ms each in the browser."""


class Compiler:
    """Compiles with the Pyodide in `core` (an npm package folder), run by the script `script`."""

    def __init__(self, core: Path, script: Path, cache: Cache, progress: Progress) -> None:
        self._core = core
        self._script = script
        self._cache = cache
        self._progress = progress
        version = json.loads((core / "package.json").read_text(encoding="utf-8"))["version"]
        self._key = digest(str(version), script.read_bytes(), str(OPTIMISED))

    def compile(
        self, files: Mapping[str, bytes], prefix: str, what: str, level: int = OPTIMISED
    ) -> dict[str, bytes]:
        """`files` with every .py replaced by its .pyc.

        `prefix` goes before each name in tracebacks; `what` names the work for the person watching; `level`
        is Python's optimisation level.
        Raises Trouble with Python's own message when a source does not compile.
        """
        keys = {
            name: digest(self._key, str(level), prefix + name, data)
            for name, data in files.items()
            if name.endswith(".py")
        }
        missing = {name: key for name, key in keys.items() if not self._cache.find("pyc", key)}
        if missing:
            with self._progress.step(f"bytecode of {what}") as step:
                step.note = f"{len(missing)} modules"
                self._run({name: files[name] for name in missing}, missing, prefix, level, step)
        done = {name: data for name, data in files.items() if name not in keys}
        for name, key in keys.items():
            done[name + "c"] = self._cache.place("pyc", key).read_bytes()
        return done

    def _run(
        self, sources: Mapping[str, bytes], keys: Mapping[str, str], prefix: str, level: int, step: Step
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            job = []
            for number, (name, data) in enumerate(sources.items()):
                Path(folder, f"{number}.py").write_bytes(data)
                job.append([f"{number}.py", prefix + name, f"{number}.pyc", level])
            Path(folder, "job.json").write_text(json.dumps(job), encoding="utf-8")
            self._node(folder, step)
            for number, name in enumerate(sources):
                result = Path(folder, f"{number}.pyc").read_bytes()
                self._cache.keep("pyc", keys[name], result)

    def _node(self, folder: str, step: Step) -> None:
        command = [*node.find().node, str(self._script), str(self._core), folder]
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as running,
        ):
            for line in running.stdout or ():
                done, _, total = line.strip().partition("/")
                if done.isdigit() and total.isdigit():
                    step.at(int(done), int(total))
            if running.wait():
                errors.seek(0)
                lines = [line.strip() for line in errors if line.strip()] or ["no reason given"]
                where = [line for line in lines if line.startswith("File ") and "<exec>" not in line]
                raise Trouble(f"the browser's Python cannot compile {' '.join(where[-1:])} {lines[-1]}")
