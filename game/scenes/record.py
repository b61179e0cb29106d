"""The player's record: points by day, the wall of characters by strength, and the journal as a file."""

from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.journal.day import day_number, iso_day
from game.journal.event import Event
from game.journal.export import export_file
from game.journal.table import to_csv
from game.learning.progress import earned
from game.scenes.frame import header
from game.ui import theme
from game.ui.carved import BRONZE, CINNABAR, WAITING, Cut
from game.ui.glyph_widgets import paint_character
from game.ui.kit import Kit
from game.ui.layout import Part, grid, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.seal import SealButton
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App

DAYS = 14


class DayChart(Widget):
    """Points of the last days as strips of bone; the tallest carries its figure."""

    role = "img"

    def __init__(self, rect: Rect, label: str, days: list[tuple[str, int]]) -> None:
        super().__init__(rect, "chart", label)
        self.days = days

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws one strip a day, today in cinnabar."""
        top = max(1, max(points for _, points in self.days))
        foot = kit.px(30)
        step = self.rect.w / len(self.days)
        for i, (day, points) in enumerate(self.days):
            wide = max(4, round(step * 0.56))
            high = max(kit.px(4), round((self.rect.h - foot - kit.px(34)) * points / top))
            bar = Rect(
                round(self.rect.x + i * step + (step - wide) / 2), self.rect.bottom - foot - high, wide, high
            )
            today = i == len(self.days) - 1
            fill = theme.CINNABAR if today and points else theme.BONE_SHADE if points else (70, 57, 45)
            canvas.blit(kit.pill(bar.size, fill, min(6, wide / 2 / kit.metrics.unit)), bar)
            if points and (points == top or today):
                above = Rect(bar.centerx - kit.px(30), bar.y - kit.px(30), kit.px(60), kit.px(28))
                kit.type.put(canvas, str(points), above, "sans", kit.size(theme.SMALL), theme.TEXT)
            if (len(self.days) - 1 - i) % 4 == 0:
                below = Rect(bar.centerx - kit.px(40), self.rect.bottom - foot, kit.px(80), foot)
                text = kit.t("record.today") if today else f"{int(day[5:7])}.{int(day[8:10])}"
                kit.type.put(canvas, text, below, "sans", kit.size(16), theme.TEXT_SECOND)


class Wall(Widget):
    """All characters as a wall of glyphs: waiting, carved, mastered."""

    role = "img"

    def __init__(
        self, rect: Rect, label: str, glyphs: list[tuple[str, Cut]], side: int, columns: int
    ) -> None:
        super().__init__(rect, "wall", label)
        self.glyphs, self.side, self.columns = glyphs, side, columns

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """One bone with the glyphs in rows."""
        kit.lay(canvas, self.rect, "wall", 18, 0.45)
        inner = self.rect.inflate(-kit.px(40), -kit.px(36))
        places = grid(inner, self.columns, len(self.glyphs), self.side, kit.px(10))
        for (char, cut), place in zip(self.glyphs, places, strict=True):
            side = min(place.w, self.side)
            paint_character(canvas, kit, char, Rect(place.centerx - side // 2, place.y, side, side), cut)


class Record(Scene):
    """What was done, what it came to, and the way to take it along."""

    name = "record"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._scroll = Scroll()
        self.message = ""

    def heading(self) -> str:
        """The title."""
        return self.kit.t("record.title")

    def build(self) -> list[Widget]:
        """Summary and chart, the file buttons, what comes back, then the wall."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        wide = kit.metrics.wide
        children: list[Widget] = []
        y = body.y
        if faults := self._faults():
            tall = kit.type.height(faults, body.w, "sans", kit.size(theme.ASIDE))
            place = Rect(body.x, y, body.w, tall)
            children.append(Label(place, faults, theme.ASIDE, theme.TEXT, id="faults"))
            y += tall + kit.px(20)
        summary_high = kit.px(96)
        chart_high = kit.px(220)
        if wide:
            left, right = row(Rect(body.x, y, body.w, chart_high), [Part(0.85), Part(1.15)], kit.px(40))
            children += self._summary(left)
            children.append(self._chart(right))
            y += chart_high
        else:
            first = Rect(body.x, y, body.w, summary_high + kit.px(96))
            children += self._summary(first)
            children.append(self._chart(Rect(body.x, first.bottom + kit.px(16), body.w, chart_high)))
            y = first.bottom + kit.px(16) + chart_high
        y += kit.px(24)
        names = ["export", "csv", "import"]
        columns = 3 if wide else 1
        actions = {"export": self._export, "csv": self._csv, "import": self._import}
        places = grid(Rect(body.x, y, body.w, 10), columns, 3, kit.px(60), kit.px(14))
        for name, place in zip(names, places, strict=True):
            children.append(Button(place, name, kit.t(f"record.{name}"), actions[name], units=22))
        y = places[-1].bottom + kit.px(14)
        for id, text in (
            ("message", self.message or kit.t("record.note")),
            ("forecast", self._forecast()),
        ):
            tall = kit.type.height(text, body.w, "sans", kit.size(theme.ASIDE))
            place = Rect(body.x, y, body.w, tall)
            children.append(Label(place, text, theme.ASIDE, theme.TEXT_SECOND, id=id))
            y += tall + kit.px(10)
        wall, y = self._wall(body, y + kit.px(14))
        children += wall
        return [*widgets, *self._scroll.fill(body, children, y - body.y + kit.px(10))]

    def _forecast(self) -> str:
        """What comes back for review on the next days, and how much was remembered so far."""
        plan = self.app.session.schedule()
        days = plan.forecast(self.app.host.now_ms())
        text = self.kit.t("record.forecast", days=self.kit.t("record.comma").join(map(str, days)))
        right, asked = plan.retention()
        if asked:
            text += "\n" + self.kit.t("record.retention", share=round(100 * right / asked), asked=asked)
        return text

    def _summary(self, box: Rect) -> list[Widget]:
        kit, session = self.kit, self.app.session
        progress = session.progress
        seal_side = min(kit.px(96), box.h)
        seal, words = row(Rect(box.x, box.y, box.w, max(seal_side, box.h)), [seal_side, Part()], kit.px(28))
        lines = [
            kit.t("record.points", total=progress.total),
            kit.t("record.streak", days=progress.streak(self.app.host.now_ms())),
            kit.t("record.carved", count=sum(1 for s in progress.characters.values() if s.passed)),
            kit.t(
                "record.mastered",
                count=sum(1 for s in progress.characters.values() if s.strength == "mastered"),
            ),
        ]
        name = session.player.seal if session.player else ""
        return [
            SealButton(
                Rect(seal.x, seal.y, seal_side, seal_side), "seal", kit.t("title.players"), name, None
            ),
            Label(words, "\n".join(lines), theme.READING, theme.TEXT, id="summary"),
        ]

    def _chart(self, box: Rect) -> Widget:
        today = day_number(self.app.host.now_ms())
        by_day = self.app.session.progress.by_day
        days = [iso_day(today - back) for back in range(DAYS - 1, -1, -1)]
        figures = [(day, sum(by_day.get(day, {}).values())) for day in days]
        return DayChart(box, self.kit.t("record.chart", points=figures[-1][1]), figures)

    def _wall(self, body: Rect, y: int) -> tuple[list[Widget], int]:
        kit = self.kit
        progress = self.app.session.progress
        glyphs: list[tuple[str, Cut]] = []
        for entry in kit.library.characters:
            state = progress.characters.get(entry.char)
            strong = state is not None and state.strength == "mastered"
            cut = BRONZE if strong else CINNABAR if state is not None and state.passed else WAITING
            glyphs.append((entry.char, cut))
        side = kit.px(58)
        columns = max(4, (body.w - kit.px(40)) // (side + kit.px(14)))
        rows = -(-len(glyphs) // columns)
        head = Rect(body.x, y, body.w, kit.px(44))
        wall = Rect(body.x, head.bottom + kit.px(8), body.w, rows * (side + kit.px(10)) + kit.px(36))
        legend = kit.t("record.wall")
        return [
            Label(head, legend, theme.ASIDE, theme.TEXT_SECOND, id="legend", middle=True),
            Wall(wall, legend, glyphs, side, columns),
        ], wall.bottom

    def _faults(self) -> str:
        """One line for each damaged line of the journal: what was kept apart, and that the rest is sound."""
        journal = self.app.session.journal
        return "\n".join(fault.text(self.kit.lang) for fault in journal.faults) if journal else ""

    # --- files ----------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self.message = text
        self.kit.host.announce(text)
        self.invalidate()

    def _name(self, ending: str) -> str:
        player = self.app.session.player
        day = iso_day(day_number(self.app.host.now_ms()))
        return f"shiqi-{player.seal if player else ''}-{day}.{ending}"

    def _export(self) -> None:
        journal = self.app.session.journal
        if journal is not None:
            data = export_file(journal, self.app.session.progress.seal)
            self.app.host.download(self._name("shiqi"), data, "application/x-shiqi")
            self._say(self.kit.t("record.exported", count=len(journal.events)))

    def _csv(self) -> None:
        journal = self.app.session.journal
        if journal is not None:
            points = earned(journal.events, self.kit.library.rules)
            data = to_csv(journal.events, points, self.kit.lang, self._subject)
            self.app.host.download(self._name("csv"), data, "text/csv")
            self._say(self.kit.t("record.exported", count=len(journal.events)))

    def _subject(self, event: Event) -> str:
        """An event's subject as people know it: a unit's or a level's title, a character as it is."""
        library = self.kit.library
        try:
            if event.kind == "lesson":
                return self.kit.words(library.unit(event.subject).title)
            if event.kind == "idiom":
                return library.idiom(event.subject).idiom
            if event.kind == "story":
                return self.kit.words(library.story(event.subject).title)
            if event.kind == "party_history":
                level = library.party_level(event.subject)
                return f"{level.character} {self.kit.words(level.date)}"
            if event.kind == "inscription":
                return library.inscription(event.subject).piece
        except KeyError:  # a level of another version of the game
            pass
        return event.subject

    async def _import(self) -> None:
        picked = await self.app.host.pick_file(".shiqi")
        if picked is None:
            return
        merged = await self.app.session.merge(picked[1], picked[0])
        lines = [self.kit.t("record.imported", new=len(merged.new), known=merged.known)]
        lines += [fault.text(self.kit.lang) for fault in merged.faults[:4]]
        if len(merged.faults) > 4:
            lines.append(self.kit.t("record.more_faults", count=len(merged.faults) - 4))
        self._say("\n".join(lines))
