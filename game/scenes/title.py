"""The title: the name, the plastron on which the learned characters stand, the four programmes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pygame import Rect, Surface

from game.content.model import Unit
from game.ui import plastron, theme
from game.ui.carved import BRONZE, CINNABAR, WAITING, Cut
from game.ui.glyph_widgets import GlyphCard, paint_character
from game.ui.kit import Kit
from game.ui.layout import Part, Size, aspect, column, grid, row
from game.ui.scene import Scene
from game.ui.seal import SealButton
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App
    from game.learning.progress import CharacterState

PROGRAMMES: Final = (("reading", "目"), ("idioms", "虎"), ("stories", "象"), ("party", "舟"))
"""The four programmes and the glyph that stands for each."""
A_FRAME: Final = 2
"""Glyphs carved into the plastron a frame: the title can be used from its first frame, they follow."""
Piece = tuple[Surface, Surface, int]
"""The bare plastron, its shadow, and how far that reaches beyond it in pixels."""
NARROW: Final = 9
"""Units kept free at either end of a name at the top, where a phone has little room."""
SHOWN_UNITS: Final = len(plastron.BANDS)


class Plastron(Widget):
    """The plastron itself with the glyphs of six units. It comes a frame after the rest of the title, since
    it is the costly part, and the glyphs are carved in a few a frame."""

    role = "img"

    def __init__(
        self, rect: Rect, label: str, glyphs: list[tuple[str, Cut]], make: Callable[[], Piece]
    ) -> None:
        super().__init__(rect, "plastron", label)
        self.glyphs = glyphs
        self.make = make
        self.boxes: list[Rect] = []
        self.carved = 0
        self._asked = False
        self._picture: Surface | None = None

    @property
    def moving(self) -> bool:
        """Until the last glyph stands."""
        return self._picture is None or self.carved < len(self.glyphs)

    def reach(self, kit: Kit) -> Rect:
        """The shadow belongs to it."""
        return self.rect.inflate(kit.px(110), kit.px(110))

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the piece and the glyphs carved so far, and carves the next few."""
        if not self._asked:
            self._asked = True
            return
        bone, cast, reach = self.make()
        if self._picture is None:
            self._picture = bone.copy()
        many = len(self.glyphs) if kit.still else A_FRAME
        for i in range(self.carved, min(len(self.glyphs), self.carved + many)):
            char, cut = self.glyphs[i]
            paint_character(self._picture, kit, char, self.boxes[i].move(-self.rect.x, -self.rect.y), cut)
        self.carved = min(len(self.glyphs), self.carved + many)
        shift = kit.px(10)
        canvas.blit(cast, (self.rect.x - reach + shift, self.rect.y - reach + shift))
        canvas.blit(self._picture, self.rect)


