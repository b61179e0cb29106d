"""Plays: every verb, every moment."""

import dataclasses
import math
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.model import Act, Script
from game.stage.errors import StageError
from game.stage.pose import Frame, Pose
from game.stage.score import Score, compile
from tests.stage.plays import LASTS, QUESTION, act, beat, carve, enter, play


def only(frame: Frame) -> Pose:
    assert len(frame.poses) == 1
    return frame.poses[0]


def staged(*acts: Act) -> Score:
    """The deer carved at once at (30, 60), size 40, then these acts from one second on."""
    return compile(play(beat(carve(over=0)), beat(*acts)))


# --- time ---------------------------------------------------------------------------------------------


def test_beats_follow_one_another() -> None:
    score = compile(play(beat(carve(over=3)), beat(), beat(act("wait", "", at=1, over=4))))
    assert [(b.start, b.end) for b in score.beats] == [(0, 3), (3, 3 + LASTS), (3 + LASTS, 8 + LASTS)]
    assert score.duration == 8 + LASTS
    assert [score.at(t).beat for t in (-5, 0, 2.9, 3, 4.3, 99)] == [0, 0, 0, 1, 2, 2]


def test_a_caption_can_be_read() -> None:
    score = compile(play(beat(caption="逐鹿中原" * 10)))
    assert score.duration == pytest.approx(LASTS + 40 * 0.12)
    assert score.beats[0].caption.zh == "逐鹿中原" * 10


def test_time_is_held_between_start_and_end() -> None:
    score = compile(play(beat(carve())))
    assert score.at(-math.inf) == score.at(math.nan) == score.at(0)
    assert score.at(math.inf) == score.at(1e9) == score.at(score.duration)


def test_no_beats() -> None:
    score = compile(play())
    assert score.duration == 0
    assert score.at(3) == Frame((), 0)
    with pytest.raises(IndexError):
        score.hold(0)


def test_questions_and_when() -> None:
    score = compile(play(beat(carve()), beat(Act("ask", "", 0.5, 0.0, {"question": QUESTION}))))
    assert score.asks == ((2.5, QUESTION),)


def test_a_question_at_the_end_of_a_beat_belongs_to_it() -> None:
    asked = Act("ask", "", 2.0, 0.0, {"question": QUESTION})
    score = compile(play(beat(carve(over=2), asked), beat(carve(over=2, where=(80, 20)))))
    (when, question) = score.asks[0]
    assert question is QUESTION
    assert when == pytest.approx(2)
    assert score.at(when) == score.hold(0)


def test_the_last_pose_of_a_beat_is_kept_for_waiting() -> None:
    score = compile(play(beat(carve(over=2)), beat(carve(over=2, where=(80, 20)))))
    assert only(score.hold(0)).x == 30
    assert only(score.hold(0)).carved == pytest.approx(1)
    assert score.hold(0).beat == 0
    assert only(score.at(2)).carved == 0
    assert only(score.hold(1)).x == 80


# --- verbs --------------------------------------------------------------------------------------------


def test_carve() -> None:
    score = compile(play(beat(carve(over=2))))
    assert only(score.at(0)) == Pose("deer", "鹿", 30, 60, 40, carved=0)
    assert only(score.at(1)).carved == 0.5
    assert only(score.at(2)) == Pose("deer", "鹿", 30, 60, 40)


def test_carving_anew_makes_everything_new() -> None:
    changes = (
        act("turn", by=90),
        act("face", way="right"),
        act("scatter"),
        act("morph", to="虎"),
        act("grow", size=9),
    )
    score = compile(play(beat(carve(over=0)), beat(*changes), beat(carve(over=0, where=(10, 10)))))
    assert only(score.hold(2)) == Pose("deer", "鹿", 10, 10, 40)


@pytest.mark.parametrize(
    ("side", "sees"),
    [
        ("left", lambda p: p.x + p.size * 0.375 < 0 and p.y == 50),
        ("right", lambda p: p.x - p.size * 0.375 > 100 and p.y == 50),
        ("top", lambda p: p.y + p.size / 2 < 0 and p.x == 50),
        ("bottom", lambda p: p.y - p.size / 2 > 100 and p.x == 50),
    ],
)
def test_enter_and_leave_by_every_side(side: str, sees: Callable[[Pose], bool]) -> None:
    score = compile(play(beat(enter(side=side, over=1)), beat(act("leave", "man", over=1, to=side)), beat()))
    assert sees(only(score.at(0)))
    come = only(score.at(1))
    assert (come.x, come.y, come.carved, come.alpha) == (50, 50, 1, 1)
    gone = score.beats[1].start + 1
    last, first = only(score.at(gone - 1e-9)), only(score.at(0))
    assert math.dist((last.x, last.y), (first.x, first.y)) < 1e-5
    assert score.at(gone).poses == score.hold(1).poses == score.at(score.duration).poses == ()


