"""One moment of a play as a picture: setting, actors, caption. Opens no window."""

from __future__ import annotations

import pygame
from pygame import Rect, Surface

from game.ui import scenery, theme
from game.ui.kit import Kit
from game.ui.stage_view import StageView
from game.workshop.story.telling import Telling

MARGIN = 0.02
"""Room around the stage, in heights of the stage."""
WORDS = 0.16
"""Height of a caption in heights of the stage."""


class Painter:
    """Draws a telling's moments, `width` pixels wide; keeps what it drew of the actors."""

    def __init__(self, kit: Kit, width: int) -> None:
        self.kit = kit
        self.stage = (width, width * 3 // 4)
        self.size = (width, self.stage[1] + round(self.stage[1] * WORDS))
        self._view = StageView(kit)

    def paint(self, telling: Telling, time: float, beat: int | None = None) -> Surface:
        """The stage at `time` with its caption; with `beat` (from 0) how that beat ends."""
        frame = telling.score.at(time) if beat is None else telling.score.hold(beat)
        canvas = Surface(self.size)
        canvas.fill(theme.BONE_LIGHT)
        box = Rect((0, 0), self.stage)
        scenery.paint(canvas, box, telling.setting)
        self._view.paint(canvas, box, frame)
        words = Rect(0, box.bottom, self.size[0], self.size[1] - box.bottom)
        pygame.draw.rect(canvas, (43, 35, 29), words)
        edge = max(2, round(box.h * MARGIN))
        text = f"{frame.beat + 1}. {self.kit.words(telling.score.beats[frame.beat].caption)}"
        size, room = max(10, box.h // 20), words.inflate(-2 * edge, -edge)
        while size > 8 and self.kit.type.height(text, room.w, "serif", size) > room.h:
            size -= 1
        self.kit.type.block(canvas, text, room, "serif", size, theme.TEXT, "left")
        return canvas
