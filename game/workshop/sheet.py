"""`build.py sheet`: every drawn form on one HTML page, for people to look through."""

from __future__ import annotations

from html import escape
from pathlib import Path

from game.content.library import Library
from game.content.source import load_library
from game.glyphs.form import Form
from game.glyphs.outline import knife_outline
from game.workshop.places import Places

STYLE = """
body { background: #2b231d; color: #f4ead4; font-family: sans-serif; margin: 2em }
section { display: flex; flex-wrap: wrap; gap: 12px }
figure { background: #e2d0ac; color: #2a211a; margin: 0; padding: 8px; border-radius: 10px; width: 150px }
figure svg { width: 130px; height: 130px; display: block; margin: auto }
figcaption { font-size: 12px; line-height: 1.4 } b { font-size: 22px }
path { fill: #b22e1e }
"""


def svg(form: Form) -> str:
    """The form as an SVG element, each part a group with its name as tooltip."""
    groups = []
    for part in form.parts:
        shapes = "".join(
            "<path fill-rule='evenodd' d='M"
            + "L".join(f"{x:.1f} {y:.1f}" for x, y in knife_outline(stroke, 4.6))
            + "Z'/>"
            for stroke in part.strokes
        )
        groups.append(f"<g><title>{escape(part.name)}</title>{shapes}</g>")
    return f"<svg viewBox='0 0 100 100'>{''.join(groups)}</svg>"


def figures(library: Library, char: str) -> list[str]:
    """A figure for each form of a character, with what it is and where it is attested."""
    glyph = library.glyph(char)
    entry = library.character(char) if library.has_character(char) else None
    named = [("oracle", glyph.oracle), *(("variant", form) for form in glyph.variants)]
    named += [("bronze", glyph.bronze), ("seal", glyph.seal), ("picture", glyph.picture)]
    made = []
    for script, form in named:
        if form is not None:
            told = f"{entry.pinyin} {entry.gloss.zh}" if entry and script == "oracle" else ""
            parts = " ".join(part.name for part in form.parts)
            words = f"<b>{char}</b> {script} {told}<br>{escape(parts)}<br>{escape('、'.join(form.attested))}"
            made.append(f"<figure>{svg(form)}<figcaption>{words}</figcaption></figure>")
    return made


def write(places: Places) -> tuple[Path, int]:
    """build/sheet.html; the page and how many forms it shows."""
    library = load_library(places.root)
    themes: dict[str, list[str]] = {}
    for entry in library.characters:
        if library.has_glyph(entry.char):
            themes.setdefault(entry.theme, []).extend(figures(library, entry.char))
    rooms = [f"<h2>{escape(theme)}</h2><section>{''.join(made)}</section>" for theme, made in themes.items()]
    head = f"<!doctype html><html lang='zh'><meta charset='utf-8'><title>Shiqi</title><style>{STYLE}</style>"
    page = head + "".join(rooms)
    place = places.build / "sheet.html"
    place.parent.mkdir(exist_ok=True)
    place.write_text(page + "</html>", encoding="utf-8")
    return place, sum(map(len, themes.values()))
