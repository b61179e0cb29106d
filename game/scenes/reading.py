"""The map of the reading programme: the real inscriptions to aim at, the units in the order of teaching."""

from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.content.model import Unit
from game.scenes.frame import header
from game.scenes.open import open_programme
from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, WAITING, Cut
from game.ui.glyph_widgets import GlyphCard, paint_character, tick
from game.ui.kit import Kit
from game.ui.layout import grid
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.widget import Action, Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App


class UnitSlab(Widget):
    """A unit: its title and its glyphs in the state they are in."""

    role = "button"

    def __init__(
        self, rect: Rect, unit: Unit, title: str, label: str, cuts: list[Cut], done: bool, action: Action
    ):
        super().__init__(rect, f"unit-{unit.id}", label, action)
        self.unit, self.title, self.cuts, self.done = unit, title, cuts, done

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The slab, its title and the glyphs in a row."""
        kit.lay(canvas, self.rect, self.id, 16, 0.3)
        pad = kit.px(22)
        high = max(kit.px(46), round(kit.size(24) * 1.5))  # large type pushes the glyphs down
        top = Rect(self.rect.x + pad, self.rect.y + kit.px(10), self.rect.w - 2 * pad, high)
        size = kit.type.fit(self.title, top.w - kit.px(40), "serif", kit.size(24))
        kit.type.put(canvas, self.title, top, "serif", size, theme.INK, "left")
        row = Rect(top.x, top.bottom, top.w, self.rect.bottom - top.bottom - kit.px(14))
        step = row.w // max(5, len(self.cuts))
        side = min(row.h, step - kit.px(10))
        for i, (char, cut) in enumerate(zip(self.unit.characters, self.cuts, strict=True)):
            spot = Rect(row.x + i * step + (step - side) // 2, row.centery - side // 2, side, side)
            paint_character(canvas, kit, char, spot, cut)
        if self.done:
            tick(canvas, kit, (self.rect.right - kit.px(26), self.rect.y + kit.px(28)))


class Reading(Scene):
    """Every unit and every inscription, to tap."""

    name = "reading"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._scroll = Scroll()

    def heading(self) -> str:
        """The programme's name."""
        return self.kit.t("programme.reading")

    def build(self) -> list[Widget]:
        """Inscriptions first, since they are the aim; units in two columns when wide, one when tall."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        columns = 2 if kit.metrics.wide else 1
        gap, high = kit.px(20), kit.px(148)
        head = Rect(body.x, body.y, body.w, kit.px(44))
        text = kit.t("programme.inscription_about")
        children: list[Widget] = [Label(head, text, theme.ASIDE, theme.TEXT_SECOND, id="inscriptions")]
        pieces = kit.library.inscriptions
        done = self.app.session.progress.done("inscription")
        below = Rect(body.x, head.bottom + kit.px(6), body.w, 10)
        spots = grid(below, columns, len(pieces), kit.px(104), gap)
        for piece, place in zip(pieces, spots, strict=True):
            char = next((c for column in piece.columns for c in column if c == "雨"), piece.columns[0][0])
            form = kit.library.glyph(char).oracle
            action = self._opener(f"inscription:{piece.id}")
            second = kit.words(piece.period)
            id = f"inscription-{piece.id}"
            children.append(GlyphCard(place, id, piece.piece, second, form, action, done=piece.id in done))
        top = (spots[-1].bottom if spots else head.bottom) + kit.px(28)
        units = kit.library.units
        places = grid(Rect(body.x, top, body.w, 10), columns, len(units), high, gap)
        for unit, place in zip(units, places, strict=True):
            children.append(self._unit(unit, place))
        return [*widgets, *self._scroll.fill(body, children, places[-1].bottom - body.y + kit.px(12))]

    def _unit(self, unit: Unit, place: Rect) -> Widget:
        kit = self.kit
        characters = self.app.session.progress.characters
        cuts: list[Cut] = []
        for char in unit.characters:
            state = characters.get(char)
            strong = state is not None and state.strength == "mastered"
            cuts.append(BRONZE if strong else CINNABAR if state is not None and state.passed else WAITING)
        carved = sum(1 for c in unit.characters if c in characters and characters[c].passed)
        title = kit.words(unit.title)
        label = kit.t("title.unit", title=title, done=carved, count=len(unit.characters))
        done = carved == len(unit.characters)
        return UnitSlab(place, unit, title, label, cuts, done, self._opener(f"unit:{unit.id}"))

    def _opener(self, what: str) -> Action:
        return lambda: open_programme(self.app, what)
