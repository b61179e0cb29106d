"""Challenge, duel and lesson to their end in Chromium: by mouse, by fingers, and by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.learning.duel import TO_WIN
from tests.browser import games
from tests.browser.chromium import PagePlayer
from tests.browser.conftest import Open
from tests.browser.content import SEEDED, journals, lesson_step, library, progress, strokes
from tests.browser.games import by_keys, challenge_run, duel_run, practice
from tests.browser.play import lesson_to, placed, ready, start_lesson

pytestmark = pytest.mark.browser
SIZES = [(1280, 720, "zh-CN"), (720, 1280, "en-GB")]


def quizzes(player: PagePlayer) -> list[dict[str, object]]:
    """The results of the runs so far."""
    return [dict(event.result) for event in journals(player).events if event.kind == "quiz"]


def seated(new_player: Open, screen: tuple[int, int, str], keys: bool) -> tuple[PagePlayer, games.Press]:
    """A new player in the practice room, and how they press."""
    width, height, language = screen
    player = new_player(width, height, language, script=SEEDED)
    player.open()
    press = by_keys(player) if keys else player.tap
    practice(player, press)
    return player, press


@pytest.mark.parametrize("keys", [False, True], ids=["pointer", "keyboard"])
@pytest.mark.parametrize("screen", SIZES, ids=["wide", "tall"])
def test_a_challenge_to_its_end(
    new_player: Open, built_site: Path, screen: tuple[int, int, str], keys: bool
) -> None:
    player, press = seated(new_player, screen, keys)
    run = challenge_run(player, built_site, revivals=1)
    press("challenge")
    player.wait_scene("challenge")
    for right in (True, True, True, False):
        games.answer(player, run, press, right)
    player.wait("revive")
    assert quizzes(player) == [], "the run goes on"
    press("revive")
    run.revive()
    for right in (True, False):
        games.answer(player, run, press, right)
    player.wait("again")
    assert quizzes(player) == [{"right": 4, "revived": True}]
    points = player.look().label("points")
    assert "4" in points

    run = challenge_run(player, built_site, revivals=0)
    press("again")
    for right in (True, False):
        games.answer(player, run, press, right)
    view = player.until("the end", lambda view: "again" in view)
    assert "revive" not in view, "one revival a day"
    assert quizzes(player)[1:] == [{"right": 1, "revived": False}]
    assert "4" in view.label("points"), "the best run stays"
    assert progress(player, built_site).by_day
    press("home")
    player.wait_scene("practice")


@pytest.mark.parametrize("keys", [False, True], ids=["pointer", "keyboard"])
@pytest.mark.parametrize("screen", SIZES, ids=["wide", "tall"])
def test_a_duel_to_its_end(
    new_player: Open, built_site: Path, screen: tuple[int, int, str], keys: bool
) -> None:
    player, press = seated(new_player, screen, keys)
    duel = duel_run(player, built_site)
    press("duel")
    player.wait_scene("duel")
    winner = 1 if keys else 0
    games.duel_to_the_end(player, duel, press, winner)
    assert duel.winner == winner
    said = library(built_site).strings(screen[2][:2])
    view = player.look()
    assert view.label("title") == said[f"duel.won_{winner}"]
    assert view.label("scores") == said["duel.scores"].format(left=duel.score[0], right=duel.score[1])
    press("again")
    player.wait("side0-option-0")


def test_two_fingers_at_once_in_a_duel(new_player: Open, built_site: Path) -> None:
    player = new_player(720, 1280, touch=True, is_mobile=True, script=SEEDED)
    player.open()
    practice(player, player.tap)
    duel = duel_run(player, built_site)
    player.tap("duel")
    player.wait_scene("duel")
    for number in range(1, TO_WIN):
        choices = [games.choice_of(player, duel, side, right=True) for side in (0, 1)]
        view = player.look()
        games.fingers(
            player,
            *(view.targets[f"side{side}-option-{choice}"].centre for side, choice in enumerate(choices)),
        )
        for side, choice in enumerate(choices):
            games.told(player, duel, side, choice)
        assert duel.score == [number, number], "each finger counted"
    last = games.choice_of(player, duel, 1, right=True)
    player.tap(f"side1-option-{last}")
    games.told(player, duel, 1, last)
    assert duel.winner == 1


def test_a_lesson_by_keys_alone(new_player: Open, built_site: Path) -> None:
    player = new_player(script=SEEDED)
    player.open()
    press = by_keys(player)
    unit = library(built_site).units[0]
    press(f"unit-{unit.id}")
    games.seal(player, press)
    kinds: list[str] = []
    while True:
        view = player.until("step of the lesson", ready)
        if view.scene == "lesson-end":
            break
        if "verdict" in view or "once-more" in view:
            player.wait_focus("next")
            before = player.look()
            player.key("Enter")
            player.wait_change(before)
        elif "pad" in view:
            exercise = lesson_step(player, built_site)
            assert exercise is not None
            player.focus("pad")
            for _stroke in strokes(built_site, exercise.subject):
                before = player.look()
                player.key("Enter")
                player.wait_said(before)
            player.wait("once-more")
            kinds.append("carve")
        elif "option-0" in view:
            exercise = lesson_step(player, built_site)
            assert exercise is not None
            for option in exercise.answer:
                press(f"option-{option}")
            player.wait("verdict")
            kinds.append(exercise.skill)
        else:
            kinds.append("meet")
            player.wait_focus("next")
            player.key("Enter")
            player.wait("option-0")
    assert kinds.count("meet") == len(unit.characters)
    assert {"carve", "read", "mean", "sound"} <= set(kinds)
    state = progress(player, built_site)
    assert all(state.characters[char].passed for char in unit.characters)
    (done,) = [event for event in journals(player).events if event.kind == "lesson"]
    assert done.result["right"] == done.result["asked"]
    press("home")
    player.wait_scene("title")


@pytest.mark.parametrize("first", [True, False], ids=["palm-first", "finger-first"])
def test_a_palm_on_the_pad_is_not_listened_to(new_player: Open, built_site: Path, first: bool) -> None:
    player = new_player(720, 1280, touch=True, is_mobile=True)
    player.open()
    start_lesson(player)
    lesson_to(player, built_site, lambda view: "pad" in view)
    exercise = lesson_step(player, built_site)
    assert exercise is not None
    pad = player.wait("pad")
    left, top, width, height = pad.box
    for line in strokes(built_site, exercise.subject):
        before = player.look()
        games.carve_with_palm(player, placed(line, pad), (left + 0.9 * width, top + 0.95 * height), first)
        player.wait_said(before)
    player.wait("once-more")
    assert progress(player, built_site).characters[exercise.subject].passed
    carved = [event for event in journals(player).events if event.kind == "carving"]
    score = carved[-1].result["score"]
    assert isinstance(score, int)
    assert score >= 90, "the palm left no mark"
