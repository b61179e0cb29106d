"""Line breaking for mixed Chinese and English text, without a font: the caller says how wide a text is.

Rules after GB/T 15834 and W3C *Requirements for Chinese Text Layout* (§3.1.3, line-start and line-end
prohibition): no closing mark at a line's start, no opening mark at its end; Latin words stay whole.
"""

from collections.abc import Callable
from typing import Final

NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】’”…—·,.;:?!)]}%‰℃")
NEVER_LAST: Final = frozenset("（《「『【‘“([{")


def pieces(text: str) -> list[str]:
    """The smallest runs between which a line may break; a run ends with its spaces."""
    runs: list[str] = []
    for char in text:
        last = runs[-1] if runs else ""
        glued = bool(last) and (
            char in NEVER_FIRST
            or last[-1] in NEVER_LAST
            or char == " "
            or (_latin(char) and _latin(last[-1]))
        )
        if glued:
            runs[-1] += char
        else:
            runs.append(char)
    return runs


def _latin(char: str) -> bool:
    return char > " " and char < "⺀" and char not in "·—…‘’“”"


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of `text` no wider than `width` where a break is allowed; newlines in the text are kept.

    A run longer than a line on its own (a very long word) is cut between letters rather than overflow.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for run in pieces(paragraph):
            if not line or measure((line + run).rstrip()) <= width:
                line += run
            else:
                lines.append(line.rstrip())
                line = run
            while len(line) > 1 and measure(line.rstrip()) > width:
                cut = len(line) - 1
                while cut > 1 and measure(line[:cut]) > width:
                    cut -= 1
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line.rstrip())
    return lines
