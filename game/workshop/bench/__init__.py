"""`build.py bench [GROUP …]`: the built site measured in Chromium beside a bare page, in one run.

The bare page has the same core, library and pygame and draws one blank frame. Groups: bytes, start, frames,
memory, strokes (the grader in the page); without the site: for the ledger intake and standing, grader beside
a plain matcher, find beside plain nearest points, learner on the schedule beside one on fixed days; all of
these without a name. By its name alone: million, which takes a quarter of an hour, and stories, every frame
of every play, which takes four minutes. Prints a table and writes build/bench.json: name -> value, unit,
baseline, ratio.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: a median unless its name says otherwise; `baseline` is the bare page's."""

    name: str
    value: float
    unit: str
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value over baseline."""
        return self.value / self.baseline if self.baseline else None


WITHOUT_SITE = frozenset({"intake", "standing", "million", "grader", "find", "learner"})
"""Groups that need no built site."""
LONG = frozenset({"million", "stories"})
"""Groups that are run only by their name."""
Group = Callable[[Progress], list[Figure]]


def groups() -> dict[str, Group]:
    """The groups by name; what a group needs is imported when it is run."""
    from game.workshop.bench import (
        find,
        frames,
        grader,
        learner,
        ledger,
        plays,
        sizes,
        standing,
        start,
        strokes,
    )

    return {
        "bytes": sizes.measure,
        "start": start.measure,
        "frames": frames.measure,
        "memory": frames.memory,
        "strokes": strokes.measure,
        "stories": plays.measure,
        "intake": ledger.intake,
        "standing": standing.measure,
        "million": ledger.million,
        "grader": grader.measure,
        "find": find.measure,
        "learner": learner.measure,
    }


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    lines = [f"{'':44}{'value':>12} {'unit':6}{'bare':>12}{'ratio':>8}"]
    for figure in figures:
        bare = "" if figure.baseline is None else f"{figure.baseline:,.2f}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        lines.append(f"{figure.name:44}{figure.value:>12,.2f} {figure.unit:6}{bare:>12}{ratio:>8}")
    return "\n".join(lines)


def main(argv: Sequence[str]) -> int:
    """Runs the groups named in `argv`, or all; 0 when they ran. It measures and never judges."""
    known = groups()
    asked = [word for word in argv if not word.startswith("-")] or [
        name for name in known if name not in LONG
    ]
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise Trouble(f"no bench group is called {unknown[0]}: {', '.join(known)} are")
    progress = Progress()
    figures: list[Figure] = []
    for name in asked:
        progress.say(f"bench {name}")
        figures += known[name](progress)
    print(table(figures))
    kept = HERE.build / "bench.json"
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    before.update({f.name: {**asdict(f), "ratio": f.ratio} for f in figures})
    kept.write_text(json.dumps(before, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"written to {kept.relative_to(HERE.root)}")
    return 0
