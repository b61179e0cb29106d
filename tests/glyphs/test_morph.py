"""One form turning into another."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from game.glyphs import morph
from game.glyphs.form import Form, Part
from game.glyphs.morph import Morph, blend
from game.glyphs.path import flatten, length
from tests.glyphs.samples import CROSS, RAIN, SUN, THREE, TREE, form

ALL = (TREE, THREE, SUN, RAIN, CROSS)


def test_ends_are_the_forms_themselves() -> None:
    assert blend(TREE, THREE, 0) is TREE
    assert blend(TREE, THREE, -3) is TREE
    assert blend(TREE, THREE, 1) is THREE
    assert blend(TREE, THREE, 2) is THREE


@given(st.sampled_from(ALL), st.sampled_from(ALL), st.floats(0, 1))
def test_every_moment_is_sound(a: Form, b: Form, t: float) -> None:
    now = blend(a, b, t)
    assert all(math.isfinite(v) for s in now.strokes for p in s for v in p)
    assert len(now.strokes) >= min(len(a.strokes), len(b.strokes))
    assert all(len(s) >= 2 for s in now.strokes)
    assert len({p.name for p in now.parts}) == len(now.parts)


def test_motion_has_no_jumps() -> None:
    for a, b in ((TREE, RAIN), (SUN, TREE), (CROSS, THREE)):
        frames = [blend(a, b, i / 100) for i in range(1, 100)]
        for one, two in pairwise(frames):
            for s, r in zip(one.strokes, two.strokes, strict=True):
                if one.script == two.script and [p.name for p in one.parts] == [p.name for p in two.parts]:
                    assert max(math.dist(p, q) for p, q in zip(s, r, strict=True)) < 2.0


def test_same_names_go_over_into_each_other() -> None:
    a = form(head=["M 0 0 L 10 0"], tail=["M 90 90 L 100 90"])
    b = form("seal", tail=["M 0 50 L 10 50"], head=["M 90 0 L 100 0"])
    half = blend(a, b, 0.49)
    assert half.script == "oracle"
    assert half.part("head").strokes[0][0][0] < 50
    assert half.part("head").strokes[0][0][1] == 0
    assert half.part("tail").strokes[0][0][1] > 60
    assert blend(a, b, 0.51).script == "seal"


def test_left_over_parts_go_to_the_nearest_left_over_part() -> None:
    a = form(wing=["M 0 0 L 10 0"], claw=["M 90 90 L 100 90"])
    b = form(foot=["M 88 88 L 98 88"], arm=["M 2 2 L 12 2"])
    late = blend(a, b, 0.9)
    assert {p.name for p in late.parts} == {"foot", "arm"}
    assert late.part("arm").strokes[0][0][0] < 5
    assert late.part("foot").strokes[0][0][0] > 80


def test_strokes_turn_round_where_that_is_closer() -> None:
    a = form(line=["M 0 0 L 100 0"])
    b = form(line=["M 100 10 L 0 10"])
    half = blend(a, b, 0.5).strokes[0]
    assert length(half) == 100


def test_strokes_are_matched_in_order_at_least_distance() -> None:
    a = form(lines=["M 0 10 L 50 10", "M 0 90 L 50 90"])
    b = form(lines=["M 0 12 L 50 12", "M 0 50 L 50 50", "M 0 88 L 50 88"])
    early = blend(a, b, 0.01).strokes
    lengths = sorted(length(s) for s in early)
    assert lengths[0] < 1  # the middle line of b grows out of a point
    assert lengths[1] > 49
    assert blend(b, a, 0.99).strokes[0][0][1] < 12


def test_a_stroke_alone_shrinks_into_its_part() -> None:
    a = form(fur=["M 40 40 L 60 40", "M 40 44 L 44 44"])
    b = form(fur=["M 40 40 L 60 40"])
    late = sorted(blend(a, b, 0.99).strokes, key=length)
    assert length(late[0]) < 0.1
    assert abs(late[0][0][1] - 40) < 0.1


def test_corners_are_kept_on_both_sides() -> None:
    a = form(edge=["M 0 0 L 50 0 L 50 50"])
    b = form(edge=["M 0 0 L 20 0 L 20 80"])
    assert (50.0, 0.0) in [
        (round(x, 6), round(y, 6)) for x, y in Morph(a, b)._strands[0][2]
    ]  # the corner itself, not a cut over it
    near_a = blend(a, b, 1e-9).strokes[0]
    assert min(math.dist(p, (50, 0)) for p in near_a) < 1e-6
    near_b = blend(a, b, 1 - 1e-9).strokes[0]
    assert min(math.dist(p, (20, 0)) for p in near_b) < 1e-6


def test_from_and_to_nothing() -> None:
    nothing = Form("oracle", ())
    hollow = Form("oracle", (Part("trunk", ()),))
    for empty in (nothing, hollow):
        late = blend(TREE, empty, 0.999)
        assert all(length(s) < 0.2 for s in late.strokes)
        assert len(blend(empty, TREE, 0.5).strokes) == len(TREE.strokes)
    assert blend(nothing, nothing, 0.5).strokes == ()


def test_a_single_point_does_no_harm() -> None:
    dot = Form("oracle", (Part("line", (((5.0, 5.0),),)),))
    line = Form("oracle", (Part("line", (flatten("M 0 0 Q 5 9 10 0"),)),))
    assert blend(dot, line, 0.5).strokes
    assert blend(line, dot, 0.5).strokes


def test_few_plans_are_kept() -> None:
    for i in range(12):
        blend(form(a=[f"M 0 {i} L 9 9"]), TREE, 0.5)
    assert len(morph._plans) == 8
    one = form(a=["M 0 0 L 9 9"])
    blend(one, TREE, 0.5)
    blend(TREE, one, 0.5)
    plan = next(p for p in morph._plans if p.a is one)
    blend(one, TREE, 0.6)
    assert morph._plans[0] is plan
