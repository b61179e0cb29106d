"""Every idiom, story and level of Party history by real input to its end: `build.py test --every-level`.

Without that, two of each kind are played, the same ones in every run of one day and others the next, so
that in time all have had their turn. Several levels are played in one page, one after another, by wide
pages and tall ones in turn, and each must have entered the journal once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from game.content.source import load_library
from game.workshop.places import HERE
from game.workshop.testing import EVERY_LEVEL
from tests.browser.conftest import Open
from tests.browser.content import SEEDED, journals
from tests.browser.play import cut_seal, enter, home, level

pytestmark = pytest.mark.browser
SESSION = 6
"""Levels played in one page."""
SAMPLE = 2
"""Levels of a kind played without --every-level."""
PROGRAMMES = {"idiom": "idioms", "story": "stories", "party_history": "party"}
SCREENS = ((1280, 720, "zh-CN"), (720, 1280, "en-GB"))


def sampled(ids: Sequence[str], day: int, count: int = SAMPLE) -> list[str]:
    """`count` of the levels: each day the next ones, from the first again after the last."""
    start = day * count % len(ids)
    return [*ids, *ids][start : start + min(count, len(ids))]


def sessions() -> list[tuple[str, list[str], tuple[int, int, str]]]:
    """What is played: a kind, some of its levels, and the screen to play them on."""
    library = load_library(HERE.root)
    kinds = {
        "idiom": [one.id for one in library.idioms],
        "story": [one.id for one in library.stories],
        "party_history": [one.id for one in library.party_history],
    }
    every = bool(os.environ.get(EVERY_LEVEL))
    day = int(os.environ.get("SHIQI_TEST_DAY") or datetime.now(UTC).date().toordinal())
    made = []
    for kind, ids in kinds.items():
        chosen = ids if every else sampled(ids, day)
        step = SESSION if every else 1
        for start in range(0, len(chosen), step):
            made.append((kind, chosen[start : start + step], SCREENS[(start // step) % 2]))
    return made


PLAYED = sessions()


@pytest.mark.parametrize(
    ("kind", "ids", "screen"), PLAYED, ids=[f"{kind}-{ids[0]}-{screen[0]}" for kind, ids, screen in PLAYED]
)
def test_levels_play_to_their_end(
    new_player: Open, built_site: Path, kind: str, ids: list[str], screen: tuple[int, int, str]
) -> None:
    width, height, language = screen
    player = new_player(width, height, language, script=SEEDED)
    player.open()
    player.tap("record")
    cut_seal(player)
    player.wait_scene("record")
    home(player)
    for count, id in enumerate(ids, 1):
        enter(player, PROGRAMMES[kind], id)
        level(player, built_site, kind, id)
        before = player.look()
        assert any(char.isdigit() for char in before.label("points")), f"{id}: {before.label('points')!r}"
        player.tap("home")
        player.wait_other_scene(before)
        home(player)
        events = [event for event in journals(player).events if event.kind == kind]
        assert [event.subject for event in events] == ids[:count]
        for event in events:
            assert event.result["right"] == event.result["asked"], f"{event.subject}: {event.result}"
            assert event.result["asked"], f"{event.subject} asked nothing"
