"""The game was opened with an organisation's join code: nothing is sent unless the player says so."""

from typing import TYPE_CHECKING

from pygame import Rect, Surface

from game.scenes.frame import header
from game.ui import theme
from game.ui.kit import Kit
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

if TYPE_CHECKING:
    from game.app import App

LONGEST = 64


def plain(code: str) -> str:
    """A code from an address: letters, figures and hyphens only, "" if it cannot be a join code."""
    good = 0 < len(code) <= LONGEST and all(
        sign.isascii() and (sign.isalnum() or sign == "-") for sign in code
    )
    return code if good else ""


async def enter(app: "App", code: str, number: str, address: str = "") -> str:
    """Joins, and begins to send; the key of what to tell if it did not work, "" if it did."""
    sync = app.session.sync
    came = await sync.join(code, number, address)
    if came == "joined" and not sync.running:
        app.spawn(sync.run())
    return {"unknown": "settings.join_unknown", "away": "settings.join_offline"}.get(came, "")


class _Plate(Label):
    """The code in cinnabar on a plate of bone."""

    def __init__(self, rect: Rect, code: str) -> None:
        super().__init__(
            rect, code, theme.HEADING * 1.3, theme.CINNABAR_DEEP, align="centre", id="code", middle=True
        )

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """The plate, then the code."""
        canvas.blit(kit.pill(self.rect.size, theme.BONE, 18), self.rect)
        super().paint(canvas, kit)


class Invitation(Scene):
    """The code, what joining means, and the two answers."""

    name = "invitation"

    def __init__(self, app: "App", code: str) -> None:
        super().__init__(app)
        self.code = code
        self._scroll = Scroll()
        self._failed = ""
        """The key of why it did not work, "" if there is nothing to tell."""

    async def enter(self) -> None:
        """Whether the player belongs to an organisation already."""
        await self.app.session.sync.look()
        self.invalidate()

    def heading(self) -> str:
        """The question."""
        return self.kit.t("settings.invited")

    def build(self) -> list[Widget]:
        """The code on top, the words under it, the answers at the foot."""
        kit, session = self.kit, self.app.session
        widgets, body = header(self, self.heading())
        room = min(body.w, kit.px(760))
        box = Rect(body.centerx - room // 2, body.y, room, body.h)
        now = session.sync.enrolment if session.player is not None else None
        told = [kit.t("settings.invited_text")]
        if session.player is None:
            told.append(kit.t("settings.invited_seal"))
        if now is not None:
            told.append(kit.t("settings.invited_already", name=now.organisation))
        if self._failed:
            told = [kit.t(self._failed)]
        words = "\n".join(told)
        text = kit.type.height(words, box.w, "sans", kit.size(theme.READING))
        heights = [kit.px(116), kit.px(28), text, kit.px(36), kit.px(64)]
        high = sum(heights)
        top = box.y + max(0, (box.h - high) // 3)
        code, _, told_at, _, answers = column(Rect(box.x, top, box.w, high), heights)
        no, yes = row(answers, [Part(), Part()], kit.px(16))
        children: list[Widget] = [
            _Plate(code, self.code),
            Label(told_at, words, theme.READING, theme.TEXT_SECOND, id="told"),
            Button(no, "decline", kit.t("settings.invited_no"), self.app.pop),
            Button(yes, "accept", kit.t("settings.invited_yes"), self._accept, main=True),
        ]
        return [*widgets, *self._scroll.fill(box, children, answers.bottom - box.y + kit.px(6))]

    async def _accept(self) -> None:
        if self.app.session.player is None:
            from game.scenes.players import NewSeal

            self.app.push(NewSeal(self.app, self.invalidate))
            return
        number = await self.app.host.ask_text(self.kit.t("settings.join_number"))
        if number is None:
            return
        self._failed = await enter(self.app, self.code, number)
        if self._failed:
            self.invalidate()
            self.app.host.announce(self.kit.t(self._failed))
            return
        from game.scenes.settings import SettingsScene

        self.app.replace(SettingsScene(self.app))
