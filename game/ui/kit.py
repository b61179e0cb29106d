"""What every widget needs to draw and to speak: one bundle, made by the app, handed down."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from pygame import BLEND_RGBA_MULT, Rect, Surface

from game.content.library import Library
from game.content.model import Words
from game.host.protocol import Host
from game.ui import materials
from game.ui.carved import Engraver
from game.ui.metrics import Metrics
from game.ui.settings import Settings
from game.ui.sound import Sound
from game.ui.text import Typesetter

STRAIGHT: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
KEPT_BYTES: Final = 24_000_000
"""What kept materials may weigh: the largest scene needs about 9 MB at 1280 x 720."""


class Kit:
    """Host, library, type, glyphs, materials, settings and the metrics of the moment."""

    def __init__(self, host: Host, library: Library, settings: Settings) -> None:
        self.host = host
        self.library = library
        self.settings = settings
        self.type = Typesetter(host.read_asset)
        self.engraver = Engraver()
        self.sound = Sound(settings)
        self.metrics: Metrics
        self._slabs: OrderedDict[tuple[object, ...], Surface] = OrderedDict()
        self._weight = 0

    @property
    def lang(self) -> str:
        """zh or en."""
        return self.settings.language

    def t(self, key: str, **names: object) -> str:
        """The string `key` in the player's language; the key itself if it is missing (a test finds those)."""
        text = self.library.strings(self.lang).get(key, key)
        return self._typed(text.format_map(names) if names else text)

    def words(self, words: Words) -> str:
        """The text in the player's language."""
        return self._typed(words.get(self.lang))

    def _typed(self, text: str) -> str:
        """English with straight quotes: the Chinese typeface sets the curly ones as wide as a character."""
        return text.translate(STRAIGHT) if self.lang == "en" else text

    def part(self, name: str) -> str:
        """The label of a glyph's part: a component names itself."""
        strings: Mapping[str, str] = self.library.strings(self.lang)
        return strings.get(f"part.{name}", name)

    def px(self, units: float) -> int:
        """Canvas pixels of a length in units."""
        return self.metrics.px(units)

    def size(self, units: float) -> int:
        """Canvas pixels of a type size in units, with the text-size setting."""
        return self.metrics.type_px(units)

    @property
    def still(self) -> bool:
        """Whether movement is to be kept to fades."""
        return self.settings.motion == "less"

    def slab(self, size: tuple[int, int], seed: str, radius: float = 18, edge: float = 0.35) -> Surface:
        """A rounded piece of bone of `size` pixels; kept."""
        key = ("slab", size, seed, radius, edge)
        return self._keep(key) or self._put(
            key,
            materials.bone(
                size, materials.rounded_mask(size, self.px(radius)), seed, self.metrics.unit, edge
            ),
        )

    def shadow(self, size: tuple[int, int], radius: float = 18, reach: float = 22) -> Surface:
        """The shadow of a rounded piece, `reach` units larger on every side; kept."""
        key = ("shadow", size, radius, reach)
        return self._keep(key) or self._put(
            key, materials.shadow(materials.rounded_mask(size, self.px(radius)), self.px(reach))
        )

    def pill(self, size: tuple[int, int], fill: tuple[int, ...], radius: float) -> Surface:
        """A rounded plate of one colour (RGB or RGBA); kept."""
        key = ("pill", size, fill, radius)
        kept = self._keep(key)
        if kept is None:
            kept = materials.rounded_mask(size, self.px(radius))
            kept.fill((*fill, 255)[:4], special_flags=BLEND_RGBA_MULT)
            kept = self._put(key, kept.convert_alpha())
        return kept

    def disc(self, target: Surface, box: Rect, fill: tuple[int, ...]) -> None:
        """A round plate of one colour that fills the square `box`."""
        target.blit(self.pill(box.size, fill, box.w / 2 / self.metrics.unit + 1), box)

    def lay(self, target: Surface, box: Rect, seed: str, radius: float = 18, edge: float = 0.35) -> None:
        """A slab with its shadow, down and to the right as the light falls."""
        reach = 22
        cast = self.shadow(box.size, radius, reach)
        shift = self.px(7)
        target.blit(cast, (box.x - self.px(reach) + shift, box.y - self.px(reach) + shift))
        target.blit(self.slab(box.size, seed, radius, edge), box)

    def gallery(self) -> Surface:
        """The room behind everything, for the whole canvas; kept for the current size."""
        size = (self.metrics.width, self.metrics.height)
        key = ("gallery", size)
        return self._keep(key) or self._put(key, materials.gallery(size))

    def _keep(self, key: tuple[object, ...]) -> Surface | None:
        kept = self._slabs.get(key)
        if kept is not None:
            self._slabs.move_to_end(key)
        return kept

    def _put(self, key: tuple[object, ...], made: Surface) -> Surface:
        self._slabs[key] = made
        self._weight += made.get_pitch() * made.get_height()
        while self._weight > KEPT_BYTES and len(self._slabs) > 1:
            _, old = self._slabs.popitem(last=False)
            self._weight -= old.get_pitch() * old.get_height()
        return made
