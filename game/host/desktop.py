"""A window on a desktop machine as a host: pygame, files, urllib."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

import pygame

from game.host.desktop_prompt import Prompt
from game.host.desktop_store import FileStore
from game.host.protocol import HostError, NetworkError, Reply, Target, Viewport, seconds

FRAME = 1 / 60
PATIENCE = 20.0  # seconds that `post` waits for an answer

# The file dialogue runs in a process of its own: Tk and SDL in one process fight over the main thread.
DIALOGUE = """
import sys
try:
    import tkinter
    from tkinter import filedialog
    root = tkinter.Tk()
except Exception:
    sys.exit(3)
root.withdraw()
kinds = [(sys.argv[1], sys.argv[1].split())] if sys.argv[1] else []
sys.stdout.buffer.write(filedialog.askopenfilename(filetypes=[*kinds, ("*", "*")]).encode())
"""


def data_folder(environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """Where the player's data live: $SHIQI_DATA, or the platform's place for such."""
    if environ.get("SHIQI_DATA"):
        return Path(environ["SHIQI_DATA"])
    if platform == "win32":
        return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "Shiqi"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Shiqi"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "shiqi"


def free_path(folder: Path, name: str) -> Path:
    """A path in `folder` for a file called `name` that takes no other file's place: "a.csv", "a (2).csv" …"""
    name = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip(". ") or "shiqi"
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path


class DesktopHost:
    """`Host` on a desktop machine.

    `assets`: the folder with content/ and fonts/ (build/desktop). `data`: where the store lives, alone.
    `downloads`: where `download` puts files. `font`: for typed text; pygame's own has no Chinese.
    """

    name = "desktop"

    def __init__(
        self,
        assets: Path,
        data: Path | None = None,
        downloads: Path | None = None,
        font: Path | None = None,
        size: tuple[int, int] = (1280, 720),
    ) -> None:
        home = Path.home()
        self.store = FileStore(data or data_folder(os.environ, sys.platform, home))
        self.assets = assets
        self.downloads = downloads or (home / "Downloads" if (home / "Downloads").is_dir() else home)
        self.font = font
        self.size = size
        self.marks: dict[str, float] = {}
        self._start = time.perf_counter()
        self._due = 0.0
        self._prompting = asyncio.Lock()

    async def next_frame(self) -> float:
        async with self._prompting:  # the game stands while the player types over it
            pass
        now = time.perf_counter() - self._start
        self._due = max(self._due + FRAME, now)
        await asyncio.sleep(self._due - now)
        return time.perf_counter() - self._start

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def viewport(self) -> Viewport:
        screen = pygame.display.get_surface() if pygame.display.get_init() else None
        return Viewport(*(screen.get_size() if screen else self.size))

    def download(self, name: str, data: bytes, mime: str) -> None:
        try:
            free_path(self.downloads, name).write_bytes(data)
        except OSError as error:
            raise HostError(f"download {name}: {error}") from error

    async def pick_file(self, accept: str) -> tuple[str, bytes] | None:
        kinds = " ".join("*" + ending.strip() for ending in accept.split(",") if ending.strip())
        dialogue = await asyncio.create_subprocess_exec(
            sys.executable, "-c", DIALOGUE, kinds, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await dialogue.communicate()
        if dialogue.returncode == 0:
            chosen: str | None = out.decode()
        else:  # no Tk here
            chosen = await self.ask_text(f"文件路径 · File path ({accept})")
        if not chosen or not chosen.strip():
            return None
        path = Path(chosen.strip()).expanduser()
        try:
            return path.name, await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise HostError(f"{path}: {error}") from error

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        return await asyncio.to_thread(_post, url, body, dict(headers))

    async def ask_text(self, prompt: str, initial: str = "", secret: bool = False) -> str | None:
        screen = pygame.display.get_surface() if pygame.display.get_init() else None
        if screen is None:
            return None
        async with self._prompting:
            asked = Prompt(prompt, initial, secret)
            behind = screen.copy()
            behind.fill((90, 85, 80), special_flags=pygame.BLEND_RGB_MULT)
            pygame.key.start_text_input()
            try:
                while not asked.done:
                    for event in pygame.event.get():
                        asked.press(event)
                        if event.type == pygame.QUIT:
                            pygame.event.post(event)  # the game wants to know too
                    screen.blit(behind, (0, 0))
                    asked.draw(screen, self.font)
                    pygame.display.flip()
                    await asyncio.sleep(FRAME)
            finally:
                pygame.key.stop_text_input()
        return asked.answer

    def speak(self, text: str, lang: str) -> None:
        pass

    def can_speak(self, lang: str) -> bool:
        return False

    def vibrate(self, ms: int) -> None:
        pass

    async def share(self, png: bytes, text: str) -> bool:
        return False

    def announce(self, text: str) -> None:
        pass

    def describe(self, targets: Sequence[Target]) -> None:
        pass

    def take_activations(self) -> list[str]:
        return []

    async def load_extra(self, name: str) -> None:
        if name != "numpy":
            raise HostError(f"no extra called {name}")
        try:
            await asyncio.to_thread(import_module, name)
        except ImportError as error:
            raise HostError(f"{name} is not installed") from error

    def random_bytes(self, n: int) -> bytes:
        return os.urandom(n)

    def languages(self) -> list[str]:
        import pygame.system

        found = pygame.system.get_pref_locales()
        return ["-".join(filter(None, (one["language"], one.get("country")))) for one in found] or ["zh-CN"]

    def invitation(self) -> str:
        return ""

    def reduced_motion(self) -> bool:
        return False

    def update_ready(self) -> bool:
        return False

    def apply_update(self) -> None:
        pass

    def mark(self, name: str) -> None:
        self.marks[name] = time.perf_counter() - self._start

    def read_asset(self, path: str) -> bytes:
        try:
            return (self.assets / path).read_bytes()
        except OSError as error:
            raise HostError(f"no asset {path}") from error


def _post(url: str, body: bytes, headers: dict[str, str]) -> Reply:
    """POST with the standard library, in a thread. Raises `NetworkError`."""
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    if not url.startswith(("http://", "https://")):  # urlopen would read files, too
        raise NetworkError(f"{url}: not a web address")
    try:
        with urlopen(Request(url, body, headers, method="POST"), timeout=PATIENCE) as answer:
            return Reply(int(answer.status), bytes(answer.read()), seconds(answer.headers["Retry-After"]))
    except HTTPError as error:
        with error:
            return Reply(error.code, error.read(), seconds(error.headers["Retry-After"]))
    except (URLError, OSError, ValueError) as error:
        raise NetworkError(f"{url}: {error}") from error