def test_entering_slows_and_leaving_hastens() -> None:
    score = compile(
        play(beat(enter(over=1)), beat(act("leave", "man", over=1, to="right"), act("wait", "", over=2)))
    )
    x = [only(score.at(t)).x for t in (0, 0.5, 1)]
    assert x[1] - x[0] > x[2] - x[1]
    start = score.beats[1].start
    x = [only(score.at(start + t)).x for t in (0, 0.5, 0.999)]
    assert x[1] - x[0] < x[2] - x[1]


def test_move() -> None:
    score = staged(act("move", to=(70, 20), over=2))
    start = score.beats[1].start
    way = [only(score.at(start + t / 10)) for t in range(21)]
    assert (way[0].x, way[0].y) == (30, 60)
    assert (way[10].x, way[10].y) == (50, 40)
    assert (way[20].x, way[20].y) == (70, 20)
    steps = [b.x - a.x for a, b in pairwise(way)]
    assert max(steps) == pytest.approx(steps[9], rel=0.05)
    assert steps[0] < steps[5] > 0


def test_a_second_move_takes_over() -> None:
    score = staged(act("move", to=(70, 60), over=2), act("move", at=1, to=(30, 60), over=1))
    start = score.beats[1].start
    assert only(score.at(start + 1)).x == 50
    assert only(score.at(start + 2)).x == 30


def test_face() -> None:
    score = staged(act("face", way="right", over=1), act("face", at=2, way="left", over=0))
    start = score.beats[1].start
    assert [only(score.at(start + t)).flip for t in (0, 0.4, 0.6, 1, 1.9, 2)] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]
    assert only(score.at(start)).squeeze == 1
    assert only(score.at(start + 0.5)).squeeze < 0.1
    assert only(score.at(start + 1)).squeeze == 1


def test_grow_and_turn() -> None:
    score = staged(act("grow", size=80), act("turn", by=90), act("turn", at=1, by=-30))
    start = score.beats[1].start
    assert only(score.at(start + 0.5)).size == 60
    assert only(score.at(start + 0.5)).turn == 45
    assert only(score.at(start + 1)).size == 80
    assert only(score.at(start + 2)).turn == 60


def test_morph_into_another_character() -> None:
    score = staged(act("morph", to="虎", over=2))
    start = score.beats[1].start
    half = only(score.at(start + 1))
    assert (half.char, half.into, round(half.blend, 9)) == ("鹿", "虎", 0.5)
    after = only(score.at(start + 2))
    assert (after.char, after.script, after.into, after.blend) == ("虎", "oracle", None, 0)


def test_morph_into_its_picture_and_on() -> None:
    score = staged(
        act("morph", to="picture", over=1),
        act("morph", at=2, to="seal", over=1),
        act("morph", at=4, to="鹿", over=0),
    )
    start = score.beats[1].start
    seen = [only(score.at(start + t)) for t in (0.5, 1.5, 2.5, 3.5, 4)]
    assert [(p.char, p.script, p.into, round(p.blend, 9)) for p in seen] == [
        ("鹿", "oracle", "picture", 0.5),
        ("鹿", "oracle", "picture", 1),
        ("鹿", "picture", "seal", 0.5),
        ("鹿", "picture", "seal", 1),
        ("鹿", "oracle", None, 0),
    ]


def test_a_morph_may_be_cut_short() -> None:
    score = staged(act("morph", to="虎", over=2), act("morph", at=0.5, to="象", over=1))
    now = only(score.at(score.beats[1].start + 1))
    assert (now.char, now.into) == ("鹿", "象")
    score = staged(act("morph", to="虎", over=2), act("morph", at=1.5, to="象", over=1))
    now = only(score.at(score.beats[1].start + 2))
    assert (now.char, now.into) == ("虎", "象")


