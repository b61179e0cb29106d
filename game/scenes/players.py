"""Who plays: the seals on this device, and cutting a new one. No name is asked for, nothing is typed."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pygame import Rect, Surface

from game.scenes.frame import halves, header
from game.session import Player
from game.ui import theme
from game.ui.carved import CINNABAR, INKED
from game.ui.kit import Kit
from game.ui.layout import Part, aspect, column, grid, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.seal import SealButton, paint_seal
from game.ui.theme import cut_share
from game.ui.widget import Action, Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App

SEAL_GLYPHS: Final = "日月山水雨木林明人大口目羊牛犬鱼鹿虎象子舟车门田"
FEWEST, MOST = 2, 3


class Players(Scene):
    """All seals on this device: tap one to play as its owner. From the title that is two taps."""

    name = "players"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self.players: list[Player] | None = None
        """None until they are read: nothing may move under a finger."""
        self._scroll = Scroll()

    def heading(self) -> str:
        """The question."""
        return self.kit.t("players.title")

    async def enter(self) -> None:
        """Reads whose journals are here."""
        self.players = await self.app.session.players()
        self.invalidate()

    def build(self) -> list[Widget]:
        """A grid of seals, the last one empty: a new player."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        note, seals = column(body, [kit.px(64), Part()], kit.px(16))
        widgets.append(Label(note, kit.t("players.note"), theme.ASIDE, theme.TEXT_SECOND, id="note"))
        if self.players is None:
            return widgets
        columns = max(3, seals.w // kit.px(190))
        side = (seals.w - (columns - 1) * kit.px(24)) // columns
        side = min(side, kit.px(180))
        places = grid(seals, columns, len(self.players) + 1, side, kit.px(24))
        now = self.app.session.player
        children: list[Widget] = []
        for player, place in zip(self.players, places, strict=False):
            label = kit.t("players.seal", seal=player.seal)
            if now is not None and player.id == now.id:
                label = kit.t("players.current", seal=player.seal)
            children.append(
                SealButton(aspect(place, 1), f"player-{player.id}", label, player.seal, self._switch(player))
            )
        new = aspect(places[-1], 1)
        children.append(SealButton(new, "new", kit.t("players.new"), "", self._new))
        return [*widgets, *self._scroll.fill(seals, children, places[-1].bottom - seals.y + kit.px(8))]

    def _switch(self, player: Player) -> Action:
        async def switch() -> None:
            await self.app.session.switch(player.id)
            self.app.home()

        return switch

    def _new(self) -> None:
        self.app.replace(NewSeal(self.app, self.app.home))


class _Pick(Widget):
    """A glyph to put on the seal."""

    role = "checkbox"

    def __init__(self, rect: Rect, char: str, gloss: str, chosen: bool, action: Action) -> None:
        super().__init__(rect, f"pick-{char}", f"{char} {gloss}", action)
        self.char, self.checked = char, chosen

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """A chip of bone with the glyph; chosen it has a cinnabar rim."""
        box = self.rect
        if self.checked:
            canvas.blit(
                kit.pill(box.inflate(kit.px(8), kit.px(8)).size, theme.CINNABAR, 15),
                box.inflate(kit.px(8), kit.px(8)),
            )
        canvas.blit(kit.slab(box.size, self.id, 12, 0.2), box)
        form = kit.library.glyph(self.char).oracle
        if form is not None:
            side = min(box.w, box.h) - kit.px(20)
            spot = Rect(box.centerx - side // 2, box.centery - side // 2, side, side)
            cut = CINNABAR if self.checked else INKED
            kit.engraver.form(form, side, cut, cut_share(side / kit.metrics.unit)).put(canvas, spot)


class _Face(Widget):
    """The seal as it stands."""

    role = "img"

    def __init__(self, rect: Rect, label: str, seal: str) -> None:
        super().__init__(rect, "seal", label)
        self.seal = seal

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws it with its shadow."""
        reach = kit.px(22)
        canvas.blit(
            kit.shadow(self.rect.size, 20), (self.rect.x - reach + kit.px(7), self.rect.y - reach + kit.px(7))
        )
        paint_seal(canvas, kit, self.rect, self.seal, plus=False)


class NewSeal(Scene):
    """Choosing the two or three glyphs of a seal; `then` is called when it is cut."""

    name = "new-seal"

    def __init__(self, app: "App", then: Callable[[], None]) -> None:
        super().__init__(app)
        self.then = then
        self.seal = ""
        self._scroll = Scroll()
        self._rng = random.Random(int.from_bytes(app.host.random_bytes(4), "big"))

    def heading(self) -> str:
        """The invitation."""
        return self.kit.t("players.make")

    def build(self) -> list[Widget]:
        """The seal as it stands, the glyphs to choose from, chance, and the main action."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        upper, lower = halves(self, body, 0.3)
        note, face = column(upper, [kit.px(76), Part()], kit.px(8))
        side = min(face.w, face.h, kit.px(330)) - kit.px(8)
        label = kit.t("players.seal", seal=self.seal or "—")
        widgets.append(Label(note, kit.t("players.make_note"), theme.ASIDE, theme.TEXT_SECOND, id="note"))
        widgets.append(
            _Face(
                aspect(face, 1).inflate(side - min(face.w, face.h), side - min(face.w, face.h)),
                label,
                self.seal,
            )
        )
        picks, buttons = column(lower, [Part(), kit.px(64)], kit.px(20))
        columns = 6 if picks.w > kit.px(480) else 5
        chars = [c for c in SEAL_GLYPHS if kit.library.has_glyph(c)]
        high = min((picks.w - (columns - 1) * kit.px(14)) // columns, kit.px(104))
        places = grid(picks, columns, len(chars), high, kit.px(14))
        children: list[Widget] = []
        for char, place in zip(chars, places, strict=True):
            gloss = kit.words(kit.library.character(char).gloss)
            children.append(_Pick(place, char, gloss, char in self.seal, self._toggle(char)))
        widgets += self._scroll.fill(picks, children, places[-1].bottom - picks.y + kit.px(6))
        chance, done = row(buttons, [Part(), Part()], kit.px(16))
        make = Button(done, "make", kit.t("players.done"), self._make, main=True)
        make.enabled = FEWEST <= len(self.seal) <= MOST
        return [*widgets, Button(chance, "chance", kit.t("players.chance"), self._chance), make]

    def _toggle(self, char: str) -> Action:
        def toggle() -> None:
            if char in self.seal:
                self.seal = self.seal.replace(char, "")
            else:
                self.seal = (self.seal + char)[-MOST:]
            self.invalidate()

        return toggle

    def _chance(self) -> None:
        self.seal = "".join(self._rng.sample(SEAL_GLYPHS, self._rng.choice((2, 3))))
        self.invalidate()

    async def _make(self) -> None:
        await self.app.session.begin(self.seal)
        self.kit.sound.play("bell2", 0.6)
        self.app.scenes.pop()
        self.then()
