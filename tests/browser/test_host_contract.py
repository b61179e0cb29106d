"""The contract of hosts, kept by the browser host in Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.host_site import Server, chromium, site, wait
from tests.host.contract import CHECKS

pytestmark = pytest.mark.browser

MAIN = """
import asyncio, json, traceback
import js
from contract import CHECKS
from game.host.browser import BrowserHost

async def main():
    host = BrowserHost()
    js.window.results = "{}"
    results = {}
    for name, check in CHECKS.items():
        try:
            await check(host)
            results[name] = ""
        except BaseException:
            results[name] = traceback.format_exc()
        js.window.results = json.dumps(results)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def results() -> Iterator[dict[str, str]]:
    contract = Path(__file__).parents[1] / "host" / "contract.py"
    more = {"contract.py": contract.read_bytes(), "hello.txt": "鹿\n".encode(), "content/x.json": b"{}"}
    with Server(site(MAIN, more)).running() as server, chromium() as browser:
        page = browser.new_page()
        page.goto(server.url)
        wait(page, f"Object.keys(JSON.parse(window.results ?? '{{}}')).length === {len(CHECKS)}", 60)
        yield json.loads(page.evaluate("window.results"))


@pytest.mark.parametrize("name", CHECKS)
def test_browser_host_keeps_the_contract(results: dict[str, str], name: str) -> None:
    assert not results[name], results[name]
