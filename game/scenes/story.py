"""An animated story: what it is about, the play, and at its end what was true."""

from typing import TYPE_CHECKING, Final

from pygame import Rect

from game.content.model import Story
from game.scenes.theatre import Theatre, paragraphs
from game.ui import theme
from game.ui.glyph_row import glyph_row
from game.ui.layout import Part, column
from game.ui.widget import Widget
from game.ui.widgets import Button

if TYPE_CHECKING:
    from game.app import App

LIVELY: Final = ("animals", "animals2", "craft", "people")
"""Themes whose characters come first when a story shows its actors."""


class StoryScene(Theatre):
    """One story from its title to what was true."""

    def __init__(self, app: "App", story: Story) -> None:
        self.story = story
        self._kept: dict[str, Widget] = {}
        super().__init__(app, "story", story.id, story.script, ())

    def title(self) -> str:
        """The story's name."""
        return self.kit.words(self.story.title)

    def _players(self) -> str:
        """The actors, each character once, at most four, animals first."""
        seen = list(dict.fromkeys(self.story.script.cast.values()))
        library = self.kit.library
        lively = [
            c
            for c in seen  # a component may be cast that has no entry of its own
            if library.has_character(c) and library.character(c).theme in LIVELY
        ]
        return "".join([*lively, *(c for c in seen if c not in lively)][:4])

    def intro(self, body: Rect) -> list[Widget]:
        """The actors on a slab, and what the story is about."""
        kit = self.kit
        actors, words, button = column(body, [Part(1.35), Part(1.0), kit.px(68)], kit.px(22))
        blocks = [
            (self.title(), 34.0, theme.TEXT, "title"),
            (kit.words(self.story.about), theme.READING, theme.TEXT_SECOND, "about"),
        ]
        wide = min(button.w, kit.px(360))
        place = Rect(button.x if kit.metrics.wide else button.centerx - wide // 2, button.y, wide, button.h)
        return [
            *glyph_row(kit, actors, self._players(), "story", carving=True, keep=self._kept),
            *paragraphs(self, words, blocks),
            Button(place, "begin", kit.t("story.begin"), self.begin, main=True),
        ]

    def ending(self, body: Rect) -> list[Widget]:
        """What is attested and what was told."""
        kit = self.kit
        blocks = [
            (kit.t("story.truth"), 32.0, theme.TEXT, "title"),
            (kit.words(self.story.truth), theme.READING, theme.TEXT, "truth"),
            (
                kit.t("common.sources", sources="；".join(self.story.sources)),
                17.0,
                theme.TEXT_SECOND,
                "sources",
            ),
        ]
        return paragraphs(self, body, blocks)
