"""What has been carved of one form, and what an ink adds to it."""

from dataclasses import dataclass, field
from math import inf

from game.glyphs.claims import claim, share_out
from game.glyphs.foreign import Foreign
from game.glyphs.form import Form
from game.glyphs.ink import Ink
from game.glyphs.path import Point
from game.glyphs.strictness import Limits
from game.glyphs.template import DOT, SPACING, Template


@dataclass(slots=True)
class Trial:
    """How one ink fits one form: nothing is changed until it is committed.

    `reason` as in `Cut`; `sideways[bead]` the distance of ink from it; `strokes` it lies on, best explained
    first; `lost` the points of ink that lie on nothing; `sense` the share that lies on something.
    """

    reason: str
    ink: Ink
    sideways: dict[int, float] = field(default_factory=dict)
    strokes: list[int] = field(default_factory=list)
    lost: list[Point] = field(default_factory=list)
    sense: float = 0.0


class Sheet:
    """One form under the knife."""

    def __init__(self, form: Form, limits: Limits) -> None:
        self.limits = limits
        self.template = Template(form, limits)
        self.sideways = [inf] * len(self.template.beads)  # distance of the nearest ink to each bead
        self.done: set[int] = set()
        self.tapped: set[int] = set()
        self.lost: list[tuple[Point, float]] = []  # ink on nothing: where, how long
        self.sound = 0.0  # length of ink that lies on strokes
        self.stray = 0.0  # length of ink that does not
        self.foreign = Foreign()

    @property
    def form(self) -> Form:
        """The form itself."""
        return self.template.form

    @property
    def fit(self) -> float:
        """How well all ink so far suits this form; larger is better, in box units."""
        return self.sound - self.stray

    def share(self, stroke: int) -> float:
        """Part of a stroke that has ink."""
        beads = self.template.ranges[stroke]
        return sum(self.sideways[j] < inf for j in beads) / len(beads)

    def undone(self) -> list[int]:
        """Strokes still to carve, in order."""
        return [i for i in range(len(self.form.strokes)) if i not in self.done]

    def tap(self, stroke: int) -> None:
        """Carves a stroke by pointing at it."""
        self.done.add(stroke)
        self.tapped.add(stroke)
        self.foreign.mended(self.form.strokes[stroke])
        self.sound += self.template.lengths[stroke]

    def commit(self, trial: Trial) -> frozenset[int]:
        """Takes an ink in; the strokes that are done by it."""
        for j, away in trial.sideways.items():
            self.sideways[j] = min(self.sideways[j], away)
        fresh = frozenset(
            i for i in trial.strokes if i not in self.done and self.share(i) >= self.limits.share
        )
        self.done |= fresh
        run = trial.ink.length / max(1, len(trial.ink.points))
        self.sound += run * (len(trial.ink.points) - len(trial.lost))
        self.stray += run * len(trial.lost)
        self.lost += [(point, run) for point in trial.lost]
        self.foreign.stray(trial.lost, run)
        for i in fresh:
            self.foreign.mended(self.form.strokes[i])
        return fresh

    def refuse(self, trial: Trial) -> None:
        """Remembers, for telling forms apart, that an ink did not suit this one but another."""
        self.stray += trial.ink.length
        self.miss(trial)

    def miss(self, trial: Trial) -> None:
        """Remembers an ink that is on no form, or not on this one."""
        if not trial.ink.tiny:
            self.foreign.refused(trial.ink)

    def try_ink(self, ink: Ink) -> Trial:
        """Judges an ink."""
        if ink.tiny:
            return self._try_dot(ink)
        trial = Trial("off", ink)
        if ink.length > self.limits.excess * self.template.total + 60:
            trial.reason = "wild"
            return trial
        claims = claim(ink, self.template, self.limits)
        trial.strokes, owned, trial.sideways = share_out(claims, self.limits.near, self.done)
        trial.lost = [point[:2] for k, point in enumerate(ink.points) if k not in owned]
        trial.sense = len(owned) / len(ink.points)
        # Much longer than what it covers: refused, even if every bit of it lies on something.
        long = ink.length > self.limits.excess * SPACING * len(trial.sideways) + 12
        if long or trial.sense < self.limits.sense or not trial.strokes:
            scribbled = ink.length > 2.4 * ink.spread or ink.area > 4000
            trial.reason = "wild" if scribbled else "off"
        else:
            trial.reason = "ok" if self._gains(trial) else "again"
        return trial

    def _gains(self, trial: Trial) -> bool:
        """Whether the ink covers new ground: some of an undone stroke, or the missing end of a done one."""
        new = [self.template.of[j] for j in trial.sideways if self.sideways[j] == inf]
        return any(i not in self.done for i in new) or sum(i not in self.tapped for i in new) >= 2

    def _try_dot(self, ink: Ink) -> Trial:
        """A tiny ink is a dot where the form has a dot, and nothing anywhere else."""
        trial = Trial("dot", ink)
        small = [i for i, run in enumerate(self.template.lengths) if run <= DOT]
        near = [i for i in small if self.template.distance(ink.middle, i) <= self.limits.near]
        if near:
            fresh = [i for i in near if i not in self.done]
            stroke = self.template.nearest(ink.middle, fresh or near)
            away = self.template.distance(ink.middle, stroke)
            trial.reason = "ok" if fresh else "again"
            trial.strokes = [stroke]
            trial.sideways = dict.fromkeys(self.template.ranges[stroke], away)
            trial.sense = 1.0
        return trial
