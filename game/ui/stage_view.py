"""The stage on the canvas: draws a `game.stage` frame, actors as carved glyphs on a slab of bone.

An actor is drawn from its strokes once for each look (form, lit part, size class) and kept as a square
picture about its middle; placing, sizing, turning, mirroring and fading are done to that picture in C. Only
a carving or a morph draws strokes in a frame.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import pygame
from pygame import Rect, Surface, transform

from game.content.model import Glyph
from game.glyphs.form import Form
from game.glyphs.growth import grow
from game.glyphs.morph import Morph
from game.glyphs.path import Polyline
from game.stage.pose import Frame, Pose
from game.stage.scatter import flight
from game.ui.carved import CINNABAR, INKED, Cut, draw_cuts, draw_live
from game.ui.kit import Kit
from game.ui.theme import cut_share

CLASSES: Final = (48, 72, 108, 160, 240, 360, 540, 810)
"""Sizes in pixels at which actors are drawn; between them a picture is scaled down."""
ROOM: Final = 1.16
"""Side of a picture in glyph boxes: room for the width of cuts at the rim."""
MORPH_STEPS: Final = 24
KEPT_PICTURES: Final = 160
KEPT_PLACED: Final = 80


class StageView:
    """Draws frames into a 4:3 box and keeps what it drew. Not a widget: the play's widget owns one."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._kept: OrderedDict[tuple[object, ...], Surface] = OrderedDict()
        self._placed: OrderedDict[tuple[int, int, bool, float, int], tuple[Surface, Surface]] = OrderedDict()
        self._morphs: dict[tuple[str, str, str], Morph] = {}

    def paint(self, canvas: Surface, box: Rect, frame: Frame) -> None:
        """Draws all poses, back to front, cut off at the box."""
        clip = canvas.get_clip()
        canvas.set_clip(box.clip(clip))
        for pose in frame.poses:
            self._paint(canvas, box, pose)
        canvas.set_clip(clip)

    def _paint(self, canvas: Surface, box: Rect, pose: Pose) -> None:
        form = self._form(pose)
        if form is None:
            return
        size = max(8.0, pose.size * box.h / 100)
        centre = box.x + pose.x * box.w / 100, box.y + pose.y * box.h / 100
        if pose.carved < 1:
            self._carving(canvas, pose, form, size, centre)
        elif pose.scatter > 0:
            for i, part in enumerate(form.parts):
                dx, dy, spin = flight(pose.actor, i, len(form.parts), pose.scatter)
                picture = self._look(pose, form, size, f"part{i}", part.strokes, INKED)
                at = centre[0] + dx * size, centre[1] + dy * size
                self._put(canvas, picture, pose, size, at, pose.turn + spin)
        elif pose.lit is not None:
            rest = [s for part in form.parts if part.name != pose.lit for s in part.strokes]
            lit = [s for part in form.parts if part.name == pose.lit for s in part.strokes]
            for name, strokes, cut in (("rest", rest, INKED), ("lit", lit, CINNABAR)):
                picture = self._look(pose, form, size, f"{name} {pose.lit}", strokes, cut)
                self._put(canvas, picture, pose, size, centre, pose.turn)
        else:
            self._put(
                canvas, self._look(pose, form, size, "", form.strokes, INKED), pose, size, centre, pose.turn
            )

    def _carving(
        self, canvas: Surface, pose: Pose, form: Form, size: float, centre: tuple[float, float]
    ) -> None:
        """The strokes carved so far as kept pictures, the one in hand drawn for this frame."""
        grown = grow(form.strokes, pose.carved)
        if not grown:
            return
        for i, _ in grown[:-1]:
            picture = self._look(pose, form, size, f"stroke {i}", [form.strokes[i]], INKED)
            self._put(canvas, picture, pose, size, centre, pose.turn)
        last = grown[-1][1]
        if len(last) > 1:
            if pose.flip:
                last = tuple((100 - x, y) for x, y in last)
            spot = Rect(0, 0, round(size), round(size))
            spot.center = round(centre[0]), round(centre[1])
            draw_live(canvas, last, spot, INKED, cut_share(size / self.kit.metrics.unit))

    def _look(
        self, pose: Pose, form: Form, size: float, name: str, strokes: Sequence[Polyline], cut: Cut
    ) -> Surface:
        """A square picture of the strokes in the class of `size`, about the middle of the glyph's box."""
        drawn_at = next((c for c in CLASSES if c >= size), CLASSES[-1])
        blend = round(pose.blend * MORPH_STEPS) if pose.into else 0
        key = (pose.char, pose.script, pose.into, blend, name, drawn_at)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        side = round(drawn_at * ROOM)
        picture = Surface((side, side), pygame.SRCALPHA).convert_alpha()
        picture.fill((*cut.body, 0))
        inset = (side - drawn_at) // 2
        look = cut if not 0 < blend < MORPH_STEPS else Cut(cut.body, cut.core, relief=False)
        cuts = draw_cuts(strokes, drawn_at, look, cut_share(drawn_at / self.kit.metrics.unit))
        picture.blit(cuts.surface, (inset + cuts.dx, inset + cuts.dy))
        self._kept[key] = picture
        if len(self._kept) > KEPT_PICTURES:
            self._kept.popitem(last=False)
        return picture

    def _put(
        self,
        canvas: Surface,
        picture: Surface,
        pose: Pose,
        size: float,
        centre: tuple[float, float],
        turn: float,
    ) -> None:
        """The picture at its size, mirrored, squeezed, turned and faded as the pose says."""
        # Whole pixels and degrees: who stands still between two frames is not worked out again.
        key = (id(picture), round(size), pose.flip, round(pose.squeeze, 2), round(turn))
        kept = self._placed.get(key)
        if kept is None:
            kept = self._placed[key] = picture, self._turned(picture, *key[1:])
            if len(self._placed) > KEPT_PLACED:
                self._placed.popitem(last=False)
        else:
            self._placed.move_to_end(key)
        shown = kept[1]
        shown.set_alpha(round(255 * pose.alpha))
        x, y = centre[0] - shown.get_width() / 2, centre[1] - shown.get_height() / 2
        canvas.blit(shown, (round(x), round(y)))

    @staticmethod
    def _turned(picture: Surface, size: int, flip: bool, squeeze: float, turn: int) -> Surface:
        side = round(size * ROOM)
        shown = transform.flip(picture, True, False) if flip else picture
        if squeeze < 0.995 or side != picture.get_width():
            shown = transform.smoothscale(shown, (max(1, round(side * max(0.04, squeeze))), side))
        if turn % 360:
            shown = transform.rotozoom(shown, -turn, 1.0)
        return shown if shown is not picture else picture.copy()

    # --- which form ---------------------------------------------------------------------------------------

    def _form(self, pose: Pose) -> Form | None:
        library = self.kit.library
        now = form_of(library.glyph(pose.char), pose.script)
        if pose.into is None or pose.blend <= 0 or now is None:
            return now
        if pose.into in ("picture", "bronze", "seal", "oracle"):
            later = form_of(library.glyph(pose.char), pose.into)
        else:
            later = form_of(library.glyph(pose.into), "oracle")
        if later is None:
            return now
        if pose.blend >= 1:
            return later
        key = (pose.char, pose.script, pose.into)
        if key not in self._morphs:
            self._morphs[key] = Morph(now, later)
        return self._morphs[key].at(round(pose.blend * MORPH_STEPS) / MORPH_STEPS)


def form_of(glyph: Glyph, script: str) -> Form | None:
    """A glyph's form by the name of its script; the oracle form where that script was not drawn."""
    found: Form | None = getattr(glyph, script, None)
    return found or glyph.oracle
