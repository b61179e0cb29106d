"""The finished site in build/web: complete, sound, self-contained. `build.py test` builds it first."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

from game.workshop import archive, content, fonts, page, site
from game.workshop.cache import Cache
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.wheels.imports import Core

pytestmark = pytest.mark.browser
WEB = HERE.web


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    if site.stale(HERE, compressed=True):
        pytest.skip("build/web is not built from these sources: run build.py test")


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    text = (WEB / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="site">(.*?)</script>', text, re.DOTALL)
    assert found
    value: dict[str, object] = json.loads(found[1])
    return value


@pytest.fixture(scope="module")
def packed() -> dict[str, bytes]:
    return archive.unpack((WEB / "shiqi.apk").read_bytes())


def plain() -> Iterator[Path]:
    return (path for path in WEB.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz"))


def test_the_page_knows_every_file_and_its_size(told: dict[str, object]) -> None:
    files = told["files"]
    assert isinstance(files, dict)
    there = {path.relative_to(WEB).as_posix(): path.stat().st_size for path in plain()}
    unlisted = {name for name in there if name.startswith("licences/")} | {
        "index.html",
        "worker.js",
        "NOTICES.txt",
    }
    assert files == {name: count for name, count in there.items() if name not in unlisted}


def test_the_worker_keeps_every_file_it_should(told: dict[str, object]) -> None:
    script = (WEB / "worker.js").read_text(encoding="utf-8")
    files = told["files"]
    assert isinstance(files, dict)
    assert json.dumps(sorted(["./", *files]), separators=(",", ":")) in script
    assert f'"{told["version"]}"' in script
    assert "__PRECACHE__" not in script
    assert "__VERSION__" not in script


def test_compressed_forms_hold_the_same_bytes() -> None:
    for path in plain():
        for suffix, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
            form = path.with_name(path.name + suffix)
            if form.is_file():
                assert unpack(form.read_bytes()) == path.read_bytes(), form.name
    assert (WEB / "runtime" / "pyodide.asm.wasm.br").is_file()


def test_the_page_fetches_from_nowhere_else() -> None:
    policy = page.policy((WEB / "index.html").read_text(encoding="utf-8"))
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert not re.search(r"https?:", policy)
    for path in plain():
        if path.suffix in (".html", ".css") or (path.suffix == ".js" and path.parent == WEB):
            text = path.read_text(encoding="utf-8")
            outside = re.findall(
                r"""(?:src|href|import|fetch|url)\s*[=(]?\s*["'(]\s*(https?://[^"')]+)""", text
            )
            assert outside == [], path.name


def test_the_packed_game_is_bytecode_content_and_fonts(packed: dict[str, bytes]) -> None:
    names = set(packed)
    assert {
        "assets/main.pyc",
        "assets/game/main.pyc",
        "assets/content/glyphs.json",
        "assets/fonts/sans.ttf",
    } <= names
    assert not [name for name in names if name.endswith(".py")]
    assert not [name for name in names if "workshop" in name or "desktop" in name or "ledger" in name]


def test_every_character_in_use_has_its_glyph(packed: dict[str, bytes]) -> None:
    pack = content.packed(HERE, Cache(HERE.cache), Progress())
    for face, used in content.characters(pack).items():
        with TTFont(io.BytesIO(packed[f"assets/fonts/{face}.ttf"])) as font:
            lacking = sorted(
                set(fonts.wanted(face, {face: used})) - {chr(code) for code in font.getBestCmap()}
            )
        assert lacking == [], f"{face} has no glyph for {''.join(lacking)}"


def test_the_modules_import_only_what_the_core_has() -> None:
    core = Core(WEB / "runtime")
    for wheel in ("pygame.whl", "numpy.whl"):
        files = archive.unpack((WEB / "runtime" / wheel).read_bytes())
        modules = {name: data for name, data in files.items() if name.endswith(".so")}
        assert modules
        assert {name: core.unresolved(data) for name, data in modules.items() if core.unresolved(data)} == {}


def test_the_library_and_wheels_are_bytecode() -> None:
    for name in ("python_stdlib.zip", "pygame.whl", "numpy.whl"):
        files = archive.unpack((WEB / "runtime" / name).read_bytes())
        assert files
        assert not [file for file in files if file.endswith(".py")]


def test_notices_go_with_the_site() -> None:
    notices = (WEB / "NOTICES.txt").read_text(encoding="utf-8")
    assert "GNU Lesser General Public License" in notices
    for name in ("Pyodide-MPL-2.0.txt", "pygame_ce/pygame-ce-LGPL.txt", "numpy/LICENSE.txt"):
        assert (WEB / "licences" / name).stat().st_size > 1000


def test_what_a_first_visit_costs() -> None:
    """Bytes sent before the title: at most 7 MB with brotli (the runtime alone is 4.9)."""
    first = ["index.html", "shiqi.apk", *(f"runtime/{name}" for name in ("pyodide.mjs", "pyodide.asm.mjs"))]
    first += [f"runtime/{name}" for name in ("pyodide.asm.wasm", "python_stdlib.zip", "pygame.whl")]
    sent = sum((WEB / f"{name}.br").stat().st_size for name in first)
    assert sent < 7_000_000
