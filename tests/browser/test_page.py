"""The page around the game: loading, failing in plain words, playing offline, updating. In Chromium."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.host_site import Server, chromium, packed, site, wait

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

GAME = """
import asyncio
import pygame
import js
from game.host.browser import BrowserHost

async def main():
    host = BrowserHost()
    js.window.host = js.Object.fromEntries([["durable", host.store.durable]])
    pygame.init()
    pygame.display.set_caption("识契 Shiqi")
    screen = pygame.display.set_mode(host.viewport().pixels)
    drawn = 0
    while True:
        screen.fill((178, 46, 30))
        pygame.display.flip()
        drawn += 1
        js.window.drawn = drawn
        js.window.update = host.update_ready()
        if getattr(js.window, "restart", False):
            host.apply_update()
        if drawn == 3:
            pass  # CRASH
        await host.next_frame()

asyncio.run(main())
"""
SHOWN = "[...document.querySelectorAll('#failure, #too-old, #stuck')].find((page) => !page.hidden)?.innerText"
REFUSE = "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };"
NO_MEMORY = """
WebAssembly.instantiateStreaming = async () => {
  throw new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory');
};
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site(GAME)


@pytest.fixture
def server(files: dict[str, bytes]) -> Iterator[Server]:
    with Server(files).running() as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


def playing(page: Page) -> None:
    """Wait until the game draws, or fail with what the page says instead."""
    wait(page, f"window.drawn > 5 || {SHOWN}")
    assert not page.evaluate(SHOWN)


def test_the_game_comes_up_clean(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error(e.violatedDirective, e.blockedURI))"
    )
    page.goto(server.url)
    playing(page)
    wait(page, "!document.getElementById('shell')")
    assert said == []
    assert page.evaluate("shiqi.ready.then(() => true)")
    assert page.evaluate("document.title") == "识契 Shiqi"
    assert {name: n for name, n in Counter(server.asked).items() if n > 1} == {}, (
        "something was fetched twice"
    )
    marks = page.evaluate("performance.getEntriesByType('mark').map((mark) => mark.name)")
    assert marks.index("fetched") < marks.index("core") < marks.index("pygame") < marks.index("first-frame")


def test_progress_is_true_and_never_falls(server: Server, context: BrowserContext) -> None:
    server.slow["runtime/pyodide.asm.wasm"] = 1.5
    page = context.new_page()
    page.add_init_script("""
      window.seen = [];
      addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
        const bar = document.getElementById('bar');
        seen.push([Number(bar.getAttribute('aria-valuenow')), document.getElementById('step').textContent]);
      }).observe(document.getElementById('bar'), { attributes: true }));
    """)
    page.goto(server.url)
    playing(page)
    seen = page.evaluate("seen")
    parts = [part for part, _ in seen]
    assert parts == sorted(parts)
    assert parts[-1] == 100
    words = list(dict.fromkeys(word for _, word in seen))
    assert words[0] == "Fetching words and tools"
    assert words[-1] == "Opening the game"
    # What came before the slow file is 3.7 of 13.3 MB, and bytes are 70 of the 100.
    assert any(12 <= part <= 24 and word == words[0] for part, word in seen)


