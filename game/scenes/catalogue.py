"""The catalogue 字典: all characters by theme, sound or component, or those met; and drawing to find."""

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pygame import Rect

from game.scenes.character import CharacterScene
from game.scenes.frame import header
from game.ui import theme
from game.ui.glyph_tile import GlyphTile
from game.ui.layout import Part, column, grid, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Choice, Label

if TYPE_CHECKING:
    from game.app import App

ORDERS: Final = ("theme", "sound", "part", "met")
MANY: Final = 2
"""A component is a heading once so many characters contain it."""
PLAIN: Final = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")


class Catalogue(Scene):
    """Tiles under headings; `order` says which headings."""

    name = "catalogue"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.order = "theme"
        self._scroll = Scroll()

    def heading(self) -> str:
        """The title."""
        return self.kit.t("catalogue.title")

    def sections(self) -> list[tuple[str, list[str]]]:
        """Headings with their characters, in the chosen order."""
        kit, library = self.kit, self.kit.library
        found: dict[str, list[str]] = defaultdict(list)
        if self.order == "met":
            states = self.app.session.progress.characters
            for entry in library.characters:
                if entry.char in states:
                    found[kit.t(f"strength.{states[entry.char].strength}")].append(entry.char)
            return list(found.items())
        for entry in library.characters:
            if self.order == "theme":
                found[kit.t(f"theme.{entry.theme}")].append(entry.char)
            elif self.order == "sound":
                found[entry.pinyin.translate(PLAIN)[0].upper()].append(entry.char)
            else:
                for part in dict.fromkeys(entry.components):
                    found[part].append(entry.char)
        if self.order == "sound":
            pinyin = {e.char: e.pinyin.translate(PLAIN) for e in library.characters}
            return [(head, sorted(chars, key=lambda c: pinyin[c])) for head, chars in sorted(found.items())]
        if self.order == "part":
            kept = [(head, chars) for head, chars in found.items() if len(chars) >= MANY]
            return sorted(kept, key=lambda e: -len(e[1]))
        return list(found.items())

    def build(self) -> list[Widget]:
        """The orders to choose from and the way to draw, then the tiles."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        wide = kit.metrics.wide
        tabs, sheet = column(body, [kit.px(60 if wide else 132), Part()], kit.px(18))
        if wide:
            choices, find = row(tabs, [Part(), kit.px(190)], kit.px(16))
        else:
            choices, find = column(tabs, [Part(), Part()], kit.px(12))
        for order, place in zip(ORDERS, row(choices, [Part()] * len(ORDERS), kit.px(10)), strict=True):
            text = kit.t(f"catalogue.{order}")
            widgets.append(Choice(place, order, text, text, order == self.order, self._by(order)))
        widgets.append(Button(find, "draw", kit.t("catalogue.draw"), self._draw, main=True, units=20))
        return [*widgets, *self._scroll.fill(sheet, *self._tiles(sheet))]

    def _tiles(self, sheet: Rect) -> tuple[list[Widget], int]:
        kit = self.kit
        children: list[Widget] = []
        states = self.app.session.progress.characters
        columns = max(4, sheet.w // kit.px(112))
        y = sheet.y
        sections = self.sections()
        if not sections:
            box = Rect(sheet.x, y, sheet.w, kit.px(80))
            children.append(Label(box, kit.t("catalogue.none"), theme.READING, theme.TEXT_SECOND, id="none"))
            return children, kit.px(90)
        for head, chars in sections:
            box = Rect(sheet.x, y, sheet.w, kit.px(44))
            children.append(Label(box, head, 22, theme.TEXT_SECOND, "serif", id=f"head-{head}", middle=True))
            below = Rect(sheet.x, box.bottom + kit.px(6), sheet.w, 10)
            places = grid(below, columns, len(chars), kit.px(118), kit.px(12))
            for char, place in zip(chars, places, strict=True):
                state = states.get(char)
                name = "waiting"
                if state is not None and state.passed:
                    name = "mastered" if state.strength == "mastered" else "carved"
                entry = kit.library.character(char)
                label = f"{char} {entry.pinyin} {kit.words(entry.gloss)}"
                children.append(GlyphTile(place, f"{head}-{char}", char, self._open(char), label, name))
            y = places[-1].bottom + kit.px(20)
        return children, y - sheet.y

    def _by(self, order: str) -> Action:
        def choose() -> None:
            self.order = order
            self._scroll.offset = 0.0
            self.invalidate()

        return choose

    def _open(self, char: str) -> Action:
        return lambda: self.app.push(CharacterScene(self.app, char))

    def _draw(self) -> None:
        from game.scenes.find import Find

        self.app.push(Find(self.app))
