"""A scene: one screen. It builds its widgets for the metrics of the moment and reacts to them.

The app draws the still widgets once into a kept picture and only the moving ones each frame, so a screen on
which nothing moves costs nothing.
"""

from typing import TYPE_CHECKING, Any

from pygame import Rect, Surface

from game.ui.kit import Kit
from game.ui.widget import Widget

if TYPE_CHECKING:
    from game.app import App


class Scene:
    """The base of all scenes. Subclasses give `build`, and `heading` for the screen reader."""

    name = "scene"
    fingers = False
    """Whether every finger counts as it comes down: for scenes that two people play at once."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self.kit: Kit = app.kit
        self.widgets: list[Widget] = []
        self.focus = ""
        self.stale = True

    # --- what subclasses give -------------------------------------------------------------------------

    def build(self) -> list[Widget]:
        """The widgets, back to front, for the current metrics and state."""
        return []

    def heading(self) -> str:
        """What a screen reader says when the scene opens."""
        return ""

    def paint_ground(self, canvas: Surface) -> None:
        """The ground under the widgets: the gallery, unless a scene says otherwise."""
        canvas.blit(self.kit.gallery(), (0, 0))

    async def enter(self) -> None:
        """Called once when the scene comes up, for what must be awaited."""

    def close(self) -> None:
        """Called once when the scene is left for good, to let go of large pictures: Python alone would keep
        them until it next looks for cycles, which counts objects and not bytes."""

    def update(self, dt: float) -> None:
        """Lets `dt` seconds pass, before the widgets' own updates."""

    def back(self) -> None:
        """Esc or the back button: leaves the scene."""
        self.app.pop()

    def key(self, name: str) -> bool:
        """A key no widget used; True if the scene did."""
        return False

    @property
    def busy(self) -> bool:
        """Whether leaving now would lose something in hand: an update is not offered then."""
        return False

    # --- help for subclasses --------------------------------------------------------------------------

    @property
    def safe(self) -> Rect:
        """The rectangle inside notches and the house's margins, canvas pixels."""
        m = self.kit.metrics
        left, top, right, bottom = m.safe
        edge = self.kit.px(40 if m.wide else 28 if m.width / m.unit < 640 else 40)
        lift = edge if m.wide else self.kit.px(28)
        return Rect(left + edge, top + lift, right - left - 2 * edge, bottom - top - 2 * lift)

    def invalidate(self) -> None:
        """Builds and draws everything anew before the next frame."""
        self.stale = True

    def run(self, work: Any) -> None:
        """Runs a coroutine beside the frames; its errors are the app's to show."""
        self.app.spawn(work)

    def find(self, id: str) -> Widget | None:
        """The widget with this id."""
        return next((w for w in self.widgets if w.id == id), None)
