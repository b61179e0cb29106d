"""The end of a lesson: what was learned, what it brought, what comes next."""

from typing import TYPE_CHECKING

from pygame import Rect

from game.content.model import Unit
from game.scenes.frame import header
from game.scenes.news import news_height, news_row
from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, WAITING
from game.ui.glyph_widgets import BoneSlab, GlyphView
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App


FLAT = 560
"""Under this height, in units, bone and words stand side by side: one above the other both are cramped."""


class LessonEnd(Scene):
    """Shows the unit's characters on one piece of bone, in their state now."""

    name = "lesson-end"

    def __init__(self, app: "App", unit: Unit, points: int) -> None:
        super().__init__(app)
        self.unit, self.points = unit, points
        self._news = app.session.news()
        self.focus = "next"
        self._views: dict[str, GlyphView] = {}
        self.kit.sound.play("bell5", 0.7)

    def heading(self) -> str:
        """What was learned."""
        return self.kit.t("lesson.end_title", count=len(self.unit.characters))

    def back(self) -> None:
        """To the title."""
        self.app.home()

    def build(self) -> list[Widget]:
        """Bone with the glyphs, words under it, two ways on."""
        kit = self.kit
        widgets, body = header(self, kit.words(self.unit.title))
        news = news_height(kit, self._news)
        if kit.metrics.wide and body.h < kit.px(FLAT):
            slab, beside = row(body, [Part(1.1), Part(1.0)], kit.px(28))
            words, won, buttons = column(beside, [Part(), news, kit.px(64)], kit.px(12))
        else:
            slab, words, won, buttons = column(body, [Part(1.25), Part(1.0), news, kit.px(68)], kit.px(16))
        widgets += news_row(kit, won, self._news)
        widgets.append(BoneSlab(slab, "end"))
        widgets += self._glyphs(slab)
        title, lines = column(words, [kit.px(60), Part()], kit.px(6))
        progress = self.app.session.progress
        told = [
            kit.t("lesson.end_points", points=self.points, total=progress.total),
            kit.t("lesson.end_streak", days=progress.streak(self.app.host.now_ms())),
        ]
        following = self._following()
        if following is not None:
            chars = " ".join(following.characters)
            told.append(kit.t("lesson.next_is", title=kit.words(following.title), chars=chars))
        text = "\n".join(told)
        widgets += [
            Label(title, self.heading(), 34, theme.TEXT, "serif", "centre", "title", True),
            Label(lines, text, theme.READING, theme.TEXT_SECOND, "sans", "centre", "points"),
        ]
        room = min(buttons.w, kit.px(620))
        middle = Rect(buttons.centerx - room // 2, buttons.y, room, buttons.h)
        left, right = row(middle, [Part(), Part()], kit.px(16))
        widgets.append(Button(left, "home", kit.t("lesson.to_title"), self.app.home))
        if following is not None:
            widgets.append(
                Button(right, "next", kit.t("lesson.next_unit"), lambda: self._open(following), main=True)
            )
        return widgets

    def _glyphs(self, slab: Rect) -> list[Widget]:
        kit = self.kit
        characters = self.app.session.progress.characters
        count = len(self.unit.characters)
        inner = slab.inflate(-kit.px(72), -kit.px(40))
        columns = count if inner.w > inner.h * 1.6 else -(-count // 2)
        rows = -(-count // columns)
        side = min(inner.w // columns - kit.px(12), inner.h // rows - kit.px(40), kit.px(190))
        widgets: list[Widget] = []
        for i, char in enumerate(self.unit.characters):
            form = kit.library.glyph(char).oracle
            in_row = min(columns, count - (i // columns) * columns)
            x = inner.centerx + (i % columns - (in_row - 1) / 2) * (inner.w // columns)
            y = inner.y + (i // columns + 0.5) * inner.h / rows - kit.px(16)
            spot = Rect(round(x - side / 2), round(y - side / 2), side, side)
            state = characters.get(char)
            cut = WAITING if state is None else BRONZE if state.strength == "mastered" else CINNABAR
            if form is not None:
                view = self._views.setdefault(
                    char, GlyphView(spot, f"glyph-{char}", char, form, cut, carving=True)
                )
                view.rect = spot
                widgets.append(view)
            else:
                big = side / kit.metrics.unit * 0.7 / kit.metrics.text_scale
                widgets.append(Label(spot, char, big, theme.INK_SOFT, "serif", "centre", middle=True))
            name = Rect(spot.x, spot.bottom + kit.px(2), side, kit.px(36))
            entry = kit.library.character(char)
            text = f"{char} {entry.pinyin}"
            widgets.append(Label(name, text, 22, theme.INK, "serif", "centre", middle=True))
        return widgets

    def _following(self) -> Unit | None:
        units = list(self.kit.library.units)
        if self.unit not in units:  # a review belongs to no place on the path
            return None
        at = units.index(self.unit)
        return units[at + 1] if at + 1 < len(units) else None

    def _open(self, unit: Unit) -> None:
        from game.scenes.open import open_programme

        self.app.home()
        open_programme(self.app, f"unit:{unit.id}")
