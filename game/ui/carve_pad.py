"""The pad on which the player carves: guide, ink, knife and dust, over `game.glyphs.carving`."""

from collections.abc import Callable, Sequence

import pygame
from pygame import Rect, Surface

from game.glyphs.carving import Carving, Cut
from game.glyphs.path import Polyline, resample
from game.ui.carved import CINNABAR, GUIDE, WAITING, Picture, draw_cuts, draw_live
from game.ui.kit import Kit
from game.ui.knife import Dust, knife
from game.ui.motion import Tween, ease
from game.ui.theme import cut_share
from game.ui.widget import Widget

NEAREST = 1.2
"""Box units a finger must move before a new point of ink is taken: fewer would only be tremor."""
CORNER = (178, 152, 108)
"""The marks between which to carve from memory: darker than the guide, lighter than any cut."""


class CarvePad(Widget):
    """Drag to cut; or with `tapping` set, tap a stroke and it cuts itself. Enter cuts the next stroke.

    `on_cut` is told of every cut and its verdict. The scene keeps one pad for one carving, whatever is
    rebuilt round it; `rect` may change with the window (ink is kept in glyph coordinates).
    """

    role = "button"
    drags = True
    palm = True

    def __init__(self, rect: Rect, label: str, carving: Carving, on_cut: Callable[[Cut], None]) -> None:
        super().__init__(rect, "pad", label)
        self.carving = carving
        self.on_cut = on_cut
        self.guided = True
        self.corners: tuple[float, float, float, float] | None = None
        """Left, top, right, bottom, in the glyph's box, of four marks between which to carve from memory."""
        self.revealed = False
        """Whether the whole form lies under the ink, to compare."""
        self.settle: Callable[[Polyline], Polyline] | None = None
        """Where an ink is laid before it is judged: as it is, unless something is set."""
        self.tapping = False
        self.inks: list[Polyline] = []
        self._ink: list[tuple[float, float]] = []
        self._lost: tuple[Polyline, Tween] | None = None
        self._growing: list[Polyline] = []
        self._grow = Tween(0.35)
        self._dust = Dust()
        self._knife: tuple[float, Surface] | None = None
        self._guide: tuple[tuple[int, int, int, bool], Picture] | None = None
        self._cuts: list[Picture] = []
        self._cut_at = 0
        self._tip: tuple[int, int] | None = None

    @property
    def moving(self) -> bool:
        """While a finger is down or anything is still on its way."""
        return bool(self._ink or self._growing or self._lost or self._dust.flying or self.pressed)

    def reach(self, kit: Kit) -> Rect:
        """The knife's handle and the dust pass the slab's rim."""
        return self.rect.inflate(kit.px(420), kit.px(420))

    # --- the finger -----------------------------------------------------------------------------------

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """The knife is set on."""
        self._settle()
        self._tip = pos
        self._ink = [self._to_box(pos)]

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """The knife moves."""
        if not self._ink:
            return
        point = self._to_box(pos)
        x, y = self._ink[-1]
        if abs(point[0] - x) + abs(point[1] - y) >= NEAREST:
            self._ink.append(point)
            self._tip = pos
            if not self.tapping:
                kit.sound.play("scratch", 0.25) if len(self._ink) % 24 == 2 else None
                self._dust.throw(pos, kit.metrics.unit)

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """The knife is lifted: the cut is judged."""
        ink, self._ink, self._tip = self._ink, [], None
        kit.sound.stop("scratch")
        if not ink:
            return
        if self.tapping:
            self._cut_itself(self.carving.tap(ink[-1]))
            return
        laid = tuple(ink) if self.settle is None else self.settle(tuple(ink))
        cut = self.carving.cut(laid)
        line = _smooth(laid)
        if cut.accepted:
            self.inks.append(line)
        elif cut.reason != "dot":
            self._lost = (line, Tween(0.45))
        self.on_cut(cut)

    def key(self, name: str, kit: Kit) -> bool:
        """Enter or space cuts the next stroke, for those who do not drag."""
        if name not in ("enter", "space") or self.carving.complete:
            return False
        self._settle()
        undone = [i for i in range(len(self.carving.form.strokes)) if i not in self.carving.done]
        stroke = self.carving.form.strokes[undone[0]]
        self._cut_itself(self.carving.tap(stroke[len(stroke) // 2]))
        return True

    def _cut_itself(self, cut: Cut) -> None:
        if cut.accepted:
            self._growing = [self.carving.form.strokes[i] for i in sorted(cut.strokes)]
            self._grow = Tween(0.35)
        self.on_cut(cut)

    def _settle(self) -> None:
        """What was growing is there at once: nobody waits for an animation."""
        if self._growing:
            self.inks += self._growing
            self._growing = []

    def _to_box(self, pos: tuple[int, int]) -> tuple[float, float]:
        return (pos[0] - self.rect.x) * 100 / self.rect.w, (pos[1] - self.rect.y) * 100 / self.rect.h

    def _to_canvas(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.rect.x + point[0] * self.rect.w / 100, self.rect.y + point[1] * self.rect.h / 100

    # --- the picture ----------------------------------------------------------------------------------

    def update(self, dt: float, kit: Kit) -> None:
        """Dust falls, strokes that cut themselves grow, refused ink fades."""
        self._dust.step(dt, kit.metrics.unit)
        if self._growing:
            self._grow.step(1.0 if kit.still else dt)
            if self._grow.done:
                self._settle()
        if self._lost is not None:
            self._lost[1].step(dt)
            if self._lost[1].done:
                self._lost = None

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the guide, the ink so far, what is in motion, and the knife."""
        share = cut_share(self.rect.w / kit.metrics.unit)
        if self.corners is not None and not self.guided and not self.revealed:
            self._paint_corners(canvas, kit, self.corners)
        if self.guided or self.revealed:
            self._paint_guide(canvas, share)
        if self._cut_at != self.rect.w:
            self._cuts, self._cut_at = [], self.rect.w
        for ink in self.inks[len(self._cuts) :]:
            self._cuts.append(draw_cuts([ink], self.rect.w, CINNABAR, share))
        for picture in self._cuts:
            picture.put(canvas, self.rect)
        if self._lost is not None:
            line, tween = self._lost
            faded = draw_cuts([line], self.rect.w, WAITING, share)
            faded.surface.set_alpha(round(190 * (1 - ease(tween.share))))
            faded.put(canvas, self.rect)
        for stroke in self._growing:
            part = resample(stroke, 24)[: max(2, round(24 * ease(self._grow.share)))]
            draw_live(canvas, part, self.rect, CINNABAR, share)
            self._dust.throw(self._to_canvas(part[-1]), kit.metrics.unit, 2)
            self._tip = None if self._grow.done else tuple(round(v) for v in self._to_canvas(part[-1]))  # type: ignore[assignment]
        if len(self._ink) > 1 and not self.tapping:
            draw_live(canvas, _smooth(self._ink), self.rect, CINNABAR, share)
        self._dust.paint(canvas)
        if self._tip is not None and (self._growing or (self._ink and not self.tapping)):
            if self._knife is None or self._knife[0] != kit.metrics.unit:
                self._knife = (kit.metrics.unit, knife(kit))
            canvas.blit(self._knife[1], self._tip)

    def _paint_corners(self, canvas: Surface, kit: Kit, box: tuple[float, float, float, float]) -> None:
        """Four pale angles: here the character stood."""
        left, top, right, bottom = box
        arm, thick = max(4, self.rect.w // 18), max(2, kit.px(3))
        for x, y, dx, dy in (
            (left, top, 1, 1),
            (right, top, -1, 1),
            (left, bottom, 1, -1),
            (right, bottom, -1, -1),
        ):
            px, py = (round(v) for v in self._to_canvas((x, y)))
            points = [(px + dx * arm, py), (px, py), (px, py + dy * arm)]
            pygame.draw.lines(canvas, CORNER, False, points, thick)

    def _paint_guide(self, canvas: Surface, share: float) -> None:
        """The strokes that wait, pale; all of them to compare with what was carved."""
        form, done = self.carving.form, self.carving.done
        key = (self.rect.w, id(form), -1 if self.revealed else len(done), bool(self._growing))
        if self._guide is None or self._guide[0] != key:
            growing = set(map(id, self._growing))
            strokes = enumerate(form.strokes)
            waiting = [s for i, s in strokes if self.revealed or i not in done or id(s) in growing]
            self._guide = key, draw_cuts(waiting, self.rect.w, GUIDE, share)
        self._guide[1].put(canvas, self.rect)


def _smooth(ink: Sequence[tuple[float, float]]) -> Polyline:
    """The ink with a finger's tremor taken out: each point the mean of itself and its neighbours."""
    if len(ink) < 4:
        return tuple(ink)
    inner = [
        ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
        for a, b, c in zip(ink, ink[1:], ink[2:], strict=False)
    ]
    return (ink[0], *inner, ink[-1])
