"""How a player goes through the game's scenes: a seal, a lesson, a level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.ui.kit import STRAIGHT
from tests.browser.content import lesson_step, level_exercises, strokes

STAGES = {"after", "option-0", "verdict", "pad", "home"}
"""Widgets by which one of the stages of a level is known."""

if TYPE_CHECKING:
    from game.content.model import Option, Words
    from game.glyphs.path import Point
    from game.learning.exercise import Exercise
    from tests.browser.driver import Player
    from tests.browser.screen import Target, View


def cut_seal(player: Player, glyphs: str = "鹿山") -> None:
    """From the choosing of a seal to whatever it was on the way to."""
    player.wait_scene("new-seal")
    for char in glyphs:
        player.tap(f"pick-{char}")
        player.wait_chosen(f"pick-{char}")
    before = player.look()
    player.tap("make")
    player.wait_other_scene(before)


def shown(words: Words) -> tuple[str, str]:
    """How a text stands on the screen in Chinese and in English, whose quotes are straight there."""
    return words.zh, words.en.translate(STRAIGHT)


def same(option: Option, label: str) -> bool:
    """Whether a label can be that of an option; glyphs are not told by name."""
    return option.text is None or label in shown(option.text)


def check_shown(view: View, exercise: Exercise) -> None:
    """The exercise on the screen is the one that is due."""
    assert view.label("prompt") in shown(exercise.prompt)
    for i, option in enumerate(exercise.options):
        assert same(option, view.label(f"option-{i}")), f"option {i} is {view.label(f'option-{i}')!r}"


def answer(player: Player, exercise: Exercise, right: bool = True) -> str:
    """Answers the question on the screen; what the game says to it."""
    check_shown(player.look(), exercise)
    chosen = exercise.answer
    if not right:
        wrong = next(i for i in range(len(exercise.options)) if i not in chosen)
        chosen = (wrong, *chosen[1:])
    for one in chosen:
        player.tap(f"option-{one}")
    player.wait("verdict")
    return player.look().label("verdict")


def on(player: Player) -> None:
    """The way on, from a told answer or a finished carving."""
    before = player.look()
    player.tap("next")
    player.wait_change(before)


def placed(points: Sequence[Point], pad: Target) -> list[Point]:
    """Points of the glyph box on the pad, in CSS pixels."""
    x, y, width, height = pad.box
    return [(x + px * width / 100, y + py * height / 100) for px, py in points]


def carve(player: Player, site: Path, char: str, only: slice = slice(None)) -> None:
    """Cuts strokes of a character on the pad, each with one movement, and sees each taken."""
    for stroke in strokes(site, char)[only]:
        pad = player.wait("pad")
        before = player.look()
        player.drag(placed(stroke, pad))
        player.wait_said(before)


def lesson_to(player: Player, site: Path, stop: Callable[[View], bool], wrong: int = 0) -> list[str]:
    """Plays a lesson until `stop`, answering the first `wrong` questions wrongly; the kinds of steps played.

    The right answers come from the lesson's place in the database, which the game keeps after each answer.
    """
    played: list[str] = []
    while True:
        view = player.until("step of the lesson", ready)
        if stop(view) or view.scene == "lesson-end":
            return played
        if "verdict" in view or "once-more" in view:
            on(player)
        elif "pad" in view:
            exercise = lesson_step(player, site)
            assert exercise is not None
            assert exercise.kind == "carve"
            carve(player, site, exercise.subject)
            player.wait("once-more")
            played.append(exercise.skill or "carve")
        elif "option-0" in view:
            exercise = lesson_step(player, site)
            assert exercise is not None
            answer(player, exercise, right=wrong <= 0)
            wrong -= 1
            played.append(exercise.skill)
        else:
            played.append("meet")
            player.tap("next")
            player.wait("option-0")


def to_pad(player: Player, site: Path) -> None:
    """Answers a lesson's questions rightly until there is something to carve."""
    while True:
        view = player.until(
            "question or pad", lambda view: {"option-0", "verdict", "pad"} & set(view.targets)
        )
        if "pad" in view:
            return
        if "verdict" in view:
            on(player)
        else:
            exercise = lesson_step(player, site)
            assert exercise is not None
            answer(player, exercise)


def ready(view: View) -> bool:
    """Whether a lesson waits for the player."""
    if view.scene == "lesson-end":
        return "points" in view
    return view.scene == "lesson" and bool({"next", "option-0", "verdict", "pad"} & set(view.targets))


def level(player: Player, site: Path, kind: str, id: str, look: Callable[[str], None] | None = None) -> None:
    """Plays an idiom, a story, a level of Party history or an inscription from its first look to its end.

    The page must have been opened with `SEEDED`. `look` is called with the name of each stage it comes to.
    """
    seen: set[str] = set()
    due = level_exercises(site, kind, id)
    player.wait_scene(kind)
    player.tap("begin")
    player.until("play or question", lambda view: "begin" not in view)
    while True:
        view = player.until("stage of the level", lambda v: STAGES & set(v.targets))
        stages = {
            "home": "end",
            "verdict": "verdict",
            "after": "play",
            "pad": "carve",
            "option-0": "question",
        }
        stage = next(stages[id] for id in stages if id in view)
        if look is not None and stage not in seen:
            look(stage)
        seen.add(stage)
        if stage == "end":
            assert not due, f"never asked: {[one.prompt.zh for one in due]}"
            return
        if stage == "verdict" or "once-more" in view:
            on(player)
        elif stage == "carve":
            carve(player, site, view.label("character"))
            player.wait("once-more")
        elif stage == "question":
            answer(player, due.pop(0))
        else:
            player.tap("after")
            player.wait_change(view)


def enter(player: Player, programme: str, id: str) -> None:
    """From the title by a programme to one of its levels."""
    before = player.look()
    player.tap(programme)
    player.wait_other_scene(before)
    view = player.until(f"entry of {id}", lambda view: entry(view, id))
    player.tap(entry(view, id))
    player.wait_other_scene(view)


def entry(view: View, id: str) -> str:
    """The widget that opens a level: its id ends with the level's; "" if there is none."""
    return next((one for one in view.targets if one.endswith(id)), "")


def start_lesson(player: Player, unit: str = "sky", seal: str = "鹿山") -> None:
    """From a title without a player to the first step of a unit's lesson."""
    player.tap(f"unit-{unit}")
    cut_seal(player, seal)
    player.wait_scene("lesson")


def home(player: Player) -> None:
    """Back to the title, by as many taps as it takes."""
    while player.look().scene != "title":
        before = player.look()
        player.tap("back")
        player.wait_other_scene(before)
