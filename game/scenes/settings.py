"""Settings of this device, each a row of choices; kept as soon as they are tapped."""

from typing import TYPE_CHECKING, Any, Final

from pygame import Rect

from game.scenes.frame import header
from game.scenes.invitation import enter
from game.ui import theme
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.settings import CHOICES, write_settings
from game.ui.widget import Widget
from game.ui.widgets import Button, Choice, Label

if TYPE_CHECKING:
    from game.app import App

ROWS: Final = ("language", "text_scale", "sound", "motion", "strictness")


def _key(name: str, value: object) -> str:
    """The key of a choice's text."""
    return f"settings.{name}_{str(value).replace('.', '_').lower()}"


class SettingsScene(Scene):
    """One row a setting: its name, and its choices side by side."""

    name = "settings"

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._scroll = Scroll()
        self._joined = ""
        """The key of what came of the last attempt at joining, "" if there is nothing to tell."""

    async def enter(self) -> None:
        """Whether the player joined an organisation, and how sending goes, kept up to date."""
        sync = self.app.session.sync
        sync.changed = self.invalidate
        await sync.look()
        self.invalidate()

    def heading(self) -> str:
        """The title."""
        return self.kit.t("settings.title")

    def build(self) -> list[Widget]:
        """The rows, and under them what Shiqi is and keeps."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        room = min(body.w, kit.px(900))
        box = Rect(body.centerx - room // 2, body.y, room, body.h)
        high = kit.px(64)
        stacked = not kit.metrics.wide
        named = max(kit.px(40), kit.type.leading(kit.size(theme.READING)))
        step = high + kit.px(20) + (named if stacked else 0)
        widest = max(
            kit.type.width(kit.t(f"settings.{name}"), "sans", kit.size(theme.READING)) for name in ROWS
        )
        children: list[Widget] = []
        y = box.y
        for name in ROWS:
            line = Rect(box.x, y, box.w, step - kit.px(20))
            if stacked:
                label, choices = column(line, [named, high])
            else:
                label, choices = row(line, [max(kit.px(220), widest), Part()], kit.px(16))
            children.append(
                Label(label, kit.t(f"settings.{name}"), theme.READING, theme.TEXT_SECOND, middle=True)
            )
            children += self._choices(name, choices)
            y += step
        y += self._organisation(Rect(box.x, y, box.w, high), stacked, named, children)
        about = kit.t("settings.about_text")
        tall = kit.type.height(about, box.w, "sans", kit.size(theme.ASIDE))
        children.append(
            Label(Rect(box.x, y + kit.px(12), box.w, tall), about, theme.ASIDE, theme.TEXT_SECOND, id="about")
        )
        content = y + kit.px(24) + tall - box.y
        return [*widgets, *self._scroll.fill(box, children, content)]

    def _organisation(self, box: Rect, stacked: bool, named: int, children: list[Widget]) -> int:
        """The row about the organisation at `box`, and how high it came out."""
        kit = self.kit
        sync = self.app.session.sync
        joined = sync.enrolment is not None
        name = sync.enrolment.organisation if sync.enrolment else kit.t("settings.join")
        if stacked:
            label, action = column(Rect(box.x, box.y, box.w, named + box.h), [named, box.h])
        else:
            label, action = row(box, [Part(), kit.px(320)], kit.px(16))
        children.append(Label(label, name, theme.READING, theme.TEXT_SECOND, id="organisation", middle=True))
        button = Button(
            action,
            "leave" if joined else "join",
            kit.t("settings.join_leave" if joined else "settings.join_enter"),
            self._leave if joined else self._join,
        )
        button.enabled = self.app.session.player is not None
        children.append(button)
        told = self._told()
        high = kit.type.height(told, box.w, "sans", kit.size(theme.ASIDE))
        place = Rect(box.x, action.bottom + kit.px(8), box.w, high)
        children.append(Label(place, told, theme.ASIDE, theme.TEXT_SECOND, id="sending"))
        return place.bottom + kit.px(12) - box.y

    def _told(self) -> str:
        """How sending goes, in a sentence or two."""
        kit = self.kit
        sync = self.app.session.sync
        if self.app.session.player is None:
            return kit.t("settings.join_player")
        if sync.enrolment is None:
            return kit.t(self._joined or "settings.join_none")
        told = kit.t(f"settings.join_{sync.state}", count=sync.waiting)
        return f"{told} · {kit.t('settings.join_refused', count=sync.refused)}" if sync.refused else told

    async def _join(self) -> None:
        host, kit = self.app.host, self.kit
        code = await host.ask_text(kit.t("settings.join_code"))
        if not code or not code.strip():
            return
        number = await host.ask_text(kit.t("settings.join_number"))
        if number is None:
            return
        address = ""
        if host.name == "desktop":  # in a browser the ledger is where the page came from
            address = (await host.ask_text(kit.t("settings.join_address"), "https://")) or ""
            if not address:
                return
        self._joined = await enter(self.app, code, number, address)
        self.invalidate()
        host.announce(self._told())

    async def _leave(self) -> None:
        await self.app.session.sync.leave()
        self._joined = ""
        self.invalidate()

    def _choices(self, name: str, box: Rect) -> list[Widget]:
        kit = self.kit
        values = CHOICES[name]
        places = row(box, [Part()] * len(values), kit.px(12))
        now = getattr(kit.settings, name)
        made: list[Widget] = []
        peers = [kit.t(_key(name, value)) for value in values]
        for value, place in zip(values, places, strict=True):
            text = kit.t(_key(name, value))
            label = f"{kit.t(f'settings.{name}')}: {text}"
            made.append(
                Choice(place, f"{name}-{value}", label, text, value == now, self._setter(name, value), peers)
            )
        return made

    def _setter(self, name: str, value: Any) -> Any:
        async def choose() -> None:
            setattr(self.kit.settings, name, value)
            self.invalidate()
            await write_settings(self.app.host, self.kit.settings)

        return choose
