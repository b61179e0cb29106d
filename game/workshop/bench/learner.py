"""Sixty days of simulated learners on the game's own schedule, and on fixed days in the same run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean
from typing import Final

from game.content.library import Library
from game.content.source import load_library
from game.learning.schedule import Schedule
from game.workshop.bench import Figure
from game.workshop.learner import Diary, Ladder, Learner, Plan
from game.workshop.places import HERE
from game.workshop.progress import Progress

DAYS: Final = 60
SEEDS: Final = (11, 12, 13)
HASTY: Final = 1.5
"""A second kind of learner forgets one and a half times as fast as FSRS expects."""


def _diaries(library: Library, plan: Callable[[], Plan], haste: float) -> list[Diary]:
    return [Learner(library, plan(), seed, haste).live(DAYS) for seed in SEEDS]


def _share(diaries: Sequence[Diary]) -> float:
    return 100 * sum(one.recalled for one in diaries) / sum(one.asked for one in diaries)


def measure(progress: Progress) -> list[Figure]:
    """Recall at review, new characters, reviews and answers a day, what is left in mind at the end; means."""
    library = load_library(HERE.root)
    found: list[Figure] = []
    for name, haste in (("learner", 1.0), (f"learner forgetting {HASTY:g}x", HASTY)):
        with progress.step(name) as step:
            ours = _diaries(library, Schedule, haste)
            step.at(1, 2)
            plain = _diaries(library, Ladder, haste)
            step.at(2, 2)
        found += [
            Figure(f"{name}, recall at review", _share(ours), "%", _share(plain)),
            _mean(
                f"{name}, new characters a day", "chars", ours, plain, lambda one: one.characters / one.days
            ),
            _mean(f"{name}, reviews a day", "cards", ours, plain, lambda one: one.asked / one.days),
            _mean(f"{name}, answers a day, lessons too", "", ours, plain, lambda one: one.answers / one.days),
            _mean(f"{name}, in mind on day {DAYS}", "%", ours, plain, lambda one: 100 * one.kept),
        ]
    return found


def _mean(
    name: str, unit: str, ours: Sequence[Diary], plain: Sequence[Diary], of: Callable[[Diary], float]
) -> Figure:
    return Figure(name, mean(map(of, ours)), unit, mean(map(of, plain)))
