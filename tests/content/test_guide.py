"""levels/README.md: its templates pass the checks that a teacher's own levels will meet."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from game.content.check import content_problems

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "levels" / "README.md").read_text(encoding="utf-8")
TEMPLATES = {
    block.splitlines()[0].removeprefix("# "): block
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
}


def test_there_is_a_template_for_each_kind() -> None:
    folders = {name.split("/")[1] for name in TEMPLATES}
    assert folders == {"glyphs", "characters", "idioms", "stories", "party_history", "inscriptions"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_adds_no_problem(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "levels", tmp_path / "levels")
    before = set(map(str, content_problems(tmp_path)))
    path = tmp_path / name
    if path.parent.name in ("glyphs", "characters"):  # shown with a character that is there already
        for file in path.parent.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(
                re.sub(r"^休:.*\n(?:[ \n].*\n?)*", "", text, flags=re.MULTILINE), encoding="utf-8"
            )
        path = path.with_name("template.yaml")
    else:
        assert not path.exists(), f"{name} is a level by now: name the template otherwise"
    path.write_text(TEMPLATES[name], encoding="utf-8")
    after = set(map(str, content_problems(tmp_path)))
    # A file named after no theme lacks that theme's label; lines may have moved.
    new = {re.sub(r":\d+", "", one) for one in after - before} - {re.sub(r":\d+", "", one) for one in before}
    assert [one for one in new if "the theme has no label" not in one] == []
    if path.name == "template.yaml":
        assert "休" in TEMPLATES[name]


def test_limits_said_are_the_limits_kept() -> None:
    from game.content.checks import plays, schema

    for limit in (schema.WHY, plays.CAPTION, schema.EVENT):
        assert f"{limit}" in GUIDE


def test_every_verb_is_shown() -> None:
    from game.content.checks.plays import VERBS

    for verb in VERBS:
        assert f"{{{verb}: " in GUIDE or f"- {verb}: " in GUIDE
