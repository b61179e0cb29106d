"""The grader, played by hands careful and careless."""

import math
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.glyphs.carving import Carving, Correction, Cut, Strictness, Verdict
from game.glyphs.form import Form
from game.glyphs.path import Point, Polyline, flatten, resample
from tests.glyphs.samples import CORNER, CROSS, RAIN, SUN, THREE, TREE, drawn, form, scribble

FORMS = {"tree": TREE, "three": THREE, "sun": SUN, "rain": RAIN, "corner": CORNER, "cross": CROSS}
# How far off a careful hand is that this strictness is meant for: (waver, shift).
HANDS = {
    Strictness.GENTLE: (1.6, 2.2),
    Strictness.EASY: (1.4, 1.6),
    Strictness.STEADY: (1.0, 1.0),
    Strictness.STRICT: (0.6, 0.6),
}


def line(path: str) -> list[Point]:
    return list(resample(flatten(path), 30))


def hand(form: Form, strictness: Strictness, seed: int) -> list[list[Point]]:
    """All strokes, in any order and direction."""
    wobble, shift = HANDS[strictness]
    inks = [drawn(s, seed * 31 + i, wobble, shift) for i, s in enumerate(form.strokes)]
    random.Random(seed).shuffle(inks)
    return inks


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("strictness", Strictness)
@pytest.mark.parametrize("name", FORMS)
def test_a_tidy_trace_passes_in_any_order_and_direction(name: str, strictness: Strictness, seed: int) -> None:
    carving = Carving([FORMS[name]], strictness)
    cuts = [carving.cut(ink) for ink in hand(FORMS[name], strictness, seed)]
    assert all(cut.accepted and cut.reason == "ok" for cut in cuts)
    assert carving.complete
    verdict = carving.verdict()
    assert verdict.passed
    assert verdict.score > 85
    assert verdict.correction is None


def test_the_exact_form_scores_full_marks() -> None:
    for strictness in Strictness:
        carving = Carving([TREE], strictness)
        for stroke in TREE.strokes:
            carving.cut(stroke)
        assert carving.verdict().score == 100


def test_a_cut_tells_what_it_did() -> None:
    carving = Carving([TREE], Strictness.EASY)
    assert carving.form is TREE
    assert carving.next_part == "trunk"
    assert not carving.done
    assert carving.cut(drawn(TREE.strokes[2])) == Cut(True, frozenset({2}), "ok", "branches")
    assert carving.done == {2}
    assert not carving.part_done("branches")
    assert carving.cut(drawn(TREE.strokes[1])).strokes == {1}
    assert carving.part_done("branches")
    assert not carving.part_done("trunk")
    assert not carving.part_done("leaves")
    assert carving.next_part == "trunk"
    for i in (0, 3, 4):
        carving.cut(drawn(TREE.strokes[i]))
    assert carving.complete
    assert carving.next_part is None


def test_one_ink_may_carve_two_strokes() -> None:
    # down one branch to the trunk and up the other without lifting the knife
    carving = Carving([TREE], Strictness.STEADY)
    cut = carving.cut([*TREE.strokes[1], *reversed(TREE.strokes[2])])
    assert cut.strokes == {1, 2}
    assert cut.part == "branches"


def test_several_inks_may_carve_one_stroke() -> None:
    carving = Carving([CROSS], Strictness.STRICT)
    first = carving.cut(line("M 10 50 L 45 50"))
    assert first.accepted
    assert not first.strokes
    assert first.part == "bar"
    assert carving.verdict().correction == Correction("missing", "post")
    second = carving.cut(line("M 90 50 L 44 51"))
    assert second.strokes == {0}


def test_the_rest_of_a_carved_stroke_is_welcome() -> None:
    carving = Carving([CROSS], Strictness.GENTLE)
    assert carving.cut(line("M 10 50 L 66 50")).strokes == {0}
    rest = carving.cut(line("M 64 50 L 90 50"))
    assert rest.accepted
    assert not rest.strokes
    carving.cut(line("M 50 10 L 50 90"))
    assert carving.verdict().score == 100


def test_a_corner_may_be_cut_in_two() -> None:
    carving = Carving([CORNER], Strictness.STRICT)
    carving.cut(line("M 20 20 L 80 20"))
    assert carving.cut(line("M 80 80 L 80 20")).strokes == {0}


