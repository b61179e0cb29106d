"""The practice room: the day's review, the challenge, the duel."""

from typing import TYPE_CHECKING

from pygame import Rect

from game.scenes.frame import header
from game.scenes.open import open_programme
from game.ui import theme
from game.ui.glyph_widgets import GlyphCard
from game.ui.layout import Part, column
from game.ui.scene import Scene
from game.ui.widget import Action, Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App


class Practice(Scene):
    """Three cards; the review's says how many characters wait."""

    name = "practice"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.due = 0

    def heading(self) -> str:
        """The title."""
        return self.kit.t("practice.title")

    async def enter(self) -> None:
        """Counts what is due."""
        self.due = len({char for char, _ in self.app.session.schedule().due(self.app.host.now_ms())})
        self.invalidate()

    def build(self) -> list[Widget]:
        """The cards under one another, with a line on each."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        room = min(body.w, kit.px(760))
        box = Rect(body.centerx - room // 2, body.y, room, body.h)
        gap = kit.px(22)
        high = min(kit.px(132), (box.h - kit.px(56) - 3 * gap) // 3)
        rows = column(box, [kit.px(56), high, high, high, Part()], gap)
        widgets.append(Label(rows[0], kit.t("practice.about"), theme.ASIDE, theme.TEXT_SECOND, id="about"))
        due = kit.t("practice.due", count=self.due) if self.due else kit.t("practice.none_due")
        for (what, char, second), place in zip(
            (
                ("review", "日", due),
                ("challenge", "虎", kit.t("practice.challenge_about")),
                ("duel", "林", kit.t("practice.duel_about")),
            ),
            rows[1:4],
            strict=True,
        ):
            card = GlyphCard(
                place,
                what,
                kit.t(f"practice.{what}"),
                second,
                kit.library.glyph(char).oracle,
                self._opener(what),
            )
            if what == "review" and not self.due:
                card.enabled = False
            widgets.append(card)
        return widgets

    def _opener(self, what: str) -> Action:
        return lambda: open_programme(self.app, what)
