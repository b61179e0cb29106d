"""A player at the screen: real mouse, touch and keyboard events, aimed by what the page tells screen readers.

Every widget of the game stands as an invisible element in `#mirror` (assets/web/mirror.js) with its id, role,
label and place in CSS pixels. The driver reads these and presses at their centre on the canvas.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from game.glyphs.path import Point

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds until something awaited counts as not coming; the machine may be busy with other work."""
LOOK = """() => {
  const marks = performance.getEntriesByType('mark').map((mark) => mark.name).filter((name) => name.startsWith('scene:'));
  const focus = document.getElementById('canvas')?.getAttribute('aria-activedescendant') ?? '';
  const targets = [...(document.getElementById('mirror')?.children ?? [])].map((node) => [
    node.id.slice('target-'.length), node.dataset.role, node.getAttribute('aria-label') ?? node.textContent,
    node.dataset.box.split(' ').map(Number), node.getAttribute('aria-disabled') === 'true',
    node.getAttribute('aria-checked') ?? node.getAttribute('aria-selected'),
  ]);
  return [marks, focus.slice('target-'.length), targets, document.getElementById('live')?.textContent ?? ''];
}"""


@dataclass(frozen=True, slots=True)
class Target:
    """One widget as a screen reader is told of it; `box` is x, y, width, height in CSS pixels."""

    id: str
    role: str
    label: str
    box: tuple[float, float, float, float]
    disabled: bool
    state: str | None

    @property
    def centre(self) -> Point:
        """Where to press, in CSS pixels."""
        x, y, width, height = self.box
        return x + width / 2, y + height / 2


@dataclass(frozen=True, slots=True)
class View:
    """What there is at one moment: the scenes so far, the id that has the focus, the widgets, what was last
    announced. Ids are those of the widgets with "-" for blanks."""

    scenes: tuple[str, ...]
    focus: str
    targets: dict[str, Target]
    said: str

    @property
    def scene(self) -> str:
        """The scene on top, "" before the first."""
        return self.scenes[-1] if self.scenes else ""

    def __contains__(self, id: str) -> bool:
        return id in self.targets

    def label(self, id: str) -> str:
        """What a widget says, "" if it is not there."""
        return self.targets[id].label if id in self.targets else ""

    def usable(self, id: str) -> bool:
        """Whether a widget is there and not disabled."""
        return id in self.targets and not self.targets[id].disabled


