"""Party history by period: which level belongs where, and the rounds and tests made from their facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from game.content.library import Library
from game.content.model import Option, PartyLevel, Question, Words
from game.learning.exercise import Exercise, phrase, shuffled
from game.learning.round import Round

KIND: Final = "party_history"
TEST: Final = "test"
QUESTIONS: Final = 10
IN_ORDER: Final = 4
"""Events put in order at once: more do not fit a phone."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of Party history; `start` is the ISO month from which levels belong to it."""

    id: str
    start: str


PERIODS: Final = (
    Period("1921", "1921-07"),
    Period("1927", "1927-08"),
    Period("1937", "1937-07"),
    Period("1945", "1945-09"),
    Period("1949", "1949-10"),
    Period("1978", "1978-12"),
    Period("2012", "2012-11"),
)
"""Cut where 《中国共产党简史》 begins its chapters: the founding, Nanchang, the war of resistance, the war of
liberation, the People's Republic, reform and opening, the Eighteenth Congress."""


def period_of(level: PartyLevel) -> Period:
    """The period in which the level's event began; what is older than the first belongs to the first."""
    month = level.date_from[:7]
    found = PERIODS[0]
    for period in PERIODS:
        if (month if len(month) > 4 else f"{month}-12") >= period.start:
            found = period
    return found


def by_period(levels: Sequence[PartyLevel]) -> list[tuple[Period, list[PartyLevel]]]:
    """The periods that have levels, each with its own in order of time."""
    ordered = sorted(levels, key=lambda level: (level.date_from, level.id))
    grouped = [(period, [one for one in ordered if period_of(one) == period]) for period in PERIODS]
    return [(period, own) for period, own in grouped if own]


def in_order(library: Library, levels: Sequence[PartyLevel], rng: Random) -> Exercise | None:
    """Events to put in order of time; None with fewer than three that begin at different times."""
    chosen: list[PartyLevel] = []
    for level in rng.sample(list(levels), len(levels)):
        if len(chosen) < IN_ORDER and all(not _same_time(level, other) for other in chosen):
            chosen.append(level)
    if len(chosen) < 3:
        return None
    chosen.sort(key=lambda level: level.date_from)
    places = list(range(len(chosen)))
    while places == sorted(places):
        rng.shuffle(places)
    told = [Words(f"{one.title.zh}（{one.date.zh}）", f"{one.title.en} ({one.date.en})") for one in chosen]
    explain = Words(" → ".join(w.zh for w in told), " → ".join(w.en for w in told))
    return Exercise(
        "order",
        KIND,
        "",
        phrase(library, "party.order"),
        tuple(Option(chosen[i].title, None) for i in places),
        tuple(places.index(i) for i in range(len(chosen))),
        explain,
    )


def _same_time(one: PartyLevel, other: PartyLevel) -> bool:
    """Whether two dates cannot be told apart as far as both are known."""
    known = min(len(one.date_from), len(other.date_from))
    return one.date_from[:known] == other.date_from[:known]


def which(
    library: Library, level: PartyLevel, others: Sequence[PartyLevel], what: str, rng: Random
) -> Exercise | None:
    """Which character holds the event ("character"), or where it was ("place"); None without two wrong ones
    that are surely wrong."""
    own = level.character if what == "character" else level.place.zh
    wrong: dict[str, PartyLevel] = {}
    for other in rng.sample(list(others), len(others)):
        value = other.character if what == "character" else other.place.zh
        if value != own and not (what == "place" and _overlap(own, value)):
            wrong.setdefault(value, other)
    if len(wrong) < 2:
        return None
    offered = [level, *list(wrong.values())[:3]]
    rng.shuffle(offered)
    options = tuple(
        Option(Words(one.character, one.character), None) if what == "character" else Option(one.place, None)
        for one in offered
    )
    explain = level.link if what == "character" else level.event
    prompt = phrase(library, f"party.which_{what}", title=level.title)
    return Exercise("choose", level.id, "", prompt, options, (offered.index(level),), explain)


def _overlap(one: str, other: str) -> bool:
    """Whether two places share a name of two characters or more: then either may be right."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1) if "；" not in one[i : i + 2])


def period_round(library: Library, levels: Sequence[PartyLevel], period: Period, rng: Random) -> Round:
    """The review of a period: order in time, characters, places, and a fact of each of a few levels."""
    exercises: list[Exercise] = []
    ordered = in_order(library, levels, rng)
    if ordered is not None:
        exercises.append(ordered)
    everything = library.party_history
    for what, level in zip(("character", "place", "character"), _some(levels, 3, rng), strict=False):
        made = which(library, level, [one for one in everything if one is not level], what, rng)
        if made is not None:
            exercises.append(made)
    exercises += [_told(level, rng.choice(level.questions), rng) for level in _some(levels, 3, rng)]
    return Round(KIND, f"period:{period.id}", exercises)


def ten_questions(levels: Sequence[PartyLevel], rng: Random) -> Round:
    """Ten questions over the given levels, no two of one level while there are enough levels."""
    asked = [(level, question) for level in levels for question in level.questions]
    rng.shuffle(asked)
    taken: dict[str, int] = {}
    ranked = []
    for level, question in asked:
        taken[level.id] = taken.get(level.id, 0) + 1
        ranked.append((taken[level.id], level, question))
    ranked.sort(key=lambda entry: entry[0])
    return Round(KIND, TEST, [_told(level, question, rng) for _, level, question in ranked[:QUESTIONS]])


def _told(level: PartyLevel, question: Question, rng: Random) -> Exercise:
    """A level's question away from its level: the prompt begins with the event's name."""
    made = shuffled(question, rng, level.id)
    prompt = Words(f"{level.title.zh}：{made.prompt.zh}", f"{level.title.en}: {made.prompt.en}")
    return replace(made, prompt=prompt)


def _some(levels: Sequence[PartyLevel], count: int, rng: Random) -> list[PartyLevel]:
    return rng.sample(list(levels), min(count, len(levels)))
