"""What a value in a level may look like.

A *shape* is a function `(value, at, report) -> packed value`. It appends every fault it finds to `report` and
returns `BAD` where nothing can be made of the value; else the value comes back in its packed form (see
`game.content.parse`), even when it is too long or too few. Shapes never raise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from game.content.checks.document import At
from game.content.checks.problem import Problem, nearest

Report = list[Problem]
Shape = Callable[[Any, At, Report], Any]


BAD: Any = object()  # the value of what could not be read
_REQUIRED: Any = object()


def named(value: Any) -> str:
    """What a value is, in a teacher's words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) <= 20 else "a text"
    return f"the number {value}"


def wrong(value: Any, at: At, report: Report, wanted: str, mend: str) -> Any:
    """Report that `wanted` should stand where `value` does."""
    report.append(at.problem(f"{wanted} is wanted, not {named(value)}", mend))
    return BAD


def is_han(char: str) -> bool:
    """Whether `char` is one Chinese character (any CJK ideograph of Unicode, the extensions included)."""
    return len(char) == 1 and (
        "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U000323af"
    )


def counted(text: str) -> int:
    """Length of a text as its limits count it: every character but white space."""
    return len("".join(text.split()))


def text(limit: int | None = None) -> Shape:
    """A text that says something, of at most `limit` characters. Numbers are taken as they are written."""

    def read(value: Any, at: At, report: Report) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            return wrong(value, at, report, "a text", "write the text, in quotes if it has ': ' or '#'")
        value = value.strip()
        if not any(char.isalnum() for char in value):
            report.append(at.problem("the text is empty", "write it"))
            return BAD
        if limit is not None and counted(value) > limit:
            what = f"{counted(value)} characters, {limit} at most"
            report.append(at.problem(what, f"shorten it by {counted(value) - limit}"))
        return value

    return read


def words(limit: int | None = None) -> Shape:
    """A text in both languages, `{zh: …, en: …}`; `limit` counts the Chinese. Packed as `[zh, en]`."""
    inner = record({"zh": Field(text(limit)), "en": Field(text())})

    def read(value: Any, at: At, report: Report) -> Any:
        if not isinstance(value, dict):
            return wrong(value, at, report, "a text in both languages", "write {zh: …, en: …}")
        got = inner(value, at, report)
        return BAD if got is BAD else [got["zh"], got["en"]]

    return read


def flag(value: Any, at: At, report: Report) -> Any:
    """true or false."""
    return (
        value if isinstance(value, bool) else wrong(value, at, report, "true or false", "write true or false")
    )


def han(value: Any, at: At, report: Report) -> Any:
    """One Chinese character."""
    if isinstance(value, str) and is_han(value):
        return value
    return wrong(value, at, report, "one Chinese character", "write one character")


def number(low: float, high: float, whole: bool = False) -> Shape:
    """A number from `low` to `high`."""
    kind = "a whole number" if whole else "a number"
    span = f"{kind} from {low:g} to {high:g}"

    def read(value: Any, at: At, report: Report) -> Any:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            return wrong(value, at, report, span, "write a number")
        if not low <= value <= high:
            return wrong(value, at, report, span, f"keep it between {low:g} and {high:g}")
        return value

    return read


def one_of(*choices: str) -> Shape:
    """One of a few words."""

    def read(value: Any, at: At, report: Report) -> Any:
        if isinstance(value, str) and value in choices:
            return value
        mend = nearest(value if isinstance(value, str) else "", choices)
        return wrong(value, at, report, " or ".join(choices), mend)

    return read


def point(x: tuple[float, float], y: tuple[float, float], mend: str) -> Shape:
    """Two numbers in their ranges, `[x, y]`."""
    inner = (number(*x), number(*y))

    def read(value: Any, at: At, report: Report) -> Any:
        if not (isinstance(value, list) and len(value) == 2):
            return wrong(value, at, report, "a pair of numbers", mend)
        got = [shape(one, at[i], report) for i, (shape, one) in enumerate(zip(inner, value, strict=True))]
        return BAD if BAD in got else got

    return read


def many(item: Shape, least: int = 0, most: int | None = None, each: str = "items") -> Shape:
    """A list of at least `least` and at most `most` of `item`; nothing at all is the empty list."""

    def read(value: Any, at: At, report: Report) -> Any:
        if value is None:
            value = []
        if not isinstance(value, list):
            return wrong(
                value, at, report, "a list", "write a list: [one, two], or lines that begin with '- '"
            )
        got = [item(one, at[i], report) for i, one in enumerate(value)]
        if len(got) < least:
            report.append(
                at.problem(f"{len(got)} {each}, at least {least} are wanted", "add what is missing")
            )
        if most is not None and len(got) > most:
            report.append(at.problem(f"{len(got)} {each}, at most {most}", "leave some out"))
        return BAD if BAD in got else got

    return read


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: its shape, and its packed value when left out (without one it must be given)."""

    shape: Shape
    default: Any = _REQUIRED


def record(fields: Mapping[str, Field]) -> Shape:
    """A mapping with these keys and no others; packed in this order, defaults filled in."""

    def read(value: Any, at: At, report: Report) -> Any:
        if not isinstance(value, dict):
            wanted = [key for key, one in fields.items() if one.default is _REQUIRED] or list(fields)
            return wrong(value, at, report, "a mapping", f"write {', '.join(wanted)}, each with its value")
        sound = True
        for key in value:
            if key not in fields:
                mend = nearest(key, [f for f in fields if f not in value])
                if value[key] is None:  # what a comma does inside { }
                    mend = "quote the text before it, if this is the rest of a text with a comma"
                report.append(at[key].problem("unknown key", mend))
                sound = False
        packed: dict[str, Any] = {}
        for key, one in fields.items():
            if key in value and not (value[key] is None and one.default is not _REQUIRED):
                packed[key] = one.shape(value[key], at[key], report)
            elif one.default is _REQUIRED:
                report.append(at.problem(f"{key} is missing", f"add {key}: …"))
                packed[key] = BAD
            else:
                packed[key] = one.default
        return packed if sound and not any(one is BAD for one in packed.values()) else BAD

    return read


def table(key: Callable[[str], str | None], shape: Shape, least: int = 0, each: str = "keys") -> Shape:
    """A mapping whose keys are free: `key(name)` gives the mend for a key that will not do, else None."""

    def read(value: Any, at: At, report: Report) -> Any:
        if value is None:
            value = {}
        if not isinstance(value, dict):
            return wrong(value, at, report, "a mapping", "write 'name: value', one on each line")
        sound = True
        packed: dict[str, Any] = {}
        for name, one in value.items():
            if mend := key(name):
                report.append(at[name].problem("this key will not do", mend))
                sound = False
            packed[name] = shape(one, at[name], report)
        if len(packed) < least:
            report.append(
                at.problem(f"{len(packed)} {each}, at least {least} are wanted", "add what is missing")
            )
            sound = False
        return packed if sound and not any(one is BAD for one in packed.values()) else BAD

    return read
