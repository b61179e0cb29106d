"""A glyph being carved: which strokes show, and how much of them."""

from collections.abc import Sequence

from game.glyphs.path import Polyline, head, length

# A dot takes as long as a cut of this many units, or it would only flash.
_LEAST = 5.0


def grow(strokes: Sequence[Polyline], fraction: float) -> list[tuple[int, Polyline]]:
    """The glyph carved to `fraction` (0..1, clamped): (stroke number, what is cut of it), one after another.

    Each stroke takes time in proportion to its length. Finished strokes come back as they are, the last one
    may be partial, strokes not begun are left out. The final item is where the knife is.
    """
    if fraction >= 1:
        return list(enumerate(strokes))
    weights = [max(length(s), _LEAST) for s in strokes]
    left = fraction * sum(weights)
    out: list[tuple[int, Polyline]] = []
    for i, (stroke, weight) in enumerate(zip(strokes, weights, strict=True)):
        if left <= 0:
            break
        out.append((i, head(stroke, left / weight)))
        left -= weight
    return out
