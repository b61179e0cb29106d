"""The runtime folder: trimmed library, lean numpy, wheels without their paperwork, notices with all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.workshop import archive, core
from game.workshop.places import HERE, Places
from game.workshop.trouble import Trouble


class NoCompiler:
    """Gives back what it is given, so that names can be compared."""

    def compile(self, files: dict[str, bytes], prefix: str, what: str) -> dict[str, bytes]:
        return dict(files)


@pytest.mark.parametrize(
    ("path", "name"),
    [("re/__init__.py", "re"), ("abc.py", "abc"), ("asyncio/__main__.py", "asyncio.__main__")],
)
def test_module_names(path: str, name: str) -> None:
    assert core.module_name(path) == name


def test_the_library_is_trimmed_to_the_list() -> None:
    library = {
        "abc.py": b"1",
        "re/__init__.py": b"2",
        "re/_parser.py": b"3",
        "re/data.txt": b"",
        "turtle.py": b"",
    }
    assert core.trimmed(library, "abc\nre\nre._parser\n") == {
        "abc.py": b"1",
        "re/__init__.py": b"2",
        "re/_parser.py": b"3",
    }


def test_a_listed_module_that_is_not_there_is_named() -> None:
    with pytest.raises(Trouble, match=r"keep\.txt names modules that Pyodide does not have: abd abe"):
        core.trimmed({"abc.py": b""}, "abc abe abd")


def test_numpy_loses_only_what_is_never_used() -> None:
    files = dict.fromkeys(
        (
            "numpy/__init__.py",
            "numpy/random/x.so",
            "numpy/conftest.py",
            "numpy/ma/core.py",
            "numpy/randomly.txt",
        ),
        b"",
    )
    assert list(core.numpy_lean(files)) == ["numpy/__init__.py", "numpy/ma/core.py", "numpy/randomly.txt"]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path)
    (places.runtime / "wheels").mkdir(parents=True)
    (places.runtime / "licences").mkdir()
    (places.runtime / "licences" / "core.txt").write_text("MPL", encoding="utf-8")
    (places.runtime / "NOTICES.md").write_text("notices", encoding="utf-8")
    (places.runtime / "keep.txt").write_text("abc", encoding="utf-8")
    for project, package in (("pygame_ce", "pygame"), ("numpy", "numpy")):
        info = f"{project}-1.dist-info"
        files = {f"{package}/__init__.py": b"", f"{info}/RECORD": b"", f"{info}/licenses/a.txt": b"text"}
        (places.runtime / "wheels" / f"{project}-1-x.whl").write_bytes(archive.pack(files))
    return places


def test_the_runtime_folder(places: Places, tmp_path: Path) -> None:
    npm = tmp_path / "npm"
    npm.mkdir()
    for name in core.CORE:
        (npm / name).write_text(name, encoding="utf-8")
    (npm / "python_stdlib.zip").write_bytes(archive.pack({"abc.py": b"1", "turtle.py": b"2"}))
    made = core.runtime(places, npm, NoCompiler())  # type: ignore[arg-type]
    assert sorted(made) == sorted([*core.CORE, "python_stdlib.zip", "pygame.whl", "numpy.whl"])
    assert archive.unpack(made["python_stdlib.zip"]) == {"abc.py": b"1"}
    assert list(archive.unpack(made["pygame.whl"])) == ["pygame/__init__.py"]


def test_notices_carry_every_licence(places: Places) -> None:
    assert core.notices(places) == {
        "NOTICES.txt": b"notices",
        "licences/core.txt": b"MPL",
        "licences/pygame_ce/a.txt": b"text",
        "licences/numpy/a.txt": b"text",
    }


def test_there_is_exactly_one_wheel_of_each(places: Places) -> None:
    (places.runtime / "wheels" / "numpy-2-x.whl").touch()
    with pytest.raises(Trouble, match="2 wheels of numpy"):
        core.wheel(places, "numpy")
    with pytest.raises(Trouble, match="0 wheels of scipy"):
        core.wheel(places, "scipy")


def test_the_committed_list_of_modules_is_sorted_and_has_no_doubles() -> None:
    names = (HERE.runtime / "keep.txt").read_text(encoding="utf-8").split()
    assert names == sorted(set(names))
    assert {"asyncio", "json", "hashlib", "uuid", "dataclasses"} <= set(names)
