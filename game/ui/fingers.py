"""Several fingers on one screen: a palm that rests is not listened to, the finger that moves is.

SDL makes mouse events of the first finger that comes down, whatever the others do. Where a hand rests on the
glass that first finger is the palm. So the others are followed too, and one that moves while the first
rests takes its place until all are lifted.
"""

from __future__ import annotations

from typing import Final

Pos = tuple[int, int]
MOVES_FROM: Final = 14.0
"""Units a finger moves before it is no rest."""


class Fingers:
    """Which finger leads. `taken` is True while it is another than the one SDL makes a mouse of."""

    def __init__(self) -> None:
        self._start: dict[int, Pos] = {}
        self._mouse: int | None = None
        self._leader: int | None = None
        self.taken = False

    def down(self, id: int, pos: Pos) -> None:
        """A finger came down."""
        if not self._start:
            self._mouse, self._leader, self.taken = id, None, False
        self._start[id] = pos

    def move(self, id: int, pos: Pos, far: float, resting: bool) -> Pos | None:
        """A finger moved. If it takes the lead now: where it came down. `resting` says that the finger
        listened to so far does nothing that it could be taken from; `far` is `MOVES_FROM` in pixels."""
        start = self._start.get(id)
        free = self._leader is None and (self.taken or (resting and id != self._mouse))
        if start is None or not free or (id == self._mouse and self.taken):
            return None
        if abs(pos[0] - start[0]) + abs(pos[1] - start[1]) < far:
            return None
        self._leader, self.taken = id, True
        return start

    def leads(self, id: int) -> bool:
        """Whether what this finger does is to be followed here rather than as a mouse."""
        return self.taken and id == self._leader

    def up(self, id: int) -> None:
        """A finger was lifted."""
        self._start.pop(id, None)
        if id == self._leader:
            self._leader = None
        if not self._start:
            self.taken = False
