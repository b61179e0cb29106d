"""A widget: a rectangle that is drawn, may be named for a screen reader, tapped, focused or dragged on."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from pygame import Rect, Surface

from game.ui.kit import Kit

if TYPE_CHECKING:
    from game.ui.scroll import Scroll

Action = Callable[[], Coroutine[Any, Any, None] | None]


class Widget:
    """The base of all widgets; positions are canvas pixels.

    `role` is an ARIA role ("" for decoration, which nobody needs to hear). A widget with an `action` can be
    tapped, focused and activated. One with `moving` True is drawn every frame above the still ones. One with
    `drags` True gets press, drag and release instead of taps.
    """

    role = ""
    drags = False
    palm = False
    """Whether a palm may rest on it while a finger draws."""

    def __init__(self, rect: Rect, id: str = "", label: str = "", action: Action | None = None) -> None:
        self.rect = rect
        self.id = id
        self.label = label
        self.action = action
        self.enabled = True
        self.checked: bool | None = None
        self.pressed = False
        self.within: Scroll | None = None

    @property
    def place(self) -> Rect:
        """Where it is seen: its rectangle, moved by the scroll it lies in."""
        return self.rect if self.within is None else self.rect.move(0, -round(self.within.offset))

    @property
    def moving(self) -> bool:
        """Whether it is to be drawn anew each frame just now; a pressed one is."""
        return self.pressed

    @property
    def focusable(self) -> bool:
        """Whether the keyboard can stop here."""
        return self.enabled and (self.action is not None or self.drags)

    def hit(self, pos: tuple[int, int], kit: Kit) -> bool:
        """Whether a finger at `pos` means this widget: small ones are widened to a finger's size."""
        need = round(48 * kit.metrics.ratio)
        grown = self.place.inflate(max(0, need - self.rect.w), max(0, need - self.rect.h))
        return grown.collidepoint(pos) and self.seen_at(pos)

    def seen_at(self, pos: tuple[int, int]) -> bool:
        """Whether `pos` is in the window of the scroll it lies in, if it lies in one."""
        return self.within is None or self.within.rect.collidepoint(pos)

    def reach(self, kit: Kit) -> Rect:
        """Everything it may draw on while moving."""
        return self.rect.inflate(kit.px(16), kit.px(16))

    def reveal(self, kit: Kit) -> None:
        """The keyboard came here: scroll into view."""
        if self.within is not None:
            self.within.show(self)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the widget. Still widgets are drawn once, until the scene changes."""

    def update(self, dt: float, kit: Kit) -> None:
        """Lets `dt` seconds pass."""

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """A finger came down (only with `drags`)."""

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """The finger moved (only with `drags`)."""

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """The finger was lifted (only with `drags`)."""

    def wheel(self, notches: float, kit: Kit) -> bool:
        """The wheel was turned, downwards above 0; a pad sends parts of a notch. True if it was used."""
        return False

    def key(self, name: str, kit: Kit) -> bool:
        """A key while focused ("left", "enter", …); True if it was used."""
        return False
