"""What holds for any answers and any journal: no question twice, and a replay the same to the last bit."""

import asyncio
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.library import Library
from game.journal.day import day
from game.journal.event import Event
from game.journal.export import export_file, merge_file
from game.journal.journal import Journal
from game.learning.badges import badges
from game.learning.challenge import Challenge
from game.learning.exercise import SKILLS
from game.learning.points import Points
from game.learning.progress import Progress, fold
from game.learning.schedule import schedule
from tests.journal.helpers import MemoryStore
from tests.learning.helpers import CHARACTERS, DAY, NOON, RULES, calm
from tests.learning.test_badges import rule, small

CONTENT = small(rule("known", 2), rule("carved", 2), rule("recalled"), rule("period", 1, "1921"))


@calm
@given(
    st.sets(st.sampled_from(sorted(CHARACTERS))),
    st.integers(0, 2**32),
    st.integers(0, 2),
    st.lists(st.sampled_from(["right", "wrong", "revive", "stop"]), max_size=90),
)
def test_a_challenge_never_asks_twice_and_always_ends(
    learned: set[str], seed: int, revivals: int, moves: list[str]
) -> None:
    run = Challenge(CONTENT, learned, Random(seed), revivals)
    asked: list[tuple[str, str, str | None]] = []
    right = revived = 0
    for move in [*moves, *["right"] * 200]:
        step = run.step
        if run.ending is not None:
            break
        if run.fallen:
            if move == "revive":
                run.revive()
                revived += 1
                continue
            run.stop()
            break
        assert step is not None
        asked.append((step.subject, step.skill, step.prompt.zh))
        if move == "stop":
            run.stop()
        elif move == "right":
            right += 1
            assert run.answer(step.answer[0]).right
        else:
            outcome = run.answer((step.answer[0] + 1) % len(step.options))
            assert not outcome.right
            assert outcome.finished == (revived >= revivals)
    assert len(asked) == len(set(asked)), "no question twice"
    assert all(skill in SKILLS for _, skill, _ in asked)
    assert revived <= revivals
    assert run.ending == ("quiz", "challenge", {"right": right, "revived": revived > 0})


_kinds = st.sampled_from(
    [
        "open",
        "lesson",
        "carving",
        "quiz",
        "idiom",
        "story",
        "party_history",
        "inscription",
        "answer",
        "player",
    ]
)
_results = st.fixed_dictionaries(
    {},
    optional={
        "right": st.integers(-2, 10**9) | st.booleans(),
        "asked": st.integers(-1, 10**9),
        "passed": st.booleans(),
        "memory": st.booleans(),
        "score": st.integers(-10, 200) | st.floats(-10, 200),
        "skill": st.sampled_from(["read", "mean", "sound", "part", "dance"]),
        "characters": st.lists(st.sampled_from("日月鹿"), max_size=3) | st.just("odd"),
    },
)
_rows = st.lists(
    st.tuples(_kinds, st.sampled_from(["日", "月", "boat", "", "sky"]), st.integers(0, 30 * DAY), _results),
    max_size=50,
)


def everything(events: Any, content: Library) -> bytes:
    """All that the game folds from a journal, to the last bit."""
    progress: Progress = fold(events, RULES)
    plan = schedule(events)
    made = badges(events, content)
    now = NOON + 31 * DAY
    told = (
        sorted((day, sorted(kinds.items())) for day, kinds in progress.by_day.items()),
        progress.total,
        sorted((char, repr(state)) for char, state in progress.characters.items()),
        progress.seal,
        repr(progress.habit(now)).replace("frozenset", ""),
        sorted((key, repr(card)) for key, card in plan.cards.items()),
        plan.forecast(now, 30),
        plan.retention(),
        made.won,
        made.ahead(now),
    )
    return repr(told).encode()


@settings(calm, max_examples=40)
@given(_rows)
def test_a_journal_carried_to_another_device_comes_to_the_same_bit_for_bit(rows: Any) -> None:
    async def play() -> tuple[bytes, bytes, bytes]:
        store = MemoryStore()
        journal = await Journal.open(store, "pa")
        for kind, subject, time, result in rows:
            await journal.append(kind, subject, result, NOON + time)
        again = await Journal.open(store, "pa")
        other = await Journal.open(MemoryStore(), "pb")
        await merge_file(other, export_file(journal, "日"), "file")
        await merge_file(other, export_file(journal, "日"), "the same file again")
        return tuple(everything(one.events, CONTENT) for one in (journal, again, other))  # type: ignore[return-value]

    here, reopened, elsewhere = asyncio.run(play())
    assert here == reopened == elsewhere


@calm
@given(_rows)
def test_no_event_earns_more_than_is_left_of_its_day(rows: Any) -> None:
    points = Points(RULES)
    progress = Progress(points)
    left: dict[tuple[str, str], int] = {}
    for i, (kind, subject, time, result) in enumerate(rows):
        key = day(NOON + time), kind
        cap = points.rule(key[0]).caps.get(kind, 0)
        earned = progress.apply(Event("pa", i + 1, NOON + time, kind, subject, result))
        assert 0 <= earned <= left.get(key, cap)
        left[key] = left.get(key, cap) - earned
    caps = points.rule("2026-12-01").caps
    assert progress.total <= sum(caps.values()) * len({iso for iso, _ in left})
