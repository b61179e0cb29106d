"""Properties over time."""

from game.stage.easing import linear
from game.stage.track import Steps, Track


def test_a_track_keeps_its_value_between_spans() -> None:
    track = Track(5.0)
    track.run(1.0, 2.0, 9.0, linear)
    track.run(10.0, 1.0, 0.0, linear)
    assert [track.at(t) for t in (0, 1, 2, 3, 9, 10.5, 11, 99)] == [5, 5, 7, 9, 9, 4.5, 0, 0]


def test_a_new_span_takes_over_where_the_value_is() -> None:
    track = Track(0.0)
    track.run(0.0, 4.0, 8.0, linear)
    track.run(2.0, 2.0, 0.0, linear)
    assert [track.at(t) for t in (1, 2, 3, 4)] == [2, 4, 2, 0]


def test_changes_without_duration() -> None:
    track = Track(0.0)
    track.run(1.0, 0.0, 3.0, linear)
    track.put(2.0, 7.0)
    assert [track.at(t) for t in (0.9, 1, 1.9, 2)] == [0, 3, 3, 7]


def test_steps() -> None:
    steps = Steps("a")
    steps.put(1.0, "b")
    steps.put(3.0, "c")
    assert [steps.at(t) for t in (0, 1, 2.9, 3)] == ["a", "b", "b", "c"]


def test_a_step_calls_off_what_was_due_later() -> None:
    steps = Steps(0)
    steps.put(1.0, 1)
    steps.put(5.0, 2)
    steps.put(3.0, 3)
    assert [steps.at(t) for t in (2, 3, 6)] == [1, 3, 3]
