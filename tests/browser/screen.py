"""What a player sees and touches: the widgets as a screen reader is told of them, and a browser's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from game.glyphs.path import Point

LOOK = """() => {
  const marks = performance.getEntriesByType('mark').map((mark) => mark.name);
  const focus = document.getElementById('canvas')?.getAttribute('aria-activedescendant') ?? '';
  const targets = [...(document.getElementById('mirror')?.children ?? [])].map((node) => [
    node.id.slice('target-'.length), node.dataset.role, node.getAttribute('aria-label') ?? node.textContent,
    node.dataset.box.split(' ').map(Number), node.getAttribute('aria-disabled') === 'true',
    node.getAttribute('aria-checked') ?? node.getAttribute('aria-selected'),
  ]);
  const shown = ['failure', 'stuck', 'too-old'].map((id) => document.getElementById(id));
  const failure = shown.find((node) => node && !node.hidden);
  const said = document.getElementById('live')?.textContent ?? '';
  const scenes = marks.filter((name) => name.startsWith('scene:'));
  // One text, since a driver takes long to carry a tree.
  return JSON.stringify([scenes, focus.slice('target-'.length), targets, said, failure?.textContent ?? '']);
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

    @property
    def labels(self) -> dict[str, str]:
        """What every widget says, by id."""
        return {id: target.label for id, target in self.targets.items()}

    def label(self, id: str) -> str:
        """What a widget says, "" if it is not there."""
        return self.targets[id].label if id in self.targets else ""

    def usable(self, id: str) -> bool:
        """Whether a widget is there and not disabled."""
        return id in self.targets and not self.targets[id].disabled


class Screen(Protocol):
    """A page in a browser, as a player's eyes and hands have it. Points are in CSS pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the window's inside in CSS pixels."""

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """What a JavaScript function (perhaps async) gives for an argument; both are JSON."""

    def goto(self, url: str) -> None:
        """Opens a page."""

    def reload(self) -> None:
        """Loads the page anew."""

    def click(self, point: Point) -> None:
        """Presses and lets go."""

    def drag(self, points: Sequence[Point]) -> None:
        """Presses at the first point, moves along the others and lets go."""

    def scroll(self, point: Point, way: int) -> None:
        """A little down (1) or up (-1)."""

    def key(self, name: str) -> None:
        """Presses a key: Tab, Shift+Tab, Enter, Space, Escape, ArrowDown …"""
