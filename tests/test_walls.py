"""The walls of the house (DESIGN §1): imports run downwards; only the browser host knows the browser."""

import ast
from pathlib import Path

import pytest

GAME = Path(__file__).parent.parent / "game"
ALLOWED = {
    "glyphs": {"glyphs"},
    "host": {"host"},
    "content": {"content", "glyphs"},
    "journal": {"journal"},
    "learning": {"learning", "journal", "content", "glyphs"},
    "stage": {"stage", "content", "glyphs"},
    "ui": {"ui", "stage", "learning", "journal", "content", "glyphs", "host"},
    "scenes": {"scenes", "ui", "stage", "learning", "journal", "content", "glyphs", "host", "session"},
    "ledger": {"ledger", "learning", "journal", "content"},
}
SINGLE = {
    # the ledger serves the finished site as the workshop's server does, from the same pure model
    ("ledger/site.py", f"game.workshop.answers{name}")
    for name in ("", ".Folder")
}
PURE = ("content", "glyphs", "journal", "learning", "stage")
NEVER_IN_PURE = {"pygame", "js", "pyodide", "pyodide_js", "fastapi", "sqlalchemy"}
BROWSER = {"js", "pyodide", "pyodide_js"}
BUILD_SIDE = {"content/source.py", "content/check.py", "content/pack.py"}


def modules() -> list[Path]:
    return sorted(GAME.rglob("*.py"))


def imported(path: Path, typing_too: bool = False) -> set[str]:
    """Dotted names a module imports, those under TYPE_CHECKING left out unless asked for."""
    found: set[str] = set()

    def visit(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and not typing_too:
                visit(node.orelse)
                continue
            for inner in ast.walk(node) if not isinstance(node, ast.If) else [node]:
                if isinstance(inner, ast.Import):
                    found.update(alias.name for alias in inner.names)
                elif isinstance(inner, ast.ImportFrom) and inner.module:
                    found.add(inner.module)
                    found.update(f"{inner.module}.{alias.name}" for alias in inner.names)
            if isinstance(node, ast.If):
                visit(node.body)
                visit(node.orelse)

    visit(ast.parse(path.read_text(encoding="utf-8")).body)
    return found


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_run_downwards(package: str) -> None:
    wrong = []
    for path in (GAME / package).rglob("*.py"):
        for name in imported(path):
            if name.startswith("game."):
                room = name.split(".")[1]
                if (str(path.relative_to(GAME)), name) in SINGLE:
                    continue
                if room not in ALLOWED[package] and (GAME / room).is_dir() | (GAME / f"{room}.py").is_file():
                    wrong.append(f"{path.relative_to(GAME)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("package", PURE)
def test_pure_packages_know_no_machine(package: str) -> None:
    wrong = [
        f"{path.relative_to(GAME)} imports {name}"
        for path in (GAME / package).rglob("*.py")
        for name in imported(path, typing_too=True)
        if name.split(".")[0] in NEVER_IN_PURE
    ]
    assert wrong == []


def test_only_the_browser_host_knows_the_browser() -> None:
    knowing = {
        str(path.relative_to(GAME))
        for path in modules()
        if {name.split(".")[0] for name in imported(path, typing_too=True)} & BROWSER
    }
    assert knowing == {"host/browser.py"}


def test_only_the_workshop_knows_the_ledger() -> None:
    knowing = {
        str(path.relative_to(GAME))
        for path in modules()
        if path.relative_to(GAME).parts[0] != "ledger"
        and any(name == "game.ledger" or name.startswith("game.ledger.") for name in imported(path))
    }
    assert {path for path in knowing if not path.startswith("workshop/")} == set()
    assert "workshop/commands.py" in knowing


def test_what_ships_parses_no_yaml() -> None:
    wrong = [
        str(path.relative_to(GAME))
        for path in modules()
        if path.relative_to(GAME).parts[0] not in ("workshop", "ledger")
        and str(path.relative_to(GAME)) not in BUILD_SIDE
        and "checks" not in path.parts
        and "yaml" in {name.split(".")[0] for name in imported(path)}
    ]
    assert wrong == []


def test_a_wrong_import_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    import js\n    from game.scenes import title\n", encoding="utf-8")
    assert {"js", "game.scenes", "game.scenes.title"} <= imported(bad)
