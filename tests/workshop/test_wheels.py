"""How the wasm wheels are laid out and checked; and that the committed ones are what SHA256SUMS says."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.workshop import archive
from game.workshop.places import HERE
from game.workshop.wheels import headers, layout, steps
from game.workshop.wheels.imports import Core, Reader, defined, exported, imported
from game.workshop.wheels.recipe import Recipe, exact

RECIPE = HERE.runtime / "recipe"
WHEELS = HERE.runtime / "wheels"


def leb(value: int) -> bytes:
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def named(text: str) -> bytes:
    return leb(len(text)) + text.encode()


def module(imports: list[tuple[str, bytes]], exports: list[str]) -> bytes:
    """A WebAssembly module with nothing but imports (name, kind and type as bytes) and exports."""
    listed = leb(len(imports)) + b"".join(named("env") + named(name) + kind for name, kind in imports)
    given = leb(len(exports)) + b"".join(named(name) + b"\0" + leb(3) for name in exports)
    custom = named("dylink.0") + b"anything"
    sections = ((0, custom), (2, listed), (7, given))
    return b"\0asm\1\0\0\0" + b"".join(bytes([kind]) + leb(len(data)) + data for kind, data in sections)


FUNCTION = b"\0" + leb(200)
TABLE = b"\1\x70\1\2\3"
MEMORY = b"\2\0\1"
GLOBAL = b"\3\x7f\0"
TAG = b"\4\0\5"


@given(st.integers(min_value=0, max_value=2**40))
def test_numbers_are_read_back(value: int) -> None:
    reader = Reader(leb(value) + b"rest")
    assert reader.number() == value
    assert reader.data[reader.at :] == b"rest"


def test_imports_of_every_kind_and_exports() -> None:
    kinds = {"f": FUNCTION, "t": TABLE, "memory": MEMORY, "g": GLOBAL, "e": TAG, "again": FUNCTION}
    made = module(list(kinds.items()), ["PyInit_base", "own"])
    assert imported(made) == set(kinds)
    assert exported(made) == {"PyInit_base", "own"}


@pytest.mark.parametrize("data", [b"", b"not wasm at all", module([("x", b"\x09")], [])])
def test_what_cannot_be_read_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a WebAssembly module|unknown kind"):
        imported(data)


def test_a_name_counts_as_defined_only_where_it_is_made() -> None:
    script = "function _a(x){}var _b=1,_c=2;let _d = 3;call(_e);x._f()"
    assert defined(script) == {"a", "b", "c", "d"}


def test_the_gate_names_what_nothing_provides(tmp_path: Path) -> None:
    (tmp_path / "pyodide.asm.wasm").write_bytes(module([], ["malloc"]))
    (tmp_path / "pyodide.asm.mjs").write_text("function _emscripten_get_now(){}", encoding="utf-8")
    core = Core(tmp_path)
    wanted = ["malloc", "emscripten_get_now", "memory", "emscripten_sleep", "own", "dlopen_nothing"]
    assert core.unresolved(module([(name, FUNCTION) for name in wanted], ["own"])) == ["dlopen_nothing"]


def tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")


def test_the_pygame_wheel_has_its_python_files_and_one_library(tmp_path: Path) -> None:
    kept = ("src_py/__init__.py", "src_py/_sdl2/window.py", "src_py/pygame_icon.bmp")
    left = (
        "src_py/freesansbold.ttf",
        "src_py/macosx.py",
        "src_py/__pyinstaller/hook.py",
        "src_py/typing.pyi",
    )
    tree(tmp_path, *kept, *left)
    (tmp_path / "base.so").write_bytes(b"so")
    assert sorted(layout.pygame(tmp_path, tmp_path / "base.so")) == [
        "pygame/__init__.py",
        "pygame/_sdl2/window.py",
        f"pygame/{layout.PYGAME_LIBRARY}",
        "pygame/pygame_icon.bmp",
    ]


def test_the_numpy_wheel_has_no_tests_and_no_headers(tmp_path: Path) -> None:
    kept = ("numpy/__init__.py", "numpy/_core/_multiarray_umath.so")
    left = [
        *("numpy/tests/test_a.py", "numpy/a.pyi", "numpy/_core/include/a.h", "numpy/f2py/b.py"),
        *("numpy/_core/_struct_ufunc_tests.cpython-314.so", "numpy/_core/_simd.cpython-314.so"),
    ]
    tree(tmp_path, *kept, *left)
    (tmp_path / kept[0]).write_bytes(b"see `x <https://%spi.org/project/x/>`_" % b"py")
    made = layout.numpy(tmp_path)
    assert sorted(made) == sorted(kept)
    assert made[kept[0]] == b"see `x <x/>`_"


def test_a_wheel_is_valid_and_always_the_same() -> None:
    files = {"pkg/__init__.py": b"1", "pkg/b.so": b"2"}
    one, other = (
        layout.wheel(
            "pkg", "1.0", "cp314-x", dict(order), b"Name: pkg\nProject-URL: x\n\nlong", {"a.txt": b"L"}
        )
        for order in (files.items(), reversed(files.items()))
    )
    assert one == other
    inside = archive.unpack(one)
    rows = list(csv.reader(inside["pkg-1.0.dist-info/RECORD"].decode().splitlines()))
    assert {row[0] for row in rows} == set(inside)
    for name, digest, size in rows:
        if name.endswith("RECORD"):
            continue
        expected = base64.urlsafe_b64encode(hashlib.sha256(inside[name]).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={expected}", str(len(inside[name])))
    assert inside["pkg-1.0.dist-info/METADATA"] == b"Name: pkg\n"
    assert b"Tag: cp314-x\n" in inside["pkg-1.0.dist-info/WHEEL"]
    assert inside["pkg-1.0.dist-info/licenses/a.txt"] == b"L"


def test_licences_are_gathered_from_the_sources(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "pygame/pygame_ce-2.5.7/docs/LGPL.txt",
        "pygame/pygame_ce-2.5.7/docs/licenses/LICENSE.sdl_gfx.txt",
        *(f"src/libsdl2{name}-2.1/LICENSE.txt" for name in ("", "-image", "-ttf", "-mixer")),
        "src/libsdl2-image_2.1.dsc",
        "src/freetype-2.13/docs/FTL.TXT",
        "src/freetype_2.13.dsc",
        "numpy/numpy-2.4.6/LICENSE.txt",
        "numpy/numpy-2.4.6/numpy/linalg/LICENSE.txt",
    )
    (tmp_path / "numpy" / "numpy-2.4.6" / "PKG-INFO").write_text(
        "License-File: LICENSE.txt\nLicense-File: numpy/linalg/LICENSE.txt\n\nLicense-File: no\n",
        encoding="utf-8",
    )
    assert sorted(layout.licences("pygame_ce", tmp_path)) == [
        "SDL_gfx-LICENSE.txt",
        "freetype-FTL.txt",
        "libsdl2-LICENSE.txt",
        "libsdl2-image-LICENSE.txt",
        "libsdl2-mixer-LICENSE.txt",
        "libsdl2-ttf-LICENSE.txt",
        "pygame-ce-LGPL.txt",
    ]
    assert sorted(layout.licences("numpy", tmp_path)) == [
        "LICENSE.txt",
        "numpy-linalg-LICENSE.txt",
    ]


def test_pyconfig_has_what_pyodide_was_built_with() -> None:
    values = {
        "SIZEOF_LONG": 4,
        "HAVE_FORK": 0,
        "SIZEOF_NOTHING": 0,
        "HAVE_UNISTD_H": 1,
        "PY_CFLAGS": "-O2",
        "HAVE_ODD": "a b",
        "PLATLIBDIR": '"lib"',
        "PY_FORMAT_SIZE_T": '"z"',
        "PY_PATH": "/usr",
        "NOT_A_SETTING": 1,
    }
    text = headers.pyconfig(values, "#define PLATLIBDIR 1\n/* #undef HAVE_X */\n# undef HAVE_Y\n")
    told = dict(
        line.split(" ", 2)[1:]
        for line in text.splitlines()
        if line.startswith("#define ") and line.count(" ") > 1
    )
    assert told == {
        **headers.FEATURES,
        "SIZEOF_LONG": "4",
        "SIZEOF_NOTHING": "0",
        "HAVE_UNISTD_H": "1",
        "PLATLIBDIR": '"lib"',
        "PY_FORMAT_SIZE_T": '"z"',
    }


def test_build_settings_come_out_of_the_standard_library() -> None:
    library = archive.pack({headers.SYSCONFIG: b"build_time_vars = {'SIZEOF_LONG': 4}\n", "abc.py": b""})
    source, values = headers.settings(library)
    assert values == {"SIZEOF_LONG": 4}
    names: dict[str, dict[str, object]] = {}
    exec(headers.for_cross_build(source), names)
    assert names["build_time_vars"]["AR"] == "emar"
    assert names["build_time_vars"]["SIZEOF_LONG"] == 4


def compiler(tmp_path: Path, name: str, *words: str) -> list[str]:
    """What the compiler wrapper, called `name`, would start, as a list of words."""
    for program in ("emcc", "em++"):
        (tmp_path / program).write_text(
            f"#!{sys.executable}\nimport json, sys\nprint(json.dumps([sys.argv[0], *sys.argv[1:]]))\n",
            encoding="utf-8",
        )
        (tmp_path / program).chmod(0o755)
    wrapper = tmp_path / name
    wrapper.write_bytes((RECIPE / "compiler.py").read_bytes())
    done = subprocess.run(
        [sys.executable, str(wrapper), *words],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    told: list[str] = json.loads(done.stdout)
    return [os.path.basename(told[0]), *told[1:]]


def test_the_compiler_wrapper_compiles(tmp_path: Path) -> None:
    told = compiler(tmp_path, "cc", "-c", "a.c", "-o", "a.o")
    assert told[:5] == ["emcc", "-c", "a.c", "-o", "a.o"]
    assert {"-fPIC", "-fwasm-exceptions"} <= set(told)


def test_the_compiler_wrapper_links_side_modules(tmp_path: Path) -> None:
    told = compiler(tmp_path, "c++", "-shared", "-Wl,--as-needed", "a.o", "-o", "x/_simd.cpython-314.so")
    assert told[0] == "em++"
    assert not {"-shared", "-Wl,--as-needed", "-fPIC"} & set(told)
    assert {"-sSIDE_MODULE=2", "-sEXPORTED_FUNCTIONS=_PyInit__simd"} <= set(told)


def test_the_stand_in_backend_passes_metadata_on(tmp_path: Path) -> None:
    (tmp_path / "PKG-INFO").write_text(
        "Metadata-Version: 2.1\nName: a-b\nVersion: 1.2\n\nNot: this\n", encoding="utf-8"
    )
    code = "import mesonpy; print(mesonpy.prepare_metadata_for_build_wheel('out'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(RECIPE / "sdist")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "a_b-1.2.dist-info"
    assert (
        (tmp_path / "out" / "a_b-1.2.dist-info" / "METADATA")
        .read_text(encoding="utf-8")
        .startswith("Metadata")
    )


def test_every_version_is_pinned() -> None:
    recipe = Recipe.read(RECIPE)
    assert exact({"a": "1", "b": "2"}) == ["a=1", "b=2"]
    pins = {**recipe.tools, **recipe.sources, **recipe.headers}
    assert "emscripten" in pins
    assert all(version and version[0].isdigit() for version in pins.values())
    sources = (HERE.root / "game/workshop/requirements/sources.txt").read_text(encoding="utf-8")
    assert f"pygame-ce=={recipe.pygame} \\" in sources
    assert f"numpy=={recipe.numpy} \\" in sources


def test_every_step_is_in_the_script() -> None:
    script = (RECIPE / "inside.sh").read_text(encoding="utf-8")
    assert all(f"step_{name}() {{" in script for name in steps.COMPILED)
    subprocess.run(["bash", "-n", str(RECIPE / "inside.sh")], check=True)


def test_the_committed_wheels_are_what_their_sums_say() -> None:
    wheels = {path.name: path.read_bytes() for path in WHEELS.glob("*.whl")}
    assert len(wheels) == 2
    assert (WHEELS / steps.SUMS).read_text(encoding="utf-8") == steps.sums(wheels)


def test_the_committed_wheels_are_those_of_the_recipe() -> None:
    recipe = Recipe.read(RECIPE)
    assert sorted(path.name for path in WHEELS.glob("*.whl")) == [
        f"numpy-{recipe.numpy}-{recipe.tag}.whl",
        f"pygame_ce-{recipe.pygame}-{recipe.tag}.whl",
    ]


def test_the_committed_wheels_hold_sources_one_can_read_and_licences() -> None:
    for path in WHEELS.glob("*.whl"):
        files = archive.unpack(path.read_bytes())
        assert not [name for name in files if name.endswith((".pyc", ".ttf"))]
        assert [name for name in files if "/licenses/" in name]
        with_code = [name for name in files if name.endswith(".so")]
        assert all(files[name].startswith(b"\0asm") for name in with_code)
