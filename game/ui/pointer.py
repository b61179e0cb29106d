"""Fingers, mouse and keys to widgets: who was meant, pressed, dragged, focused."""

from collections.abc import Sequence
from typing import Final

from game.ui.fingers import MOVES_FROM
from game.ui.kit import Kit
from game.ui.widget import Widget

Pos = tuple[int, int]
SCROLLS_FROM: Final = 12.0
"""Units a finger moves before a tap becomes a scroll."""


class Pointer:
    """Follows one pointer from press to release. A second finger or a palm is not listened to.

    A finger that comes down on something inside a scroll and then moves is meant for the scroll.
    """

    def __init__(self) -> None:
        self._held: Widget | None = None
        self._start: Pos = (0, 0)
        self._rests = True

    def press(self, widgets: Sequence[Widget], pos: Pos, kit: Kit) -> None:
        """A finger comes down at `pos`: the topmost widget it means is held until release."""
        self._held, self._start, self._rests = target_at(widgets, pos, kit), pos, True
        if self._held is not None:
            self._held.pressed = True
            if self._held.drags:
                self._held.press(pos, kit)

    def move(self, pos: Pos, kit: Kit) -> None:
        """The finger moved."""
        held = self._held
        away = abs(pos[0] - self._start[0]) + abs(pos[1] - self._start[1])
        self._rests = self._rests and away < kit.px(MOVES_FROM)
        if held is None:
            return
        far = abs(pos[1] - self._start[1]) > kit.px(SCROLLS_FROM)
        if held.within is not None and held.within.most and far:
            held.pressed = False
            self._held = held = held.within
            held.pressed = True
            held.press(self._start, kit)
        if held.drags:
            held.drag(pos, kit)
        else:
            held.pressed = held.hit(pos, kit)

    def release(self, pos: Pos, kit: Kit) -> Widget | None:
        """The finger was lifted; the widget that was tapped, if the finger was still on it."""
        held, self._held = self._held, None
        if held is None:
            return None
        held.pressed = False
        if held.drags:
            held.release(pos, kit)
            return None
        return held if held.enabled and held.hit(pos, kit) else None

    @property
    def resting(self) -> bool:
        """Whether what is held, if anything, is a pad on which the finger has not moved: it may be a palm."""
        return self._held is None or (self._held.palm and self._rests)

    def forget(self, widgets: Sequence[Widget]) -> None:
        """The scene was rebuilt: keep hold of the same widget under its id, or let go."""
        if self._held is not None and self._held not in widgets:
            same = [w for w in widgets if w.id and w.id == self._held.id]
            self._held = same[0] if same else None


def target_at(widgets: Sequence[Widget], pos: Pos, kit: Kit) -> Widget | None:
    """The widget at `pos`: one that really lies there before one merely widened to a finger's size."""
    able = [w for w in reversed(widgets) if w.focusable]
    exact = next((w for w in able if w.place.collidepoint(pos) and w.seen_at(pos)), None)
    return exact or next((w for w in able if w.hit(pos, kit)), None)


def next_focus(widgets: Sequence[Widget], focus: str, way: str) -> str:
    """The id to focus from `focus` by tab, shift-tab or an arrow (left, right, up, down).

    Tab follows the order of the widgets; an arrow goes to the nearest widget in that direction, sideways
    distance counting double. Without one it stays.
    """
    able = [w for w in widgets if w.focusable and w.id and w.role]
    if not able:
        return ""
    ids = [w.id for w in able]
    if focus not in ids:
        return ids[-1] if way == "shift-tab" else ids[0]
    here = ids.index(focus)
    if way in ("tab", "shift-tab"):
        return ids[(here + (1 if way == "tab" else -1)) % len(ids)]
    x, y = able[here].place.center
    best, least = focus, float("inf")
    for widget in able:
        dx, dy = widget.place.centerx - x, widget.place.centery - y
        along, aside = {"left": (-dx, dy), "right": (dx, dy), "up": (-dy, dx), "down": (dy, dx)}[way]
        if widget.id != focus and along > 0 and along + 2 * abs(aside) < least:
            best, least = widget.id, along + 2 * abs(aside)
    return best
