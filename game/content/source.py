"""levels/ as it is written: every YAML file read, every entry shaped and packed, every fault noted.

This belongs to the build and never ships. `read_source` never raises: what cannot be read is in `.problems`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.content.checks import schema, settings
from game.content.checks.document import At
from game.content.checks.problem import Problem, nearest
from game.content.checks.reading import read_file
from game.content.checks.shapes import BAD, Shape, is_han, wrong
from game.content.library import Library

LEVELS = "levels"
_CHARACTERWISE: dict[str, Shape] = {"glyphs": schema.glyph, "characters": schema.character}
_FILEWISE: dict[str, Shape] = {
    "idioms": schema.idiom,
    "stories": schema.story,
    "party_history": schema.party_level,
    "inscriptions": schema.inscription,
}
_LISTWISE: dict[str, tuple[str, Shape]] = {
    "units": ("paths.yaml", schema.unit),
    "rules": ("points.yaml", settings.rules),
    "badges": ("badges.yaml", settings.badge),
}
_OTHERS = frozenset({"awards.yaml"})  # read by the ledger


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound entry: its packed data and where it was written."""

    name: str
    data: dict[str, Any]
    at: At


@dataclass(slots=True)
class Source:
    """All that levels/ holds: `entries[section][name]`.

    `declared[section]` also names entries with faults, and `unread` sections of which a file or an entry
    could not be read at all, so that one fault is not told a second time by everything that refers to it.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    declared: dict[str, dict[str, At]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of(self, section: str) -> Iterable[Entry]:
        """The sound entries of a section, in the order of their files."""
        return self.entries[section].values()

    def knows(self, section: str, name: str) -> bool:
        """Whether a section has, or may have, an entry of this name, sound or not."""
        return name in self.declared[section] or section in self.unread

    def data(self, section: str, name: str) -> dict[str, Any] | None:
        """An entry's packed data, None when there is none or it has faults."""
        entry = self.entries[section].get(name)
        return entry.data if entry else None

    def fault(self, at: At, what: str, mend: str) -> None:
        """Note a problem found at `at`."""
        self.problems.append(at.problem(what, mend))

    def library(self) -> Library:
        """The sound entries as a library."""
        return Library(sections(self).__getitem__)


def read_source(root: Path) -> Source:
    """Read `root`/levels. Files come in the order of their names."""
    source = Source()
    levels = root / LEVELS
    for section in (*_CHARACTERWISE, *_FILEWISE, *_LISTWISE, "strings"):
        source.entries[section] = {}
        source.declared[section] = {}
    if not levels.is_dir():
        source.problems.append(
            Problem(LEVELS, 0, "", "the folder is missing", "run this from the project's folder")
        )
        return source
    _look_for_strays(levels, source)
    for section, shape in _CHARACTERWISE.items():
        for path in _files(levels / section):
            _read_characterwise(source, section, shape, _open(path, root, source, section), path.stem)
    for section, shape in _FILEWISE.items():
        for path in _files(levels / section):
            _read_level(source, section, shape, _open(path, root, source, section), path.stem)
    for section, (name, shape) in _LISTWISE.items():
        _read_list(source, section, shape, _open(levels / name, root, source, section))
    for lang in ("zh", "en"):
        at = _open(levels / "strings" / f"{lang}.yaml", root, source, "strings")
        _keep(source, "strings", lang, settings.strings, at)
    return source


def read_list(root: Path, section: str) -> Source:
    """Only a section that is one file, as "rules" is: for whoever needs no other.

    Raises KeyError for a section that is more than one file.
    """
    name, shape = _LISTWISE[section]
    source = Source({section: {}}, {section: {}})
    _read_list(source, section, shape, _open(root / LEVELS / name, root, source, section))
    return source


def read_alone(source: Source, section: str, path: Path) -> Source:
    """`source` with the level in `path` (anywhere on disk) as the only one of its `section`, read anew.

    For whoever writes one file: its problems alone are in `.problems`, its references go to all of levels/.
    Raises KeyError for a section whose levels are not a file each.
    """
    shape = _FILEWISE[section]
    fresh = Source(
        {**source.entries, section: {}}, {**source.declared, section: {}}, source.unread - {section}
    )
    _read_level(fresh, section, shape, _open(path, path.parent, fresh, section), path.stem)
    return fresh


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _look_for_strays(levels: Path, source: Source) -> None:
    """A file in the wrong place or with the wrong ending would be left out in silence: say so instead."""
    folders = {*_CHARACTERWISE, *_FILEWISE}
    whole = {name for name, _ in _LISTWISE.values()} | _OTHERS
    for path in sorted(levels.rglob("*")):
        inside = path.relative_to(levels)
        if path.suffix.lower() not in (".yaml", ".yml") or path.is_dir():
            continue
        known = len(inside.parts) == 2 and path.parent.name in folders
        known = (
            known or inside.as_posix() in whole or inside.as_posix() in ("strings/zh.yaml", "strings/en.yaml")
        )
        file = f"{LEVELS}/{inside.as_posix()}"
        if path.suffix != ".yaml":
            source.problems.append(
                Problem(file, 0, "", "is not read, because of its ending", "name it .yaml")
            )
        elif not known:
            mend = nearest(
                inside.as_posix(), [*(f"{folder}/{path.name}" for folder in sorted(folders)), *sorted(whole)]
            )
            source.problems.append(Problem(file, 0, "", "is not read, because of its place", mend))


