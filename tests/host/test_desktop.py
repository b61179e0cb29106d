"""What only the desktop host does: files that survive, downloads, dialogues, typing over the game."""

from __future__ import annotations

import asyncio
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.host import desktop
from game.host.desktop import DesktopHost, data_folder, free_path
from game.host.desktop_store import FileStore, file_name, store_name
from game.host.protocol import HostError, NetworkError, Reply, StoreError, Viewport

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400)


@given(TEXT)
def test_file_names_are_plain_and_lead_back(name: str) -> None:
    path = file_name(name)
    assert store_name(path) == name
    for part in path.parts:
        assert len(part) < 200
        assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-%~.")
        assert part.split(".")[0].endswith("~"), "con, nul and the like are reserved on Windows"
    assert not path.is_absolute()


@given(TEXT, TEXT)
def test_different_names_differ_even_where_case_does_not_count(one: str, other: str) -> None:
    same = str(file_name(one)).lower() == str(file_name(other)).lower()
    assert same == (one == other)


def test_half_a_line_is_dropped_and_does_not_spoil_the_next(tmp_path: Path) -> None:
    async def run() -> None:
        store = FileStore(tmp_path)
        await store.append("a", "whole")
        path = tmp_path / file_name("a")
        path.write_bytes(path.read_bytes() + "half a lin鹿".encode()[:-1])
        assert await store.read("a") == ["whole"]
        await store.append("a", "next")
        assert await store.read("a") == ["whole", "next"]
        path.write_bytes(b"never a line break")
        assert await store.read("a") == []
        await store.append("a", "fresh")
        assert await store.read("a") == ["fresh"]
        path.write_bytes(b"bad \xff byte\ngood\n")
        assert (await store.read("a"))[1] == "good"

    asyncio.run(run())


def test_a_replacement_interrupted_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        store = FileStore(tmp_path)
        await store.replace("a", ["old"])

        def broken(*_: object) -> None:
            raise OSError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", broken)
            with pytest.raises(StoreError, match="full"):
                await store.replace("a", ["new", "er"])
        assert await store.read("a") == ["old"]
        assert await store.names() == ["a"]

    asyncio.run(run())


def test_every_write_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)

    async def run() -> None:
        store = FileStore(tmp_path)
        for write, most in (
            (store.append("a", "1"), 2),  # the file and its new name
            (store.append("a", "2"), 1),
            (store.replace("a", ["3"]), 2),
            (store.replace("a", []), 1),
        ):
            synced.clear()
            await write
            assert len(synced) == most

    asyncio.run(run())


def test_the_window_opened_last_is_the_one_that_writes(tmp_path: Path) -> None:
    async def run() -> None:
        first = FileStore(tmp_path)
        await first.append("a", "1")
        second = FileStore(tmp_path)
        with pytest.raises(StoreError, match="another window"):
            await first.append("a", "2")
        with pytest.raises(StoreError):
            await first.replace("a", [])
        await second.append("a", "3")
        assert await first.read("a") == ["1", "3"]

    asyncio.run(run())


def test_a_store_that_cannot_be_made_or_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        FileStore(tmp_path / "file")

    async def run() -> None:
        store = FileStore(tmp_path / "data")
        (tmp_path / "data" / file_name("a")).mkdir()
        with pytest.raises(StoreError):
            await store.read("a")
        with pytest.raises(StoreError):
            await store.append("a", "x")

    asyncio.run(run())


def test_where_data_live() -> None:
    home = Path("/home/deer")
    assert data_folder({"SHIQI_DATA": "/d"}, "win32", home) == Path("/d")
    assert data_folder({}, "linux", home) == home / ".local/share/shiqi"
    assert data_folder({"XDG_DATA_HOME": "/x"}, "linux", home) == Path("/x/shiqi")
    assert data_folder({}, "darwin", home) == home / "Library/Application Support/Shiqi"
    assert data_folder({"APPDATA": "/a"}, "win32", home) == Path("/a/Shiqi")
    assert data_folder({}, "win32", home) == home / "AppData/Roaming/Shiqi"


