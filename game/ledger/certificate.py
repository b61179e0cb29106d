"""An award's certificate: one A4 page as PDF, with a QR code that leads to the page which verifies it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF

from game.ledger.awards import NAMES

INK, CINNABAR, BRONZE, BONE = (42, 33, 27), (178, 58, 42), (74, 112, 96), (247, 240, 226)
FACE = "Shiqi"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on it: `kind` as in awards.KINDS, whose (`winner`), of which `organisation` and `period`,
    the `place`, the day it was `given` ("2026-12-01"), and `verify`, the address that says it is true."""

    kind: str
    winner: str
    organisation: str
    period: str
    place: int
    given: str
    verify: str


def pdf(told: Certificate, font: Path) -> bytes:
    """The page. `font` is a TrueType font with Chinese; only the glyphs used go into the file."""
    page = FPDF("L", "mm", "A4")
    page.set_auto_page_break(False)
    page.add_page()
    page.add_font(FACE, fname=font)
    width, height = page.w, page.h
    page.set_fill_color(*BONE)
    page.rect(0, 0, width, height, "F")
    for inset, thick, colour in ((9, 1.2, BRONZE), (12, 0.3, BRONZE)):
        page.set_draw_color(*colour)
        page.set_line_width(thick)
        page.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    chinese, english = NAMES[told.kind]
    when = told.period.replace("-", "年") + ("月" if "-" in told.period else "年")
    for text, size, y, colour in (
        ("识 契 · 甲骨文学习", 16, 30, BRONZE),
        (chinese, 46, 52, CINNABAR),
        (english, 15, 70, INK),
        (told.winner, 30, 96, INK),
        (f"{told.organisation}　{when}　第 {told.place} 名", 17, 120, INK),
        (f"{told.organisation}, {told.period}, place {told.place}", 12, 131, INK),
        (told.given, 13, 182, INK),
    ):
        page.set_font(FACE, size=size)
        page.set_text_color(*colour)
        page.set_xy(20, y - size * 0.35)
        page.cell(width - 40, size * 0.7, text, align="C")
    _seal(page, width / 2, 160)
    _qr(page, told.verify, width - 58, height - 61, 36)
    page.set_font(FACE, size=8)
    for text, y in (("扫码查验 Scan to verify", 24), (told.verify.rpartition("/")[2], 20)):
        page.set_xy(width - 75, height - y)
        page.cell(70, 4, text, align="C")
    return bytes(page.output())


def _seal(page: FPDF, x: float, y: float, size: float = 22) -> None:
    """The red seal of the game around a point: 识契, read downwards."""
    page.set_fill_color(*CINNABAR)
    left, top = x - size / 2, y - size / 2
    page.rect(left, top, size, size, "F", round_corners=True, corner_radius=2.5)
    page.set_draw_color(*BONE)
    page.set_line_width(0.35)
    page.rect(left + 1.4, top + 1.4, size - 2.8, size - 2.8, "D", round_corners=True, corner_radius=1.6)
    page.set_font(FACE, size=24)
    page.set_text_color(*BONE)
    for sign, middle in (("识", y - 4.6), ("契", y + 4.6)):
        page.set_xy(left, middle - 4.5)
        page.cell(size, 9, sign, align="C")
    page.set_text_color(*INK)


def _qr(page: FPDF, address: str, x: float, y: float, size: float) -> None:
    code = io.BytesIO()
    dark, light = (f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (INK, BONE))
    made = segno.make(address, error="m", micro=False)
    made.save(code, kind="png", scale=8, border=2, dark=dark, light=light)
    code.seek(0)
    page.image(code, x, y, size, size)
