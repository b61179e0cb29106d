"""Draw to find: the player draws a glyph as they remember it, and the ten nearest are shown as they draw."""

from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.glyphs.path import Polyline
from game.scenes.character import CharacterScene
from game.scenes.frame import halves, header
from game.ui import theme
from game.ui.carved import CINNABAR, Picture, draw_cuts, draw_live
from game.ui.glyph_tile import GlyphTile
from game.ui.glyph_widgets import BoneSlab, glyph_box
from game.ui.kit import Kit
from game.ui.layout import Part, column, grid, row
from game.ui.scene import Scene
from game.ui.theme import cut_share
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.app import App
    from game.glyphs.recognition import Recogniser

SHOWN = 10


class DrawPad(Widget):
    """A free pad: every drag is a stroke. `on_stroke` is called after each."""

    role = "img"
    drags = True
    palm = True

    def __init__(self, label: str, on_stroke: "Callable[[], None]") -> None:
        super().__init__(Rect(0, 0, 100, 100), "pad", label)
        self.on_stroke = on_stroke
        self.inks: list[Polyline] = []
        self._ink: list[tuple[float, float]] = []
        self._base: tuple[tuple[int, int], Picture] | None = None

    @property
    def moving(self) -> bool:
        """While a finger is down."""
        return bool(self._ink)

    def _point(self, pos: tuple[int, int]) -> tuple[float, float]:
        return (pos[0] - self.rect.x) * 100 / self.rect.w, (pos[1] - self.rect.y) * 100 / self.rect.h

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """A stroke begins."""
        self._ink = [self._point(pos)]

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """It goes on."""
        point = self._point(pos)
        if self._ink and abs(point[0] - self._ink[-1][0]) + abs(point[1] - self._ink[-1][1]) > 1.0:
            self._ink.append(point)

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """It ends."""
        if len(self._ink) > 1:
            self.inks.append(tuple(self._ink))
        self._ink = []
        self.on_stroke()

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the strokes so far."""
        share = cut_share(self.rect.w / kit.metrics.unit)
        key = (self.rect.w, len(self.inks))
        if self._base is None or self._base[0] != key:
            self._base = key, draw_cuts(self.inks, self.rect.w, CINNABAR, share)
        self._base[1].put(canvas, self.rect)
        if len(self._ink) > 1:
            draw_live(canvas, tuple(self._ink), self.rect, CINNABAR, share)


class Find(Scene):
    """The pad and the ten nearest."""

    name = "find"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.pad = DrawPad(self.kit.t("find.pad"), self._look)
        self.found: list[str] = []
        self._recogniser: Recogniser | None = None

    def heading(self) -> str:
        """The title."""
        return self.kit.t("find.title")

    async def enter(self) -> None:
        """Brings in numpy and the shapes of all forms."""
        await self.app.host.load_extra("numpy")
        from game.glyphs.recognition import Recogniser

        library = self.kit.library
        forms = {}
        for entry in library.characters:
            glyph = library.glyph(entry.char)
            if glyph.oracle is not None:
                forms[entry.char] = [glyph.oracle, *glyph.variants]
        self._recogniser = Recogniser(forms)
        self._look()

    def _look(self) -> None:
        if self._recogniser is not None and self.pad.inks:
            self.found = [char for char, _ in self._recogniser.nearest(self.pad.inks, SHOWN)]
            self.kit.host.announce(self.kit.t("find.found", chars="、".join(self.found[:3])))
        self.invalidate()

    def build(self) -> list[Widget]:
        """Pad left or above, the nearest beside or below, two buttons."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        upper, lower = halves(self, body, 0.46)
        self.pad.rect = glyph_box(upper, kit, 30)
        note, tiles, buttons = column(lower, [kit.px(56), Part(), kit.px(64)], kit.px(14))
        key = "find.near" if self.found else "find.note"
        widgets += [
            BoneSlab(upper, "lesson"),
            Label(note, kit.t(key), theme.ASIDE, theme.TEXT_SECOND, id="note"),
            *self._tiles(tiles),
        ]
        undo, clear = row(buttons, [Part(), Part()], kit.px(16))
        for place, id, action in ((undo, "undo", self._undo), (clear, "clear", self._clear)):
            button = Button(place, id, kit.t(f"find.{id}"), action)
            button.enabled = bool(self.pad.inks)
            widgets.append(button)
        return [*widgets, self.pad]

    def _tiles(self, box: Rect) -> list[Widget]:
        kit = self.kit
        columns = 5 if box.w > box.h * 0.8 else 4
        rows = -(-SHOWN // columns)
        gap = kit.px(12)
        high = min((box.h - gap * (rows - 1)) // rows, (box.w - gap * (columns - 1)) // columns + kit.px(34))
        places = grid(box, columns, len(self.found), high, gap)
        return [
            GlyphTile(place, f"found-{char}", char, self._open(char))
            for char, place in zip(self.found, places, strict=True)
        ]

    def _open(self, char: str) -> Action:
        return lambda: self.app.push(CharacterScene(self.app, char))

    def _undo(self) -> None:
        self.pad.inks = self.pad.inks[:-1]
        self.found = []
        self._look()

    def _clear(self) -> None:
        self.pad.inks = []
        self.found = []
        self.invalidate()
