"""One YAML file as plain data that remembers its lines.

It is read event by event instead of with yaml's own loader, for three reasons: every key and item keeps its
line, a key that stands twice is noticed, and nothing surprising is made of plain text (`no`, `1921-07` and
`12:30` stay text; only true, false, null and decimal numbers do not). Anchors, aliases and tags are refused:
levels have no use for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from game.content.checks.document import At, Document, Trail
from game.content.checks.problem import Problem

DEEPEST = 40
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class _Refused(Exception):
    """Well-formed YAML that levels do not use; ends the reading of one file."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.what, self.mend = line, what, mend


def scalar(text: str) -> Any:
    """A plain (unquoted) scalar: None, a flag, a whole number, a decimal number, else the text itself."""
    if text in _PLAIN:
        return _PLAIN[text]
    digits = text[1:] if text[0] in "+-" else text
    whole, dot, part = digits.partition(".")
    if not (digits.isascii() and (whole + part).isdigit() and len(digits) < 16):
        return text
    if dot:
        return float(text)
    # 0123 is a piece's number or a code, not a count.
    return text if whole.startswith("0") and whole != "0" else int(text)


class _Builder:
    """Collects yaml's events into nested lists and dicts. `open` holds what is not yet closed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.open: list[tuple[Trail, dict[str, Any] | list[Any]]] = []
        self.key: list[str | None] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Refused(
                    line, "a second document begins", "keep one document in a file: remove this ---"
                )
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                line, "anchors (&) and aliases (*) are not used in levels", "write it out, or quote it"
            )
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event, line)
            if self._wants_key():
                self._name(event.value, line)
            else:
                self._put(scalar(event.value) if event.implicit[0] else event.value, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._tag(event, line)
            if self._wants_key():
                raise _Refused(line, "a list or mapping stands as a key", "make the key a word, or quote it")
            if len(self.open) >= DEEPEST:
                raise _Refused(line, f"nested more than {DEEPEST} deep", "write it flatter")
            inner: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            trail = self._put(inner, line)
            self.open.append((trail, inner))
            self.key.append(None)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.key.pop()

    def _tag(self, event: Any, line: int) -> None:
        if event.tag not in (None, "!"):
            raise _Refused(
                line, f"the tag {event.tag!r} is not used in levels", "remove it, or quote the text"
            )

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][1], dict) and self.key[-1] is None

    def _name(self, key: str, line: int) -> None:
        """Take a mapping's key. One that stands twice keeps its first value and is a problem."""
        trail, inner = self.open[-1]
        full = (*trail, key)
        if key in inner:
            first = self.document.lines[full]
            at = Problem(
                self.document.file,
                line,
                At(self.document, full).where,
                f"the key stands twice (first on line {first})",
                "keep one of them",
            )
            self.problems.append(at)
        else:
            self.document.lines[full] = line
        self.key[-1] = key

    def _put(self, value: Any, line: int) -> Trail:
        """Place a value where it belongs; its trail."""
        if not self.open:
            self.document.data = value
            self.document.lines[()] = line
            return ()
        trail, inner = self.open[-1]
        if isinstance(inner, list):
            inner.append(value)
            full: Trail = (*trail, len(inner) - 1)
            self.document.lines[full] = line
            return full
        key = self.key[-1]
        assert key is not None
        self.key[-1] = None
        inner.setdefault(key, value)
        return (*trail, key)


def read_text(text: str, file: str) -> tuple[Document, list[Problem]]:
    """Read YAML text; `file` is the name problems give. A file that cannot be read has data None."""
    document = Document(file)
    builder = _Builder(document)
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        what = f"character U+{ord(bad.group()):04X} cannot stand in a text file"
        return document, [Problem(file, line, "", what, "delete it")]
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused as refused:
        return Document(file), [
            *builder.problems,
            Problem(file, refused.line, "", refused.what, refused.mend),
        ]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"this is not YAML: {error.problem or error.context}"
        line = mark.line + 1 if mark else 0
        mend = "look at this line and the one before: indent with spaces, and quote text that has ': ' or '#'"
        return Document(file), [*builder.problems, Problem(file, line, "", what, mend)]
    return document, builder.problems


def read_file(path: Path, file: str) -> tuple[Document, list[Problem]]:
    """Read the YAML file at `path`; it must be UTF-8 (a byte order mark is let pass)."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Document(file), [Problem(file, 0, "", "the file is missing", "write it")]
    except OSError as error:
        what = f"cannot be opened: {error.strerror or error}"
        return Document(file), [Problem(file, 0, "", what, "check the file and its permissions")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        return Document(file), [Problem(file, line, "", what, "save the file in UTF-8")]
    return read_text(text, file)
