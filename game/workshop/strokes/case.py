"""A case: inks carved over one character, and the verdict that is right for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from game.glyphs.carving import Carving, Strictness, Verdict
from game.glyphs.form import Form
from game.glyphs.path import Polyline

TRUE = ("jitter", "turned", "scaled", "moved", "split", "joined", "reversed", "order", "dots")
"""Kinds of true strokes: every one of them must pass."""
KINDS = (*TRUE, "missing", "extra", "wild", "wrong")
"""All kinds, each with its rule in `Case.right`."""
SCRIBBLE = 25
"""The most that a wild scribble may score."""


@dataclass(frozen=True, slots=True)
class Case:
    """`inks` (100 x 100 box) carved on `char` at `strictness`, in this order.

    `form` is the number of the attested form that is aimed at, the first being the one shown; -1 lets every
    attested form count, as in the game. `extra` is the number of an ink that belongs to nothing, or -1.
    """

    kind: str
    char: str
    form: int
    strictness: Strictness
    inks: tuple[Polyline, ...]
    extra: int = -1

    @property
    def passes(self) -> bool:
        """Whether a right verdict is a pass."""
        return self.kind in TRUE or self.kind == "extra"

    def right(self, verdict: Verdict, accepted: Sequence[bool]) -> bool:
        """Whether the grader answered as it should; `accepted` says which inks were taken in.

        True strokes pass. With a stroke missing it does not pass, and the correction says that something is
        missing or short. An extra ink is refused and the rest passes. A scribble leaves nothing of worth. The
        strokes of another character do not pass.
        """
        if verdict.passed != self.passes:
            return False
        if self.kind == "missing":
            return verdict.correction is not None and verdict.correction.kind in ("missing", "short")
        if self.kind == "extra":
            return not accepted[self.extra]
        return self.kind != "wild" or verdict.score <= SCRIBBLE


def grade(case: Case, forms: Sequence[Form]) -> tuple[Verdict, list[bool]]:
    """The game's own grader on a case: the verdict, and which inks were taken in."""
    aimed = forms if case.form < 0 else [forms[case.form]]
    carving = Carving(aimed, case.strictness)
    accepted = [carving.cut(ink).accepted for ink in case.inks]
    return carving.verdict(), accepted


def judged(case: Case, forms: Sequence[Form]) -> bool:
    """Whether the game's own grader answers a case as it should."""
    return case.right(*grade(case, forms))


def from_record(told: Mapping[str, Any], known: Callable[[str], bool]) -> Case:
    """The case in a recorded file: kind, char, strictness, inks of [x, y, milliseconds], and for "extra"
    which ink it is (the last one unless it says so). ValueError says what is wrong with it.
    """
    kind, char, inks = told.get("kind"), told.get("char"), told.get("inks")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}")
    if not isinstance(char, str) or not known(char):
        raise ValueError("char must be a character with an oracle form")
    strictness = told.get("strictness")
    if type(strictness) is not int or strictness not in list(Strictness):
        raise ValueError("strictness must be 0, 1, 2 or 3")
    if not isinstance(inks, list) or not inks or not all(map(_is_ink, inks)):
        raise ValueError("inks must be lists of [x, y, milliseconds]")
    extra = told.get("extra", len(inks) - 1) if kind == "extra" else -1
    if type(extra) is not int or not -1 <= extra < len(inks):
        raise ValueError("extra must be the number of an ink")
    lines = tuple(tuple((float(x), float(y)) for x, y, _ in ink) for ink in inks)
    return Case(kind, char, -1, Strictness(strictness), lines, extra)


def _is_ink(ink: object) -> bool:
    return isinstance(ink, list) and bool(ink) and all(map(_is_place, ink))


def _is_place(place: object) -> bool:
    return (
        isinstance(place, list)
        and len(place) == 3
        and all(isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v) for v in place)
    )