def _open(path: Path, root: Path, source: Source, section: str) -> At:
    document, problems = read_file(path, path.relative_to(root).as_posix())
    at = At(document)
    if problems:
        source.problems += problems
        source.unread.add(section)
    elif document.data is None:
        source.fault(at, "the file is empty", "write it, or delete the file")
    return at


def _keep(source: Source, section: str, name: str, shape: Shape, at: At, **extra: str) -> None:
    """Shape what is written at `at`, and keep it under `name` if it is sound."""
    if at.document.data is None:
        return
    source.declared[section][name] = at
    got = shape(at.value, at, source.problems)
    if got is not BAD:
        source.entries[section][name] = Entry(name, {**got, **extra}, at)


def _read_characterwise(source: Source, section: str, shape: Shape, at: At, theme: str) -> None:
    data = at.value
    if data is not None and not isinstance(data, dict):
        mend = "begin each entry with its character and a colon"
        wrong(data, at, source.problems, "a mapping of characters", mend)
        source.unread.add(section)
    extra = {"theme": theme} if section == "characters" else {}
    for char in data if isinstance(data, dict) else ():
        if not is_han(char):
            source.fault(at[char], "this is not one Chinese character", "write one character as the key")
            source.unread.add(section)
        elif char in source.declared[section]:
            first = source.declared[section][char]
            source.fault(
                at[char], f"{char} stands twice (first in {first.file}:{first.line})", "keep one of them"
            )
        else:
            _keep(source, section, char, shape, at[char], **extra)


def _read_level(source: Source, section: str, shape: Shape, at: At, stem: str) -> None:
    _keep(source, section, stem, shape, at, id=stem)
    given = at.value.get("id", stem) if isinstance(at.value, dict) else stem
    if given != stem:
        source.fault(
            at["id"],
            f"the id {given} is not the file's name",
            f"name the file {given}.yaml, or write id: {stem}",
        )


def _read_list(source: Source, section: str, shape: Shape, at: At) -> None:
    data = at.value
    if data is not None and not isinstance(data, list):
        wrong(data, at, source.problems, "a list", "begin each entry with '- '")
    elif data == []:
        source.fault(at, "the list is empty", "add an entry")
    for i, one in enumerate(data if isinstance(data, list) else ()):
        name = str(one.get("id", one.get("from", i)) if isinstance(one, dict) else i)
        if name in source.declared[section]:
            first = source.declared[section][name]
            source.fault(at[i], f"{name} stands twice (first on line {first.line})", "keep one of them")
        else:
            _keep(source, section, name, shape, at[i])


def sections(source: Source) -> dict[str, Any]:
    """The sound entries as the sections of `game.content.library.SECTIONS`, in their final order."""
    taught = [char for unit in source.of("units") for char in unit.data["characters"]]
    order = {char: i for i, char in enumerate(taught)}
    characters = sorted(source.of("characters"), key=lambda entry: order.get(entry.name, len(order)))
    by: dict[str, Callable[[Entry], Any]] = {
        "party_history": lambda entry: (entry.data["date_from"], entry.name),
        "inscriptions": lambda entry: (sum(len(column) for column in entry.data["columns"]), entry.name),
    }
    out: dict[str, Any] = {}
    for lang in ("zh", "en"):
        out[f"strings.{lang}"] = source.data("strings", lang) or {}
    out["glyphs"] = {entry.name: entry.data for entry in source.of("glyphs")}
    out["characters"] = {entry.name: entry.data for entry in characters}
    out["units"] = [entry.data for entry in source.of("units")]
    for section in _FILEWISE:
        out[section] = [
            entry.data for entry in sorted(source.of(section), key=by.get(section, lambda e: e.name))
        ]
    out["rules"] = [
        entry.data for entry in sorted(source.of("rules"), key=lambda entry: str(entry.data["from"]))
    ]
    out["badges"] = [entry.data for entry in source.of("badges")]
    return out


def load_library(root: Path) -> Library:
    """A library straight from `root`/levels, for tests and tools.

    Entries that cannot be read are left out of it; `check.content_problems` says which and why.
    """
    return read_source(root).library()