def test_point_lights_until_the_beat_ends() -> None:
    score = compile(
        play(
            beat(carve(over=0), act("point", at=1, part="antlers"), act("point", at=2, part="legs")),
            beat(act("point", part="head")),
            beat(),
        )
    )
    assert [only(score.at(t)).lit for t in (0.5, 1, 1.9, 2, 2.9)] == [
        None,
        "antlers",
        "antlers",
        "legs",
        "legs",
    ]
    assert only(score.hold(0)).lit == "legs"
    assert only(score.at(score.beats[1].start)).lit == "head"
    assert only(score.at(score.beats[2].start)).lit is None


def test_what_is_lit_last_stays_lit() -> None:
    score = compile(play(beat(carve(over=0), act("point", part="head"))))
    assert only(score.at(99)).lit == "head"


def test_shake_dies_away() -> None:
    score = staged(act("shake", over=1), act("shake", at=2, over=0))
    start = score.beats[1].start
    away = [abs(only(score.at(start + t / 200)).x - 30) for t in range(201)]
    assert away[0] == away[200] == 0
    assert max(away[:60]) > 1
    assert max(away[140:]) < max(away[:60]) / 4
    assert max(abs(only(score.at(start + t / 50)).turn) for t in range(50)) < 5
    assert only(score.at(start + 2)).x == 30


def test_scatter_flies_and_pales() -> None:
    score = staged(act("scatter", over=1), act("fade", at=2, over=1))
    start = score.beats[1].start
    half = only(score.at(start + 0.5))
    assert 0.5 < half.scatter < 1
    assert 0.5 < half.alpha < 1
    assert score.at(start + 1).poses == ()


def test_fade_and_come_again() -> None:
    score = compile(
        play(
            beat(carve(over=0), act("face", way="right")),
            beat(act("fade", over=1)),
            beat(enter("deer", at=0.5)),
        )
    )
    assert only(score.at(score.beats[1].start + 0.5)).alpha == 0.5
    third = score.beats[2].start
    assert score.at(third + 0.2).poses == ()
    back = only(score.at(third + 1.5))
    assert (back.alpha, back.x, back.flip) == (1, 50, True)


def test_coming_back_while_leaving() -> None:
    score = compile(
        play(beat(enter(over=0)), beat(act("leave", "man", over=2, to="left"), enter(at=1)), beat())
    )
    assert only(score.at(score.duration)).x == 50


def test_who_came_last_stands_in_front() -> None:
    score = compile(
        play(
            beat(carve("man", over=0), carve("deer", at=0.5, over=0)),
            beat(carve("man", over=0, where=(9, 9))),
        )
    )
    assert [p.actor for p in score.at(0.6).poses] == ["man", "deer"]
    assert [p.actor for p in score.at(9).poses] == ["deer", "man"]


# --- troubles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        (act("move", to=(1, 2)), "beat 2: actor deer is not on stage"),
        (act("dance"), "beat 2: actor deer cannot dance: no such verb"),
        (carve("wolf"), "beat 2: actor wolf is not in the cast"),
        (act("carve", at=0, size=40), "beat 2: actor deer carve lacks 'at'"),
        (act("carve", "deer", at_=(30, 40), size=True), "beat 2: actor deer carve wants a number, not True"),
        (
            act("carve", "deer", at_=(30, math.nan), size=1),
            "beat 2: actor deer carve wants a number, not nan",
        ),
        (act("carve", "deer", at_=7, size=1), "beat 2: actor deer carve wants a point [x, y], not 7"),
        (
            act("carve", "deer", at_=(1, 2, 3), size=1),
            "beat 2: actor deer carve wants a point [x, y], not (1, 2, 3)",
        ),
        (enter("deer", side="sky"), "beat 2: actor deer enter wants left, right, top or bottom, not 'sky'"),
        (carve(at=-1), "beat 2: actor deer carve: times must be 0 or more"),
        (carve(over=math.inf), "beat 2: actor deer carve: times must be 0 or more"),
        (act("wait", "", over=-1), "beat 2: wait: times must be 0 or more"),
    ],
)
def test_troubles_name_beat_and_actor(faulty: Act, says: str) -> None:
    if faulty.verb == "carve" and "at_" in faulty.args:
        faulty = dataclasses.replace(faulty, args={**faulty.args, "at": faulty.args["at_"]})
    with pytest.raises(StageError) as trouble:
        compile(play(beat(), beat(faulty)))
    assert str(trouble.value) == says
    assert trouble.value.beat == 2
    assert trouble.value.actor == faulty.actor


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        (act("face", way="up"), "face wants left or right, not 'up'"),
        (act("morph", to=""), "morph wants a character, picture, bronze or seal, not ''"),
        (act("morph", to=3), "morph wants a character, picture, bronze or seal, not 3"),
        (act("leave"), "leave lacks 'to'"),
        (act("grow", size="big"), "grow wants a number, not 'big'"),
        (act("point"), "point lacks 'part'"),
    ],
)
def test_arguments_a_verb_cannot_use(faulty: Act, says: str) -> None:
    with pytest.raises(StageError, match="beat 1: actor deer ") as trouble:
        compile(play(beat(carve(), faulty)))
    assert str(trouble.value).endswith(says)


