"""The stage on the canvas: draws a `game.stage` frame, actors as carved glyphs on a slab of bone.

An actor is drawn from its strokes once for each look (form, lit part, size class) and kept as a picture
about its middle; placing, sizing, turning, mirroring and fading are done to that picture in C. Only a
carving or a morph draws strokes in a frame.
"""

import math
from collections.abc import Hashable, Sequence
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
from game.ui.carved import CINNABAR, INKED, Cut, Picture, draw_cuts, draw_live
from game.ui.kit import Kit
from game.ui.shelf import Shelf
from game.ui.theme import cut_share

CLASSES: Final = (48, 72, 108, 160, 240, 360, 540, 810)
"""Sizes in pixels at which actors are drawn; between them a picture is scaled down."""
MORPH_STEPS: Final = 24
LOOKS_BYTES: Final = 16_000_000
PLACED_BYTES: Final = 10_000_000
MELTING: Final = Cut(INKED.body, INKED.core, relief=False)
"""What goes over into something else is drawn flat: it is never the same for two frames."""
Look = tuple[Hashable, int, Surface]
"""A picture of an actor about the middle of its glyph's box: its key, the box's size, the pixels."""


class StageView:
    """Draws frames into a 4:3 box and keeps what it drew. Not a widget: the play's widget owns one."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._looks = Shelf(LOOKS_BYTES)
        self._placed = Shelf(PLACED_BYTES)
        self._morphs: dict[tuple[str, str, str], Morph] = {}

    def forget(self) -> None:
        """Lets go of everything it drew."""
        self._looks.clear()
        self._placed.clear()

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
                look = self._look(pose, size, f"part{i}", part.strokes, INKED)
                at = centre[0] + dx * size, centre[1] + dy * size
                self._put(canvas, look, pose, size, at, pose.turn + spin)
        elif pose.lit is not None:
            rest = [s for part in form.parts if part.name != pose.lit for s in part.strokes]
            lit = [s for part in form.parts if part.name == pose.lit for s in part.strokes]
            for name, strokes, cut in (("rest", rest, INKED), ("lit", lit, CINNABAR)):
                look = self._look(pose, size, f"{name} {pose.lit}", strokes, cut)
                self._put(canvas, look, pose, size, centre, pose.turn)
        elif 0 < self._blend(pose) < MORPH_STEPS and pose.alpha > 0.99:
            for stroke in form.strokes:
                self._live(canvas, stroke, pose, size, centre, MELTING)
        else:
            look = self._look(pose, size, "", form.strokes, INKED)
            self._put(canvas, look, pose, size, centre, pose.turn)

    def _carving(
        self, canvas: Surface, pose: Pose, form: Form, size: float, centre: tuple[float, float]
    ) -> None:
        """The strokes carved so far as one kept picture, the one in hand drawn for this frame."""
        grown = grow(form.strokes, pose.carved)
        if not grown:
            return
        if len(grown) > 1:
            look = self._first(pose, form, size, len(grown) - 1)
            self._put(canvas, look, pose, size, centre, pose.turn)
        if len(grown[-1][1]) > 1:
            self._live(canvas, grown[-1][1], pose, size, centre, INKED)

    def _live(
        self,
        canvas: Surface,
        stroke: Polyline,
        pose: Pose,
        size: float,
        centre: tuple[float, float],
        cut: Cut,
    ) -> None:
        """A stroke that is another one in every frame, turned and mirrored as the pose says."""
        spot = Rect(0, 0, round(size), round(size))
        spot.center = round(centre[0]), round(centre[1])
        wide = -pose.squeeze if pose.flip else pose.squeeze
        c, s = math.cos(math.radians(pose.turn)), math.sin(math.radians(pose.turn))
        points = tuple(
            (50 + (x - 50) * wide * c - (y - 50) * s, 50 + (x - 50) * wide * s + (y - 50) * c)
            for x, y in stroke
        )
        draw_live(canvas, points, spot, cut, cut_share(size / self.kit.metrics.unit))

    # --- pictures -----------------------------------------------------------------------------------------

    def _key(self, pose: Pose, size: float, name: str) -> tuple[Hashable, int]:
        drawn_at = next((c for c in CLASSES if c >= size), CLASSES[-1])
        return (pose.char, pose.script, pose.into, self._blend(pose), name, drawn_at), drawn_at

    @staticmethod
    def _blend(pose: Pose) -> int:
        """How far a morph is, in steps; 0 without one."""
        return round(pose.blend * MORPH_STEPS) if pose.into else 0

    def _cuts(self, strokes: Sequence[Polyline], drawn_at: int, cut: Cut) -> Picture:
        return draw_cuts(strokes, drawn_at, cut, cut_share(drawn_at / self.kit.metrics.unit))

    def _look(self, pose: Pose, size: float, name: str, strokes: Sequence[Polyline], cut: Cut) -> Look:
        """A picture of the strokes in the class of `size`, about the middle of the glyph's box."""
        key, drawn_at = self._key(pose, size, name)
        kept = self._looks.get(key)
        if kept is None:
            look = cut if self._blend(pose) in (0, MORPH_STEPS) else Cut(cut.body, cut.core, relief=False)
            kept = self._looks.put(key, centred(self._cuts(strokes, drawn_at, look), drawn_at, cut))
        return key, drawn_at, kept

    def _first(self, pose: Pose, form: Form, size: float, count: int) -> Look:
        """The first strokes of a form, one laid over the other as they were carved."""
        key, drawn_at = self._key(pose, size, f"first {count}")
        kept = self._looks.get(key)
        if kept is None:
            kept = centred(self._cuts([form.strokes[count - 1]], drawn_at, INKED), drawn_at, INKED)
            if count > 1:
                under = self._first(pose, form, size, count - 1)[2]
                kept = laid(under, kept)
            self._looks.put(key, kept)
        return key, drawn_at, kept

    def _put(
        self,
        canvas: Surface,
        look: Look,
        pose: Pose,
        size: float,
        centre: tuple[float, float],
        turn: float,
    ) -> None:
        """The picture at its size, mirrored, squeezed, turned and faded as the pose says."""
        name, drawn_at, picture = look
        # Whole pixels and degrees: who stands still between two frames is not worked out again.
        how = (round(size), pose.flip, round(pose.squeeze, 2), round(turn) % 360)
        shown = self._placed.get((name, how))
        if shown is None:
            shown = self._placed.put((name, how), _turned(picture, drawn_at, *how))
        shown.set_alpha(round(255 * pose.alpha))
        x, y = centre[0] - shown.get_width() / 2, centre[1] - shown.get_height() / 2
        canvas.blit(shown, (round(x), round(y)))

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


