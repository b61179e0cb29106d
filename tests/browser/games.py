"""How a player goes through a challenge and a duel: the test holds the same run, made by the same chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from game.learning.challenge import Challenge
from game.learning.duel import TO_WIN, Duel
from tests.browser.content import SEED, library, progress
from tests.browser.play import shown

if TYPE_CHECKING:
    from game.glyphs.path import Point
    from tests.browser.chromium import PagePlayer
    from tests.browser.driver import Player

Press = Callable[[str], None]
"""How a widget is used: tapped, or focused and entered."""


def by_keys(player: Player) -> Press:
    """Tab until a widget has the focus, then Enter."""

    def press(id: str) -> None:
        player.focus(id)
        player.key("Enter")

    return press


def practice(player: Player, press: Press) -> None:
    """From a title without a player to the practice room."""
    press("practice")
    seal(player, press)
    player.wait_scene("practice")


def seal(player: Player, press: Press) -> None:
    """A seal by chance."""
    player.wait_scene("new-seal")
    press("chance")
    press("make")


def met(player: Player, site: Path) -> list[str]:
    """Characters the player has met, by the journal in the browser."""
    return [char for char, state in progress(player, site).characters.items() if state.met]


def challenge_run(player: Player, site: Path, revivals: int) -> Challenge:
    """The run that the page is about to begin; it must have been opened with `SEEDED`."""
    return Challenge(library(site), met(player, site), Random(SEED), revivals)


def answer(player: Player, run: Challenge, press: Press, right: bool) -> None:
    """Answers the question on the screen, sees the verdict, goes on."""
    exercise = run.step
    assert exercise is not None
    view = player.until("the question", lambda view: view.label("prompt") in shown(exercise.prompt))
    assert len([id for id in view.targets if id.startswith("option-")]) == len(exercise.options)
    choice = (exercise.answer[0] + (not right)) % len(exercise.options)
    press(f"option-{choice}")
    player.wait("verdict")
    assert run.answer(choice).right is right
    before = player.look()
    press("next")
    player.wait_change(before)


def duel_run(player: Player, site: Path) -> Duel:
    """The duel that the page is about to begin; it must have been opened with `SEEDED`."""
    return Duel(library(site), met(player, site), Random(SEED))


def choice_of(player: Player, duel: Duel, side: int, right: bool) -> int:
    """What a side is to press, once its question is on the screen."""
    exercise = duel.step(side)

    def asked(view: object) -> bool:
        return player.look().label(f"asked-{side}") in shown(exercise.prompt)

    player.until(f"question of side {side}", asked)
    player.wait(f"side{side}-option-0")
    return (exercise.answer[0] + (not right)) % len(exercise.options)


def told(player: Player, duel: Duel, side: int, choice: int) -> None:
    """Sees what came of a side's answer, and the side ready again (or the duel won)."""
    right = duel.answer(side, choice)
    if duel.winner is not None:
        player.wait("again")
        return
    if right:
        score = duel.score[side]
        player.until(f"{score} right", lambda view: str(score) in view.label(f"score-{side}"))
    else:
        player.wait(f"told-{side}")
    player.until("the side ready", lambda view: f"told-{side}" not in view)


def duel_to_the_end(player: Player, duel: Duel, press: Press, winner: int) -> None:
    """One side is right each time; the other answers twice, both times wrongly."""
    for number in range(TO_WIN):
        if number in (1, 3):
            other = choice_of(player, duel, 1 - winner, right=False)
            press(f"side{1 - winner}-option-{other}")
            told(player, duel, 1 - winner, other)
        choice = choice_of(player, duel, winner, right=True)
        press(f"side{winner}-option-{choice}")
        told(player, duel, winner, choice)


def fingers(player: PagePlayer, *points: Point) -> None:
    """Several fingers come down at once and are lifted."""
    session = player.page.context.new_cdp_session(player.page)
    touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": touches})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def carve_with_palm(player: PagePlayer, line: list[Point], palm: Point, first: bool) -> None:
    """A finger carves a line. A palm comes down before it (`first`) or half-way, and is lifted after it."""
    session = player.page.context.new_cdp_session(player.page)

    def send(kind: str, *touches: tuple[int, Point]) -> None:
        points = [{"x": x, "y": y, "id": id} for id, (x, y) in touches]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    half = 0 if first else len(line) // 2
    if first:
        send("touchStart", (1, palm))
    else:
        send("touchStart", (0, line[0]))
        for point in line[1:half]:
            send("touchMove", (0, point))
    send("touchStart", (0, line[half]), (1, palm))
    for point in line[half + 1 :]:
        send("touchMove", (0, point), (1, palm))
    send("touchEnd", (1, palm))
    send("touchEnd")
    session.detach()
