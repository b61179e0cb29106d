"""The page of one character: its forms through time, what it shows, its relatives, where it is attested."""

from typing import TYPE_CHECKING

from pygame import Rect

from game.scenes.frame import halves, header
from game.scenes.meet import name_height, name_row
from game.ui import theme
from game.ui.change_view import ChangeView
from game.ui.glyph_tile import GlyphTile
from game.ui.glyph_widgets import BoneSlab, glyph_box
from game.ui.layout import Part, column, grid
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.slider import Slider
from game.ui.widget import Action, Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App


class CharacterScene(Scene):
    """One character of the catalogue."""

    name = "character"

    def __init__(self, app: "App", char: str) -> None:
        super().__init__(app)
        self.char = char
        self._scroll = Scroll()
        glyph = self.kit.library.glyph(char)
        self.view = ChangeView(Rect(0, 0, 100, 100), "change", char, glyph)
        stages = self.view.stages
        self.view.value = self.view.goal = float(stages.index("oracle")) if "oracle" in stages else 0.0

    def heading(self) -> str:
        """The character and its meaning."""
        entry = self.kit.library.character(self.char)
        return f"{self.char} {entry.pinyin} {self.kit.words(entry.gloss)}"

    def build(self) -> list[Widget]:
        """The changing form with its slider, and beside it everything that is known."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        upper, lower = halves(self, body, 0.42)
        slab, slide = column(upper, [Part(), kit.px(104)], kit.px(12))
        side = min(slab.w, slab.h)
        slab = Rect(slab.centerx - side // 2, slab.y, side, side)
        self.view.rect = glyph_box(slab, kit)
        names = [f"{kit.t(f'script.{s}')}\n{kit.t(f'script.{s}_date')}" for s in self.view.stages]
        widgets += [BoneSlab(slab, "lesson"), self.view]
        if len(names) > 1:
            slider = Slider(slide, "time", kit.t("character.time"), names, self.view.value, self._move)
            widgets.append(slider)
        return [*widgets, *self._scroll.fill(lower, *self._facts(lower))]

    def _move(self, value: float) -> None:
        self.view.value = self.view.goal = value
        self.invalidate()

    def _facts(self, box: Rect) -> tuple[list[Widget], int]:
        """The texts and the relatives, one under the other from the top of `box`, and their whole height."""
        kit = self.kit
        entry = kit.library.character(self.char)
        children: list[Widget] = list(name_row(self, Rect(box.x, box.y, box.w, name_height(kit)), self.char))
        y = box.y + name_height(kit) + kit.px(12)
        made = f"{kit.t(f'made.{entry.made}')}：{kit.t(f'made.{entry.made}_about')}"
        if kit.lang == "en":
            made = made.replace("：", ": ")
        blocks = [
            (kit.words(entry.why), theme.READING, theme.TEXT, "why"),
            (made, 19.0, theme.TEXT_SECOND, "made"),
        ]
        if entry.disputed:
            blocks.append((kit.t("disputed.label"), 18.0, theme.BRONZE_LIGHT, "disputed"))
        if entry.note is not None:
            blocks.append((kit.words(entry.note), 19.0, theme.TEXT_SECOND, "note"))
        blocks.append((kit.t("character.words", words="　".join(entry.words)), 20.0, theme.TEXT, "words"))
        glyph = kit.library.glyph(self.char)
        if glyph.oracle is not None and glyph.oracle.attested:
            text = kit.t("character.attested", pieces="、".join(glyph.oracle.attested))
            blocks.append((text, 17.0, theme.TEXT_SECOND, "attested"))
        blocks.append(
            (kit.t("common.sources", sources="；".join(entry.sources)), 17.0, theme.TEXT_SECOND, "sources")
        )
        for text, units, colour, id in blocks:
            high = kit.type.height(text, box.w, "sans", kit.size(units))
            children.append(Label(Rect(box.x, y, box.w, high), text, units, colour, id=id))
            y += high + kit.px(12)
        library = kit.library
        for key, chars in (
            ("parts", [c for c in dict.fromkeys(entry.components) if library.has_character(c)]),
            ("inside", [c.char for c in library.characters if self.char in c.components]),
            ("like", [c for c in entry.like if library.has_character(c)]),
        ):
            if chars:
                y = self._family(children, box, y, key, chars)
        return children, y - box.y + kit.px(8)

    def _family(self, children: list[Widget], box: Rect, y: int, key: str, chars: list[str]) -> int:
        """A line of relatives to tap; returns where it ends."""
        kit = self.kit
        text = kit.t(f"character.{key}", char=self.char)
        head = Rect(box.x, y, box.w, kit.px(40))
        children.append(Label(head, text, 19, theme.TEXT_SECOND, id=f"{key}-head", middle=True))
        columns = max(3, box.w // kit.px(112))
        places = grid(
            Rect(box.x, head.bottom + kit.px(4), box.w, 10), columns, len(chars), kit.px(118), kit.px(12)
        )
        for char, place in zip(chars, places, strict=True):
            children.append(GlyphTile(place, f"{key}-{char}", char, self._open(char)))
        return places[-1].bottom + kit.px(14)

    def _open(self, char: str) -> Action:
        return lambda: self.app.push(CharacterScene(self.app, char))
