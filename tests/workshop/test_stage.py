"""What is packed for the browser: the game, and nothing that only its makers need."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from game.workshop import stage
from game.workshop.places import HERE
from game.workshop.trouble import Trouble


def lay(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")


def test_only_what_a_player_needs_is_staged(tmp_path: Path) -> None:
    lay(tmp_path, *stage.NEVER_PACKED[2:], "game/ledger/model.py", "game/workshop/site.py", "game/notes.txt")
    lay(tmp_path, "game/main.py", "game/host/browser.py", "game/content/library.py", "tests/test_x.py")
    assert sorted(stage.sources(tmp_path)) == [
        "game/content/library.py",
        "game/host/browser.py",
        "game/main.py",
    ]


def test_the_pack_has_content_fonts_and_a_thin_main(tmp_path: Path) -> None:
    lay(tmp_path, "game/main.py", "pack/glyphs.json")
    staged = stage.files(tmp_path, tmp_path / "pack", {"sans.ttf": b"font"})
    own = {"content/glyphs.json", "fonts/sans.ttf", "game/main.py", "main.py"}
    assert set(staged) == own | set(stage.libraries())
    assert b"asyncio.run(main())" in staged["main.py"]


def test_what_is_packed_imports_nothing_that_is_not() -> None:
    left_out = {name.removesuffix(".py").replace("/", ".") for name in stage.NEVER_PACKED}
    wrong = []
    for name, source in stage.sources(HERE.root).items():
        for node in ast.parse(source).body:  # imports inside functions run on the desktop only
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong += [
                f"{name}: {found}"
                for found in names
                if any(f"{found}.".startswith(f"{no}.") for no in left_out)
            ]
    assert wrong == []


def test_a_folder_that_pygbag_leaves_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="named static: rename it"):
        stage.write({"static/x": b""}, tmp_path / "staged")


def test_writing_empties_the_folder_first(tmp_path: Path) -> None:
    stage.write({"old": b""}, tmp_path / "staged")
    stage.write({"a/new": b"1"}, tmp_path / "staged")
    assert [path.name for path in (tmp_path / "staged").iterdir()] == ["a"]


def test_pygbag_packs_every_staged_file_and_fills_the_template(tmp_path: Path) -> None:
    staged = {
        "main.py": stage.MAIN.encode(),
        "game/main.py": b"async def main(): pass\n",
        "content/a.json": b"{}",
    }
    stage.write(staged, tmp_path / "shiqi")
    template, icon = tmp_path / "page.tmpl", tmp_path / "icon.png"
    template.write_text("{{cookiecutter.title}} {{cookiecutter.archive}}.apk __SITE__", encoding="utf-8")
    icon.write_bytes(b"png")
    inside, page = stage.pygbag(tmp_path / "shiqi", template, icon, "识契")
    assert inside == staged
    assert page == "识契 shiqi.apk __SITE__"


def test_a_file_lost_by_pygbag_is_named(tmp_path: Path) -> None:
    stage.write({"main.py": b"1\n", "game/x.bak": b"", "game/main.py": b""}, tmp_path / "shiqi")
    template = tmp_path / "page.tmpl"
    template.touch()
    with pytest.raises(Trouble, match=r"left out game/x\.bak and 0 more"):
        stage.pygbag(tmp_path / "shiqi", template, template, "x")


def test_pygbag_s_failure_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "shiqi").mkdir()
    with pytest.raises(Trouble, match=r"^pygbag failed: ") as caught:
        stage.pygbag(tmp_path / "shiqi", tmp_path / "none", tmp_path / "none", "x")
    assert "\n" not in str(caught.value)
