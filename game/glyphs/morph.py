"""One form turning into another: parts by name, strokes in order, no stroke out of nowhere."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from game.glyphs.form import Form, Part
from game.glyphs.path import Point, Polyline, length, mix, resample

# What a pair of strokes becomes: name before, name after, points before, points after (equally many).
_Strand = tuple[str, str, Polyline, Polyline]


class Morph:
    """The plan for turning form `a` into form `b`; made once, asked every frame."""

    def __init__(self, a: Form, b: Form) -> None:
        self.a, self.b = a, b
        self._strands: list[_Strand] = []
        for before, after in _pair_parts(a, b):
            name_a = before.name if before else (after.name if after else "")
            name_b = after.name if after else name_a
            olds = before.strokes if before else ()
            news = after.strokes if after else ()
            pairs = _align(olds, news)
            for i, j in pairs:
                self._strands.append((name_a, name_b, *_match(olds[i], news[j])))
            taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
            for i, stroke in enumerate(olds):
                if i not in taken_a:
                    goal = _nearest(stroke, news or b.strokes)
                    self._strands.append((name_a, name_b, stroke, (goal,) * len(stroke)))
            for j, stroke in enumerate(news):
                if j not in taken_b:
                    goal = _nearest(stroke, olds or a.strokes)
                    self._strands.append((name_a, name_b, (goal,) * len(stroke), stroke))

    def at(self, t: float) -> Form:
        """The form a share `t` of the way: exactly `a` at 0 and below, exactly `b` at 1 and above."""
        if t <= 0:
            return self.a
        if t >= 1:
            return self.b
        parts: dict[str, list[Polyline]] = {}
        for name_a, name_b, old, new in self._strands:
            cut = tuple([mix(p, q, t) for p, q in zip(old, new, strict=True)])
            parts.setdefault(name_a if t < 0.5 else name_b, []).append(cut)
        script = self.a.script if t < 0.5 else self.b.script
        return Form(script, tuple(Part(name, tuple(strokes)) for name, strokes in parts.items()))


_plans: list[Morph] = []


def blend(a: Form, b: Form, t: float) -> Form:
    """The form a share `t` (0..1, clamped) of the way from `a` to `b`.

    Parts of one name go over into each other, left-over parts into the nearest left-over part; strokes are
    matched in order and turned round where that is closer; a stroke without a partner shrinks into, or grows
    out of, the nearest point of the part it belongs to. The last few plans are kept, so a frame is cheap.
    """
    for i, plan in enumerate(_plans):
        if plan.a is a and plan.b is b:
            if i:
                _plans.insert(0, _plans.pop(i))
            return plan.at(t)
    plan = Morph(a, b)
    _plans.insert(0, plan)
    del _plans[8:]
    return plan.at(t)


def _pair_parts(a: Form, b: Form) -> list[tuple[Part | None, Part | None]]:
    """Parts of `a` and `b` that belong together, by name and then by nearness."""
    pairs: list[tuple[Part | None, Part | None]] = []
    free = list(b.parts)
    rest: list[Part] = []
    for part in a.parts:
        same = next((p for p in free if p.name == part.name), None)
        if same:
            free.remove(same)
            pairs.append((part, same))
        else:
            rest.append(part)
    for part in rest:
        centre = _middle(part)
        gaps = [_apart(centre, _middle(p)) for p in free]
        near = free.pop(gaps.index(min(gaps))) if gaps else None
        pairs.append((part, near))
    pairs.extend((None, part) for part in free)
    return pairs


def _middle(part: Part) -> Point:
    points = [p for s in part.strokes for p in s] or [(50.0, 50.0)]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _apart(p: Point, q: Point) -> float:
    return hypot(p[0] - q[0], p[1] - q[1])


def _unlike(p: Polyline, q: Polyline) -> tuple[float, bool]:
    """Mean distance of two strokes of equally many points, and whether turning `q` round brings it closer."""
    same = sum(map(_apart, p, q)) / len(p)
    turned = sum(map(_apart, p, reversed(q))) / len(p)
    return (turned, True) if turned < same else (same, False)


def _align(olds: Sequence[Polyline], news: Sequence[Polyline]) -> list[tuple[int, int]]:
    """Pairs (i, j), both rising, that use up the shorter side at the least total distance (edit distance)."""
    if not olds or not news:
        return []
    if len(olds) > len(news):
        return [(i, j) for j, i in _align(news, olds)]
    few, many = [resample(s, 5) for s in olds], [resample(s, 5) for s in news]
    spare = len(many) - len(few)
    # best[i][k]: least cost of matching the first i of few with i of the first i + k of many.
    best = [[0.0] * (spare + 1)]
    for i, stroke in enumerate(few):
        row: list[float] = []
        for k in range(spare + 1):
            cost = best[i][k] + _unlike(stroke, many[i + k])[0]
            row.append(cost if not row else min(cost, row[-1]))
        best.append(row)
    pairs: list[tuple[int, int]] = []
    k = spare
    for i in range(len(few) - 1, -1, -1):
        while k and best[i + 1][k - 1] <= best[i + 1][k]:
            k -= 1
        pairs.append((i, i + k))
    return pairs[::-1]


def _stops(p: Polyline) -> list[float]:
    """How far along its length each point of `p` lies, 0..1."""
    total = length(p) or 1.0
    out, passed = [0.0], 0.0
    for a, b in pairwise(p):
        passed += _apart(a, b)
        out.append(passed / total)
    return out


def _match(p: Polyline, q: Polyline) -> tuple[Polyline, Polyline]:
    """Both strokes with equally many points, every corner of both kept, `q` turned round where closer."""
    p, q = p if len(p) > 1 else p * 2, q if len(q) > 1 else q * 2
    if _unlike(resample(p, 5), resample(q, 5))[1]:
        q = q[::-1]
    stops_p, stops_q = _stops(p), _stops(q)
    marks: list[float] = []
    for s in sorted(stops_p[1:-1] + stops_q[1:-1]):
        if not marks or s - marks[-1] > 1e-3:
            marks.append(s)
    return _sample(p, stops_p, marks), _sample(q, stops_q, marks)


def _sample(p: Polyline, stops: list[float], marks: list[float]) -> Polyline:
    """Points of `p` at 0, at the rising `marks`, and at 1."""
    out = [p[0]]
    i = 0
    for mark in marks:
        while i < len(stops) - 2 and stops[i + 1] < mark:
            i += 1
        span = stops[i + 1] - stops[i]
        out.append(mix(p[i], p[i + 1], (mark - stops[i]) / span if span else 0.0))
    out.append(p[-1])
    return tuple(out)


def _nearest(stroke: Polyline, others: Sequence[Polyline]) -> Point:
    """The point of `others` nearest to the middle of `stroke`; that middle itself when there are none."""
    middle = resample(stroke, 3)[1]
    points = [p for other in others for p in resample(other, 9)]
    return min(points, key=lambda p: _apart(p, middle), default=middle)