class Player:
    """Drives one page. `errors` and `asked` gather what the page complained of and every URL it wanted."""

    def __init__(self, context: BrowserContext, url: str, touch: bool = False) -> None:
        self.context = context
        self.url = url
        self.touch = touch
        self.errors: list[str] = []
        self.asked: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    # --- looking --------------------------------------------------------------------------------------

    def look(self) -> View:
        """What the page tells now."""
        scenes, focus, targets, said = self.page.evaluate(LOOK)
        made = {
            id: Target(id, role, label, (box[0], box[1], box[2], box[3]), disabled, state)
            for id, role, label, box, disabled, state in targets
        }
        return View(tuple(name.removeprefix("scene:") for name in scenes), focus, made, said)

    def until(self, what: str, holds: Callable[[View], T | None], seconds: float = PATIENCE) -> T:
        """Waits until `holds` gives something true, and returns it."""
        end = time.monotonic() + seconds
        while True:
            view = self.look()
            if value := holds(view):
                return value
            if time.monotonic() > end:
                told = "\n".join(f"  {t.id}: {t.label!r} {t.box}" for t in view.targets.values())
                raise AssertionError(f"no {what} in scene {view.scene!r} after {seconds:.0f} s:\n{told}")
            time.sleep(0.03)

    def wait(self, id: str, seconds: float = PATIENCE) -> Target:
        """Waits until a widget is there and usable."""
        return self.until(f"usable {id!r}", lambda v: v.targets[id] if v.usable(id) else None, seconds)

    def gone(self, id: str) -> None:
        """Waits until a widget is no longer there."""
        self.until(f"end of {id!r}", lambda view: id not in view)

    def change(self, before: View, what: str = "change") -> View:
        """Waits until the widgets, or what they say, differ from `before`; the new view."""
        told = {id: target.label for id, target in before.targets.items()}

        def differs(view: View) -> View | None:
            return view if told != {id: target.label for id, target in view.targets.items()} else None

        return self.until(what, differs)

    def wait_scene(self, *names: str, seconds: float = PATIENCE) -> str:
        """Waits until one of these scenes is on top; which."""
        return self.until(f"scene {names}", lambda v: v.scene if v.scene in names else None, seconds)

    # --- doing ----------------------------------------------------------------------------------------

    def open(self, path: str = "") -> None:
        """Opens the site and waits for the title."""
        self.page.goto(self.url + path)
        self.wait_scene("title", seconds=2 * PATIENCE)
        self.wait("players")

    def reload(self) -> None:
        """Loads the page anew and waits for the title."""
        self.page.reload()
        self.wait_scene("title", seconds=2 * PATIENCE)
        self.wait("players")

    def tap(self, id: str) -> None:
        """Presses a widget at its centre, scrolled into the window first where need be."""
        self.tap_at(self.bring(id).centre)

    def tap_at(self, point: Point) -> None:
        """Presses and lets go at a point in CSS pixels."""
        if self.touch:
            self.page.touchscreen.tap(*point)
        else:
            self.page.mouse.click(*point)

    def bring(self, id: str) -> Target:
        """Scrolls until a widget's centre is in the window, clear of the header; its place then."""
        target = self.wait(id)
        size = self.page.viewport_size or {"width": 1280, "height": 720}
        width, height = size["width"], size["height"]
        unit = max(0.72, min(width, height) / 720)  # as game/ui/metrics.py has it
        tries = 0
        while tries < 4:
            head = self.look().targets.get("back")
            top = 0.0 if head is None or id == "back" else head.box[1] + head.box[3] + 4
            y = target.centre[1]
            if top < y < height - 42 * unit:
                return target
            self.scroll(width / 2, height / 2, 1 if y > height / 2 else -1)
            before = target.box
            try:
                target = self.until("scrolling", lambda view: moved(view, id, before), 3)  # noqa: B023
                tries = 0
            except AssertionError:
                tries += 1  # with fine pixels one notch of the wheel may be too little to count
        raise AssertionError(f"{id} cannot be scrolled into view: {target.box}")

    def scroll(self, x: float, y: float, way: int) -> None:
        """A little down (1) or up (-1): a swipe of the finger, or a notch of the wheel."""
        if self.touch:
            self._swipe([(x, y - 12 * step * way) for step in range(-8, 9, 2)])
        else:
            self.page.mouse.move(x, y)
            self.page.mouse.wheel(0, 100 * way)

    def drag(self, points: Sequence[Point]) -> None:
        """Presses at the first point, moves along the others and lets go; CSS pixels."""
        if self.touch:
            self._swipe(points)
            return
        mouse = self.page.mouse
        mouse.move(*points[0])
        mouse.down()
        for point in points[1:]:
            mouse.move(*point)
        mouse.up()

    def _swipe(self, points: Sequence[Point]) -> None:
        session = self.context.new_cdp_session(self.page)

        def send(kind: str, *at: Point) -> None:
            touches: list[dict[str, Any]] = [{"x": x, "y": y} for x, y in at]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        send("touchStart", points[0])
        for point in points[1:]:
            send("touchMove", point)
        send("touchEnd")
        session.detach()

    def key(self, *names: str) -> None:
        """Presses keys one after the other (Tab, Enter, Escape, ArrowDown …)."""
        for name in names:
            self.page.keyboard.press(name)

    def focus(self, id: str, *keys: str) -> None:
        """Presses Tab (or `keys`, in turn) until a widget has the focus."""
        self.wait(id)
        ways = keys or ("Tab",)
        for turn in range(80):
            before = self.look().focus
            if before == id:
                return
            self.key(ways[turn % len(ways)])
            self.until("focus", lambda view, old=before: view.focus != old)  # type: ignore[misc]
        raise AssertionError(f"the keyboard never comes to {id}: {sorted(self.look().targets)}")


def moved(view: View, id: str, old: tuple[float, float, float, float]) -> Target | None:
    """The widget, once it is elsewhere than it was."""
    return view.targets[id] if view.usable(id) and view.targets[id].box != old else None
