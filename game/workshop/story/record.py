"""A play written to disk: a contact sheet with one picture a beat, or an animated WebP."""

from __future__ import annotations

from pathlib import Path

import pygame
from PIL import Image
from pygame import Surface

from game.workshop.story.picture import Painter
from game.workshop.story.telling import Telling
from game.workshop.trouble import Trouble

COLUMNS = 3
GAP = 12  # pixels between the pictures of a sheet
RATE = 12  # pictures a second of a video


def sheet(painter: Painter, telling: Telling, out: Path) -> int:
    """One picture for the end of each beat, in rows of three, as PNG; how many there are."""
    if out.suffix.lower() != ".png":
        raise Trouble(f"{out}: a contact sheet is a .png")
    count = len(telling.score.beats)
    columns = min(COLUMNS, count)
    wide, high = painter.size
    rows = -(-count // columns)
    whole = Surface((columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP))
    whole.fill((24, 19, 16))
    for i in range(count):
        at = GAP + i % columns * (wide + GAP), GAP + i // columns * (high + GAP)
        whole.blit(painter.paint(telling, 0.0, i), at)
    out.write_bytes(b"")  # an unwritable place is told as such, not in SDL's words
    pygame.image.save(whole, str(out))
    return count


def video(painter: Painter, telling: Telling, out: Path, rate: int = RATE) -> int:
    """The whole play at `rate` pictures a second, looping, without its questions; how many pictures.

    Pictures go to the encoder one by one: a minute of play is never held in memory whole.
    """
    if out.suffix.lower() != ".webp":
        raise Trouble(f"{out}: a video is a .webp")
    count = max(1, round(telling.score.duration * rate))

    def picture(i: int) -> Image.Image:
        drawn = painter.paint(telling, i / rate)
        return Image.frombytes("RGB", drawn.get_size(), pygame.image.tobytes(drawn, "RGB"))

    rest = (picture(i) for i in range(1, count))
    picture(0).save(
        out,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=round(1000 / rate),
        loop=0,
        quality=70,
        method=0,
    )
    return count
