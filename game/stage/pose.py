"""What the stage shows at one moment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pose:
    """One actor at one moment. The stage is 4:3; x and y run 0..100 rightwards and downwards.

    `x`, `y` the actor's centre; `size` its box in per cent of the stage's height; `turn` degrees clockwise;
    `flip` mirrored (ancient forms look left, so this looks right) and `squeeze` its width while turning
    round, 1 except in mid-turn; `alpha` 0..1; `carved` how much of it is cut; `lit` the part pointed at.
    It is drawn as the `script` form of `char`; with `into` set it is a share `blend` of the way to that form:
    picture, bronze or seal of `char`, or the oracle form of another character. `scatter` 0..1 is how far its
    parts have flown (`game.stage.scatter`).
    """

    actor: str
    char: str
    x: float
    y: float
    size: float
    turn: float = 0.0
    flip: bool = False
    alpha: float = 1.0
    carved: float = 1.0
    lit: str | None = None
    into: str | None = None
    blend: float = 0.0
    scatter: float = 0.0
    script: str = "oracle"
    squeeze: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """All actors on stage, back to front, and the number of the beat (from 0)."""

    poses: tuple[Pose, ...]
    beat: int
