"""The `runtime/` folder of the site: the Pyodide core, its trimmed library, pygame-ce and numpy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.workshop import archive
from game.workshop.bytecode import Compiler
from game.workshop.cache import tree
from game.workshop.places import Places
from game.workshop.trouble import Trouble

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "/lib/python314.zip/"  # where zipimport finds the standard library in the browser
PACKAGES = "/lib/python3.14/site-packages/"
# numpy imports these on first use only, and the game never uses them (ma stays: numpy.unique wants it).
NUMPY_UNUSED = ("random", "fft", "polynomial", "testing", "ctypeslib", "doc", "conftest")


def module_name(path: str) -> str:
    """The dotted module name of a path in the standard library: "re/__init__.py" is "re"."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def trimmed(library: Mapping[str, bytes], keep: str) -> dict[str, bytes]:
    """The modules of the standard library that `keep` (one dotted name a line) names.

    Raises Trouble if it names one that is not there.
    """
    wanted = set(keep.split())
    kept = {
        path: data for path, data in library.items() if path.endswith(".py") and module_name(path) in wanted
    }
    if absent := sorted(wanted - {module_name(path) for path in kept}):
        raise Trouble(f"assets/runtime/keep.txt names modules that Pyodide does not have: {' '.join(absent)}")
    return kept


def numpy_lean(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """numpy without the subpackages the game never uses."""
    dropped = tuple(f"numpy/{name}" for name in NUMPY_UNUSED)
    return {
        path: data
        for path, data in files.items()
        if not any(path.startswith((f"{name}/", f"{name}.py")) for name in dropped)
    }


def wheel(places: Places, project: str) -> Path:
    """The committed wheel of a project ("pygame_ce"). Raises Trouble unless there is exactly one."""
    found = sorted((places.runtime / "wheels").glob(f"{project}-*.whl"))
    if len(found) != 1:
        raise Trouble(f"{len(found)} wheels of {project} in assets/runtime/wheels, one is needed")
    return found[0]


def contents(places: Places, project: str) -> dict[str, bytes]:
    """The files of a committed wheel that Python imports: without its dist-info."""
    files = archive.unpack(wheel(places, project).read_bytes())
    return {name: data for name, data in files.items() if ".dist-info/" not in name}


def notices(places: Places) -> dict[str, bytes]:
    """NOTICES.txt and `licences/`: what the licences of all that is shipped ask to be passed on."""
    found = {"NOTICES.txt": (places.runtime / "NOTICES.md").read_bytes()}
    for path in tree(places.runtime, ["licences"]):
        found[f"licences/{path.name}"] = path.read_bytes()
    for project in ("pygame_ce", "numpy"):
        for name, data in archive.unpack(wheel(places, project).read_bytes()).items():
            _, inside, text = name.partition(".dist-info/licenses/")
            if inside:
                found[f"licences/{project}/{text}"] = data
    return found


def runtime(places: Places, core: Path, compiler: Compiler) -> dict[str, bytes]:
    """Every file of `runtime/` by its name; `core` is the folder of the npm package pyodide."""
    files = {name: (core / name).read_bytes() for name in CORE}
    keep = (places.runtime / "keep.txt").read_text(encoding="utf-8")
    library = trimmed(archive.unpack((core / "python_stdlib.zip").read_bytes()), keep)
    files["python_stdlib.zip"] = archive.pack(compiler.compile(library, LIBRARY, "the standard library"))
    pygame = contents(places, "pygame_ce")
    files["pygame.whl"] = archive.pack(compiler.compile(pygame, PACKAGES, "pygame-ce"))
    numpy = numpy_lean(contents(places, "numpy"))
    files["numpy.whl"] = archive.pack(compiler.compile(numpy, PACKAGES, "numpy"))
    return files
