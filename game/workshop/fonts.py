"""Fonts cut down to the characters the game uses.

assets/fonts/fonts.json says which font of which npm package becomes which file, and which face of the
game it is; game.content.pack says which characters that face shows. Hinting and layout tables are left
out: the canvas is drawn with antialiasing and without ligatures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.workshop.cache import Cache, digest
from game.workshop.progress import Progress, size
from game.workshop.trouble import Trouble

ASCII = "".join(map(chr, range(0x20, 0x7F)))
# What a scene may put between texts without any text holding it; the brush face has the name alone, in both
# languages.
ALSO = ASCII + "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ" + "，。、；：？！「」『』“”‘’（）《》〈〉【】—…·～　×→←↑↓✓－"
DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "meta")


@dataclass(frozen=True, slots=True)
class Font:
    """One font of the game: `file` in the pack is cut from `source`; `face` names its use."""

    file: str
    face: str
    source: Path
    licence: Path


def listed(listing: Path, packages: Path) -> list[Font]:
    """The fonts that fonts.json names, in the folder of npm packages. Raises Trouble if one is absent."""
    fonts = []
    for file, told in json.loads(listing.read_text(encoding="utf-8")).items():
        package = packages / told["package"]
        font = Font(file, told["face"], package / told["source"], package / "LICENSE_FONT")
        if not font.source.is_file():
            raise Trouble(f"{listing.name}: {file}: {told['package']} has no {told['source']}")
        fonts.append(font)
    return fonts


def wanted(face: str, used: Mapping[str, str]) -> str:
    """The characters a face must carry, sorted. Raises Trouble for a face the content does not know."""
    if face not in used:
        raise Trouble(f"fonts.json: no face is called {face}: {', '.join(sorted(used))} are")
    return "".join(sorted({*used[face], *(ASCII if face == "brush" else ALSO)} - {"\n", "\r", "\t"}))


def cut(source: Path, characters: str, result: Path) -> None:
    """Write to `result` the glyphs of `source` that `characters` need."""
    from fontTools import subset  # half a second to import: only when a font is cut

    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style, licence: the OFL asks that they stay
    options.notdef_outline = True
    options.drop_tables += DROPPED
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font["head"].modified = font["head"].created  # the same characters give the same bytes on any day
        font.recalcTimestamp = False
        subset.save_font(font, str(result), options)


def covered(font: Path) -> set[str]:
    """The characters a font file has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return {chr(code) for code in opened.getBestCmap()}


def make(
    fonts: Sequence[Font], used: Mapping[str, str], lock: str, cache: Cache, progress: Progress
) -> dict[str, bytes]:
    """The cut fonts and their licences by file name.

    `used` maps a face to its characters; `lock` identifies the npm packages (digest of their lock file).
    A character that its font lacks is named in the step's note; the content's own check decides on it.
    """
    made: dict[str, bytes] = {}
    for font in fonts:
        characters = wanted(font.face, used)

        def build(place: Path, font: Font = font, characters: str = characters) -> None:
            with progress.step(f"font {font.file}") as step:
                cut(font.source, characters, place)
                absent = sorted(set(characters) - covered(place))
                step.note = f"{len(characters)} characters, {size(place.stat().st_size)}"
                step.note += f", not in this font: {''.join(absent)}" if absent else ""

        key = digest(lock, font.source.name, characters, Path(__file__).read_bytes())
        made[font.file] = cache.get("fonts", key, build).read_bytes()
        made[f"{Path(font.file).stem}-LICENSE.txt"] = font.licence.read_bytes()
    return made
