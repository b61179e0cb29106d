"""The road: Party history along one winding line of time carved on bone; and the same events by place."""

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pygame
from pygame import Rect, Surface

from game.content.model import PartyLevel
from game.learning.party import Period, by_period
from game.scenes.frame import header
from game.scenes.open import open_programme
from game.ui import rivers, theme
from game.ui.carved import BRONZE, CINNABAR, Cut
from game.ui.glyph_widgets import BoneSlab, paint_character, tick
from game.ui.kit import Kit
from game.ui.layout import Part, aspect, column, row
from game.ui.motion import catmull_rom
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.stack import Words, paint_stack
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Choice, Label

if TYPE_CHECKING:
    from game.app import App

VIEWS = ("near", "far", "places")


class Stone(Widget):
    """One event on the road: its character on a round of bone, title and date beside it."""

    role = "button"

    def __init__(
        self, rect: Rect, level: PartyLevel, label: tuple[str, str], done: bool, right: bool, action: Action
    ):
        super().__init__(rect, f"level-{level.id}", f"{label[0]}, {label[1]}", action)
        self.level, self.words, self.done, self.right = level, label, done, right

    def centre(self) -> tuple[int, int]:
        """Where the road meets it."""
        r = self.rect.h // 2
        return (
            (self.rect.x + r, self.rect.centery) if self.right else (self.rect.right - r, self.rect.centery)
        )

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The round, the glyph, the words."""
        x, y = self.centre()
        side = self.rect.h
        disc = Rect(0, 0, side, side)
        disc.center = (x, y)
        kit.lay(canvas, disc, self.id, side / 2 / kit.metrics.unit, 0.5)
        stone_glyph(canvas, kit, disc, self.level.character, BRONZE if self.done else CINNABAR)
        if self.done:
            tick(canvas, kit, (disc.right - kit.px(10), disc.y + kit.px(10)))
        room = self.rect.w - side - kit.px(14)
        left = disc.right + kit.px(14) if self.right else self.rect.x
        box = Rect(left, self.rect.y, room, side)
        paint_stack(canvas, kit, box, self.texts(), "left" if self.right else "right")

    def texts(self) -> list[Words]:
        """The title and the date below it."""
        title, date = self.words
        return [
            Words(title, "serif", 24, theme.TEXT),
            Words(date, "sans", theme.SMALL, theme.TEXT_SECOND),
        ]


def stone_glyph(canvas: Surface, kit: Kit, disc: Rect, char: str, cut: Cut) -> None:
    """A character in a round: its oracle form, or the regular one where none is known."""
    side = round(disc.w * 0.6)
    spot = Rect(0, 0, side, side)
    spot.center = disc.center
    paint_character(canvas, kit, char, spot, cut)


class Line(Widget):
    """The road itself between the stones: a carved line that swings from side to side."""

    def __init__(self, rect: Rect, runs: list[list[tuple[int, int]]], done: int) -> None:
        super().__init__(rect)
        self.runs, self.done = runs, done
        """The stones' centres, a list a period: the line begins anew under each period's name."""
        self.home = rect.topleft
        """Where the rectangle was when the points were given: a scroll moves it to draw."""

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Smooth swings through the stones' centres; what is behind the player is bronze green."""
        dx, dy = self.rect.x - self.home[0], self.rect.y - self.home[1]
        passed = 0
        for run in self.runs:
            for a, b in pairwise(run):
                colour = theme.BRONZE if passed < self.done else (96, 78, 58)
                curve = [(x + dx, y + dy) for x, y in swing(a, b)]
                pygame.draw.lines(canvas, colour, False, curve, kit.px(6))
                pygame.draw.aalines(canvas, colour, False, curve)
                passed += 1
            passed += 1


def swing(a: tuple[int, int], b: tuple[int, int]) -> list[tuple[float, float]]:
    """A curve that leaves `a` downwards and comes to `b` from above."""
    bend = (b[1] - a[1]) * 0.6
    curve = []
    for step in range(33):
        t = step / 32
        u = 1 - t
        x = u**3 * a[0] + 3 * u * u * t * a[0] + 3 * u * t * t * b[0] + t**3 * b[0]
        y = u**3 * a[1] + 3 * u * u * t * (a[1] + bend) + 3 * u * t * t * (b[1] - bend) + t**3 * b[1]
        curve.append((x, y))
    return curve


class MapPoint(Widget):
    """An event at its place on the sketch of the two rivers."""

    role = "button"

    def __init__(self, rect: Rect, level: PartyLevel, label: str, done: bool, action: Action) -> None:
        super().__init__(rect, f"place-{level.id}", label, action)
        self.level, self.done = level, done

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """A small round with the character."""
        colour = theme.BRONZE if self.done else theme.CINNABAR
        radius = self.rect.w / 2 / kit.metrics.unit
        canvas.blit(kit.pill(self.rect.size, colour, radius), self.rect)
        inner = self.rect.inflate(-kit.px(4), -kit.px(4))
        canvas.blit(kit.pill(inner.size, theme.BONE_LIGHT, radius), inner)
        stone_glyph(canvas, kit, inner, self.level.character, BRONZE if self.done else CINNABAR)


