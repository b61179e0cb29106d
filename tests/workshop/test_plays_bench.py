"""How the frames of all plays are summed up."""

from game.workshop.bench.plays import WORST, figures, share


def test_share_is_the_cost_most_frames_stay_under() -> None:
    costs = [float(i) for i in range(100, 0, -1)]
    assert (share(costs, 0.5), share(costs, 0.95), share(costs, 1.0)) == (51.0, 96.0, 100.0)
    assert share([], 0.95) == 0.0


def test_the_slowest_levels_are_named() -> None:
    costs = {f"level-{i}": [float(i)] * 10 for i in range(6)}
    told = figures("stories", costs, 0.5)
    assert [one.value for one in told[:3]] == [3.0, 5.0, 5.0]
    assert told[0].name == "stories: 60 frames, CPU median"
    assert [one.name.split(": ")[1] for one in told[3:]] == [f"level-{i}, CPU p95" for i in (5, 4, 3)][:WORST]
    assert all(one.baseline == 0.5 for one in told)
    assert len(figures("index", {"": [1.0, 2.0]}, 0.5)) == 3
