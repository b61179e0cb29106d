"""An idiom: its four glyphs, its story on the stage, then the play with it."""

from typing import TYPE_CHECKING

from pygame import Rect

from game.content.model import Idiom
from game.scenes.theatre import Theatre, paragraphs
from game.ui import theme
from game.ui.glyph_row import glyph_row
from game.ui.layout import Part, column
from game.ui.widget import Widget
from game.ui.widgets import Button

if TYPE_CHECKING:
    from game.app import App


class IdiomScene(Theatre):
    """One idiom from its first look to its end."""

    def __init__(self, app: "App", idiom: Idiom) -> None:
        self.idiom = idiom
        self._views: dict[str, Widget] = {}
        super().__init__(app, "idiom", idiom.id, idiom.script, idiom.questions)

    def title(self) -> str:
        """The idiom itself."""
        return self.idiom.idiom

    def intro(self, body: Rect) -> list[Widget]:
        """The four glyphs large, how it is said, where it is from."""
        kit = self.kit
        glyphs, words, button = column(body, [Part(1.35), Part(1.0), kit.px(68)], kit.px(22))
        blocks = [
            (f"{self.idiom.idiom}　{self.idiom.pinyin}", 30.0, theme.TEXT, "idiom"),
            (kit.t("idiom.from", source=kit.words(self.idiom.source)), 20.0, theme.TEXT_SECOND, "source"),
        ]
        if self.idiom.quote:
            blocks.append((f"「{self.idiom.quote}」", 20.0, theme.TEXT_SECOND, "quote"))
        return [
            *glyph_row(kit, glyphs, self.idiom.idiom, "idiom", carving=True, keep=self._views),
            *paragraphs(self, words, blocks),
            Button(self._main(button), "begin", kit.t("idiom.begin"), self.begin, main=True),
        ]

    def ending(self, body: Rect) -> list[Widget]:
        """The glyphs once more, with the meaning."""
        kit = self.kit
        glyphs, words = column(body, [Part(1.2), Part(1.0)], kit.px(20))
        blocks = [
            (self.idiom.idiom, 34.0, theme.TEXT, "idiom"),
            (kit.words(self.idiom.meaning), theme.READING, theme.TEXT, "meaning"),
        ]
        if self.idiom.note is not None:
            blocks.append((kit.words(self.idiom.note), 18.0, theme.TEXT_SECOND, "note"))
        return [*glyph_row(kit, glyphs, self.idiom.idiom, "idiom"), *paragraphs(self, words, blocks)]

    def _main(self, box: Rect) -> Rect:
        wide = min(box.w, self.kit.px(360))
        return Rect(box.x if self.kit.metrics.wide else box.centerx - wide // 2, box.y, wide, box.h)