def smooth(line: rivers.Line, steps: int = 6) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    points = [line[0], *line, line[-1]]
    curve = []
    for p0, p1, p2, p3 in zip(points, points[1:], points[2:], points[3:], strict=False):
        for i in range(steps):
            t = i / steps
            curve.append(
                (
                    catmull_rom(p0[0], p1[0], p2[0], p3[0], t),
                    catmull_rom(p0[1], p1[1], p2[1], p3[1], t),
                )
            )
    return [*curve, line[-1]]


class Pin(Widget):
    """A dot at the very place, and a thin line from it to the round that stands near."""

    def __init__(self, spot: Rect, true: tuple[int, int]) -> None:
        super().__init__(spot)
        self.true = true

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws dot and line."""
        pygame.draw.aaline(canvas, theme.BONE_EDGE, self.true, self.rect.center)
        pygame.draw.circle(canvas, theme.CINNABAR_DEEP, self.true, kit.px(3))


def free_spot(room: Rect, true: tuple[int, int], side: int, taken: list[Rect]) -> Rect:
    """The free square nearest to `true` inside `room`, looking round it in widening rings."""
    spot = Rect(0, 0, side, side)
    for ring in range(60):
        for turn in range(1 if ring == 0 else 16):
            angle = turn * math.pi / 8
            away = ring * side * 0.4
            spot.center = round(true[0] + away * math.cos(angle)), round(true[1] + away * math.sin(angle))
            if room.contains(spot) and spot.collidelist(taken) < 0:
                return spot
    return spot


class Rivers(Widget):
    """The sketch: two rivers and nothing else. `taken` are the rounds that lie on it."""

    role = "img"

    def __init__(self, rect: Rect, id: str, label: str, taken: list[Rect]) -> None:
        super().__init__(rect, id, label)
        self.taken = taken

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Two lines, named."""
        lines = self._courses()
        for points in lines:
            pygame.draw.lines(canvas, (150, 168, 160), False, points, kit.px(5))
            pygame.draw.aalines(canvas, (150, 168, 160), False, points)
        for name, box in self.names(kit):
            kit.type.put(canvas, name, box, "sans", kit.size(16), theme.INK_SOFT, "left")

    def _courses(self) -> list[list[tuple[int, int]]]:
        """The Yellow River and the Yangtze, canvas pixels."""
        return [[place(self.rect, at) for at in smooth(line)] for line in (rivers.YELLOW, rivers.YANGTZE)]

    def names(self, kit: Kit) -> list[tuple[str, Rect]]:
        """Each river's name and where it is written: free of the rounds and of both rivers."""
        lines = self._courses()
        spots: list[tuple[str, Rect]] = []
        for line, key in zip(lines, ("party.yellow", "party.yangtze"), strict=True):
            name = kit.t(key)
            size = kit.type.width(name, "sans", kit.size(16)), kit.px(24)
            taken = [*self.taken, *(box for _, box in spots)]
            spots.append((name, free_name(self.rect, line, lines, size, taken)))
        return spots


def free_name(
    room: Rect,
    line: list[tuple[int, int]],
    lines: list[list[tuple[int, int]]],
    size: tuple[int, int],
    taken: list[Rect],
) -> Rect:
    """The place nearest to `line`, from its upper course downwards, with no round and no river in it."""
    spot = Rect((0, 0), size)
    start = len(line) // 6
    for away in (0.85, 1.6, 2.4, 3.2, 4.0):
        for x, y in (*line[start:], *line[:start]):
            for side in (-1, 1):
                spot.center = x, y + round(side * away * size[1])
                crossed = any(spot.collidepoint(point) for one in lines for point in one)
                if room.contains(spot) and spot.collidelist(taken) < 0 and not crossed:
                    return spot
    spot.center = line[0]
    return spot


def place(box: Rect, at: tuple[float, float]) -> tuple[int, int]:
    """Longitude and latitude to canvas pixels: an equirectangular sketch, true to shape at 34° north."""
    x = (at[0] - rivers.WEST) / (rivers.EAST - rivers.WEST)
    y = (rivers.NORTH - at[1]) / (rivers.NORTH - rivers.SOUTH)
    return round(box.x + x * box.w), round(box.y + y * box.h)


