"""Meeting a character: it carves itself, tells what it shows and why, and names its parts to a finger."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from pygame import Rect

from game.scenes.frame import halves
from game.ui import theme
from game.ui.change_view import ChangeView
from game.ui.glyph_row import undrawn_label
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.kit import Kit
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Button, Chip, Label, QuietButton


def name_row(scene: Scene, box: Rect, char: str) -> list[Widget]:
    """The character in its regular form, large, with its sound and meaning beside it."""
    kit = scene.kit
    entry = kit.library.character(char)
    units = min(theme.CHARACTER, box.h / kit.metrics.unit * 0.9)
    big = round(units * kit.metrics.unit)
    left, right = row(box, [big + kit.px(28), Part()])
    sound, gloss = column(right.inflate(0, -kit.px(14)), [Part(), Part()])
    return [
        Label(left, char, units / kit.metrics.text_scale, theme.TEXT, "serif", id="character", middle=True),
        Label(
            sound,
            entry.pinyin,
            32 / kit.metrics.text_scale,
            theme.TEXT_SECOND,
            "sans",
            id="pinyin",
            middle=True,
        ),
        Label(gloss, kit.words(entry.gloss), 22, theme.TEXT_SECOND, "sans", id="gloss", middle=True),
    ]


def name_height(kit: Kit) -> int:
    """Height of the name row in pixels."""
    return kit.px(132 if kit.metrics.wide else 106)


def _chip_places(kit: Kit, box: Rect, names: Sequence[str]) -> list[Rect]:
    """A rect for each chip in rows from the top left, each as wide as its label needs."""
    places: list[Rect] = []
    x, y, high, gap = box.x, box.y, kit.px(52), kit.px(12)
    for name in names:
        wide = max(kit.px(72), kit.type.width(kit.part(name), "sans", kit.size(22)) + kit.px(52))
        if x > box.x and x + wide > box.right:
            x, y = box.x, y + high + gap
        places.append(Rect(x, y, wide, high))
        x += wide + gap
    return places


def chips_height(kit: Kit, width: int, names: Sequence[str]) -> int:
    """Height in pixels that the chips of these parts need in `width` pixels."""
    places = _chip_places(kit, Rect(0, 0, width, 0), names)
    return places[-1].bottom if places else 0


def part_chips(
    scene: Scene,
    box: Rect,
    names: Sequence[str],
    state: Callable[[str], str],
    tap: Callable[[str], None] | None = None,
) -> list[Widget]:
    """Chips for the parts of a glyph in rows from the top left of `box`; with `tap` they can be tapped."""
    kit = scene.kit
    chips: list[Widget] = []
    for name, place in zip(names, _chip_places(kit, box, names), strict=True):
        text, now = kit.part(name), state(name)
        label = text if now == "waiting" else kit.t(f"exercise.chip_{now}", label=text)
        action = None if tap is None else _tapped(tap, name)
        chips.append(Chip(place, f"part-{name}", text, label, now, action))
    return chips


def _tapped(tap: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: tap(name)


class MeetStep:
    """The first step with a character."""

    def __init__(self, scene: Scene, char: str, on: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.scene = scene
        self.char = char
        self.on = on
        self.lit: str | None = None
        self._view: GlyphView | None = None
        self._melting: ChangeView | None = None
        self._melts = True
        self._shape = 0

    def _light(self, name: str) -> None:
        self.lit = None if self.lit == name else name
        self._melting = None
        self._melts = False
        self._shape = 0
        if self._view is not None:
            self._view.lit = self.lit
            self._view.passed = self._view.seconds
        self.scene.invalidate()

    def _next_shape(self) -> None:
        """Another way in which carvers wrote it."""
        glyph = self.scene.kit.library.glyph(self.char)
        self._shape = (self._shape + 1) % (1 + len(glyph.variants))
        self._melting = None
        self.lit = None
        self._view = None
        self.scene.invalidate()

    def _again(self) -> None:
        self.lit = None
        self._melts = True
        if self._melting is not None:
            self._melting.melt()
        if self._view is not None:
            self._view.lit = None
            self._view.replay()
        kit = self.scene.kit
        kit.host.speak(self.char, "zh")
        self.scene.invalidate()

    def build(self, body: Rect) -> list[Widget]:
        """Slab with the glyph, name, reason, parts, and the two buttons."""
        kit = self.scene.kit
        upper, lower = halves(self.scene, body)
        glyph = kit.library.glyph(self.char)
        form = glyph.oracle if self._shape == 0 else glyph.variants[self._shape - 1]
        widgets: list[Widget] = [BoneSlab(upper, "lesson")]
        melts = self._melts and glyph.picture is not None and glyph.oracle is not None
        if self._melting is None and melts and self._shape == 0:
            label = kit.t("lesson.glyph_of", char=self.char, gloss=self._gloss())
            self._melting = ChangeView(glyph_box(upper, kit), "glyph", label, glyph)
            self._melting.melt()
        if self._melting is not None:
            self._melting.rect = self._spot(upper)
            widgets.append(self._melting)
        elif form is not None:
            spot = self._spot(upper)
            if self._view is None:
                label = kit.t("lesson.glyph_of", char=self.char, gloss=self._gloss())
                self._view = GlyphView(spot, "glyph", label, form, carving=self.lit is None, lit=self.lit)
            self._view.rect = spot
            widgets.append(self._view)
        else:
            spot = glyph_box(upper, kit, 70)
            big = spot.h / kit.metrics.unit * 0.8 / kit.metrics.text_scale
            low = Rect(upper.x, upper.bottom - kit.px(62), upper.w, kit.px(50))
            unseen = kit.t(undrawn_label(kit.library, self.char))
            widgets += [
                Label(spot, self.char, big, theme.INK, "serif", "centre", "glyph", True),
                Label(low, unseen, 20, theme.INK_SOFT, "sans", "centre", "no-oracle", True),
            ]
        name, flow, buttons = column(lower, [name_height(kit), Part(), kit.px(64)], kit.px(14))
        widgets += name_row(self.scene, name, self.char)
        names = [p.name for p in form.parts] if form is not None and len(form.parts) > 1 else []
        chips_high = chips_height(kit, flow.w, names)
        why = self._why(Rect(flow.x, flow.y, flow.w, flow.h - chips_high - kit.px(20)))
        widgets.append(why)
        chips = Rect(flow.x, why.rect.bottom + kit.px(20), flow.w, chips_high)
        widgets += part_chips(
            self.scene, chips, names, lambda part: "current" if part == self.lit else "waiting", self._light
        )
        if glyph.variants:
            foot = Rect(upper.x, upper.bottom - kit.px(62), upper.w, kit.px(50)).inflate(-kit.px(32), 0)
            key = "lesson.many_ways" if self._shape == 0 else "lesson.another_way"
            text = kit.t(key, n=self._shape + 1, count=1 + len(glyph.variants))
            widgets.append(QuietButton(foot, "shape", text, self._next_shape))
        again, on = row(buttons, [Part(), Part()], kit.px(16))
        widgets += [
            Button(again, "again", kit.t("lesson.watch_again"), self._again),
            Button(on, "next", kit.t("lesson.know_it"), self.on, main=True),
        ]
        return widgets

    def _spot(self, slab: Rect) -> Rect:
        """Where the glyph stands on the slab: a little higher where a line stands under it."""
        kit = self.scene.kit
        if not kit.library.glyph(self.char).variants:
            return glyph_box(slab, kit)
        upper = Rect(slab.x, slab.y, slab.w, slab.h - kit.px(34))
        return glyph_box(upper, kit, 36)

    def _gloss(self) -> str:
        kit = self.scene.kit
        return kit.words(kit.library.character(self.char).gloss)

    def _why(self, box: Rect) -> Widget:
        kit = self.scene.kit
        entry = kit.library.character(self.char)
        lines = [kit.words(entry.why)]
        if entry.disputed:
            lines.append(
                f"（{kit.t('disputed.label')}）" if kit.lang == "zh" else f"({kit.t('disputed.label')})"
            )
        elif entry.note is not None:
            lines.append(kit.words(entry.note))
        text = "\n".join(lines)
        units = theme.READING
        while units > 16 and kit.type.height(text, box.w, "sans", kit.size(units)) > box.h:
            units -= 1
        high = kit.type.height(text, box.w, "sans", kit.size(units))
        return Label(Rect(box.x, box.y, box.w, min(high, box.h)), text, units, theme.TEXT, id="why")