@pytest.fixture
def host(tmp_path: Path) -> DesktopHost:
    return DesktopHost(tmp_path, data=tmp_path / "data", downloads=tmp_path / "down")


def test_downloads_take_no_other_file_s_place(host: DesktopHost, tmp_path: Path) -> None:
    with pytest.raises(HostError):
        host.download("a.csv", b"x", "text/csv")  # the folder is not there
    (tmp_path / "down").mkdir()
    for content in (b"1", b"2", b"3"):
        host.download("成绩.csv", content, "text/csv")
    found = {path.name: path.read_bytes() for path in (tmp_path / "down").iterdir()}
    assert found == {"成绩.csv": b"1", "成绩 (2).csv": b"2", "成绩 (3).csv": b"3"}


@pytest.mark.parametrize(
    ("name", "safe"), [("../../etc/x", "_.._etc_x"), ("a:b?.csv", "a_b_.csv"), ("..", "shiqi"), ("", "shiqi")]
)
def test_download_names_stay_in_their_folder(tmp_path: Path, name: str, safe: str) -> None:
    assert free_path(tmp_path, name) == tmp_path / safe


def test_home_is_used_where_nothing_else_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("SHIQI_DATA", str(tmp_path / "given"))
    assert DesktopHost(tmp_path).downloads == tmp_path
    (tmp_path / "Downloads").mkdir()
    made = DesktopHost(tmp_path)
    assert made.downloads == tmp_path / "Downloads"
    assert made.store.folder == tmp_path / "given"


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[pygame.Surface]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.font.init()
    yield pygame.display.set_mode((640, 360))
    pygame.display.quit()


def test_the_viewport_follows_the_window(host: DesktopHost, window: pygame.Surface) -> None:
    assert host.viewport() == Viewport(640, 360)
    pygame.display.set_mode((360, 640))
    assert host.viewport() == Viewport(360, 640)
    pygame.display.quit()
    assert host.viewport() == Viewport(1280, 720)


def key(code: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode="")


def text(words: str, kind: int = pygame.TEXTINPUT) -> pygame.event.Event:
    return pygame.event.Event(kind, text=words)


def ask(folder: Path, *events: pygame.event.Event, initial: str = "", secret: bool = False) -> str | None:
    async def run() -> str | None:
        host = DesktopHost(folder, data=folder / "data")
        asked = asyncio.ensure_future(host.ask_text("名字", initial, secret))
        frame = asyncio.ensure_future(host.next_frame())
        await asyncio.sleep(0.05)
        assert not asked.done()
        assert not frame.done(), "the game must stand while the player types over it"
        for event in events:
            pygame.event.post(event)
            await asyncio.sleep(0.02)
        answer = await asyncio.wait_for(asked, 2)
        assert await asyncio.wait_for(frame, 2) > 0
        return answer

    return asyncio.run(run())


def test_text_is_typed_over_the_game(tmp_path: Path, window: pygame.Surface) -> None:
    back, enter = key(pygame.K_BACKSPACE), key(pygame.K_RETURN)
    assert ask(tmp_path, text("鹿"), text("b"), back, text("鳴"), enter) == "鹿鳴"
    assert ask(tmp_path, back, key(pygame.K_KP_ENTER), initial="ab") == "a"
    assert ask(tmp_path, text("x" * 200), enter, secret=True) == "x" * 200
    assert ask(tmp_path, text("typed"), key(pygame.K_ESCAPE)) is None


def test_an_input_method_composes(tmp_path: Path, window: pygame.Surface) -> None:
    lu, enter = text("lu", pygame.TEXTEDITING), key(pygame.K_RETURN)
    assert ask(tmp_path, lu, enter, text("鹿"), enter) == "鹿", "the first Enter chose a word"


def test_the_clipboard_is_pasted(
    tmp_path: Path, window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pygame.scrap, "get_text", lambda: "two\nlines ")
    paste = key(pygame.K_v, pygame.KMOD_LCTRL)
    assert ask(tmp_path, paste, key(pygame.K_v), key(pygame.K_RETURN)) == "two lines"