class Band(Widget):
    """A finger's place on the plastron: opens its unit."""

    role = "button"

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Nothing of its own; the plastron is drawn already. Pressed, it is lit."""
        if self.pressed:
            glow = kit.pill(self.rect.size, (*theme.CUT_LIGHT, 70), 40)
            canvas.blit(glow, self.rect)


class Title(Scene):
    """The lowest scene."""

    name = "title"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._pieces: dict[tuple[int, int], Piece] = {}
        self._plastron: tuple[object, Plastron] | None = None
        self._bare = True
        """The very first picture is without glyphs on the cards: they follow a frame later."""

    def heading(self) -> str:
        """The name and what it is."""
        return f"{self.kit.t('app.name')} — {self.kit.t('app.tagline')}"

    def back(self) -> None:
        """There is nothing behind the title."""

    def build(self) -> list[Widget]:
        """Plastron and words side by side, or one above the other."""
        return self._wide() if self.kit.metrics.wide else self._tall()

    def _wide(self) -> list[Widget]:
        kit, safe = self.kit, self.safe
        left, right = row(safe, [Part(0.46), Part(0.54)])
        words = Rect(right.x + kit.px(10), right.y, min(right.w - kit.px(10), kit.px(540)), right.h)
        words.centerx = right.centerx
        top, brand, tag, _, cards, foot, _ = column(
            words,
            [kit.px(56), Part(1.5), self._tag(words.w), Part(0.25), kit.px(216), kit.px(72), Part(0.2)],
        )
        return [
            *self._bone(aspect(left.inflate(0, kit.px(24)), plastron.RATIO, 0.6)),
            *self._words(brand, tag, "centre"),
            *self._cards(cards, 2, kit.px(100)),
            *self._top(top),
            *self._foot(foot),
        ]

    def _tall(self) -> list[Widget]:
        kit, safe = self.kit, self.safe
        card = kit.px(104)
        top, brand, tag, bone, _, cards, foot = column(
            safe,
            [
                kit.px(56),
                kit.px(150),
                self._tag(safe.w),
                Part(),
                kit.px(20),
                2 * card + kit.px(16),
                kit.px(60),
            ],
        )
        return [
            *self._bone(aspect(bone, plastron.RATIO)),
            *self._words(brand, tag, "centre"),
            *self._cards(cards, 2, card),
            *self._top(top),
            *self._foot(foot),
        ]

    def _tag(self, width: int) -> int:
        """Height of the tagline, which large type sets in two lines, smaller if need be."""
        kit = self.kit
        size = kit.size(22)
        high = kit.type.height(kit.t("app.tagline"), width, "sans", size)
        return max(kit.px(44), min(high, 2 * kit.type.leading(size)) + kit.px(6))

    def _words(self, brand: Rect, tag: Rect, align: str) -> list[Widget]:
        kit = self.kit
        units = min(theme.BRAND, brand.h / kit.metrics.unit * 0.86)
        name = Label(
            brand,
            kit.t("app.name"),
            units / kit.metrics.text_scale,
            theme.TEXT,
            "brush",
            "centre",
            "name",
            True,
        )
        line = Label(tag, kit.t("app.tagline"), 22, theme.TEXT_SECOND, "sans", "centre", "tagline", True)
        return [name, line]

    def _cards(self, box: Rect, columns: int, height: int) -> list[Widget]:
        kit = self.kit
        cards: list[Widget] = []
        for (id, char), place in zip(PROGRAMMES, grid(box, columns, 4, height, kit.px(16)), strict=True):
            other = "en" if kit.lang == "zh" else "zh"
            second = kit.library.strings(other)[f"programme.{id}"]
            form = None if self._bare else kit.library.glyph(char).oracle
            cards.append(GlyphCard(place, id, kit.t(f"programme.{id}"), second, form, self._opener(id)))
        return cards

    def _opener(self, id: str) -> "_Open":
        return _Open(self, id)

    def _top(self, box: Rect) -> list[Widget]:
        kit, session = self.kit, self.app.session
        high = kit.px(48)
        wide = kit.px(86 if kit.metrics.wide else 80)
        ids = ("practice", "catalogue", "record", "settings")
        lang_wide = kit.px(66)
        names = [kit.t(f"title.{id}") for id in ids]
        free = box.w - high - lang_wide - 6 * kit.px(8)
        units, widths = _alike(kit, names, max(4 * wide, min(free, 4 * kit.px(104))), wide)
        sizes: list[Size] = [high, Part(), *widths, lang_wide]
        seal, _, practice, words, record, settings, lang = row(
            Rect(box.x, box.y, box.w, high), sizes, kit.px(8)
        )
        player = session.player
        return [
            SealButton(seal, "players", kit.t("title.players"), player.seal if player else "", self._players),
            *(
                Button(place, id, kit.t(f"title.{id}"), _Open(self, id), units=units, inset=NARROW)
                for id, place in (
                    ("practice", practice),
                    ("catalogue", words),
                    ("record", record),
                    ("settings", settings),
                )
            ),
            Button(lang, "language", "EN" if kit.lang == "zh" else "中文", self._language, units=theme.SMALL),
        ]

    def _foot(self, box: Rect) -> list[Widget]:
        kit, session = self.kit, self.app.session
        if self.app.host.update_ready():
            place = aspect(box, 5.2)
            return [
                Button(place, "update", kit.t("title.update"), self.app.host.apply_update, units=theme.SMALL)
            ]
        if session.player is None:
            text = kit.t("title.welcome")
        else:
            now = self.app.host.now_ms()
            progress = session.progress
            text = kit.t(
                "title.today",
                learned=sum(1 for s in progress.characters.values() if s.passed),
                streak=progress.streak(now),
                points=progress.total,
            )
        return [Label(box, text, theme.ASIDE, theme.TEXT_SECOND, "sans", "centre", "today", True)]

    def _bone(self, box: Rect) -> list[Widget]:
        kit = self.kit
        units = self._units()
        glyphs: list[tuple[str, Cut]] = []
        boxes: list[Rect] = []
        bands: list[Widget] = []
        characters = self._characters()
        for band, unit in enumerate(units):
            for char, place in zip(unit.characters, plastron.glyph_boxes(box, band, 5), strict=False):
                state = characters.get(char)
                strong = state is not None and state.strength == "mastered"
                cut = BRONZE if strong else CINNABAR if state is not None and state.passed else WAITING
                glyphs.append((char, cut))
                boxes.append(place)
            done = sum(1 for c in unit.characters if c in characters and characters[c].passed)
            label = kit.t("title.unit", title=kit.words(unit.title), done=done, count=len(unit.characters))
            bands.append(
                Band(plastron.band_box(box, band), f"unit-{unit.id}", label, _Open(self, f"unit:{unit.id}"))
            )
        size = box.size
        key = (size, tuple(glyphs))
        if self._plastron is None or self._plastron[0] != key:
            made = Plastron(box, kit.t("title.plastron"), glyphs, lambda: self._piece(size))
            self._plastron = (key, made)
        piece = self._plastron[1]
        piece.rect, piece.boxes = box, boxes
        return [piece, *bands]

    def _characters(self) -> "dict[str, CharacterState]":
        """What is known of each character; nothing before there is a player."""
        session = self.app.session
        return {} if session.player is None else session.progress.characters

    def _piece(self, size: tuple[int, int]) -> Piece:
        if size not in self._pieces:
            self._pieces = {size: plastron.piece(self.kit, size)}
        return self._pieces[size]

    def _units(self) -> list[Unit]:
        """The six units in view: those round the first that is not yet carved through."""
        units = list(self.kit.library.units)
        characters = self._characters()
        open_units = [
            i
            for i, u in enumerate(units)
            if not all(c in characters and characters[c].passed for c in u.characters)
        ]
        first = max(0, min((open_units[0] if open_units else 0) - 1, len(units) - SHOWN_UNITS))
        return units[first : first + SHOWN_UNITS]

    async def _language(self) -> None:
        from game.ui.settings import write_settings

        settings = self.kit.settings
        settings.language = "en" if settings.language == "zh" else "zh"
        self.invalidate()
        await write_settings(self.app.host, settings)

    def _players(self) -> None:
        from game.scenes.players import Players

        self.app.push(Players(self.app))

    def update(self, dt: float) -> None:
        """The cards' glyphs follow the first picture; an update is offered when it comes."""
        if self._bare and self.widgets:
            self._bare = False
            self.invalidate()
        offered = self.find("update") is not None
        if self.app.host.update_ready() != offered:
            self.invalidate()


