import subprocess
import sys
from pathlib import Path

import game.journal
import game.learning

FORBIDDEN = ("pygame", "numpy", "yaml", "js", "uuid", "datetime", "csv", "zoneinfo", "inspect")
"""What the pure packages must not load: foreign, or too slow for the start of the game."""


def test_journal_and_learning_load_nothing_heavy() -> None:
    modules = [
        f"game.{package}.{path.stem}"
        for package, module in (("journal", game.journal), ("learning", game.learning))
        for path in sorted(Path(module.__path__[0]).glob("*.py"))
    ]
    script = f"import sys, dataclasses, asyncio\nbefore = set(sys.modules)\nimport {', '.join(modules)}\n"
    script += "print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert "game.journal.journal" in loaded
    assert not set(loaded) & set(FORBIDDEN)
    assert not [
        name for name in loaded if name.startswith(("game.host", "game.ui", "game.scenes", "game.ledger"))
    ]
