"""A case: inks carved over one character, and the verdict that is right for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    def aimed(self, forms: Sequence[Form]) -> Sequence[Form]:
        """Which of the character's attested forms count."""
        return forms if self.form < 0 else [forms[self.form]]

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
    carving = Carving(case.aimed(forms), case.strictness)
    accepted = [carving.cut(ink).accepted for ink in case.inks]
    return carving.verdict(), accepted


def judged(case: Case, forms: Sequence[Form]) -> bool:
    """Whether the game's own grader answers a case as it should."""
    return case.right(*grade(case, forms))