def test_acting_after_leaving() -> None:
    with pytest.raises(StageError, match="beat 2: actor man is not on stage"):
        compile(play(beat(enter(), act("leave", "man", at=1, to="left")), beat(act("shake", "man"))))


# --- any play -----------------------------------------------------------------------------------------

spots = st.tuples(st.floats(0, 100), st.floats(0, 100))
sides = st.sampled_from(["left", "right", "top", "bottom"])
sizes = st.floats(1, 120)
ARGS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "carve": st.fixed_dictionaries({"at": spots, "size": sizes}),
    "enter": st.fixed_dictionaries({"at": spots, "size": sizes, "from": sides}),
    "move": st.fixed_dictionaries({"to": spots}),
    "face": st.fixed_dictionaries({"way": st.sampled_from(["left", "right"])}),
    "grow": st.fixed_dictionaries({"size": sizes}),
    "turn": st.fixed_dictionaries({"by": st.floats(-720, 720)}),
    "morph": st.fixed_dictionaries({"to": st.sampled_from(["虎", "picture", "bronze", "seal"])}),
    "point": st.fixed_dictionaries({"part": st.sampled_from(["head", "legs"])}),
    "shake": st.just({}),
    "scatter": st.just({}),
    "wait": st.just({}),
}


@st.composite
def plays(draw: st.DrawFn) -> Script:
    """Any play in which nobody goes off, so that every act is possible."""
    first = beat(*(Act("carve", who, 0.0, 1.0, draw(ARGS["carve"])) for who in ("deer", "man")))
    beats = [first]
    for _ in range(draw(st.integers(0, 3))):
        acts = []
        for _ in range(draw(st.integers(0, 5))):
            verb = draw(st.sampled_from(sorted(ARGS)))
            who = "" if verb == "wait" else draw(st.sampled_from(["deer", "man"]))
            acts.append(Act(verb, who, draw(st.floats(0, 3)), draw(st.floats(0, 3)), draw(ARGS[verb])))
        beats.append(beat(*acts))
    return play(*beats)


@settings(deadline=None, max_examples=60)
@given(plays(), st.lists(st.floats(-1, 20), min_size=1, max_size=12), st.integers(0, 99))
def test_scrubbing_is_playing(script: Script, times: list[float], seed: int) -> None:
    played = {t: compile(script).at(t) for t in times}
    score = compile(script)
    shuffled = [*times, *times]
    random.Random(seed).shuffle(shuffled)
    for t in shuffled:
        assert score.at(t) == played[t]


@settings(deadline=None, max_examples=60)
@given(plays())
def test_every_pose_is_sound(script: Script) -> None:
    score = compile(script)
    frames = [score.at(score.duration * i / 60) for i in range(61)]
    frames += [score.hold(i) for i in range(len(score.beats))]
    for frame in frames:
        assert 0 <= frame.beat < len(score.beats)
        for pose in frame.poses:
            numbers = (
                pose.x,
                pose.y,
                pose.size,
                pose.turn,
                pose.alpha,
                pose.carved,
                pose.blend,
                pose.scatter,
            )
            assert all(math.isfinite(v) for v in numbers)
            assert all(0 <= v <= 1 for v in (pose.alpha, pose.carved, pose.blend, pose.scatter))
            assert 0 < pose.squeeze <= 1
            assert 0 < pose.size <= 120
            assert pose.script in ("oracle", "picture", "bronze", "seal")


def test_motion_is_smooth() -> None:
    """From one frame to the next nothing jumps, whatever overlaps."""
    score = staged(
        act("move", to=(80, 20), over=2),
        act("move", at=1, to=(20, 20), over=2),
        act("grow", at=0.5, size=80, over=2),
    )
    start = score.beats[1].start
    poses = [only(score.at(start + i / 60)) for i in range(180)]
    for a, b in pairwise(poses):
        assert math.hypot(b.x - a.x, b.y - a.y) < 2.2
        assert abs(b.size - a.size) < 1