def centred(picture: Picture, drawn_at: int, cut: Cut) -> Surface:
    """The picture with as much room to either side of the box's middle: no larger than its ink needs."""
    ink, half = picture.surface, drawn_at // 2
    wide = max(half - picture.dx, picture.dx + ink.get_width() - half, 1)
    tall = max(half - picture.dy, picture.dy + ink.get_height() - half, 1)
    room = Surface((2 * wide, 2 * tall), pygame.SRCALPHA).convert_alpha()
    room.fill((*cut.body, 0))
    room.blit(ink, (wide - half + picture.dx, tall - half + picture.dy))
    return room


def laid(under: Surface, over: Surface) -> Surface:
    """Both pictures, their middles on one another."""
    size = max(under.get_width(), over.get_width()), max(under.get_height(), over.get_height())
    room = Surface(size, pygame.SRCALPHA).convert_alpha()
    room.fill((*INKED.body, 0))
    for picture in (under, over):
        room.blit(picture, ((size[0] - picture.get_width()) // 2, (size[1] - picture.get_height()) // 2))
    return room


def _turned(picture: Surface, drawn_at: int, size: int, flip: bool, squeeze: float, turn: int) -> Surface:
    shown = transform.flip(picture, True, False) if flip else picture
    share = size / drawn_at
    scaled = (
        max(1, round(picture.get_width() * share * max(0.04, squeeze))),
        max(1, round(picture.get_height() * share)),
    )
    if scaled != picture.get_size():
        shown = transform.smoothscale(shown, scaled)
    if turn:
        shown = transform.rotozoom(shown, -turn, 1.0)
    return shown if shown is not picture else picture.copy()


def form_of(glyph: Glyph, script: str) -> Form | None:
    """A glyph's form by the name of its script; the oracle form where that script was not drawn."""
    found: Form | None = getattr(glyph, script, None)
    return found or glyph.oracle
