"""A host made of memory, for tests: it never waits, and what it was asked for can be read back."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from game.host.memory import MemoryStore
from game.host.protocol import HostError, NetworkError, Reply, Target, Viewport

__all__ = ["FakeHost", "MemoryStore"]


class FakeHost:
    """`Host` for tests.

    Put in: `view`, `frame` (seconds a frame), `clock` (ms), `texts` and `files` (answers to `ask_text` and
    `pick_file`, None when empty), `replies` (answers to `post`; a `NetworkError` is raised), `voices`,
    `invited` (a join code), `assets` (a folder or path → bytes), `activate(id)`. Read back: `downloads`,
    `posted`, `asked`, `spoken`, `shared`, `vibrations`, `announced`, `targets`, `extras`, `marks`, `updated`.
    """

    name = "fake"

    def __init__(
        self, assets: Path | Mapping[str, bytes] | None = None, store: MemoryStore | None = None
    ) -> None:
        self.store: MemoryStore = store if store is not None else MemoryStore(durable=True)
        self.assets: Path | Mapping[str, bytes] = {} if assets is None else assets
        self.view = Viewport(1280, 720)
        self.frame = 1 / 60
        self.clock = 1_767_225_600_000  # 2026-01-01T00:00:00Z
        self.elapsed = 0.0
        self.texts: deque[str | None] = deque()
        self.files: deque[tuple[str, bytes] | None] = deque()
        self.replies: deque[Reply | tuple[int, bytes] | NetworkError] = deque()
        self.voices: tuple[str, ...] = ("zh-CN", "en-US")
        self.langs: list[str] = ["zh-CN", "en"]
        self.invited = ""
        self.reduced = False
        self.can_share = True
        self.update = False
        self.updated = False
        self.downloads: list[tuple[str, bytes, str]] = []
        self.posted: list[tuple[str, bytes, dict[str, str]]] = []
        self.asked: list[tuple[str, str, bool]] = []
        self.spoken: list[tuple[str, str]] = []
        self.shared: list[tuple[bytes, str]] = []
        self.vibrations: list[int] = []
        self.announced: list[str] = []
        self.targets: tuple[Target, ...] = ()
        self.extras: list[str] = []
        self.marks: list[str] = []
        self._activated: list[str] = []
        self._random = 0

    async def next_frame(self) -> float:
        self.elapsed += self.frame
        self.clock += round(self.frame * 1000)
        return self.elapsed

    def now_ms(self) -> int:
        return self.clock

    def viewport(self) -> Viewport:
        return self.view

    def download(self, name: str, data: bytes, mime: str) -> None:
        self.downloads.append((name, data, mime))

    async def pick_file(self, accept: str) -> tuple[str, bytes] | None:
        return self.files.popleft() if self.files else None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.posted.append((url, body, dict(headers)))
        reply = self.replies.popleft() if self.replies else NetworkError("no reply was prepared")
        if isinstance(reply, NetworkError):
            raise reply
        return Reply(*reply)

    async def ask_text(self, prompt: str, initial: str = "", secret: bool = False) -> str | None:
        self.asked.append((prompt, initial, secret))
        return self.texts.popleft() if self.texts else None

    def speak(self, text: str, lang: str) -> None:
        if self.can_speak(lang):
            self.spoken.append((text, lang))

    def can_speak(self, lang: str) -> bool:
        return any(voice.lower().split("-")[0] == lang.lower().split("-")[0] for voice in self.voices)

    def vibrate(self, ms: int) -> None:
        self.vibrations.append(ms)

    async def share(self, png: bytes, text: str) -> bool:
        if self.can_share:
            self.shared.append((png, text))
        return self.can_share

    def announce(self, text: str) -> None:
        self.announced.append(text)

    def describe(self, targets: Sequence[Target]) -> None:
        self.targets = tuple(targets)

    def activate(self, target: str) -> None:
        """As if a screen reader clicked the target with this id."""
        self._activated.append(target)

    def take_activations(self) -> list[str]:
        taken, self._activated = self._activated, []
        return taken

    async def load_extra(self, name: str) -> None:
        if name != "numpy":
            raise HostError(f"no extra called {name}")
        self.extras.append(name)

    def random_bytes(self, n: int) -> bytes:
        """The same bytes in every run, all different within one."""
        self._random += 1
        seed = b"shiqi fake %d " % self._random
        return b"".join(sha256(seed + b"%d" % i).digest() for i in range(n // 32 + 1))[:n]

    def languages(self) -> list[str]:
        return list(self.langs)

    def invitation(self) -> str:
        told, self.invited = self.invited, ""
        return told

    def reduced_motion(self) -> bool:
        return self.reduced

    def update_ready(self) -> bool:
        return self.update

    def apply_update(self) -> None:
        self.updated = self.updated or self.update

    def mark(self, name: str) -> None:
        self.marks.append(name)

    def read_asset(self, path: str) -> bytes:
        if isinstance(self.assets, Path):
            try:
                return (self.assets / path).read_bytes()
            except OSError as error:
                raise HostError(f"no asset {path}") from error
        try:
            return self.assets[path]
        except KeyError as error:
            raise HostError(f"no asset {path}") from error
