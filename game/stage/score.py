"""A script made into a timeline: `at(t)` is the stage at any moment; scrubbing and playing are one thing."""

from bisect import bisect_right
from dataclasses import dataclass
from math import isfinite, nextafter

from game.content.model import Act, Beat, Question, Script, Words
from game.stage.errors import StageError
from game.stage.pose import Frame, Pose
from game.stage.role import Role
from game.stage.verbs import ENTRANCES, VERBS

# A caption is read before it goes: seconds, and seconds for each Chinese character.
_LOOK = 1.2
_READ = 0.12
_UNSEEN = 0.002  # alpha below one step of colour


@dataclass(frozen=True, slots=True)
class Scene:
    """When a beat runs, in seconds from the start of the play, and what is written under it."""

    start: float
    end: float
    caption: Words


class Score:
    """A compiled script; see `compile`."""

    def __init__(
        self, roles: tuple[Role, ...], beats: tuple[Scene, ...], asks: tuple[tuple[float, Question], ...]
    ) -> None:
        self._roles = roles
        self._starts = [beat.start for beat in beats]
        self.beats = beats
        self.asks = asks
        """Questions and when they are asked: the play stops there until they are answered."""
        self.duration = beats[-1].end if beats else 0.0
        """Seconds from the first beat's start to the last one's end."""

    def at(self, t: float) -> Frame:
        """The stage at `t` seconds (held between start and end; not a number counts as the start).

        A moment between two beats belongs to the later one; `hold` gives the earlier one's last pose.
        """
        t = min(t, self.duration) if t > 0 else 0.0
        return Frame(self._poses(t), max(0, bisect_right(self._starts, t) - 1))

    def hold(self, beat: int) -> Frame:
        """The last pose of a beat (from 0), for waiting there; IndexError when there is none."""
        # At its end the next beat has begun: the last moment before that.
        return Frame(self._poses(nextafter(self.beats[beat].end, 0)), beat)

    def _poses(self, t: float) -> tuple[Pose, ...]:
        shown: list[tuple[int, Role]] = []
        for role in self._roles:
            place = role.present.at(t)
            if place >= 0:
                shown.append((place, role))
        poses = [role.pose(t) for _, role in sorted(shown, key=lambda pair: pair[0])]
        return tuple(pose for pose in poses if pose.alpha > _UNSEEN)


def compile(script: Script) -> Score:
    """Times every act and checks that it can be played.

    Beats follow one another; a beat lasts until its last act ends and its caption can be read. Raises
    StageError, naming beat and actor: an actor that is not in the cast or not on stage, an unknown verb,
    arguments the verb cannot use, a time that is negative or not finite.
    """
    roles = {actor: Role(actor, char) for actor, char in script.cast.items()}
    beats: list[Scene] = []
    asks: list[tuple[float, Question]] = []
    start = 0.0
    place = 0
    for n, beat in enumerate(script.beats, 1):
        end = start + _lasts(n, beat)
        for act in sorted(beat.acts, key=lambda act: act.at):
            if act.verb == "ask":
                # Asked as the beat ends is asked under its caption, not under the next one.
                asks.append((min(start + act.at, nextafter(end, 0)), act.args["question"]))
            elif act.verb != "wait":
                place += 1
                _stage(n, roles, act, start + act.at, place)
        beats.append(Scene(start, end, beat.caption))
        start = end
        if n < len(script.beats):  # what is lit stays so to the end of its beat
            for role in roles.values():
                role.lit.put(end, None)
    return Score(tuple(roles.values()), tuple(beats), tuple(asks))


def _lasts(n: int, beat: Beat) -> float:
    lasts = _LOOK + _READ * len(beat.caption.zh)
    for act in beat.acts:
        if not (isfinite(act.at) and isfinite(act.over) and act.at >= 0 and act.over >= 0):
            raise StageError(n, act.actor, f"{act.verb}: times must be 0 or more")
        lasts = max(lasts, act.at + act.over)
    return lasts


def _stage(n: int, roles: dict[str, Role], act: Act, t: float, place: int) -> None:
    verb = VERBS.get(act.verb)
    if verb is None:
        raise StageError(n, act.actor, f"cannot {act.verb}: no such verb")
    role = roles.get(act.actor)
    if role is None:
        raise StageError(n, act.actor, "is not in the cast")
    if act.verb not in ENTRANCES and role.present.at(t) < 0:
        raise StageError(n, act.actor, "is not on stage")
    try:
        verb(role, act, t, place)
    except KeyError as lack:
        raise StageError(n, act.actor, f"{act.verb} lacks {lack}") from None
    except ValueError as wrong:
        raise StageError(n, act.actor, f"{act.verb} {wrong}") from None
