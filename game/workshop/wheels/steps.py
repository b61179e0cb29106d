"""`build.py wheels`: pygame-ce and numpy for the browser, from their sources, step by step.

Everything comes from the package registries: the compiler and the SDL family from Debian, pygame-ce and
numpy as source releases, the Pyodide core (whose build settings and exports the modules must fit) from
npm. The result is compared with the committed wheels by SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from game.workshop import node
from game.workshop.cache import Cache, drop
from game.workshop.places import Places
from game.workshop.progress import Progress, size
from game.workshop.trouble import Trouble
from game.workshop.wheels import headers, layout
from game.workshop.wheels.chroot import Chroot
from game.workshop.wheels.imports import Core
from game.workshop.wheels.recipe import Recipe, exact

SUMS = "SHA256SUMS"
COMPILED = ("abi", "freetype", "sdl", "image", "ttf", "mixer", "pygame", "numpy")


class Build:
    """One build in the folder `out`: a chroot, downloads, a log, and the wheels."""

    def __init__(self, places: Places, progress: Progress, out: Path) -> None:
        self.places = places
        self.progress = progress
        self.out = out
        self.recipe = Recipe.read(places.runtime / "recipe")
        self.core = node.packages(places, Cache(places.cache), progress) / "pyodide"
        self.chroot = Chroot(out / "chroot", out / "log.txt")
        self.inside = self.chroot.root / "b"

    def run(self) -> dict[str, bytes]:
        """The wheels by file name."""
        self.out.mkdir(parents=True, exist_ok=True)
        with self.progress.step(f"a Debian {self.recipe.suite} to build in") as step:
            self.chroot.create(self.recipe.suite, self.recipe.sources_suite, step)
        with self.chroot.mounted():
            self._install()
            self._sources()
            self._headers()
            for name in COMPILED:
                with self.progress.step(f"compiling: {name}") as step:
                    self.chroot.run(f"bash /b/recipe/inside.sh {name}", step)
        with self.progress.step("wheels"):
            return self._wheels()

    def _install(self) -> None:
        packages = " ".join([*exact(self.recipe.tools), *self.recipe.other_tools])
        with self.progress.step("the emscripten compiler and its tools") as step:
            self.chroot.run(f"apt-get update; apt-get install -y --no-install-recommends {packages}", step)

    def _sources(self) -> None:
        """Sources into /b/src, /b/pygame and /b/numpy, and this recipe into /b/recipe."""
        for name in ("src", "pygame", "numpy"):
            (self.inside / name).mkdir(parents=True, exist_ok=True)
        with self.progress.step("sources of the SDL family") as step:
            sources, packages = " ".join(exact(self.recipe.sources)), " ".join(exact(self.recipe.headers))
            self.chroot.run(
                f"cd /b/src; apt-get source --download-only -q {sources}; "
                "for file in *.dsc; do dpkg-source --no-check -x $file; done; "
                f"apt-get download {packages}; dpkg -x libpython*.deb python",
                step,
            )
        with self.progress.step("source releases of pygame-ce and numpy"):
            self._download()
        shutil.copytree(self.recipe.folder, self.inside / "recipe", dirs_exist_ok=True)
        for name in ("cc", "c++"):
            shutil.copy(self.recipe.folder / "compiler.py", self.inside / "recipe" / name)

    def _download(self) -> None:
        """Fetch and unpack the hash-checked source releases."""
        wanted = Path(__file__).parents[1] / "requirements" / "sources.txt"
        words = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
        ]
        words += ["--no-binary", ":all:", "--no-deps", "--no-build-isolation", "--ignore-requires-python"]
        words += ["-r", str(wanted), "-d", str(self.out / "sources")]
        backend = str(self.recipe.folder / "sdist")
        done = subprocess.run(
            words, env={**os.environ, "PYTHONPATH": backend}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Trouble(f"pip download failed: {done.stderr.strip().splitlines()[-1]}")
        for project, folder in (("pygame_ce", "pygame"), ("numpy", "numpy")):
            for release in (self.out / "sources").glob(f"{project}-*.tar.gz"):
                shutil.unpack_archive(release, self.inside / folder, filter="data")

    def _headers(self) -> None:
        """Python's headers for wasm32 into /b/python-include, Pyodide's build settings into /b/recipe."""
        debian = self.inside / "src" / "python" / "usr" / "include"
        shutil.copytree(debian / "python3.14", self.inside / "python-include", dirs_exist_ok=True)
        source, values = headers.settings((self.core / "python_stdlib.zip").read_bytes())
        template = next(debian.glob("*-linux-gnu/python3.14/pyconfig.h")).read_text(encoding="utf-8")
        config = headers.pyconfig(values, template)
        (self.inside / "python-include" / "pyconfig.h").write_text(config, encoding="utf-8")
        (self.inside / "recipe" / headers.SYSCONFIG).write_text(
            headers.for_cross_build(source), encoding="utf-8"
        )

    def _wheels(self) -> dict[str, bytes]:
        """The two wheels. Raises Trouble if a module imports what the core does not have."""
        source = self.inside / "pygame" / f"pygame_ce-{self.recipe.pygame}"
        library = self.inside / "work" / "pygame" / layout.PYGAME_LIBRARY
        installed = self.inside / "numpy" / "installed" / "lib" / "python3" / "dist-packages"
        release = self.inside / "numpy" / f"numpy-{self.recipe.numpy}"
        made = (
            ("pygame_ce", self.recipe.pygame, layout.pygame(source, library), source),
            ("numpy", self.recipe.numpy, layout.numpy(installed), release),
        )
        core, wheels = Core(self.core), {}
        for project, version, files, origin in made:
            for name, data in files.items():
                if name.endswith(".so") and (absent := core.unresolved(data)):
                    raise Trouble(f"{name} imports what Pyodide does not have: {' '.join(absent)}")
            licences = layout.licences(project, self.inside)
            metadata = (origin / "PKG-INFO").read_bytes()
            data = layout.wheel(project, version, self.recipe.tag, files, metadata, licences)
            wheels[f"{project}-{version}-{self.recipe.tag}.whl"] = data
        return wheels


def sums(wheels: dict[str, bytes]) -> str:
    """The text of SHA256SUMS for some wheels."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(wheels.items()))


def run(places: Places, progress: Progress, out: Path | None, keep: bool) -> int:
    """Build the wheels in `out`, compare them with the committed ones, and `keep` them as such if asked."""
    folder = (out or places.build / "wheels").resolve()
    drop(folder / "chroot")
    wheels = Build(places, progress, folder).run()
    told = sums(wheels)
    for name, data in wheels.items():
        (folder / name).write_bytes(data)
    (folder / SUMS).write_text(told, encoding="utf-8")
    committed = places.runtime / "wheels"
    same = (committed / SUMS).is_file() and (committed / SUMS).read_text(encoding="utf-8") == told
    for line in told.splitlines():
        progress.say(f"  {line} ({size(len(wheels[line.split()[1]]))})")
    if keep:
        for old in committed.glob("*.whl"):
            old.unlink()
        for name, data in wheels.items():
            (committed / name).write_bytes(data)
        (committed / SUMS).write_text(told, encoding="utf-8")
    progress.say("the same as the committed wheels" if same else "NOT the same as the committed wheels")
    return 0 if same or keep else 1
