"""The grader on every regression case, and beside it strokes matched in fixed order by Fréchet distance.

Times are of CPython on this machine, not of the browser's Python, which is slower.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from game.content.source import load_library
from game.glyphs.carving import Carving
from game.glyphs.form import Form
from game.workshop.bench import Figure
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.strokes import recorded
from game.workshop.strokes.case import TRUE, Case
from game.workshop.strokes.fixed_order import FixedOrder
from game.workshop.strokes.made import cases, known_forms


@dataclass(slots=True)
class Tally:
    """Cases by kind, those with a wrong verdict, and milliseconds by stroke."""

    asked: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def count(self, kind: str, right: bool) -> None:
        """Takes in one verdict."""
        self.asked[kind] = self.asked.get(kind, 0) + 1
        self.wrong[kind] = self.wrong.get(kind, 0) + (not right)

    def share(self, *kinds: str) -> float:
        """Per cent of wrong verdicts on these kinds, or on all."""
        of = kinds or tuple(self.asked)
        return 100 * sum(self.wrong.get(kind, 0) for kind in of) / sum(self.asked.get(kind, 0) for kind in of)

    def p99(self) -> float:
        """Milliseconds that one stroke in a hundred takes or more."""
        return statistics.quantiles(self.took, n=100)[-1]


def _grader(case: Case, forms: Sequence[Form], tally: Tally) -> None:
    carving = Carving(forms, case.strictness)
    accepted = []
    for ink in case.inks:
        start = time.perf_counter()
        accepted.append(carving.cut(ink).accepted)
        tally.took.append((time.perf_counter() - start) * 1000)
    tally.count(case.kind, case.right(carving.verdict(), accepted))


def _plain(case: Case, forms: Sequence[Form], tally: Tally) -> None:
    """Right when it passes what should pass: it has no score and no correction to be judged by."""
    matchers = [FixedOrder(form.strokes, case.strictness) for form in forms]
    extra = False
    for number, ink in enumerate(case.inks):
        start = time.perf_counter()
        accepted = [matcher.cut(ink) for matcher in matchers]
        tally.took.append((time.perf_counter() - start) * 1000)
        extra = extra or (number == case.extra and any(accepted))
    passed = any(matcher.complete for matcher in matchers)
    tally.count(case.kind, passed == case.passes and not extra)


def tallies(made: Sequence[Case], forms: Mapping[str, Sequence[Form]]) -> tuple[Tally, Tally]:
    """The grader's tally and the plain matcher's, case by case in turn."""
    ours, plain = Tally(), Tally()
    for case in made:
        aimed = case.aimed(forms[case.char])
        _grader(case, aimed, ours)
        _plain(case, aimed, plain)
    return ours, plain


def measure(progress: Progress) -> list[Figure]:
    """Right verdicts, false rejects, wrong characters passed (per cent of cases) and time by stroke."""
    forms = known_forms(load_library(HERE.root))
    made = [*cases(forms), *recorded.read(forms)]
    progress.say(f"  {len(made)} cases over {sum(map(len, forms.values()))} forms")
    ours, plain = tallies(made, forms)
    true = [kind for kind in TRUE if kind in ours.asked]
    return [
        Figure("grader, right verdicts", 100 - ours.share(), "%", 100 - plain.share()),
        Figure("grader, jittered true strokes refused", ours.share("jitter"), "%", plain.share("jitter")),
        Figure("grader, all true strokes refused", ours.share(*true), "%", plain.share(*true)),
        Figure("grader, a wrong character passes", ours.share("wrong"), "%", plain.share("wrong")),
        Figure("grader, a stroke", statistics.median(ours.took), "ms", statistics.median(plain.took)),
        Figure("grader, a stroke, p99", ours.p99(), "ms", plain.p99()),
    ]
