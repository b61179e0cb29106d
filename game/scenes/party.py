"""A level of Party history: an event with its place and date, and the character that holds it."""

from typing import TYPE_CHECKING

from pygame import Rect

from game.content.model import PartyLevel
from game.scenes.frame import halves
from game.scenes.theatre import Theatre, paragraphs
from game.ui import theme
from game.ui.glyph_row import undrawn_label
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.layout import Part, column
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App


class PartyScene(Theatre):
    """One level: read and look, the scene, the questions, the character that stays."""

    def __init__(self, app: "App", level: PartyLevel) -> None:
        self.level = level
        self._view: GlyphView | None = None
        super().__init__(app, "party_history", level.id, level.script, level.questions)

    def title(self) -> str:
        """The event's name."""
        return self.kit.words(self.level.title)

    def carved_character(self) -> str:
        """The level's own character, where its oracle form is known."""
        library = self.kit.library
        char = self.level.character
        known = library.has_glyph(char) and library.glyph(char).oracle is not None
        return char if known and library.has_character(char) else ""

    def _character(self, box: Rect, carving: bool) -> list[Widget]:
        """The character on its slab, or its regular form and why no oracle form stands here."""
        kit = self.kit
        char = self.level.character
        form = kit.library.glyph(char).oracle if kit.library.has_glyph(char) else None
        widgets: list[Widget] = [BoneSlab(box, "party")]
        spot = glyph_box(box, kit, 56)
        if form is None:
            big = spot.h / kit.metrics.unit * 0.72
            widgets.append(Label(spot, char, big, theme.INK, "serif", "centre", "glyph", True))
            low = Rect(box.x, box.bottom - kit.px(52), box.w, kit.px(40))
            why = kit.t(undrawn_label(kit.library, char))
            widgets.append(Label(low, why, 18, theme.INK_SOFT, "sans", "centre"))
            return widgets
        if self._view is None:
            self._view = GlyphView(spot, "glyph", char, form, carving=carving)
        self._view.rect = spot
        return [*widgets, self._view]

    def intro(self, body: Rect) -> list[Widget]:
        """The character, date and place, and what happened."""
        kit, level = self.kit, self.level
        upper, lower = halves(self, body, 0.42)
        words, button = column(lower, [Part(), kit.px(68)], kit.px(18))
        blocks = [
            (self.title(), 34.0, theme.TEXT, "title"),
            (f"{kit.words(level.date)} · {kit.words(level.place)}", 20.0, theme.TEXT_SECOND, "date"),
            (kit.words(level.event), theme.READING, theme.TEXT, "event"),
        ]
        begin = Rect(button.x, button.y, min(button.w, kit.px(360)), button.h)
        return [
            *self._character(upper, True),
            *paragraphs(self, words, blocks),
            Button(begin, "begin", kit.t("party.begin"), self.begin, main=True),
        ]

    def ending(self, body: Rect) -> list[Widget]:
        """The character and why it holds the event, with the sources."""
        kit, level = self.kit, self.level
        upper, lower = halves(self, body, 0.42)
        blocks = [
            (f"{level.character}　{self.title()}", 32.0, theme.TEXT, "title"),
            (kit.words(level.link), theme.READING, theme.TEXT, "link"),
            (kit.t("common.sources", sources="；".join(level.sources)), 17.0, theme.TEXT_SECOND, "sources"),
        ]
        return [*self._character(upper, False), *paragraphs(self, lower, blocks)]
