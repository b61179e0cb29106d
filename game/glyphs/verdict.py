"""The answer to a carving: a score and one correction."""

from dataclasses import dataclass
from math import hypot, inf

from game.glyphs.sheet import Sheet

PASS = 60
TAPPED = 70.0  # what a stroke counts that was carved by pointing
_UNFINISHED = 79.0  # the most that a carving with a stroke missing is worth, however small the stroke
_FINE = 95  # from here on there is nothing to mend
_LEAST = 8.0  # a dot weighs as much as a stroke of this length
_FOREIGN = 0.40  # of the form's length: with more ink than this beside it, it is another drawing
_ANOTHER = 50.0  # the most that another drawing is worth


@dataclass(frozen=True, slots=True)
class Correction:
    """The one thing to mend. `kind`: "missing" (a stroke is not there), "short" (not all of it is), "off" (it
    lies beside its place), "extra" (there is ink that belongs to nothing, near that part)."""

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` 0..100; `passed` when all is carved, little else is drawn and the score is 60 or more."""

    score: int
    passed: bool
    correction: Correction | None


def judge(sheet: Sheet, refused: int = 0) -> Verdict:
    """Grades a sheet; `refused` counts wild and misplaced inks, which cost a little each.

    With much ink that belongs to nothing it is not this form that was drawn, whatever lies on its strokes.
    """
    limits, template = sheet.limits, sheet.template
    weights = [max(run, _LEAST) for run in template.lengths]
    whole = sum(weights)
    total = 0.0
    faults: list[tuple[float, str, int]] = []  # how bad, kind, stroke
    for i, weight in enumerate(weights):
        share = sheet.share(i)
        if i in sheet.tapped:
            total += weight * TAPPED
        elif i in sheet.done:
            full = _unit((share - limits.share) / max(0.05, 0.93 - limits.share))
            met = [sheet.sideways[j] for j in template.ranges[i] if sheet.sideways[j] < inf]
            away = sum(met) / len(met)
            true = 1 - _unit((away - 0.3 * limits.near) / (0.7 * limits.near))
            total += weight * (55 + 45 * (0.4 * full + 0.6 * true))
            faults.append((0.5 * (1 - full), "short", i))
            faults.append((1 - true, "off", i))
        else:
            total += weight * 50 * share
            faults.append(
                (3 + weight / whole, "missing", i) if share < 0.25 else (2 + weight / whole, "short", i)
            )
    ink = sheet.sound + sheet.stray
    stray = sum(run for _, run in sheet.lost) / ink if ink else 0.0
    if sheet.lost and stray > 0.12:
        faults.append((2 * stray, "extra", _beside(sheet)))
    score = total / whole - min(20.0, 70 * max(0.0, stray - 0.06)) - min(10, 2 * refused)
    if sheet.undone():
        score = min(score, _UNFINISHED)
    foreign = sheet.foreign.length() / whole
    if foreign > _FOREIGN:
        score = min(score, _ANOTHER)
        faults.append((1 + foreign, "extra", _beside(sheet)))
    rounded = max(0, min(100, round(score)))
    worst = max(faults, default=(0.0, "", 0))
    wanting = worst[0] > 0.25 and rounded < _FINE
    correction = Correction(worst[1], sheet.form.part_name(worst[2])) if wanting else None
    return Verdict(rounded, not sheet.undone() and rounded >= PASS, correction)


def _unit(value: float) -> float:
    return max(0.0, min(1.0, value))


def _beside(sheet: Sheet) -> int:
    """The stroke nearest to the middle of all ink that belongs to nothing."""
    x, y = sheet.foreign.middle()
    far = [min(hypot(px - x, py - y) for px, py in stroke) for stroke in sheet.form.strokes]
    return far.index(min(far))
