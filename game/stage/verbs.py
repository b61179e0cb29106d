"""The verbs of the stage: each writes its change into the tracks of one actor.

Times are seconds from the start of the play. A verb raises ValueError or KeyError for arguments it cannot
use; `score.compile` adds the beat and the actor.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any

from game.content.model import Act
from game.stage.easing import arrive, depart, linear, smooth
from game.stage.role import Guise, Role

# Who comes on: these verbs may be used of an actor that is not on stage.
ENTRANCES = frozenset({"carve", "enter"})
# What a verb is given: the role, the act, when it begins, its place in the order of acts.
Verb = Callable[[Role, Act, float, int], None]


def number(value: Any) -> float:
    """A finite number, or ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"wants a number, not {value!r}")
    return float(value)


def spot(value: Any) -> tuple[float, float]:
    """A point on stage, or ValueError."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise ValueError(f"wants a point [x, y], not {value!r}")
    return number(value[0]), number(value[1])


def outside(side: str, x: float, y: float, size: float) -> tuple[float, float]:
    """The place just out of sight beyond one side of the stage, level with (x, y)."""
    tall = size / 2 + 2
    wide = tall * 0.75  # the stage is 4:3 and both its sides count 100
    places = {"left": (-wide, y), "right": (100 + wide, y), "top": (x, -tall), "bottom": (x, 100 + tall)}
    if side not in places:
        raise ValueError(f"wants left, right, top or bottom, not {side!r}")
    return places[side]


def carve(role: Role, act: Act, t: float, place: int) -> None:
    """Comes on by being cut, stroke after stroke, as the character of the cast."""
    role.appear(t, place, spot(act.args["at"]), number(act.args["size"]))
    role.face.put(t, 1.0)
    role.guise.put(t, Guise(role.char))
    role.carved.put(t, 0.0)
    role.carved.run(t, act.over, 1.0, linear)


def enter(role: Role, act: Act, t: float, place: int) -> None:
    """Slides in from beyond one side; looks the way it did when it last left."""
    at, size = spot(act.args["at"]), number(act.args["size"])
    role.appear(t, place, outside(act.args["from"], *at, size), size)
    role.x.run(t, act.over, at[0], arrive)
    role.y.run(t, act.over, at[1], arrive)


def leave(role: Role, act: Act, t: float, place: int) -> None:
    """Slides out beyond one side and is gone."""
    x, y = outside(act.args["to"], role.x.at(t), role.y.at(t), role.size.at(t))
    role.x.run(t, act.over, x, depart)
    role.y.run(t, act.over, y, depart)
    role.present.put(t + act.over, -1)


def move(role: Role, act: Act, t: float, place: int) -> None:
    """Goes to another place."""
    x, y = spot(act.args["to"])
    role.x.run(t, act.over, x, smooth)
    role.y.run(t, act.over, y, smooth)


def face(role: Role, act: Act, t: float, place: int) -> None:
    """Turns to look left (as the ancient forms do) or right."""
    ways = {"left": 1.0, "right": -1.0}
    if act.args["way"] not in ways:
        raise ValueError(f"wants left or right, not {act.args['way']!r}")
    role.face.run(t, act.over, ways[act.args["way"]], smooth)


def grow(role: Role, act: Act, t: float, place: int) -> None:
    """Becomes larger or smaller."""
    role.size.run(t, act.over, number(act.args["size"]), smooth)


def turn(role: Role, act: Act, t: float, place: int) -> None:
    """Turns on the spot, clockwise by so many degrees."""
    role.turn.run(t, act.over, role.turn.at(t) + number(act.args["by"]), smooth)


def morph(role: Role, act: Act, t: float, place: int) -> None:
    """Goes over into its picture, a later script, or another character."""
    into = act.args["to"]
    if not isinstance(into, str) or not into:
        raise ValueError(f"wants a character, picture, bronze or seal, not {into!r}")
    now = role.guise.at(t).after(t)
    role.guise.put(t, Guise(now.char, now.script, into, t, act.over))


def point(role: Role, act: Act, t: float, place: int) -> None:
    """Lights one part, until the beat ends or another is pointed at."""
    role.lit.put(t, str(act.args["part"]))


def shake(role: Role, act: Act, t: float, place: int) -> None:
    """Trembles; the trembling dies away."""
    role.shakes.append((t, act.over))


def scatter(role: Role, act: Act, t: float, place: int) -> None:
    """Its parts fly apart and grow pale; it is unseen until it comes on anew."""
    role.scatter.run(t, act.over, 1.0, arrive)
    role.alpha.run(t, act.over, 0.0, depart)


def fade(role: Role, act: Act, t: float, place: int) -> None:
    """Grows pale and is gone."""
    role.alpha.run(t, act.over, 0.0, smooth)
    role.present.put(t + act.over, -1)


VERBS: dict[str, Verb] = {
    "carve": carve,
    "enter": enter,
    "leave": leave,
    "move": move,
    "face": face,
    "grow": grow,
    "turn": turn,
    "morph": morph,
    "point": point,
    "shake": shake,
    "scatter": scatter,
    "fade": fade,
}
