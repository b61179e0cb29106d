"""levels/ to the files that ship: one compact JSON file a section, the same bytes from the same levels.

Belongs to the build and never ships.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game.content.check import ContentError, problems_of
from game.content.library import SECTIONS
from game.content.source import read_source, sections

NAME = "识契"  # the one text set in the brush face
_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))


def pack(root: Path, out: Path) -> dict[str, Any]:
    """Check `root`/levels, write a file for each section into `out`, and give the sections.

    `out` is replaced as a whole, or left as it was: raises ContentError, with every problem, if there is one.
    """
    source = read_source(root)
    if problems := problems_of(source):
        raise ContentError(problems)
    packed = sections(source)
    packed["glyphs"] = {char: _rounded(glyph) for char, glyph in packed["glyphs"].items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name in SECTIONS:
            text = json.dumps(packed[name], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            (fresh / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        fresh.chmod(0o755)
        old = fresh.with_name(f"{fresh.name}-old")
        if out.exists():
            out.rename(old)
        fresh.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return packed


def read_packed(folder: Path) -> dict[str, Any]:
    """The sections as `pack` wrote them."""
    return {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in SECTIONS}


def round_path(path: str) -> str:
    """A path with its numbers rounded to 0.1 and no needless space: `M30 8Q33 20 44.1 30`."""
    for command in "MLQC":
        path = path.replace(command, f" {command} ")
    out = ""
    for token in path.replace(",", " ").split():
        if token in "MLQC":
            out += token
        else:
            value = round(float(token), 1) + 0.0  # turns -0.0 into 0.0
            out += f"{value:g}" if out[-1:] in tuple("MLQC") else f" {value:g}"
    return out


def _rounded(glyph: Any) -> Any:
    """A packed glyph, or any piece of one, with its paths rounded."""
    if isinstance(glyph, list):
        return [_rounded(form) for form in glyph]
    if "parts" not in glyph:
        return {script: _rounded(form) for script, form in glyph.items()}
    parts = {name: [round_path(path) for path in paths] for name, paths in glyph["parts"].items()}
    return {**glyph, "parts": parts}


def used_characters(sections: dict[str, Any]) -> dict[str, set[str]]:
    """The characters each face must have.

    `brush`: the name alone; `serif` and `sans`: every character of every text, since prompts, captions and
    titles of any content may stand in either. All but `brush` also get printable ASCII.
    """
    texts = (text for name in SECTIONS for text in _texts(sections[name]))
    everything = {char for text in texts for char in text if char.isprintable()} | _PRINTABLE
    return {"brush": set(NAME), "serif": everything, "sans": everything}


def _texts(value: Any) -> Iterator[str]:
    """Every text in packed data, keys included; of glyphs all but the paths."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from inner if key == "parts" and isinstance(inner, dict) else _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
