"""What a person sees: one line a step on a screen, and signs of life in a log."""

from __future__ import annotations

import io

import pytest

from game.workshop.progress import Progress, Step, size


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("game.workshop.progress.time.monotonic", clock)
    return clock


def test_a_step_says_how_it_went(clock: Clock) -> None:
    out = io.StringIO()
    with Progress(out).step("fonts") as step:
        clock.now += 1.25
        step.note = "3 files"
    assert out.getvalue() == "  fonts … 3 files, 1.2 s\n"


def test_a_quick_step_tells_no_time(clock: Clock) -> None:
    out = io.StringIO()
    with Progress(out).step("fonts"):
        pass
    assert out.getvalue() == "  fonts … ready\n"


def test_a_failed_step_says_so(clock: Clock) -> None:
    out = io.StringIO()
    with pytest.raises(ValueError, match="no"), Progress(out).step("fonts"):
        raise ValueError("no")
    assert out.getvalue() == "  fonts … failed\n"


def test_a_log_gets_a_sign_of_life_now_and_then(clock: Clock) -> None:
    out = io.StringIO()
    step = Step("wasm", out)
    for done in range(11):
        clock.now += 1
        step.at(done, 10)
    assert out.getvalue() == "  wasm … 40 % 90 %"


def test_a_screen_is_written_over(clock: Clock) -> None:
    out = Screen()
    step = Step("wasm", out)
    clock.now += 1
    step.at(1, 2)
    step.end(failed=False)
    assert "\r  wasm … 50 %" in out.getvalue()
    assert out.getvalue().endswith("1.0 s    \n")


def test_nothing_to_do_is_no_division(clock: Clock) -> None:
    out = io.StringIO()
    step = Step("wasm", out)
    clock.now += 100
    step.at(0, 0)
    assert out.getvalue() == "  wasm …"


def test_lines_in_the_middle_stand_below_the_step(clock: Clock) -> None:
    out = io.StringIO()
    progress = Progress(out)
    with progress.step("content") as step:
        step.say("a problem")
        step.note = "1 problem"
    progress.say("after")
    assert out.getvalue() == "  content …\n    a problem\n  content: 1 problem\nafter\n"


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (9_598_218, "9.60 MB")]
)
def test_sizes_are_for_people(count: int, told: str) -> None:
    assert size(count) == told
