"""A player at the screen: real mouse, touch and keyboard events, aimed by what the page tells screen readers.

Every widget of the game stands as an invisible element in `#mirror` (assets/web/mirror.js) with its id, role,
label and place in CSS pixels. The player reads these and presses at their centre on the canvas. What is
pressed is a `Screen`: one for each way to drive a browser.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence

from game.glyphs.path import Point
from tests.browser.screen import LOOK, Screen, Target, View

PATIENCE = 60.0
"""Seconds until something awaited counts as not coming; the machine may be busy with other work."""


class Player:
    """Plays the game at `url` on a screen."""

    def __init__(self, screen: Screen, url: str) -> None:
        self.screen = screen
        self.url = url

    # --- looking --------------------------------------------------------------------------------------

    def look(self) -> View:
        """What the page tells now."""
        scenes, focus, targets, said, failure = json.loads(self.screen.evaluate(LOOK))
        assert not failure, f"the page gave up: {failure}"
        made = {
            id: Target(id, role, label, (box[0], box[1], box[2], box[3]), disabled, state)
            for id, role, label, box, disabled, state in targets
        }
        return View(tuple(name.removeprefix("scene:") for name in scenes), focus, made, said)

    def until(self, what: str, holds: Callable[[View], object], seconds: float = PATIENCE) -> View:
        """Waits until `holds` says something true of the view, and returns that view."""
        end = time.monotonic() + seconds
        while True:
            view = self.look()
            if holds(view):
                return view
            if time.monotonic() > end:
                told = "\n".join(f"  {t.id}: {t.label!r} {t.box}" for t in view.targets.values())
                raise AssertionError(f"no {what} in scene {view.scene!r} after {seconds:.0f} s:\n{told}")
            time.sleep(0.03)

    def wait(self, id: str, seconds: float = PATIENCE) -> Target:
        """Waits until a widget is there and usable."""
        return self.until(f"usable {id!r}", lambda view: view.usable(id), seconds).targets[id]

    def wait_scene(self, *names: str, seconds: float = PATIENCE) -> str:
        """Waits until one of these scenes is on top; which."""
        return self.until(f"scene {names}", lambda view: view.scene in names, seconds).scene

    def wait_label(self, id: str, label: str) -> None:
        """Waits until a widget says exactly this."""
        self.until(f"{id} saying {label!r}", lambda view: view.label(id) == label)

    def wait_focus(self, id: str) -> None:
        """Waits until a widget has the focus."""
        self.until(f"focus on {id}", lambda view: view.focus == id)

    def wait_chosen(self, id: str) -> None:
        """Waits until a checkbox or a radio button is checked."""
        self.until(f"{id} chosen", lambda view: id in view and view.targets[id].state == "true")

    def wait_said(self, before: View) -> str:
        """Waits for another announcement than that of an earlier view; what is said."""
        return self.until("announcement", lambda view: view.said != before.said).said

    def wait_other_scene(self, before: View) -> str:
        """Waits until another scene is on top than in an earlier view; which."""
        return self.until("other scene", lambda view: view.scenes != before.scenes).scene

    def wait_other_label(self, id: str, before: View) -> str:
        """Waits until a widget says something else than in an earlier view; what."""
        return self.until(f"news of {id}", lambda view: view.label(id) != before.label(id)).label(id)

    def wait_change(self, before: View) -> View:
        """Waits until the widgets, or what they say, differ from an earlier view."""
        return self.until("change", lambda view: view.labels != before.labels)

    # --- doing ----------------------------------------------------------------------------------------

    def open(self, path: str = "") -> None:
        """Opens the site and waits for the title."""
        self.screen.goto(self.url + path)
        self.wait_scene("title", seconds=2 * PATIENCE)
        self.wait("players")

    def reload(self) -> None:
        """Loads the page anew and waits for the title."""
        self.screen.reload()
        self.wait_scene("title", seconds=2 * PATIENCE)
        self.wait("players")

    def tap(self, id: str) -> None:
        """Presses a widget at its centre, scrolled into the window first where need be."""
        self.screen.click(self.bring(id).centre)

    def bring(self, id: str) -> Target:
        """Scrolls until a widget's centre is in the window, clear of the header; its place then."""
        target = self.wait(id)
        width, height = self.screen.size
        unit = max(0.72, min(width, height) / 720)  # as game/ui/metrics.py has it
        tries = 0
        while tries < 4:
            head = self.look().targets.get("back")
            top = 0.0 if head is None or id == "back" else head.box[1] + head.box[3] + 4
            y = target.centre[1]
            if top < y < height - 42 * unit:
                return target
            self.screen.scroll((width / 2, height / 2), 1 if y > height / 2 else -1)
            before = target.box
            try:
                target = self.until("scrolling", lambda view: has_moved(view, id, before), 3).targets[id]  # noqa: B023
                tries = 0
            except AssertionError:
                tries += 1  # with fine pixels one notch of the wheel may be too little to count
        raise AssertionError(f"{id} cannot be scrolled into view: {target.box}")

    def drag(self, points: Sequence[Point]) -> None:
        """Presses at the first point, moves along the others and lets go; CSS pixels."""
        self.screen.drag(points)

    def key(self, *names: str) -> None:
        """Presses keys one after the other (Tab, Enter, Escape, ArrowDown …)."""
        for name in names:
            self.screen.key(name)

    def focus(self, id: str, *keys: str) -> None:
        """Presses Tab (or `keys`, in turn) until a widget has the focus."""
        self.wait(id)
        ways = keys or ("Tab",)
        for turn in range(80):
            before = self.look().focus
            if before == id:
                return
            self.key(ways[turn % len(ways)])
            self.until("focus elsewhere", lambda view: view.focus != before)  # noqa: B023
        raise AssertionError(f"the keyboard never comes to {id}: {sorted(self.look().targets)}")


def has_moved(view: View, id: str, old: tuple[float, float, float, float]) -> bool:
    """Whether a widget is elsewhere than it was."""
    return view.usable(id) and view.targets[id].box != old
