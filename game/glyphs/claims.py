"""Whose is the ink? Points of one ink given to the strokes they were meant for."""

from collections.abc import Collection
from math import inf

from game.glyphs.ink import Ink
from game.glyphs.strictness import Limits
from game.glyphs.template import ROUND, SPACING, Template

# By point of ink: how far it is from a stroke, and the beads it passes (bead, sideways distance).
Claim = dict[int, tuple[float, list[tuple[int, float]]]]


def claim(ink: Ink, template: Template, limits: Limits) -> dict[int, Claim]:
    """What each stroke may claim of an ink: points beside it, within the limits, that run its way."""
    near, reach, parallel = limits.near, limits.reach, limits.parallel
    blunt = [run <= ROUND for run in template.lengths]
    # A line is no dot: strokes far shorter than the ink can only be met in passing.
    short = [run <= ROUND and ink.length > 3 * run + 12 for run in template.lengths]
    beads, of = template.beads, template.of
    claims: dict[int, Claim] = {}
    for k, (x, y, ux, uy) in enumerate(ink.points):
        open_way = not ux and not uy
        for j in template.around(x, y):
            bx, by, tx, ty = beads[j]
            dx, dy = x - bx, y - by
            along = dx * tx + dy * ty
            if along > reach or along < -reach:
                continue
            sideways = dx * ty - dy * tx
            if sideways < 0:
                sideways = -sideways
            if sideways > near:
                continue
            i = of[j]
            if not -parallel < ux * tx + uy * ty < parallel or open_way or blunt[i]:
                if short[i]:
                    continue
                past = (along if along > 0 else -along) - SPACING / 2
                apart = sideways + past / 2 if past > 0 else sideways
                mine = claims.setdefault(i, {})
                if k in mine:
                    best, passed = mine[k]
                    passed.append((j, sideways))
                    if apart < best:
                        mine[k] = (apart, passed)
                else:
                    mine[k] = (apart, [(j, sideways)])
    return claims


def share_out(
    claims: dict[int, Claim], near: float, done: Collection[int]
) -> tuple[list[int], set[int], dict[int, float]]:
    """Gives every point of ink to one stroke, the best explained first.

    Comes back: the strokes that were given some, best first; the points given; and the beads passed with the
    least sideways distance of ink from each. Whole runs are given, not single points, or a wavering line
    between two strokes would half-carve both; a stroke not yet `done` is given more easily.
    """
    strokes: list[int] = []
    beads: dict[int, float] = {}
    closest: dict[int, float] = {}
    for mine in claims.values():
        for k, (apart, _) in mine.items():
            if apart < closest.get(k, inf):
                closest[k] = apart
    owned: set[int] = set()
    waiting = dict(claims)
    while waiting:
        best, best_weight = -1, 0.0
        for i, mine in waiting.items():
            weight = sum(1 - 0.6 * apart / near for k, (apart, _) in mine.items() if k not in owned)
            if i in done:
                weight *= 0.7
            if weight > best_weight:
                best, best_weight = i, weight
        if best < 0:
            break
        mine = waiting.pop(best)
        got = [k for k, (apart, _) in mine.items() if k not in owned and apart <= closest[k] + 0.35 * near]
        if len(got) < 2:
            continue
        owned.update(got)
        strokes.append(best)
        for k in got:
            for j, sideways in mine[k][1]:
                if sideways < beads.get(j, inf):
                    beads[j] = sideways
    return strokes, owned, beads
