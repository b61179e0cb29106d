"""From compiled trees to wheels: which files go in, and an archive that is the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from game.workshop import archive

PYGAME_LIBRARY = "base.cpython-314-wasm32-emscripten.so"
PYGAME_LEFT_OUT = {
    "freesansbold.ttf",  # GPL with a font exception; the game has fonts of its own
    "macosx.py",
    "_camera_opencv.py",
}
NUMPY_LEFT_OUT = {"tests", "_examples", "include", "__pycache__", "_pyinstaller", "f2py"}
# Two docstrings of numpy link to pages of the package index; no file here names its host.
INDEX_LINK = re.compile(rb"https://py" rb"pi\.org/project/")
FIELDS = {"Metadata-Version", "Name", "Version", "Summary", "Author", "License", "License-Expression"}
NUMPY_SUFFIXES = {".pyi", ".a", ".pxd", ".pyc", ".h", ".pyx", ".ini", ".pc", ".typed"}


def pygame(source: Path, library: Path) -> dict[str, bytes]:
    """The files of the pygame-ce wheel: src_py of the source release, and the one library of all modules."""

    def wanted(path: Path) -> bool:
        parts = path.relative_to(source / "src_py").parts
        return (
            not {"__pyinstaller", "__briefcase", "__pycache__"} & set(parts)
            and path.name not in PYGAME_LEFT_OUT
            and (path.suffix == ".py" or path.name == "pygame_icon.bmp")
        )

    files = _files(source / "src_py", "pygame", wanted)
    files[f"pygame/{PYGAME_LIBRARY}"] = library.read_bytes()
    return files


def numpy(installed: Path) -> dict[str, bytes]:
    """The files of the numpy wheel, from the folder meson installed it into (…/dist-packages)."""

    def wanted(path: Path) -> bool:
        parts = path.relative_to(installed).parts
        return (
            not NUMPY_LEFT_OUT & set(parts)
            and path.suffix not in NUMPY_SUFFIXES
            and "_tests.cpython" not in path.name
            and not path.name.startswith("_simd.")
        )

    files = _files(installed / "numpy", "numpy", wanted)
    return {name: INDEX_LINK.sub(b"", data) if name.endswith(".py") else data for name, data in files.items()}


def _files(folder: Path, prefix: str, wanted: Callable[[Path], bool]) -> dict[str, bytes]:
    return {
        f"{prefix}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and wanted(path)
    }


def wheel(
    project: str,
    version: str,
    tag: str,
    files: Mapping[str, bytes],
    metadata: bytes,
    licences: Mapping[str, bytes],
) -> bytes:
    """A wheel with the given files, as bytes.

    `metadata` is the source release's PKG-INFO; its short header fields are kept. The archive is stored,
    not deflated: what deflate makes depends on the zlib of the machine, and the wheel's SHA-256 must not.
    """
    info = f"{project}-{version}.dist-info"
    inside = dict(files)
    inside[f"{info}/METADATA"] = short(metadata)
    inside[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: shiqi\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    )
    inside |= {f"{info}/licenses/{name}": data for name, data in licences.items()}
    rows = [f"{name},sha256={_record_hash(data)},{len(data)}" for name, data in sorted(inside.items())]
    inside[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
    return archive.pack(inside)


def short(metadata: bytes) -> bytes:
    """The fields of a PKG-INFO that say what it is and whose: no description, no addresses."""
    header = metadata.decode().split("\n\n")[0].splitlines()
    return "".join(f"{line}\n" for line in header if line.split(":")[0] in FIELDS).encode()


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def licences(project: str, inside: Path) -> dict[str, bytes]:
    """The licence texts that go with a wheel, by the name they get; `inside` is /b of the build chroot."""
    if project == "numpy":
        (release,) = inside.glob("numpy/numpy-*")
        header = (release / "PKG-INFO").read_text(encoding="utf-8").split("\n\n")[0].splitlines()
        named = [line.removeprefix("License-File: ") for line in header if line.startswith("License-File: ")]
        return {name.replace("/", "-"): (release / name).read_bytes() for name in named}
    (release,) = inside.glob("pygame/pygame_ce-*")
    texts = {"pygame-ce-LGPL.txt": release / "docs" / "LGPL.txt"}
    texts["SDL_gfx-LICENSE.txt"] = release / "docs" / "licenses" / "LICENSE.sdl_gfx.txt"
    for library in ("libsdl2-2", "libsdl2-image", "libsdl2-ttf", "libsdl2-mixer"):
        (folder,) = (path for path in inside.glob(f"src/{library}*") if path.is_dir())
        texts[f"{library.removesuffix('-2')}-LICENSE.txt"] = folder / "LICENSE.txt"
    (freetype,) = (path for path in inside.glob("src/freetype-*") if path.is_dir())
    texts["freetype-FTL.txt"] = freetype / "docs" / "FTL.TXT"
    return {name: path.read_bytes() for name, path in texts.items()}
