"""The player's record: what it came to, what comes next, the wall of characters, the journal as a file."""

from typing import TYPE_CHECKING, Final

from pygame import Rect

from game.journal.day import day_number
from game.scenes.character import CharacterScene
from game.scenes.frame import header
from game.scenes.record_charts import by_day, by_programme, reviews
from game.scenes.record_files import Files
from game.ui import theme
from game.ui.glyph_widgets import BoneSlab
from game.ui.layout import Part, column, grid, row
from game.ui.medal import Medal
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.seal import SealButton
from game.ui.strength import STRENGTHS, StrengthPlate, WallGlyph
from game.ui.week import Week
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App

WEEK: Final = 7
SAMPLE: Final = "山"


class Record(Scene):
    """What was done, what it came to, and the way to take it along; section under section on one sheet."""

    name = "record"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._scroll = Scroll()
        self._files = Files(app, self._say)
        self.message = ""

    def heading(self) -> str:
        """The title."""
        return self.kit.t("record.title")

    def build(self) -> list[Widget]:
        """Faults if there are any, then who and what next, charts, badges, wall, files."""
        widgets, body = header(self, self.heading())
        children: list[Widget] = []
        y = body.y
        for section in (self._faults, self._top, self._charts, self._badges, self._wall, self._buttons):
            made, bottom = section(Rect(body.x, y, body.w, body.h))
            children += made
            y = bottom + self.kit.px(26) if made else y
        return [*widgets, *self._scroll.fill(body, children, y - body.y)]

    def _text(self, box: Rect, id: str, text: str, colour: theme.Colour) -> tuple[list[Widget], int]:
        """A paragraph at the top of `box`, and where it ends."""
        high = self.kit.type.height(text, box.w, "sans", self.kit.size(theme.ASIDE))
        place = Rect(box.x, box.y, box.w, high)
        return [Label(place, text, theme.ASIDE, colour, id=id)], place.bottom

    def _head(self, box: Rect, id: str, text: str) -> tuple[list[Widget], int]:
        """A heading at the top of `box`, and where it ends."""
        high = self.kit.type.height(text, box.w, "serif", self.kit.size(22))
        place = Rect(box.x, box.y, box.w, max(self.kit.px(44), high))
        return [Label(place, text, 22, theme.TEXT_SECOND, "serif", id=id, middle=True)], place.bottom

    def _faults(self, box: Rect) -> tuple[list[Widget], int]:
        """One line for each damaged line of the journal: what was kept apart, and that the rest is sound."""
        journal = self.app.session.journal
        told = "\n".join(fault.text(self.kit.lang) for fault in journal.faults) if journal else ""
        return self._text(box, "faults", told, theme.TEXT) if told else ([], box.y)

    # --- who and what next ----------------------------------------------------------------------------

    def _top(self, box: Rect) -> tuple[list[Widget], int]:
        kit = self.kit
        high = kit.px(176)
        if kit.metrics.wide:
            left, right = row(Rect(box.x, box.y, box.w, high), [Part(1.1), Part(0.9)], kit.px(48))
        else:
            left, right = column(Rect(box.x, box.y, box.w, high + kit.px(170)), [high, Part()], kit.px(20))
        return [*self._summary(left), *self._next(right)], right.bottom

    def _summary(self, box: Rect) -> list[Widget]:
        kit, session = self.kit, self.app.session
        habit = session.progress.habit(self.app.host.now_ms())
        lines = [
            kit.t("record.points", total=session.progress.total),
            kit.t("record.streak", days=habit.length),
            kit.t("record.freezes", left=habit.left),
        ]
        side = min(kit.px(112), box.h)
        seal, rest = row(box, [side, Part()], kit.px(28))
        words, week = column(rest, [Part(), kit.px(40)], kit.px(10))
        name = session.player.seal if session.player else ""
        today = day_number(self.app.host.now_ms())
        states = [habit.state(day, today) for day in range(today - WEEK + 1, today + 1)]
        told = kit.t("record.week", kept=states.count("kept"), rested=states.count("rested"))
        return [
            SealButton(Rect(seal.x, seal.y, side, side), "seal", kit.t("title.players"), name, None),
            Label(words, "\n".join(lines), theme.READING, theme.TEXT, id="summary"),
            Week(week, "week", told, states),
        ]

    def _next(self, box: Rect) -> list[Widget]:
        kit = self.kit
        head, medal = column(box, [kit.px(36), Part()], kit.px(10))
        ahead = self.app.session.badges.ahead(self.app.host.now_ms())
        key = "record.next_badge" if ahead else "record.all_badges"
        widgets: list[Widget] = [
            Label(head, kit.t(key), 20, theme.TEXT_SECOND, "serif", id="ahead", middle=True)
        ]
        if ahead:
            badge, done = ahead[0].badge, ahead[0].done
            about = kit.t("record.badge", about=kit.words(badge.about), done=done, count=badge.count)
            share = done / badge.count
            widgets.append(
                Medal(medal, "next-badge", badge.glyph, kit.words(badge.title), about, min(0.999, share))
            )
        return widgets

    def _charts(self, box: Rect) -> tuple[list[Widget], int]:
        kit, session, now = self.kit, self.app.session, self.app.host.now_ms()
        places = grid(box, 3 if kit.metrics.wide else 1, 3, kit.px(264), kit.px(24))
        plan = session.schedule()
        widgets: list[Widget] = [
            by_day(kit, places[0], session.progress, now),
            by_programme(kit, places[1], session.progress, now),
            reviews(kit, places[2], plan, now),
        ]
        bottom = places[-1].bottom
        right, asked = plan.retention()
        if asked:
            told = kit.t("record.retention", share=round(100 * right / asked), asked=asked)
            place = Rect(box.x, bottom + kit.px(14), box.w, box.h)
            made, bottom = self._text(place, "retention", told, theme.TEXT_SECOND)
            widgets += made
        return widgets, bottom

    # --- badges and characters ------------------------------------------------------------------------

    def _badges(self, box: Rect) -> tuple[list[Widget], int]:
        kit = self.kit
        won = self.app.session.badges.won
        if not won:
            return self._text(box, "no-badges", kit.t("record.no_badges"), theme.TEXT_SECOND)
        widgets, y = self._head(box, "badges", kit.t("record.badges", count=len(won)))
        columns = max(3, box.w // kit.px(150))
        below = Rect(box.x, y + kit.px(8), box.w, 10)
        places = grid(below, columns, len(won), kit.px(158), kit.px(14))
        for one, place in zip(won, places, strict=True):
            badge = one.badge
            widgets.append(Medal(place, f"badge-{badge.id}", badge.glyph, kit.words(badge.title)))
        return widgets, places[-1].bottom

    def _wall(self, box: Rect) -> tuple[list[Widget], int]:
        kit = self.kit
        states = {e.char: self._strength(e.char) for e in kit.library.characters}
        widgets, y = self._head(box, "legend", kit.t("record.wall"))
        plates = grid(
            Rect(box.x, y + kit.px(6), box.w, 10), 4 if kit.metrics.wide else 2, 4, kit.px(76), kit.px(14)
        )
        found = list(states.values())
        for strength, place in zip(STRENGTHS, plates, strict=True):
            name = kit.t(f"strength.{strength}")
            widgets.append(StrengthPlate(place, strength, SAMPLE, name, found.count(strength)))
        gap, pad = kit.px(10), kit.px(24)
        columns = max(5, (box.w - 2 * pad) // (kit.px(62) + gap))
        side = (box.w - 2 * pad - gap * (columns - 1)) // columns
        sheet = Rect(box.x + pad, plates[-1].bottom + kit.px(18) + pad, box.w - 2 * pad, 10)
        places = grid(sheet, columns, len(states), side, gap)
        slab = Rect(box.x, sheet.y - pad, box.w, places[-1].bottom + 2 * pad - sheet.y)
        widgets.append(BoneSlab(slab, "wall"))
        for (char, strength), place in zip(states.items(), places, strict=True):
            entry = kit.library.character(char)
            told = f"{char} {entry.pinyin} {kit.words(entry.gloss)} {kit.t(f'strength.{strength}')}"
            spot = Rect(place.x, place.y, side, side)
            widgets.append(WallGlyph(spot, char, strength, told, self._opener(char)))
        return widgets, slab.bottom

    def _strength(self, char: str) -> str:
        return self.app.session.progress.character(char).strength

    def _opener(self, char: str) -> Action:
        return lambda: self.app.push(CharacterScene(self.app, char))

    # --- files ----------------------------------------------------------------------------------------

    def _buttons(self, box: Rect) -> tuple[list[Widget], int]:
        kit, files = self.kit, self._files
        actions: dict[str, Action] = {"export": files.export, "csv": files.csv, "import": files.read_in}
        places = grid(box, 3 if kit.metrics.wide else 1, 3, kit.px(60), kit.px(14))
        widgets: list[Widget] = [
            Button(place, name, kit.t(f"record.{name}"), action, units=22)
            for (name, action), place in zip(actions.items(), places, strict=True)
        ]
        below = Rect(box.x, places[-1].bottom + kit.px(14), box.w, box.h)
        told, bottom = self._text(below, "message", self.message or kit.t("record.note"), theme.TEXT_SECOND)
        return [*widgets, *told], bottom

    def _say(self, text: str) -> None:
        self.message = text
        self.kit.host.announce(text)
        self.invalidate()
