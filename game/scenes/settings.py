"""Settings of this device, each a row of choices; kept as soon as they are tapped."""

from typing import TYPE_CHECKING, Any, Final

from pygame import Rect

from game.scenes.frame import header
from game.ui import theme
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.settings import CHOICES, write_settings
from game.ui.widget import Widget
from game.ui.widgets import Choice, Label

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
        about = kit.t("settings.about_text")
        tall = kit.type.height(about, box.w, "sans", kit.size(theme.ASIDE))
        children.append(
            Label(Rect(box.x, y + kit.px(12), box.w, tall), about, theme.ASIDE, theme.TEXT_SECOND, id="about")
        )
        content = y + kit.px(24) + tall - box.y
        return [*widgets, *self._scroll.fill(box, children, content)]

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