class Road(Scene):
    """Near, far, or by place."""

    name = "road"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.view = "near"
        self._scroll = Scroll()

    def heading(self) -> str:
        """The programme's name."""
        return self.kit.t("programme.party")

    def _done(self) -> dict[str, tuple[int, int]]:
        return self.app.session.progress.done("party_history")

    def build(self) -> list[Widget]:
        """The ways to look, the test, then the road or the map."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        wide = kit.metrics.wide
        tabs, room = column(body, [kit.px(60 if wide else 132), Part()], kit.px(16))
        if wide:
            views, test = row(tabs, [Part(), kit.px(220)], kit.px(16))
        else:
            views, test = column(tabs, [Part(), Part()], kit.px(12))
        names = [kit.t(f"party.{view}") for view in VIEWS]
        for view, at in zip(VIEWS, row(views, [Part()] * 3, kit.px(10)), strict=True):
            text = kit.t(f"party.{view}")
            widgets.append(Choice(at, view, text, text, view == self.view, self._look(view), names))
        widgets.append(Button(test, "test", kit.t("party.test"), self._opener("party_test"), units=20))
        if self.view == "places":
            return [*widgets, *self._places(room)]
        return [*widgets, *self._scroll.fill(room, *self._stones(room))]

    def _stones(self, room: Rect) -> tuple[list[Widget], int]:
        kit, done = self.kit, self._done()
        far = self.view == "far"
        high, gap = kit.px(62 if far else 92), kit.px(14 if far else 34)
        wide = min(room.w, kit.px(1000))
        middle = room.centerx
        stones: list[Widget] = []
        heads: list[Widget] = []
        runs: list[list[tuple[int, int]]] = []
        passed = 0
        y, side = room.y + kit.px(6), 0
        for period, levels in by_period(kit.library.party_history):
            head = Rect(middle - wide // 2, y, wide, kit.px(56 if kit.metrics.wide else 116))
            runs.append([])
            heads += self._head(head, period, all(level.id in done for level in levels))
            y = head.bottom + gap // 2
            for level in levels:
                reach = min(kit.px(520), wide // 2 + high // 2 - kit.px(8))
                right = side % 2 == 0
                swing = kit.px(46) if right else -kit.px(46)
                x = middle - high // 2 + swing if right else middle + high // 2 + swing - reach
                label = (kit.words(level.title), kit.words(level.date))
                spot = Rect(x, y, reach - abs(swing), high)
                if not right:
                    spot.x = middle + swing + high // 2 - spot.w
                stone = Stone(
                    spot, level, label, level.id in done, right, self._opener(f"party_history:{level.id}")
                )
                runs[-1].append(stone.centre())
                passed += level.id in done
                stones.append(stone)
                y += high + gap
                side += 1
        line = Line(Rect(room.x, room.y, room.w, y - room.y), runs, max(0, passed - 1))
        return [line, *heads, *stones], y - room.y

    def _head(self, box: Rect, period: Period, complete: bool) -> list[Widget]:
        kit = self.kit
        if kit.metrics.wide:
            name, review, card = row(box, [Part(), kit.px(150), kit.px(190)], kit.px(12))
        else:
            name, buttons = column(box, [Part(), kit.px(64)], kit.px(4))
            review, card = row(buttons, [Part(), Part()], kit.px(12))
        text = kit.t(f"period.{period.id}")
        return [
            Label(
                name, text, 22, theme.BRONZE_LIGHT if complete else theme.TEXT_SECOND, "serif", middle=True
            ),
            Button(
                review.inflate(0, -kit.px(8)),
                f"period-{period.id}",
                kit.t("party.review"),
                self._opener(f"party_period:{period.id}"),
                units=18,
            ),
            Button(
                card.inflate(0, -kit.px(8)),
                f"card-{period.id}",
                kit.t("party.card"),
                self._printer(period.id),
                units=18,
            ),
        ]

    def _places(self, room: Rect) -> list[Widget]:
        kit, done = self.kit, self._done()
        ratio = (rivers.EAST - rivers.WEST) * 0.829 / (rivers.NORTH - rivers.SOUTH)  # cos 34°
        box = aspect(room, ratio)
        inner = box.inflate(-kit.px(30), -kit.px(30))
        side = kit.px(40)
        taken: list[Rect] = []
        widgets: list[Widget] = [BoneSlab(box, "map"), Rivers(inner, "map", kit.t("party.map"), taken)]
        points: list[Widget] = []
        for level in kit.library.party_history:
            true = place(inner, level.at)
            spot = free_spot(inner, true, side, taken)
            taken.append(spot)
            label = f"{kit.words(level.title)}, {kit.words(level.place)}"
            action = self._opener(f"party_history:{level.id}")
            widgets.append(Pin(spot, true))
            points.append(MapPoint(spot, level, label, level.id in done, action))
        return [*widgets, *points]

    def _printer(self, id: str) -> Action:
        """Draws a period's card when it is asked for and hands it to the host as a file to print."""

        def save() -> None:
            from game.scenes.period_card import card_name, period_card

            kit = self.kit
            for period, levels in by_period(kit.library.party_history):
                if period.id == id:
                    kit.host.download(card_name(kit, period), period_card(kit, period, levels), "image/png")
                    kit.host.announce(kit.t("party.card_saved"))

        return save

    def _look(self, view: str) -> Action:
        def look() -> None:
            self.view = view
            self._scroll.offset = 0.0
            self.invalidate()

        return look

    def _opener(self, what: str) -> Action:
        return lambda: open_programme(self.app, what)
