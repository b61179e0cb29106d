"""Draw-to-find on ancient forms that no drawn form follows, beside plain nearest points, in one run.

The queries are the centre lines of ../shared/reference (no part of the project). `drawn_after` names a
source, not a picture; so for every drawn form and variant the picture most like it is found by measure, and
all those pictures are left out ("held out"). What is left is hard: the shapes that nobody chose to draw.
Beside it every picture is asked with all forms left out that follow it or a copy of it ("each left out"), and
every picture with nothing left out ("all", which is what a player meets who draws one of these shapes). The
plain method is chamfer matching: both in one box, mean distance to the nearest point, both ways.

Times are of CPython on this machine, not of the browser's Python, which is slower.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.content.source import load_library
from game.glyphs.form import Form
from game.workshop.bench import Figure
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.strokes.made import known_forms
from tests.content.measure import agreement, fitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from game.glyphs.recognition import Recogniser

    Points = NDArray[np.float64]

REFERENCE = HERE.root.parent / "shared" / "reference" / "forms.json"
COPY = 0.9
"""A form that agrees so far with a picture follows it or a copy of it."""
AMONG = 10


@dataclass(frozen=True, slots=True)
class Query:
    """A picture of `char`: its points, whether no form follows it, and the numbers (over all forms of all
    characters) of the forms that follow it or a copy."""

    char: str
    points: Points
    held_out: bool
    followers: frozenset[int]


def queries(forms: Mapping[str, Sequence[Form]], pictures: Mapping[str, Sequence[Points]]) -> list[Query]:
    """Every picture of a character that has a form."""
    made: list[Query] = []
    first = 0
    for char, shapes in forms.items():
        known = pictures.get(char, ())
        drawn = [spread_points(form) for form in shapes]
        like = [[agreement(one, fitted(picture)) for picture in known] for one in drawn]
        followed = {row.index(max(row)) for row in like if row}
        for i, picture in enumerate(known):
            best = (row.index(max(row)) for row in like)
            after = {
                n for n, (row, top) in enumerate(zip(like, best, strict=True)) if top == i or row[i] >= COPY
            }
            made.append(Query(char, picture, i not in followed, frozenset(first + n for n in after)))
        first += len(shapes)
    return made


def ways(points: Points) -> Points:
    """The direction of the line at each point, in radians: the main axis of it and its neighbours."""
    import numpy as np

    apart = ((points[:, None] - points[None]) ** 2).sum(-1)
    found = np.empty(len(points))
    for i, row in enumerate(apart):
        near = np.argsort(row)[:5]
        around = points[near[row[near] < 49]]
        (xx, xy), (_, yy) = (around - around.mean(0)).T @ (around - around.mean(0))
        found[i] = np.arctan2(2 * xy, xx - yy) / 2 % np.pi
    return found


class PlainNearest:
    """Mean distance to the nearest point, both ways, no more; of at most 64 points each."""

    def __init__(self, forms: Mapping[str, Sequence[Form]]) -> None:
        import numpy as np

        clouds = [_few(spread_points(form)) for shapes in forms.values() for form in shapes]
        self._points = np.full((len(clouds), max(map(len, clouds)), 2), np.inf)
        for i, cloud in enumerate(clouds):
            self._points[i, : len(cloud)] = cloud
        self._there = np.isfinite(self._points[..., 0])

    def distances(self, points: Points) -> Points:
        """Of the points to every form."""
        import numpy as np

        across, down = _few(points).T
        apart = np.sqrt(
            (self._points[:, :, None, 0] - across) ** 2 + (self._points[:, :, None, 1] - down) ** 2
        )
        bare = np.where(self._there, apart.min(2), 0).sum(1) / self._there.sum(1)
        both: Points = bare + apart.min(1).mean(1)
        return both


def spread_points(form: Form) -> Points:
    """The points of a form, fitted into the box."""
    import numpy as np

    from game.glyphs.cloud import spread

    return fitted(spread(form.strokes).points.astype(np.float64))


def _few(points: Points) -> Points:
    import numpy as np

    from game.glyphs.cloud import Cloud

    small: NDArray[np.float32] = (fitted(points) / 100).astype(np.float32)
    return Cloud(small, small[:, 0]).thinned(64).points.astype(np.float64)


def place(away: Points, chars: Sequence[str], char: str, without: frozenset[int] = frozenset()) -> int | None:
    """How many characters come before `char` when the forms `without` are not there; None if none is left."""
    import numpy as np

    before: dict[str, None] = {}
    for number in np.argsort(away, kind="stable"):
        if int(number) in without:
            continue
        if chars[number] == char:
            return len(before)
        before[chars[number]] = None
    return None


def _pictures() -> dict[str, list[Points]]:
    import numpy as np

    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return {
        char: [np.array(one["points"], float) for one in scripts["oracle"]]
        for char, scripts in told.items()
        if scripts.get("oracle")
    }


def _share(places: Sequence[int], before: int) -> float:
    return 100 * sum(found < before for found in places) / len(places)


def measure(progress: Progress) -> list[Figure]:
    """Per cent found first and among ten, and milliseconds a query.

    Without the reference nothing is measured, and that is said.
    """
    if not REFERENCE.is_file():
        progress.say(f"!! NOT MEASURED: {REFERENCE} is not here, so nothing was looked for")
        return []
    from game.glyphs.cloud import cloud_of
    from game.glyphs.recognition import Recogniser

    forms = known_forms(load_library(HERE.root))
    chars = [char for char, shapes in forms.items() for _ in shapes]
    asked = queries(forms, _pictures())
    held = sum(query.held_out for query in asked)
    progress.say(
        f"  {len(chars)} forms of {len(forms)} characters, {len(asked)} pictures of them; excluded as drawn "
        f"after: {len(asked) - held}, so {held} are held out"
    )
    begun = time.perf_counter()
    ours: Recogniser = Recogniser(forms)
    made = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    plain = PlainNearest(forms)
    made_plain = (time.perf_counter() - begun) * 1000
    kinds: dict[str, tuple[list[int], list[int]]] = {
        "held out": ([], []),
        "each left out": ([], []),
        "all": ([], []),
    }
    took: tuple[list[float], list[float]] = ([], [])
    for query in asked:
        cloud = cloud_of(query.points.tolist(), ways(query.points).tolist())
        begun = time.perf_counter()
        away = ours.distances(cloud).astype(float)
        took[0].append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        bare = plain.distances(query.points)
        took[1].append((time.perf_counter() - begun) * 1000)
        for which, distances in enumerate((away, bare)):
            found = place(distances, chars, query.char)
            assert found is not None  # only characters that have forms are asked
            kinds["all"][which].append(found)
            if query.held_out:
                kinds["held out"][which].append(found)
            found = place(distances, chars, query.char, query.followers)
            if found is not None:
                kinds["each left out"][which].append(found)
    figures = [
        Figure(f"find, {name} ({len(us)}), {words}", _share(us, before), "%", _share(them, before))
        for name, (us, them) in kinds.items()
        if us
        for before, words in ((1, "first"), (AMONG, f"among {AMONG}"))
    ]
    return [
        *figures,
        Figure("find, a query", statistics.median(took[0]), "ms", statistics.median(took[1])),
        Figure("find, making ready", made, "ms", made_plain),
    ]