def test_closing_the_window_while_typing_reaches_the_game(tmp_path: Path, window: pygame.Surface) -> None:
    assert ask(tmp_path, pygame.event.Event(pygame.QUIT)) is None
    assert pygame.event.get(pygame.QUIT)


def test_nothing_is_typed_without_a_window(host: DesktopHost) -> None:
    assert asyncio.run(host.ask_text("名字")) is None


@pytest.mark.parametrize("chosen", [True, False])
def test_a_file_is_picked_in_a_dialogue(
    host: DesktopHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: bool
) -> None:
    (tmp_path / "小鹿.shiqi").write_bytes(b"content")
    path = tmp_path / "小鹿.shiqi" if chosen else ""
    told = tmp_path / "told"
    script = f"""
import sys
open({str(told)!r}, "w").write(sys.argv[1])
sys.stdout.buffer.write({str(path)!r}.encode())
"""
    monkeypatch.setattr(desktop, "DIALOGUE", script)
    picked = asyncio.run(host.pick_file(".shiqi, .csv"))
    assert picked == (("小鹿.shiqi", b"content") if chosen else None)
    assert told.read_text() == "*.shiqi *.csv"


def test_without_a_dialogue_a_path_is_typed(
    host: DesktopHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "DIALOGUE", "raise SystemExit(3)")
    (tmp_path / "a.csv").write_bytes(b"x")
    answers: list[Any] = [f" {tmp_path / 'a.csv'} ", None, str(tmp_path / "missing")]

    async def typed(*_: object) -> Any:
        return answers.pop(0)

    monkeypatch.setattr(host, "ask_text", typed)
    assert asyncio.run(host.pick_file(".csv")) == ("a.csv", b"x")
    assert asyncio.run(host.pick_file(".csv")) is None
    with pytest.raises(HostError, match="missing"):
        asyncio.run(host.pick_file(""))


def test_the_real_dialogue_fails_cleanly_without_a_screen(
    host: DesktopHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert asyncio.run(host.pick_file(".csv")) is None


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(201 if self.path == "/good" else 409)
            if "x-wait" in self.headers:
                self.send_header("retry-after", self.headers["x-wait"])
            self.end_headers()
            self.wfile.write(body + self.headers["x-key"].encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_post_gives_status_and_body(host: DesktopHost, server: str) -> None:
    assert asyncio.run(host.post(server + "/good", b"a", {"x-key": "k"})) == Reply(201, b"ak", 0)
    assert asyncio.run(host.post(server + "/bad", b"a", {"x-key": "k"})) == Reply(409, b"ak", 0)


@pytest.mark.parametrize("path", ["/good", "/bad"])
def test_post_tells_how_long_the_server_wants_to_be_left_alone(
    host: DesktopHost, server: str, path: str
) -> None:
    for text, wait in (("7", 7), (" 0 ", 0), ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("-1", 0), ("9" * 30, 0)):
        answer = asyncio.run(host.post(server + path, b"", {"x-key": "k", "x-wait": text}))
        assert answer.wait == wait


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:1/", "http://[bad/"])
def test_post_to_nowhere_is_a_network_error(host: DesktopHost, url: str) -> None:
    with pytest.raises(NetworkError):
        asyncio.run(host.post(url, b"", {}))


def test_frames_are_paced(host: DesktopHost) -> None:
    async def run() -> list[float]:
        return [await host.next_frame() for _ in range(13)]

    times = asyncio.run(run())
    assert 0.19 < times[-1] - times[0] < 1.0  # twelve sixtieths of a second, on a machine that may be busy


def test_a_missing_package_is_a_host_error(host: DesktopHost, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(desktop, "import_module", missing)
    with pytest.raises(HostError):
        asyncio.run(host.load_extra("numpy"))


def test_what_a_desktop_lacks_is_quietly_not_done(host: DesktopHost) -> None:
    assert asyncio.run(host.share(b"", "")) is False
    host.mark("title")
    assert host.marks["title"] >= 0