def _alike(kit: Kit, names: list[str], room: int, wide: int) -> tuple[float, list[int]]:
    """One type size in units for all names, at most SMALL, and for each the width of its button in `room`."""
    size = kit.size(theme.SMALL)
    ends = kit.px(2 * NARROW)
    while size > 8 and sum(max(wide, kit.type.width(n, "sans", size) + ends) for n in names) > room:
        if sum(kit.type.width(n, "sans", size) + ends for n in names) <= room:
            break
        size -= 1
    texts = [kit.type.width(name, "sans", size) + ends for name in names]
    spare = max(0, room - sum(texts)) // len(names)
    widths = [min(max(wide, text), text + spare) for text in texts]
    return size / (kit.metrics.unit * kit.metrics.text_scale), widths


class _Open:
    """Opens a programme; who has no seal yet chooses one on the way."""

    def __init__(self, scene: Title, what: str) -> None:
        self.scene, self.what = scene, what

    def __call__(self) -> None:
        app = self.scene.app
        if app.session.player is None and self.what not in ("settings", "catalogue"):
            from game.scenes.players import NewSeal

            app.push(NewSeal(app, self.open))
        else:
            self.open()

    def open(self) -> None:
        """Pushes the scene; it is imported only now, since every import is start-up time."""
        from game.scenes.open import open_programme

        open_programme(self.scene.app, self.what)
