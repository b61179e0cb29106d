"""The site is made from its parts, swapped in whole, and known to be stale when a source changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.workshop import archive, compress, core, fonts, icons, node, stage
from game.workshop import site as sites
from game.workshop.bytecode import Compiler
from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.site import Site, Stamp, stale, stamp
from game.workshop.trouble import Trouble


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A checkout in small, with stand-ins for what takes npm, Node.js or time."""
    places = Places(tmp_path)
    for name, text in {
        "assets/web/shiqi.tmpl": "<p>{{cookiecutter.title}}<i>__SITE__</i>",
        "assets/web/boot.js": "boot",
        "assets/web/worker.js": "__VERSION__ __PRECACHE__",
        "assets/web/manifest.webmanifest": "{}",
        "assets/runtime/package-lock.json": "{}",
        "assets/runtime/bytecode.mjs": "",
        "assets/fonts/fonts.json": "{}",
        "levels/a.yaml": "a: 1",
        "game/main.py": "async def main(): ...\n",
        "npm/pyodide/package.json": '{"version": "1"}',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def packed(*_: object, draft: bool = False) -> Path:
        pack = tmp_path / "pack"
        (pack / "content").mkdir(parents=True, exist_ok=True)
        (pack / "content" / "glyphs.json").write_text("{}", encoding="utf-8")
        (pack / "characters.json").write_text("{}", encoding="utf-8")
        return pack

    def compiled(self: Compiler, files: dict[str, bytes], *_: object) -> dict[str, bytes]:
        return {name + ("c" if name.endswith(".py") else ""): data for name, data in files.items()}

    monkeypatch.setattr(node, "packages", lambda *_: tmp_path / "npm")
    monkeypatch.setattr(core, "runtime", lambda *_: {"core.wasm": b"w" * 1000})
    monkeypatch.setattr(core, "notices", lambda _: {"NOTICES.txt": b"n"})
    monkeypatch.setattr(icons, "make", lambda: {"favicon.png": b"png"})
    monkeypatch.setattr(fonts, "make", lambda *_: {"sans.ttf": b"font"})
    monkeypatch.setattr("game.workshop.content.packed", lambda *a: packed(*a))
    monkeypatch.setattr(Compiler, "compile", compiled)
    return places


def build(places: Places, compressed: bool = False, debug: bool = False) -> Stamp:
    return Site(places, Progress()).build(compressed, debug)


def names(places: Places) -> set[str]:
    return {path.relative_to(places.web).as_posix() for path in places.web.rglob("*") if path.is_file()}


def test_the_parts_are_put_together(places: Places) -> None:
    made = build(places)
    shell = {"index.html", "boot.js", "worker.js", "manifest.webmanifest", "favicon.png"}
    assert names(places) == shell | {"shiqi.apk", "runtime/core.wasm", "NOTICES.txt"}
    page = (places.web / "index.html").read_text(encoding="utf-8")
    told = json.loads(page.partition("<i>")[2].partition("</i>")[0])
    assert page.startswith("<p>识契 Shiqi<i>")
    assert told["version"] == made.version
    assert told["files"]["runtime/core.wasm"] == 1000
    assert set(told["files"]) == names(places) - {"index.html", "worker.js", "NOTICES.txt"}
    worker = (places.web / "worker.js").read_text(encoding="utf-8")
    assert json.loads(worker.partition(" ")[2]) == sorted(["./", *told["files"]])


@pytest.mark.parametrize(("debug", "suffix"), [(False, "pyc"), (True, "py")])
def test_the_packed_game(places: Places, debug: bool, suffix: str) -> None:
    build(places, debug=debug)
    packed = archive.unpack((places.web / "shiqi.apk").read_bytes())
    libraries = {f"assets/{name.removesuffix('.py')}.{suffix}" for name in stage.libraries()}
    assert set(packed) - libraries == {
        "assets/content/glyphs.json",
        "assets/fonts/sans.ttf",
        f"assets/game/main.{suffix}",
        f"assets/main.{suffix}",
    }
    assert libraries <= set(packed)


def test_the_same_sources_give_the_same_site(places: Places) -> None:
    first = build(places)
    before = {name: (places.web / name).read_bytes() for name in names(places)}
    assert build(places) == first
    assert {name: (places.web / name).read_bytes() for name in names(places)} == before


def test_any_change_makes_another_version(places: Places) -> None:
    versions = {build(places).version}
    for name in ("game/main.py", "assets/web/boot.js", "assets/web/worker.js", "assets/web/shiqi.tmpl"):
        path = places.root / name
        path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        versions.add(build(places).version)
    assert len(versions) == 5


def test_staleness(places: Places) -> None:
    assert stale(places)
    assert stamp(places) is None
    build(places)
    assert not stale(places)
    assert stale(places, compressed=True)
    assert stale(places, debug=True)
    (places.root / "levels" / "a.yaml").write_text("a: 2", encoding="utf-8")
    assert stale(places)


def test_a_debug_site_is_stale_for_players(places: Places) -> None:
    build(places, debug=True)
    assert stale(places)
    assert not stale(places, debug=True)


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"version": "1"}'])
def test_a_damaged_stamp_counts_as_none(places: Places, text: str) -> None:
    build(places)
    (places.build / "web.json").write_text(text, encoding="utf-8")
    assert stamp(places) is None


