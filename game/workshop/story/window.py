"""The author's window: the play, its time bar, the list of beats; saved changes show at once."""

from __future__ import annotations

import pygame
from pygame import Rect, Surface

from game.ui import theme
from game.ui.kit import Kit
from game.workshop.story.picture import Painter
from game.workshop.story.telling import Watched

SIZE = (1280, 720)
STAGE = 800  # pixels
BAR = Rect(20, 712 - 16, STAGE - 40, 8)
LIST = Rect(STAGE + 16, 16, SIZE[0] - STAGE - 32, 560)
FAULT = Rect(STAGE + 16, 590, SIZE[0] - STAGE - 32, 120)


class Desk:
    """What the window holds: `time` in seconds, whether it plays, and the file it watches."""

    def __init__(self, kit: Kit, watched: Watched) -> None:
        self.kit, self.watched = kit, watched
        self.time = 0.0
        self.playing = True
        self.held = False
        self._painter = Painter(kit, STAGE - 60)
        self._since = 0.0

    def step(self, dt: float) -> None:
        """Lets time pass; looks at the file twice a second. At its end the play begins again."""
        self._since += dt
        if self._since >= 0.5:
            self._since = 0.0
            if self.watched.look():
                print(self.watched.fault or f"read again: {self.watched.path.name}", flush=True)
        length = self.watched.telling.score.duration
        if self.playing and not self.held:
            self.time = self.time + dt if self.time + dt < length else 0.0
        self.time = min(self.time, length)

    def rows(self) -> list[Rect]:
        """Where each beat stands in the list."""
        high = min(40, LIST.h // max(1, len(self.watched.telling.score.beats)))
        return [
            Rect(LIST.x, LIST.y + i * high, LIST.w, high)
            for i in range(len(self.watched.telling.score.beats))
        ]

    def event(self, event: pygame.event.Event) -> bool:
        """A key or the mouse; False to close. Space stops, arrows step a second or a beat."""
        told = self.watched.telling.score
        if event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE):
            return False
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            if BAR.inflate(16, 28).collidepoint(event.pos):
                self.held = True
            for row, beat in zip(self.rows(), told.beats, strict=True):
                if row.collidepoint(event.pos):
                    self.time = beat.start
        elif event.type == pygame.MOUSEBUTTONUP:
            self.held = False
        if self.held and event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION):
            self.time = min(1.0, max(0.0, (event.pos[0] - BAR.x) / BAR.w)) * told.duration
        if event.type == pygame.KEYDOWN:
            now = told.at(self.time).beat
            if event.key == pygame.K_SPACE:
                self.playing = not self.playing
            elif event.key in (pygame.K_LEFT, pygame.K_RIGHT):
                by = 1.0 if event.key == pygame.K_RIGHT else -1.0
                self.time = min(told.duration, max(0.0, self.time + by))
            elif event.key in (pygame.K_UP, pygame.K_DOWN):
                to = now + (1 if event.key == pygame.K_DOWN else -1)
                self.time = told.beats[min(len(told.beats) - 1, max(0, to))].start
        return True

    def paint(self, canvas: Surface) -> None:
        """Draws everything."""
        telling, type = self.watched.telling, self.kit.type
        canvas.fill((24, 19, 16))
        canvas.blit(self._painter.paint(telling, self.time), (30, 16))
        length = max(0.01, telling.score.duration)
        pygame.draw.rect(canvas, (88, 70, 54), BAR, 0, 4)
        done = round(BAR.w * self.time / length)
        pygame.draw.rect(canvas, theme.CINNABAR, Rect(BAR.x, BAR.y, done, BAR.h), 0, 4)
        for beat in telling.score.beats:
            x = BAR.x + round(BAR.w * beat.start / length)
            pygame.draw.circle(canvas, theme.BONE_SHADE, (x, BAR.centery), 5)
        pygame.draw.circle(canvas, theme.BONE_LIGHT, (BAR.x + done, BAR.centery), 10)
        now = telling.score.at(self.time).beat
        for i, (row, beat) in enumerate(zip(self.rows(), telling.score.beats, strict=True)):
            if i == now:
                pygame.draw.rect(canvas, (70, 54, 42), row, 0, 6)
            text = f"{beat.start:5.1f} s  {i + 1}. {self.kit.words(beat.caption)}"
            while type.width(text, "sans", 17) > row.w - 12:
                text = text[:-2] + "…" if not text.endswith("…") else text[:-3] + "…"
            colour = theme.TEXT if i == now else theme.TEXT_SECOND
            type.block(canvas, text, row.inflate(-12, -2), "sans", 17, colour, "left")
        below = self.watched.fault or "空格 停/演   ←→ 一秒   ↑↓ 一幕"
        size = 17
        while size > 10 and type.height(below, FAULT.w, "sans", size) > FAULT.h:
            size -= 1
        colour = (236, 132, 108) if self.watched.fault else theme.TEXT_SECOND
        type.block(canvas, below, FAULT, "sans", size, colour, "left")


def run(kit: Kit, watched: Watched) -> None:
    """Shows the window until it is closed."""
    canvas = pygame.display.set_mode(SIZE)
    pygame.display.set_caption(f"Shiqi — {watched.path.name}")
    desk, clock = Desk(kit, watched), pygame.time.Clock()
    while all(desk.event(event) for event in pygame.event.get()):
        desk.step(min(0.1, clock.tick(60) / 1000))
        desk.paint(canvas)
        pygame.display.flip()
