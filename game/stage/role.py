"""One actor's whole part in a play: every property of its pose as a track."""

from dataclasses import dataclass

from game.stage.easing import smooth, tremble, unit
from game.stage.pose import Pose
from game.stage.track import Steps, Track

SCRIPTS = ("picture", "bronze", "seal")


@dataclass(frozen=True, slots=True)
class Guise:
    """What an actor looks like: the `script` form of `char`, going over to `into` from `start` on."""

    char: str
    script: str = "oracle"
    into: str | None = None
    start: float = 0.0
    over: float = 0.0

    def blend(self, t: float) -> float:
        """How far it has gone over."""
        if self.into is None:
            return 0.0
        return smooth(unit((t - self.start) / self.over)) if self.over > 0 else 1.0

    def after(self, t: float) -> "Guise":
        """What it is at `t`, when something new begins: the one or the other, whichever is nearer."""
        if self.into is None or self.blend(t) < 0.5:
            return Guise(self.char, self.script)
        return Guise(self.char, self.into) if self.into in SCRIPTS else Guise(self.into)


class Role:
    """Tracks of one actor; filled by the verbs in order of time, then only read."""

    def __init__(self, actor: str, char: str) -> None:
        self.actor = actor
        self.char = char
        self.present = Steps(-1)  # -1: not on stage; else its place in the order of coming on
        self.x, self.y = Track(50.0), Track(50.0)
        self.size, self.turn = Track(30.0), Track(0.0)
        self.face = Track(1.0)  # 1 as written, -1 mirrored
        self.alpha, self.carved, self.scatter = Track(1.0), Track(1.0), Track(0.0)
        self.lit: Steps[str | None] = Steps(None)
        self.guise = Steps(Guise(char))
        self.shakes: list[tuple[float, float]] = []  # start, over

    def appear(self, t: float, place: int, at: tuple[float, float], size: float) -> None:
        """Comes on at `t`, whole and upright."""
        self.present.put(t, place)
        self.x.put(t, at[0])
        self.y.put(t, at[1])
        self.size.put(t, size)
        self.turn.put(t, 0.0)
        self.alpha.put(t, 1.0)
        self.carved.put(t, 1.0)
        self.scatter.put(t, 0.0)
        self.lit.put(t, None)

    def pose(self, t: float) -> Pose:
        """The actor at `t`; asked only while it is on stage."""
        size, face = self.size.at(t), self.face.at(t)
        x, turn = self.x.at(t), self.turn.at(t)
        for start, over in self.shakes:
            if start < t < start + over:
                wave = tremble((t - start) / over, max(2.0, round(over * 6)))
                x += wave * size * 0.07
                turn += wave * 4
        guise = self.guise.at(t)
        char, script, into, blend = guise.char, guise.script, guise.into, guise.blend(t)
        if into is not None and blend >= 1 and into not in SCRIPTS:
            char, script, into, blend = into, "oracle", None, 0.0
        return Pose(
            self.actor,
            char,
            x,
            self.y.at(t),
            size,
            turn,
            face < 0,
            self.alpha.at(t),
            self.carved.at(t),
            self.lit.at(t),
            into,
            blend,
            self.scatter.at(t),
            script,
            min(1.0, max(0.04, abs(face))),
        )