def test_a_site_without_its_page_counts_as_none(places: Places) -> None:
    build(places)
    (places.web / "index.html").unlink()
    assert stamp(places) is None


def test_a_compressed_site_has_both_forms(places: Places) -> None:
    assert build(places, compressed=True).compressed
    assert {"runtime/core.wasm.br", "runtime/core.wasm.gz"} <= names(places)
    assert not stale(places, compressed=True)


def test_a_failed_build_leaves_the_old_site(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    build(places)
    before = names(places)

    def fail(*_: object) -> None:
        raise Trouble("no disk space left")

    monkeypatch.setattr(compress, "site", fail)
    with pytest.raises(Trouble):
        build(places, compressed=True)
    assert names(places) == before
    assert sorted(path.name for path in places.build.iterdir()) == ["web", "web.json"]


def test_desktop_assets(places: Places) -> None:
    place = sites.desktop(Site(places, Progress()))
    assert (place / "content" / "glyphs.json").is_file()
    assert (place / "fonts" / "sans.ttf").read_bytes() == b"font"


def test_the_eval_free_table_is_made_by_its_script(places: Places, tmp_path: Path) -> None:
    script = places.runtime / "em_asm.py"
    sites.em_asm(places, tmp_path)  # no script, no table
    script.write_text(
        "import shutil, sys\nprint('why', file=sys.stderr)\nshutil.copy(sys.argv[1], sys.argv[2])",
        encoding="utf-8",
    )
    (tmp_path / "pygame.whl").write_bytes(b"w")
    sites.em_asm(places, tmp_path)
    assert (tmp_path / "em_asm.js").read_bytes() == b"w"
    script.write_text("raise SystemExit('cannot')", encoding="utf-8")
    with pytest.raises(Trouble, match=r"em_asm\.py failed: cannot"):
        sites.em_asm(places, tmp_path)


def test_the_page_for_pygbag_s_own_runtime(places: Places) -> None:
    from game.workshop import cdn

    for name in cdn.DESKTOP:
        (places.root / name).parent.mkdir(exist_ok=True)
        (places.root / name).touch()
    (places.page / "pygbag.tmpl").write_text("{{cookiecutter.cdn}}pythons.js", encoding="utf-8")
    place = cdn.build(places, Progress())
    assert sorted(path.name for path in place.iterdir()) == ["favicon.png", "index.html", "shiqi.apk"]
    packed = archive.unpack((place / "shiqi.apk").read_bytes())
    assert packed["assets/main.py"].startswith(b"# /// script\n")
    assert {"assets/game/main.py", *(f"assets/{name}" for name in cdn.DESKTOP)} <= set(packed)
