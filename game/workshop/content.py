"""The content pack: levels/*.yaml made into one JSON file a section, and which characters each face shows."""

from __future__ import annotations

import json
from pathlib import Path

from game.workshop.cache import Cache, digest_tree, tree
from game.workshop.places import Places
from game.workshop.progress import Progress, size
from game.workshop.trouble import Trouble

MADE_FROM = ("levels", "game/content", "game/glyphs")


def packed(places: Places, cache: Cache, progress: Progress, draft: bool = False) -> Path:
    """A folder with `content/` (the sections) and `characters.json` (face -> characters).

    Made again only when a level or the packing code changed. A `draft` is packed although levels have
    problems; otherwise they are printed and Trouble is raised.
    """

    def make(place: Path) -> None:
        with progress.step("content") as step:
            problems = _pack(places.root, place / "content", draft)
            for problem in problems:
                step.say(problem)
            if problems and not draft:
                raise Trouble(f"{len(problems)} problems in levels/: mend them, or build --draft for a look")
            made = tree(place / "content", ["."])
            step.note = f"{len(made)} sections, {size(sum(path.stat().st_size for path in made))}"
            step.note += f", {len(problems)} problems" if problems else ""

    key = digest_tree(places.root, MADE_FROM)[:20]
    return cache.get("content", f"{key}-draft" if draft else key, make)


def _pack(root: Path, out: Path, draft: bool) -> list[str]:
    """Pack into `out` (its parent is made); the problems of levels/, one line each."""
    from game.content import pack  # these import yaml: slow, and not needed when nothing changed
    from game.content.check import ContentError, content_problems
    from game.content.source import read_source, sections

    out.mkdir(parents=True)
    try:
        made = pack.pack(root, out)
    except ContentError:
        problems = [str(problem) for problem in content_problems(root)]
        if not draft:
            return problems
        made = sections(read_source(root))
        for name, section in made.items():
            (out / f"{name}.json").write_text(json.dumps(section, ensure_ascii=False), encoding="utf-8")
    else:
        problems = []
    faces = {face: "".join(sorted(used)) for face, used in pack.used_characters(made).items()}
    (out.parent / "characters.json").write_text(json.dumps(faces, ensure_ascii=False), encoding="utf-8")
    return problems


def characters(pack: Path) -> dict[str, str]:
    """The characters in use by face ("sans", "serif", "brush") of a folder made by `packed`."""
    faces: dict[str, str] = json.loads((pack / "characters.json").read_text(encoding="utf-8"))
    return faces
