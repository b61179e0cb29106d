"""A row of characters on one slab: their glyphs, or the regular form where none is drawn, and why."""

from pygame import Rect

from game.content.library import Library
from game.ui import theme
from game.ui.glyph_widgets import BoneSlab, GlyphView
from game.ui.kit import Kit
from game.ui.widget import Widget
from game.ui.widgets import Label


def undrawn_label(library: Library, char: str) -> str:
    """The string under a character without a drawn oracle form.

    "No oracle form is known" is a claim about the script, so it is made only where the content declares it
    (levels/characters, `oracle_known: false`, with its sources); otherwise it is just not carved here.
    """
    return "no_oracle.label" if library.oracle_unseen(char) else "no_oracle.undrawn"


def glyph_row(
    kit: Kit,
    box: Rect,
    chars: str,
    seed: str,
    carving: bool = False,
    keep: dict[str, Widget] | None = None,
    names: bool = True,
) -> list[Widget]:
    """The slab, the glyphs in it from left to right (two rows where it is narrow), each with its modern form.

    `keep` holds views between rebuilds, so that a carving one does not begin again.
    """
    keep = {} if keep is None else keep
    widgets: list[Widget] = [BoneSlab(box, seed)]
    inner = box.inflate(-kit.px(56), -kit.px(40))
    count = len(chars)
    columns = count if inner.w * 1.0 > inner.h * 1.25 or count < 4 else 2
    rows = -(-count // columns)
    label_high = kit.px(44) if names else 0
    side = min(inner.w // columns - kit.px(16), inner.h // rows - label_high - kit.px(10), kit.px(260))
    for i, char in enumerate(chars):
        x = inner.x + (i % columns + 0.5) * inner.w / columns
        y = inner.y + (i // columns + 0.5) * inner.h / rows - label_high / 2
        spot = Rect(round(x - side / 2), round(y - side / 2), side, side)
        glyph = kit.library.glyph(char) if kit.library.has_glyph(char) else None
        if glyph is not None and glyph.oracle is not None:
            key = f"{seed}{i}"
            view = keep.get(key)
            if not isinstance(view, GlyphView):
                view = keep[key] = GlyphView(spot, f"glyph-{i}", char, glyph.oracle, carving=carving)
            view.rect = spot
            widgets.append(view)
        else:
            widgets.append(
                Label(
                    spot,
                    char,
                    side / kit.metrics.unit * 0.8,
                    theme.INK_SOFT,
                    "serif",
                    "centre",
                    f"glyph-{i}",
                    True,
                )
            )
        if names:
            below = Rect(round(x - side / 2), spot.bottom + kit.px(4), side, label_high)
            known = glyph is not None and glyph.oracle is not None
            text = char if known else kit.t(undrawn_label(kit.library, char))
            units = 26 if known else 16
            widgets.append(Label(below, text, units, theme.INK, "serif", "centre", middle=True))
    return widgets