def test_again() -> None:
    carving = Carving([CROSS], Strictness.EASY)
    carving.cut(line("M 10 50 L 90 50"))
    assert carving.cut(line("M 88 51 L 12 49")) == Cut(False, frozenset(), "again", None)
    assert carving.verdict().correction == Correction("missing", "post")


def test_tremble_where_no_dot_is() -> None:
    carving = Carving([CROSS], Strictness.GENTLE)
    assert carving.cut([(50, 50)]).reason == "dot"
    assert carving.cut([(50, 50), (51, 51), (50, 52)]).reason == "dot"
    assert carving.cut([]).reason == "dot"
    assert carving.cut([(math.nan, 50), (math.inf, 2)]) == Cut(False, frozenset(), "dot", None)
    carving.cut(line("M 10 50 L 90 50"))
    carving.cut(line("M 50 10 L 50 90"))
    assert carving.verdict().score == 100  # none of that counts against the player


def test_dots_where_dots_are() -> None:
    carving = Carving([SUN], Strictness.STEADY)
    assert carving.cut([(51, 48)]) == Cut(True, frozenset({1}), "ok", "spot")
    assert carving.cut([(50, 50), (51, 51)]).reason == "again"
    assert carving.cut([(20, 50)]).reason == "dot"


def test_the_nearest_undone_dot_is_meant() -> None:
    carving = Carving([RAIN], Strictness.GENTLE)
    assert carving.cut([(50, 44)]).strokes == {2}
    assert carving.cut([(26, 46), (26, 48)]).strokes == {1}


def test_a_long_line_does_not_carve_a_dot_in_passing() -> None:
    carving = Carving([SUN], Strictness.GENTLE)
    cut = carving.cut(line("M 20 50 L 80 50"))
    assert not cut.accepted
    assert not carving.done


@pytest.mark.parametrize("strictness", Strictness)
@pytest.mark.parametrize("name", FORMS)
def test_scribbles_are_refused(name: str, strictness: Strictness) -> None:
    for ink in (scribble(), scribble(90, 40), scribble(60, 14), [(y, x) for x, y in scribble()]):
        carving = Carving([FORMS[name]], strictness)
        assert carving.cut(ink) == Cut(False, frozenset(), "wild", None)
        assert not carving.done


def test_a_storm_of_ink_is_refused_at_once() -> None:
    storm = [(50 + 50 * math.cos(i), 50 + 50 * math.sin(i * 1.7)) for i in range(3000)]
    carving = Carving([TREE])
    started = time.perf_counter()
    assert carving.cut(storm).reason == "wild"
    assert time.perf_counter() - started < 0.2


def test_beside_everything() -> None:
    carving = Carving([CROSS], Strictness.EASY)
    assert carving.cut(line("M 12 12 L 35 30")).reason == "off"
    assert carving.cut(line("M 150 150 L 180 190")).reason == "off"


def test_across_is_not_along() -> None:
    carving = Carving([THREE], Strictness.GENTLE)
    assert not carving.cut(line("M 50 20 L 50 64")).accepted


def test_the_nearer_of_two_parallel_strokes_is_meant() -> None:
    for strictness in Strictness:
        carving = Carving([THREE], strictness)
        wavering = [(x, 44 + 2.5 * math.sin(x / 9)) for x in range(14, 87)]
        assert carving.cut(wavering).strokes == {1}
        assert carving.done == {1}


def test_a_bad_hand_between_done_and_undone_is_given_the_undone() -> None:
    carving = Carving([THREE], Strictness.GENTLE)
    carving.cut(line("M 14 30 L 86 30"))
    assert carving.cut(line("M 14 35.5 L 86 35.5")).strokes == {1}


def test_strictness_asks_more() -> None:
    off = line("M 12 58 L 88 58")
    assert Carving([CROSS], Strictness.GENTLE).cut(off).accepted
    assert Carving([CROSS], Strictness.EASY).cut(off).accepted
    assert not Carving([CROSS], Strictness.STEADY).cut(off).accepted
    assert not Carving([CROSS], Strictness.STRICT).cut(off).accepted
    part = line("M 10 50 L 64 50")
    assert Carving([CROSS], Strictness.EASY).cut(part).strokes
    assert not Carving([CROSS], Strictness.STEADY).cut(part).strokes


# --- taps -----------------------------------------------------------------------------------------


