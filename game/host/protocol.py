"""What the machine gives to the game: the one face of every host.

`BrowserHost`, `DesktopHost` and `FakeHost` all satisfy `Host`; the game imports only this module and is
handed one of them. All sizes here are CSS pixels (y down, origin at the window's top left corner) unless
said otherwise: a pygame pixel is a CSS pixel times `Viewport.ratio`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class HostError(Exception):
    """Something the machine was asked for cannot be had. The message is for a log, not for the player."""


class StoreError(HostError):
    """A store could not be read, or a write is not durable: what was to be written must count as lost."""


class NetworkError(HostError):
    """`post` got no answer at all (offline, refused, timed out). An HTTP error status is an answer."""


class Reply(NamedTuple):
    """What a server answered to `post`: HTTP status, body, and the seconds after which it wants to be asked
    again (the header Retry-After), 0 if it did not say."""

    status: int
    body: bytes
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """The window: `width` × `height` in CSS pixels, `ratio` pygame pixels to one of them (1 to 2).

    `insets` = (top, right, bottom, left) in CSS pixels: what notches and home bars cover.
    """

    width: int
    height: int
    ratio: float = 1.0
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    @property
    def pixels(self) -> tuple[int, int]:
        """The size to give `pygame.display.set_mode`, in pygame pixels.

        In the browser without `pygame.RESIZABLE`, which makes SDL take the CSS size in place of this one.
        """
        return max(1, round(self.width * self.ratio)), max(1, round(self.height * self.ratio))


@dataclass(frozen=True, slots=True)
class Target:
    """One thing on the canvas an assistive technology can read and perhaps click.

    `role` is an ARIA role: "button", "link", "checkbox", "radio", "tab", "option", "slider" can be
    activated; "heading", "img", "text" only read. `rect` = (x, y, width, height) in CSS pixels. `checked` is
    the state of a checkbox, radio, tab or option; None where there is no such state.
    """

    id: str
    role: str
    label: str
    rect: tuple[float, float, float, float]
    focused: bool = False
    disabled: bool = False
    checked: bool | None = None


class Store(Protocol):
    """Named lists of lines, kept for ever. A name is any text but ""; a line any text without "\\n" or "\\r".

    Every method raises `ValueError` on such a name or line and `StoreError` when the machine fails it. A
    write returns only when it would survive the battery being pulled out.
    """

    @property
    def durable(self) -> bool:
        """False when the player chose to play without saving: all works, and is gone with the window."""

    async def append(self, name: str, line: str) -> None:
        """Add one line at the end of `name`, making the list if need be."""

    async def read(self, name: str) -> list[str]:
        """All lines of `name` in order; [] if there is no such list."""

    async def replace(self, name: str, lines: list[str]) -> None:
        """Make `lines` the whole of `name`, all or nothing. Without lines the name itself goes."""

    async def names(self, prefix: str = "") -> list[str]:
        """The names that begin with `prefix` and have lines, sorted."""


class Host(Protocol):
    """The machine. `name` is "browser", "desktop" or "fake"."""

    @property
    def name(self) -> str:
        """Which host this is."""

    @property
    def store(self) -> Store:
        """Where the journal and the settings live."""

    async def next_frame(self) -> float:
        """Wait for the next moment to draw; seconds since the start, never falling. Stands while hidden."""

    def now_ms(self) -> int:
        """Milliseconds of UTC since 1970."""

    def viewport(self) -> Viewport:
        """The window as it is now. Cheap: ask every frame and compare with the last answer."""

    def download(self, name: str, data: bytes, mime: str) -> None:
        """Give the player a file called `name` (desktop: into the downloads folder, never over another)."""

    async def pick_file(self, accept: str) -> tuple[str, bytes] | None:
        """Let the player choose a file: (name, content), None if they think better of it.

        `accept` as in HTML: ".shiqi,.csv". In a browser it works only as the answer to a tap or a key.
        """

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """POST: what was answered. Raises `NetworkError` when there is no answer."""

    async def ask_text(self, prompt: str, initial: str = "", secret: bool = False) -> str | None:
        """Let the player type one line, with any input method; None if they press Esc."""

    def speak(self, text: str, lang: str) -> None:
        """Say `text` aloud, stopping what was being said. Silent without a voice for `lang`."""

    def can_speak(self, lang: str) -> bool:
        """Whether this machine itself (no service) has a voice for `lang` ("zh", "en")."""

    def vibrate(self, ms: int) -> None:
        """A short buzz, where there is something to buzz."""

    async def share(self, png: bytes, text: str) -> bool:
        """Offer a picture to the system's sharing sheet; False if there is none or the player closes it."""

    def announce(self, text: str) -> None:
        """Let a screen reader say `text` when it next has a pause."""

    def describe(self, targets: Sequence[Target]) -> None:
        """Tell assistive technology what is on screen. Cheap when nothing changed: call it freely."""

    def take_activations(self) -> list[str]:
        """Ids of the targets an assistive technology clicked since last asked, oldest first."""

    async def load_extra(self, name: str) -> None:
        """Make a package importable that the start does not wait for ("numpy"). Raises `HostError`."""

    def random_bytes(self, n: int) -> bytes:
        """`n` bytes fit for secrets."""

    def languages(self) -> list[str]:
        """The player's languages as the system names them ("zh-CN", "en"), best first."""

    def invitation(self) -> str:
        """The join code that the game was opened with (an address that ends in #join=CODE), as it stands
        there; "" if there is none. It is told once."""

    def reduced_motion(self) -> bool:
        """Whether the system asks for less motion."""

    def update_ready(self) -> bool:
        """Whether a newer version of the game is waiting. Cheap."""

    def apply_update(self) -> None:
        """Restart into the waiting version; nothing if there is none."""

    def mark(self, name: str) -> None:
        """Note a moment for measurements (`performance.mark`)."""

    def read_asset(self, path: str) -> bytes:
        """A packed file ("content/glyphs.json", relative to the assets). Raises `HostError` if missing."""


def seconds(header: str | None) -> float:
    """The header Retry-After as seconds (RFC 9110, §10.2.3); 0 for none, and for a date: clocks differ."""
    text = (header or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0


def check_name(name: str) -> str:
    """`name` if a store can keep it, otherwise `ValueError`."""
    if not name:
        raise ValueError("a store name cannot be empty")
    name.encode()  # a lone surrogate is a ValueError here, before any store has half written it
    return name


def check_line(line: str) -> str:
    """`line` if a store can keep it, otherwise `ValueError`."""
    if "\n" in line or "\r" in line:
        raise ValueError("a store line cannot contain a line break")
    line.encode()
    return line
