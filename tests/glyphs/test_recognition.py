"""Draw to find: order, direction, size, half-drawn glyphs; the parts it is made of."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.glyphs.bending import FAR, MOST, Stencils
from game.glyphs.cloud import Cloud, centred, cloud_of, extent, framed, spread
from game.glyphs.form import Form
from game.glyphs.histogram import PLACES, WAYS, histogram, mirrored
from game.glyphs.path import Polyline, flatten
from game.glyphs.recognition import Recogniser
from tests.glyphs.samples import CORNER, CROSS, RAIN, SUN, THREE, TREE, drawn, form

GATE = form(
    left=["M 30 10 L 30 90", "M 30 10 L 8 14 L 8 60 L 30 56"],
    right=["M 70 10 L 70 90", "M 70 10 L 92 14 L 92 60 L 70 56"],
)
KNEELING = form(
    head=["M 40 6 L 44 30"], body=["M 44 30 Q 60 50 58 70 L 20 74"], legs=["M 58 70 L 60 94 L 30 94"]
)
FORMS: dict[str, list[Form]] = {
    "木": [TREE],
    "三": [THREE],
    "日": [SUN],
    "雨": [RAIN],
    "角": [CORNER],
    "十": [CROSS],
    "门": [GATE],
    "女": [KNEELING],
}


@pytest.fixture(scope="module")
def known() -> Recogniser:
    return Recogniser(FORMS)


def by_hand(strokes: tuple[Polyline, ...], seed: int) -> list[Polyline]:
    """The strokes in another order, each shifted, wavering and as likely as not the other way round."""
    rng = random.Random(seed)
    order = list(strokes)
    rng.shuffle(order)
    return [tuple(drawn(stroke, seed + i, 1.5, 1.5)) for i, stroke in enumerate(order)]


def first(found: list[tuple[str, float]]) -> str:
    return found[0][0]


@pytest.mark.parametrize("char", FORMS)
def test_each_is_found_in_any_order_and_direction(known: Recogniser, char: str) -> None:
    for seed in range(3):
        assert first(known.nearest(by_hand(FORMS[char][0].strokes, seed))) == char


@settings(max_examples=30, deadline=None)
@given(
    char=st.sampled_from(sorted(FORMS)),
    scale=st.floats(0.05, 30),
    dx=st.floats(-500, 500),
    dy=st.floats(-500, 500),
    seed=st.integers(0, 99),
)
def test_neither_size_nor_place_counts(
    known: Recogniser, char: str, scale: float, dx: float, dy: float, seed: int
) -> None:
    inks = [
        tuple((x * scale + dx, y * scale + dy) for x, y in ink)
        for ink in by_hand(FORMS[char][0].strokes, seed)
    ]
    assert first(known.nearest(inks)) == char


@pytest.mark.parametrize("char", ["木", "门", "女", "雨"])
def test_found_before_it_is_finished(known: Recogniser, char: str) -> None:
    """With any one part still to be drawn the glyph is among the first three (of eight)."""
    parts = FORMS[char][0].parts
    for missing in range(len(parts)):
        inks = [stroke for i, part in enumerate(parts) if i != missing for stroke in part.strokes]
        if len(inks) > 1:
            near = [name for name, _ in known.nearest(inks, 3)]
            assert char in near, (parts[missing].name, near)


def test_the_mirror_image_is_the_same_glyph(known: Recogniser) -> None:
    turned = [tuple((100 - x, y) for x, y in stroke) for stroke in KNEELING.strokes]
    name, away = known.nearest(turned)[0]
    assert name == "女"
    assert away < 2
    assert known.nearest(KNEELING.strokes)[0][1] < 2


def test_a_narrow_hand_is_understood(known: Recogniser) -> None:
    narrow = [tuple((x * 0.62, y) for x, y in stroke) for stroke in TREE.strokes]
    assert first(known.nearest(narrow)) == "木"


def test_a_variant_leads_to_its_character() -> None:
    both = Recogniser({**FORMS, "木": [TREE, GATE], "门": [RAIN]})
    assert first(both.nearest(GATE.strokes)) == "木"
    assert [name for name, _ in both.nearest(GATE.strokes)].count("木") == 1


def test_nothing_is_near_to_nothing(known: Recogniser) -> None:
    assert known.nearest([]) == []
    assert known.nearest([((5.0, 5.0),)]) == []
    assert known.nearest([((5.0, 5.0), (5.0, 5.0))]) == []
    with pytest.raises(ValueError, match="no forms"):
        Recogniser({})


def test_the_count_asked_for_nearest_first(known: Recogniser) -> None:
    for count in (1, 3, 8, 50):
        found = known.nearest(TREE.strokes, count)
        assert len(found) == min(count, len(FORMS))
        assert [away for _, away in found] == sorted(away for _, away in found)


def test_points_say_the_same_as_strokes(known: Recogniser) -> None:
    cloud = spread(TREE.strokes)
    points = [(float(x), float(y)) for x, y in cloud.points]
    assert known.nearest_points(points, [float(way) for way in cloud.ways]) == known.nearest(TREE.strokes)


def test_those_left_out_keep_their_order_behind_those_bent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.glyphs.recognition.COMPARED", 4)
    monkeypatch.setattr("game.glyphs.recognition.BENT_TO", 2)
    away = Recogniser(FORMS).distances(spread(TREE.strokes))
    assert int(away.argmin()) == list(FORMS).index("木")
    assert (away < 1).sum() <= 2
    assert (away < 2).sum() <= 4
    assert (away >= 2).sum() >= 4


# --- clouds -------------------------------------------------------------------------------------------------


def test_a_cloud_spreads_evenly_and_knows_its_directions() -> None:
    cloud = spread(CROSS.strokes)
    flat, upright = cloud.ways < 0.01, abs(cloud.ways - math.pi / 2) < 0.01
    assert flat.sum() == upright.sum() == len(cloud.ways) / 2
    gaps = np.diff(cloud.points[flat][:, 0])
    assert gaps == pytest.approx(gaps[0], rel=1e-3)
    assert extent(CROSS.strokes) == 80
    backwards = spread([stroke[::-1] for stroke in CROSS.strokes])
    assert sorted(map(tuple, backwards.points.tolist())) == sorted(map(tuple, cloud.points.tolist()))


def test_a_line_drawn_twice_counts_once() -> None:
    once, twice = spread(CROSS.strokes), spread([*CROSS.strokes, *CROSS.strokes])
    assert len(twice.points) == 2 * len(once.points)
    assert len(twice.evened().points) == len(once.evened().points)


def test_thinned_keeps_to_the_most() -> None:
    cloud = framed(spread(GATE.strokes))
    assert len(cloud.points) > MOST
    for most in (5, 20, MOST):
        few = cloud.thinned(most)
        assert 1 <= len(few.points) == len(few.ways) <= most
    assert cloud.thinned(10_000) is cloud


def test_the_frame_is_about_one_wide_about_the_middle() -> None:
    for known in FORMS.values():
        for laid in (framed(spread(known[0].strokes)), centred(spread(known[0].strokes))):
            assert abs(laid.points.mean(0) - 0.5).max() < 0.2
            assert 0.6 < np.ptp(laid.points, 0).max() < 1.6
    nothing = cloud_of((), ())
    assert framed(nothing) is nothing
    assert centred(nothing) is nothing
    assert nothing.evened() is nothing


def test_a_diagonal_turns_with_the_frame() -> None:
    flat = [flatten("M 0 0 L 100 50"), flatten("M 0 50 L 100 0")]
    ways = framed(spread(flat)).ways
    assert min(ways) == pytest.approx(math.pi / 4, abs=0.01)  # widened by two: now at 45 degrees
    assert max(ways) == pytest.approx(3 * math.pi / 4, abs=0.01)


# --- histograms and bending ---------------------------------------------------------------------------------


def test_a_histogram_has_length_one_and_mirrors_with_the_drawing() -> None:
    cloud = centred(spread(KNEELING.strokes))
    vector = histogram(cloud)
    assert vector.shape == (WAYS * PLACES * PLACES,)
    assert float(vector @ vector) == pytest.approx(1, abs=1e-5)
    other = histogram(cloud.mirrored())
    assert mirrored(vector[None])[0] == pytest.approx(other, abs=1e-4)
    assert float(vector @ other) < 0.95
    assert not histogram(cloud_of((), ())).any()


def test_bending_takes_up_a_bend_and_not_another_glyph() -> None:
    def thin(strokes: tuple[Polyline, ...]) -> Cloud:
        return framed(spread(strokes)).thinned(MOST)

    stencils = Stencils([thin(TREE.strokes), thin(CROSS.strokes)])
    which = np.array([0, 1])
    leaning = tuple(tuple((x + 0.12 * y, y + 0.06 * x) for x, y in stroke) for stroke in TREE.strokes)
    straight, bent = stencils.misfit(thin(leaning), which, 0), stencils.misfit(thin(leaning), which)
    assert bent[0] < 0.75 * straight[0]
    assert bent[0] < 0.5 * bent[1]
    assert (bent >= 0).all()
    assert (bent <= FAR).all()
    assert stencils.misfit(thin(TREE.strokes), which)[0] == pytest.approx(0, abs=2e-3)