def test_taps_carve_the_nearest_undone_stroke() -> None:
    carving = Carving([TREE])
    assert carving.tap((21, 22)) == Cut(True, frozenset({1}), "ok", "branches")
    assert carving.tap((21, 22)).strokes != {1}
    while not carving.complete:
        assert carving.tap((50, 50)).accepted
    assert carving.tap((50, 50)) == Cut(False, frozenset(), "again", None)
    verdict = carving.verdict()
    assert (verdict.score, verdict.passed, verdict.correction) == (70, True, None)


def test_ink_and_taps_together() -> None:
    carving = Carving([CROSS], Strictness.EASY)
    carving.cut(line("M 10 50 L 90 50"))
    carving.tap((50, 10))
    assert carving.complete
    assert carving.verdict().score == 85
    assert carving.cut(line("M 50 10 L 50 90")).reason == "again"


# --- variants -------------------------------------------------------------------------------------

BENT = form(bar=["M 10 50 L 90 50"], post=["M 50 10 L 20 90"])


def test_the_variant_that_fits_is_chosen() -> None:
    carving = Carving([CROSS, BENT], Strictness.STEADY)
    assert carving.form is CROSS
    carving.cut(drawn(BENT.strokes[0]))
    assert carving.form is CROSS
    assert carving.done == {0}
    cut = carving.cut(drawn(BENT.strokes[1]))
    assert cut.accepted
    assert cut.strokes == {1}
    assert carving.form is BENT
    assert carving.complete
    assert carving.verdict().passed


def test_a_variant_with_fewer_strokes_does_not_end_the_carving() -> None:
    bar = form(bar=["M 10 50 L 90 50"])
    carving = Carving([CROSS, bar])
    carving.cut(line("M 10 50 L 90 50"))
    assert carving.form is CROSS
    assert not carving.complete
    assert carving.verdict().passed  # whoever stops here has carved the variant


def test_taps_count_for_the_form_shown() -> None:
    carving = Carving([CROSS, BENT])
    carving.tap((50, 10))
    carving.cut(line("M 10 50 L 90 50"))
    assert carving.form is CROSS
    assert carving.complete


def test_a_form_is_wanted() -> None:
    with pytest.raises(ValueError, match="form"):
        Carving([])
    with pytest.raises(ValueError, match="form"):
        Carving([Form("oracle", ())])


# --- corrections ----------------------------------------------------------------------------------


def test_nothing_carved() -> None:
    verdict = Carving([TREE]).verdict()
    assert (verdict.score, verdict.passed) == (0, False)
    assert verdict.correction == Correction("missing", "trunk")


def test_the_largest_gap_is_named() -> None:
    carving = Carving([TREE], Strictness.EASY)
    for i in (0, 1, 3, 4):
        carving.cut(drawn(TREE.strokes[i]))
    verdict = carving.verdict()
    assert not verdict.passed
    assert verdict.score <= 79
    assert verdict.correction == Correction("missing", "branches")


def test_short() -> None:
    carving = Carving([CROSS], Strictness.GENTLE)
    carving.cut(line("M 10 50 L 90 50"))
    carving.cut(line("M 50 10 L 50 46"))
    verdict = carving.verdict()
    assert not verdict.passed
    assert verdict.correction == Correction("short", "post")
    carving.cut(line("M 50 45 L 50 60"))
    assert carving.complete
    verdict = carving.verdict()
    assert verdict.passed
    assert verdict.correction == Correction("short", "post")


def test_off() -> None:
    carving = Carving([CROSS], Strictness.GENTLE)
    carving.cut(line("M 10 50 L 90 50"))
    carving.cut(line("M 60 10 L 60 90"))
    verdict = carving.verdict()
    assert verdict.passed
    assert 60 <= verdict.score < 90
    assert verdict.correction == Correction("off", "post")


def test_extra() -> None:
    carving = Carving([CROSS], Strictness.EASY)
    carving.cut(line("M 10 50 L 90 50"))
    assert carving.cut(line("M 50 10 L 50 90 L 20 96 L 10 80")).accepted
    verdict = carving.verdict()
    assert verdict.correction == Correction("extra", "post")
    assert verdict.score < 95


def test_refused_inks_cost_a_little_and_never_more() -> None:
    carving = Carving([CROSS], Strictness.EASY)
    for _ in range(20):
        carving.cut(line("M 12 12 L 35 30"))
    carving.cut(line("M 10 50 L 90 50"))
    carving.cut(line("M 50 10 L 50 90"))
    assert carving.verdict().score == 90


