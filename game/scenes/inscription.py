"""Reading a real inscription: the glyphs in their columns, each answering a finger, then the questions."""

from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.content.model import Inscription
from game.scenes.theatre import Theatre, paragraphs
from game.ui import theme
from game.ui.carved import CINNABAR, INKED, Cut
from game.ui.glyph_widgets import BoneSlab
from game.ui.kit import Kit
from game.ui.layout import Part, column, row
from game.ui.theme import cut_share
from game.ui.widget import Action, Widget
from game.ui.widgets import Button

if TYPE_CHECKING:
    from game.app import App


class Sign(Widget):
    """One glyph of the inscription, to tap."""

    role = "button"

    def __init__(self, rect: Rect, id: str, char: str, label: str, chosen: bool, action: Action) -> None:
        super().__init__(rect, id, label, action)
        self.char, self.chosen = char, chosen

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The glyph; chosen it is cinnabar, the others are ink."""
        form = kit.library.glyph(self.char).oracle
        side = min(self.rect.size)
        spot = Rect(0, 0, side, side)
        spot.center = self.rect.center
        cut: Cut = CINNABAR if self.chosen else INKED
        if form is not None:
            kit.engraver.form(form, side, cut, cut_share(side / kit.metrics.unit)).put(canvas, spot)


class InscriptionScene(Theatre):
    """One inscription: tap the glyphs, read it whole, answer."""

    def __init__(self, app: "App", piece: Inscription) -> None:
        self.piece = piece
        self.chosen: tuple[int, int] | None = None
        self.reading = False
        super().__init__(app, "inscription", piece.id, None, piece.questions)

    def title(self) -> str:
        """The piece and its period."""
        return f"{self.piece.piece} · {self.kit.words(self.piece.period)}"

    def _signs(self, box: Rect, live: bool) -> list[Widget]:
        """The slab with its columns; the first stands right when columns follow leftwards."""
        kit, piece = self.kit, self.piece
        inner = box.inflate(-kit.px(52), -kit.px(52))
        columns = len(piece.columns)
        tallest = max(len(c) for c in piece.columns)
        side = min(inner.w // columns, inner.h // tallest, kit.px(120))
        left = inner.centerx - side * columns // 2
        widgets: list[Widget] = [BoneSlab(box, "piece")]
        for i, signs in enumerate(piece.columns):
            place = columns - 1 - i if piece.direction == "left" else i
            for j, char in enumerate(signs):
                spot = Rect(left + place * side, inner.y + j * side, side, side).inflate(
                    -side // 6, -side // 6
                )
                chosen = self.chosen == (i, j)
                label = kit.t("inscription.sign", column=i + 1, row=j + 1)
                sign = Sign(spot, f"sign-{i}-{j}", char, label, chosen, self._chooser(i, j))
                sign.enabled = live
                widgets.append(sign)
        return widgets

    def _chooser(self, column: int, row_: int) -> Action:
        def choose() -> None:
            self.chosen = (column, row_)
            entry = self.kit.library.character(self.piece.columns[column][row_])
            self.kit.host.announce(f"{entry.char} {entry.pinyin} {self.kit.words(entry.gloss)}")
            self.kit.host.speak(entry.char, "zh")
            self.kit.sound.play(f"bell{row_ % 6}", 0.25)
            self.invalidate()

        return choose

    def _split(self, body: Rect) -> tuple[Rect, Rect]:
        kit = self.kit
        if kit.metrics.wide:
            left, right = row(body, [Part(1.2), Part(1.0)], kit.px(46))
            return left, right
        upper, lower = column(body, [Part(1.15), Part(1.0)], kit.px(22))
        return upper, lower

    def intro(self, body: Rect) -> list[Widget]:
        """The piece beside what the chosen glyph says, or the whole text."""
        kit, piece = self.kit, self.piece
        upper, lower = self._split(body)
        words, buttons = column(lower, [Part(), kit.px(64)], kit.px(16))
        blocks: list[tuple[str, float, theme.Colour, str]]
        if self.reading:
            blocks = [
                (piece.transcription, 30.0, theme.TEXT, "transcription"),
                (kit.words(piece.modern), theme.READING, theme.TEXT, "modern"),
                (kit.words(piece.about), 19.0, theme.TEXT_SECOND, "about"),
            ]
            if piece.disputed is not None:
                text = f"{kit.t('disputed.label')}：{kit.words(piece.disputed)}"
                blocks.append((text, 17.0, theme.TEXT_SECOND, "disputed"))
        elif self.chosen is None:
            blocks = [
                (kit.t("inscription.title"), 30.0, theme.TEXT, "title"),
                (kit.t(f"inscription.tap_{piece.direction}"), theme.READING, theme.TEXT_SECOND, "about"),
            ]
        else:
            entry = kit.library.character(piece.columns[self.chosen[0]][self.chosen[1]])
            blocks = [
                (f"{entry.char}　{entry.pinyin}", 40.0, theme.TEXT, "character"),
                (kit.words(entry.gloss), theme.READING, theme.TEXT_SECOND, "gloss"),
                (kit.words(entry.why), theme.READING, theme.TEXT, "why"),
            ]
        left, right = row(buttons, [Part(), Part()], kit.px(14))
        key = "inscription.signs" if self.reading else "inscription.whole"
        return [
            *self._signs(upper, True),
            *paragraphs(self, words, blocks),
            Button(left, "whole", kit.t(key), self._whole),
            Button(right, "begin", kit.t("inscription.begin"), self.begin, main=True),
        ]

    def _whole(self) -> None:
        self.reading = not self.reading
        self.invalidate()

    def ending(self, body: Rect) -> list[Widget]:
        """The piece once more, with its reading."""
        kit, piece = self.kit, self.piece
        upper, lower = self._split(body)
        self.chosen = None
        blocks = [
            (kit.t("inscription.you_read"), 30.0, theme.TEXT, "title"),
            (piece.transcription, theme.READING, theme.TEXT, "transcription"),
            (kit.words(piece.modern), theme.READING, theme.TEXT_SECOND, "modern"),
            (kit.t("common.sources", sources="；".join(piece.sources)), 17.0, theme.TEXT_SECOND, "sources"),
        ]
        return [*self._signs(upper, False), *paragraphs(self, lower, blocks)]
