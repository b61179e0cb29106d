"""The grader: what the player carves, compared with the forms that are known.

No order or direction of strokes is attested, so none is asked for: an ink may be drawn either way, may run
over several strokes, and a stroke may be made of several inks. A stroke is carved when enough of it has ink
beside it that runs roughly the same way. Pure Python, quick enough for a browser (see tests).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game.glyphs.form import Form
from game.glyphs.ink import tidy
from game.glyphs.path import Point
from game.glyphs.sheet import Sheet
from game.glyphs.strictness import LIMITS, Strictness
from game.glyphs.verdict import Correction, Verdict, judge

__all__ = ["Carving", "Correction", "Cut", "Strictness", "Verdict"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What became of one ink or tap.

    `reason`: "ok" (new ground carved), "again" (only what is carved already), "dot" (tiny, and no dot
    there), "wild" (a scribble), "off" (too far from every stroke). `strokes` are the strokes of
    `Carving.form` now done that were not before; `part` is the part worked on, None when refused.
    """

    accepted: bool
    strokes: frozenset[int]
    reason: str
    part: str | None


class Carving:
    """One character being carved.

    `forms` are the form shown and its attested variants; every ink is tried on all of them, and `.form` is
    the one that suits all ink so far best (the first, as long as none is better), so after a cut `.form` and
    `.done` may belong to another variant. Points are in the 100 x 100 box. ValueError without a form that
    has strokes.
    """

    def __init__(self, forms: Sequence[Form], strictness: Strictness = Strictness.EASY) -> None:
        limits = LIMITS[Strictness(strictness)]
        self._sheets = [Sheet(form, limits) for form in forms if form.strokes]
        if not self._sheets:
            raise ValueError("carving wants a form with strokes")
        self._best = self._sheets[0]
        self._refused = 0

    @property
    def form(self) -> Form:
        """The variant that fits best so far."""
        return self._best.form

    @property
    def done(self) -> frozenset[int]:
        """Strokes of `.form` that are carved."""
        return frozenset(self._best.done)

    @property
    def complete(self) -> bool:
        """Whether every stroke of `.form` is carved."""
        return not self._best.undone()

    @property
    def next_part(self) -> str | None:
        """The first part with a stroke still to carve."""
        undone = self._best.undone()
        return self.form.part_name(undone[0]) if undone else None

    def part_done(self, name: str) -> bool:
        """Whether every stroke of a part is carved; False for a part that `.form` does not have."""
        mine = [i for i, k in enumerate(self.form.part_index) if self.form.parts[k].name == name]
        return bool(mine) and self._best.done.issuperset(mine)

    def cut(self, ink: Sequence[Point]) -> Cut:
        """Judges one movement, finger down to finger up, and takes it in when any form accepts it."""
        tidied = tidy(ink)
        if tidied is None:
            return Cut(False, frozenset(), "dot", None)
        trials = [(sheet, sheet.try_ink(tidied)) for sheet in self._sheets]
        shown = next(trial for sheet, trial in trials if sheet is self._best)
        if not any(trial.reason == "ok" for _, trial in trials):
            if shown.reason in ("wild", "off"):
                self._refused += 1
                for sheet, trial in trials:
                    if trial.reason != "again":
                        sheet.miss(trial)
            return Cut(False, frozenset(), shown.reason, None)
        before = {id(sheet): frozenset(sheet.done) for sheet in self._sheets}
        for sheet, trial in trials:
            if trial.reason in ("ok", "again"):
                sheet.commit(trial)
            else:
                sheet.refuse(trial)
        self._best = max(self._sheets, key=lambda sheet: sheet.fit)
        worked = next(trial for sheet, trial in trials if sheet is self._best)
        strokes = frozenset(self._best.done) - before[id(self._best)]
        on = next((i for i in worked.strokes if i in strokes), worked.strokes[0] if worked.strokes else None)
        return Cut(True, strokes, "ok", None if on is None else self.form.part_name(on))

    def tap(self, point: Point) -> Cut:
        """Carves the undone stroke of `.form` nearest to a point: for those who do not drag."""
        undone = self._best.undone()
        if not undone:
            return Cut(False, frozenset(), "again", None)
        stroke = self._best.template.nearest(point, undone)
        self._best.tap(stroke)
        return Cut(True, frozenset((stroke,)), "ok", self.form.part_name(stroke))

    def verdict(self) -> Verdict:
        """The answer so far, against the form that gives the best one."""
        return max((judge(sheet, self._refused) for sheet in self._sheets), key=lambda v: v.score)