def test_the_first_paint_waits_for_nothing(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    server.slow = {name: 3 for name in server.files if name.startswith("runtime/")}
    page.goto(server.url, wait_until="commit")
    painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    assert wait(page, painted) < 2000  # a figure for a busy test machine; an idle one paints in under 300
    assert page.locator("#glyph").is_visible()


def test_reduced_motion_stills_the_glyph(server: Server, browser: Browser) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        wait(page, "!!document.querySelector('#glyph .cut')")
        assert (
            page.evaluate("getComputedStyle(document.querySelector('#glyph .cut')).transitionDuration")
            == "0s"
        )


def failing(page: Page, url: str, *words: str) -> str:
    """Open the page and wait for a failure page with all of `words` on it; its text."""
    page.goto(url, wait_until="commit")
    text = str(wait(page, SHOWN))
    for word in words:
        assert word in text, text
    assert page.locator(".button:visible", has_text=re.compile("Try again|重试")).first.is_visible()
    return text


@pytest.mark.parametrize(
    "name",
    [
        *("runtime/pyodide.mjs", "runtime/pyodide.asm.mjs", "runtime/pyodide.asm.wasm", "runtime/em_asm.js"),
        *("runtime/python_stdlib.zip", "runtime/pygame.whl", "shiqi.apk"),
    ],
)
def test_a_missing_file_is_named(server: Server, context: BrowserContext, name: str) -> None:
    server.status[name] = 404
    page = context.new_page()
    failing(page, server.url, "A file is missing", name)
    server.status.clear()
    page.get_by_role("button", name="Try again").click()
    playing(page)


@pytest.mark.parametrize("name", ["runtime/pyodide.asm.wasm", "runtime/pygame.whl", "shiqi.apk"])
def test_a_broken_connection_is_told_from_a_missing_file(
    server: Server, context: BrowserContext, name: str
) -> None:
    server.cut.add(name)
    failing(context.new_page(), server.url, "The connection is gone", name)


def test_a_file_that_silently_ends_early(server: Server, context: BrowserContext) -> None:
    whole = server.files["runtime/pyodide.asm.wasm"]
    server.files["runtime/pyodide.asm.wasm"] = whole[:1_000_000]
    failing(context.new_page(), server.url, "The connection is gone", "runtime/pyodide.asm.wasm")


@pytest.mark.parametrize("name", ["boot.js", "host.js", "store.js"])
def test_a_missing_script_of_the_page_itself(server: Server, context: BrowserContext, name: str) -> None:
    server.status[name] = 404
    failing(context.new_page(), server.url, "这一页没有装全", "did not load completely")


@pytest.mark.parametrize(
    "script",
    ["delete window.WebAssembly", "WebAssembly.validate = () => false"],
)
def test_an_old_browser_is_told_so(server: Server, context: BrowserContext, script: str) -> None:
    page = context.new_page()
    page.add_init_script(script)
    failing(page, server.url, "这个浏览器太旧了", "This browser is too old")
    time.sleep(0.3)
    assert page.evaluate("!window.shiqi"), "boot.js went on"


def test_wasm_that_does_not_compile_means_an_old_browser(server: Server, context: BrowserContext) -> None:
    whole = server.files["runtime/pyodide.asm.wasm"]
    server.files["runtime/pyodide.asm.wasm"] = whole[:5000] + bytes(len(whole) - 5000)
    failing(context.new_page(), server.url, "This browser is too old", "Details")


def test_no_memory_for_the_core(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(NO_MEMORY)
    failing(page, server.url, "Not enough memory")


def test_refused_storage_offers_to_play_without_saving(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(REFUSE)
    failing(page, server.url, "The browser will not keep progress")
    page.get_by_role("button", name="Play without saving").click()
    playing(page)
    assert page.evaluate("host.durable") is False
    assert page.evaluate("!document.getElementById('shell')") or page.locator("#shell.leaving").count()


def test_storage_that_never_answers(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => ({})")
    failing(page, server.url, "The browser will not keep progress")


def test_a_game_without_main(server: Server, context: BrowserContext, files: dict[str, bytes]) -> None:
    apk = packed({"other.py": b""})
    told = f'"shiqi.apk": {len(files["shiqi.apk"])}'.encode()
    server.files |= {
        "shiqi.apk": apk,
        "index.html": files["index.html"].replace(told, f'"shiqi.apk": {len(apk)}'.encode()),
    }
    text = failing(context.new_page(), server.url, "Something went wrong while opening")
    assert "main.py" not in text, "details are folded away"


@pytest.mark.parametrize(
    ("statement", "title", "more"),
    [
        (
            "raise RuntimeError('the deer ran away')",
            "The game hit an error",
            "Everything up to this moment is kept",
        ),
        ("raise MemoryError", "Not enough memory", "Saved progress is kept"),
        ("return", "The game hit an error", "Everything"),
    ],
)
def test_an_exception_in_the_loop(context: BrowserContext, statement: str, title: str, more: str) -> None:
    with Server(site(GAME.replace("pass  # CRASH", statement))).running() as server:
        page = context.new_page()
        failing(page, server.url, title, more)
        drawn = page.evaluate("window.drawn")
        page.get_by_text("Details").click()
        if "deer" in statement:
            assert "RuntimeError: the deer ran away" in page.locator("#failure pre").inner_text()
        time.sleep(0.2)
        assert page.evaluate("window.drawn") == drawn


def test_an_exception_without_saving_promises_nothing(context: BrowserContext) -> None:
    with Server(site(GAME.replace("pass  # CRASH", "raise RuntimeError"))).running() as server:
        page = context.new_page()
        page.add_init_script(REFUSE)
        failing(page, server.url, "will not keep progress")
        page.get_by_role("button", name="Play without saving").click()
        assert "nothing was kept" in wait(page, SHOWN)


def test_the_page_speaks_chinese_to_chinese_systems(server: Server, browser: Browser) -> None:
    server.status["shiqi.apk"] = 404
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        failing(page, server.url, "少了一个文件", "shiqi.apk", "重试", "细节")
        assert page.evaluate("document.documentElement.lang") == "zh-CN"


def settle_offline(page: Page) -> None:
    """Wait until the service worker has everything."""
    wait(page, "navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')", 60)


def test_the_second_visit_needs_no_network(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url)
    playing(page)
    assert "worker.js" not in server.asked, "registered before the title shows"
    settle_offline(page)
    kept = "caches.keys().then((names) => names.join())"
    assert page.evaluate(kept) == f"shiqi {server.url} test"
    server.asked.clear()
    server.status = dict.fromkeys(server.files, 503)
    for path in ("", "index.html", "?from=home"):
        page.goto(server.url + path)
        playing(page)
    assert set(server.asked) <= {"worker.js"}, (
        "the browser itself looks for a newer worker, nothing else is asked"
    )


def test_an_update_waits_until_it_is_taken(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url)
    playing(page)
    settle_offline(page)
    other = "caches.open('another site').then(() => true)"
    assert page.evaluate(other)
    server.files = site(GAME.replace("178, 46, 30", "74, 116, 102"), version="next")
    page.goto(server.url)
    playing(page)
    assert page.evaluate("shiqi.version") == "test", "cache first"
    wait(page, "window.update === true", 60)
    assert page.evaluate("shiqi.version") == "test"
    page.evaluate("window.restart = true")
    wait(page, "window.shiqi?.version === 'next' && window.drawn > 5", 60)
    wait(page, "caches.keys().then((names) => !names.some((name) => name.endsWith(' test')))")
    names = page.evaluate("caches.keys()")
    assert sorted(names) == ["another site", f"shiqi {server.url} next"]


def test_a_failed_update_changes_nothing(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.url)
    playing(page)
    settle_offline(page)
    server.files = site(GAME, version="next")
    server.status["runtime/numpy.whl"] = 404
    page.goto(server.url)
    playing(page)
    wait(page, "!!document.title")
    time.sleep(4)
    assert page.evaluate("window.update") is False
    page.reload()
    playing(page)
    assert page.evaluate("shiqi.version") == "test"


def test_the_manifest_makes_it_installable(server: Server) -> None:
    manifest = json.loads(server.files["manifest.webmanifest"])
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert all(icon["src"] in server.files for icon in manifest["icons"])
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