def test_a_drawing_mostly_of_foreign_ink_is_another_drawing() -> None:
    carving = Carving([CROSS], Strictness.GENTLE)
    carving.cut(line("M 10 50 L 90 50"))
    carving.cut(line("M 50 10 L 50 90"))
    carving.cut(line("M 8 8 L 34 34"))
    assert carving.verdict().passed  # one line too many is an extra line
    carving.cut(line("M 92 8 L 66 34"))
    carving.cut(line("M 8 92 L 34 66"))
    verdict = carving.verdict()
    assert not verdict.passed
    assert verdict.score == 50
    assert verdict.correction is not None
    assert verdict.correction.kind == "extra"


def test_ink_that_only_another_form_has_is_foreign_to_this_one() -> None:
    star = form(
        bar=["M 10 50 L 90 50"],
        post=["M 50 10 L 50 90"],
        rays=["M 8 8 L 34 34", "M 92 8 L 66 34", "M 8 92 L 34 66", "M 92 92 L 66 66"],
    )
    carving = Carving([CROSS, star], Strictness.EASY)
    for stroke in (*CROSS.strokes, *star.strokes[2:5]):
        assert carving.cut(drawn(stroke)).accepted
    assert not carving.verdict().passed  # neither the cross nor the whole star


def test_a_miss_is_forgiven_when_its_stroke_is_carved_after_all() -> None:
    carving = Carving([CROSS], Strictness.STRICT)
    bar, post = CROSS.strokes
    assert carving.cut([(x, y + 12) for x, y in bar]).reason == "off"
    assert carving.cut([(x - 12, y) for x, y in post]).reason == "off"
    carving.cut(bar)
    carving.cut(post[::-1])
    assert carving.verdict() == Verdict(96, True, None)  # two refused inks, nothing more


def test_a_miss_is_forgiven_when_its_stroke_is_tapped() -> None:
    carving = Carving([CROSS], Strictness.STRICT)
    assert carving.cut([(x, y + 12) for x, y in CROSS.strokes[0]]).reason == "off"
    carving.tap((12, 50))
    carving.tap((50, 12))
    assert carving.verdict() == Verdict(68, True, None)


# --- anything at all ------------------------------------------------------------------------------

places = st.tuples(st.floats(-50, 150), st.floats(-50, 150))


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(list(FORMS.values())),
    st.sampled_from(Strictness),
    st.lists(st.lists(places, max_size=12), max_size=5),
)
def test_any_ink_is_judged(shape: Form, strictness: Strictness, inks: list[list[Point]]) -> None:
    carving = Carving([shape, TREE], strictness)
    for ink in inks:
        before, was = carving.done, carving.form
        cut = carving.cut(ink)
        assert cut.accepted == (cut.reason == "ok")
        if carving.form is was:
            assert carving.done == before | cut.strokes
        assert cut.reason in ("ok", "dot", "wild", "off", "again")
        assert (cut.part is not None) == cut.accepted
    verdict = carving.verdict()
    assert 0 <= verdict.score <= 100


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(FORMS.values())), st.integers(0, 10**6))
def test_direction_does_not_matter(shape: Form, seed: int) -> None:
    forth, back = Carving([shape]), Carving([shape])
    for i, stroke in enumerate(shape.strokes):
        ink = drawn(stroke, seed + i, 1.5, 3.0, turned=False)
        assert forth.cut(ink).accepted == back.cut(ink[::-1]).accepted
    assert abs(forth.verdict().score - back.verdict().score) <= 3


def test_it_is_quick() -> None:
    """One ink of a busy form under 4 ms here: a browser is about ten times slower, and a frame is 16 ms."""
    rng = random.Random(3)
    strokes: list[Polyline] = []
    for _ in range(20):
        a = (rng.uniform(5, 95), rng.uniform(5, 95))
        b = (a[0] + rng.uniform(-30, 30), a[1] + rng.uniform(-30, 30))
        strokes.append((a, b))
    busy = form(mesh=[f"M {a[0]} {a[1]} L {b[0]} {b[1]}" for a, b in strokes])
    carving = Carving([busy], Strictness.GENTLE)
    took = []
    for stroke in busy.strokes:
        ink = drawn(stroke)
        started = time.perf_counter()
        carving.cut(ink)
        took.append(time.perf_counter() - started)
    assert sorted(took)[len(took) // 2] < 0.004
