"""Every page in Chromium, phone and desktop, both languages: axe-core, no sideways scroll, all our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from game.ledger import awards, redemption
from game.ledger.models import Award, Member, Organisation
from game.ledger.rules import AWARDS
from game.ledger.web import service
from game.workshop import node, testing
from game.workshop.cache import Cache
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble
from tests.ledger import town
from tests.ledger.serving import running
from tests.ledger.town import PASSWORD

pytestmark = pytest.mark.browser
BEST = "AY99999"
"""The number of a member with points to spend."""
PAGES = (
    "/standing",
    "/standing?org=2",
    "/standing?period=2026",
    "/ranking",
    "/days",
    "/tree",
    "/tree?org=4",
    "/counter",
    "/catalogue",
    "/roster",
    "/journals",
    "/members/one?id=1",
    "/awards?period=2026-10",
    "/awards",
    "/reports",
    "/reports/circular",
    "/members",
    "/devices",
    "/refusals",
    "/administrators",
    "/audit",
    "/account",
)
RUN = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => one.id + ": " + one.nodes.map(node => node.html.slice(0, 100)).join(" | ")))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker's script, by tests/ledger/npm/package-lock.json."""
    try:
        place = node.packages(HERE, Cache(HERE.cache), Progress(), Path(__file__).parent / "npm")
    except Trouble as trouble:
        pytest.skip(f"axe-core cannot be had: {trouble}")
    return (place / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A full city behind a real server."""
    city = town.full(tmp_path_factory.mktemp("axe"))
    city.administrator("city", "city", "1/")
    with city.write() as session:
        for title, cost in (("甲骨文入门", 1), ("殷墟博物馆门票一张", 900_000)):
            redemption.add_item(session, 0, 1, "book", title, cost, 50)
        root = session.get_one(Organisation, 1)
        awards.give(session, awards.read_awards(AWARDS), "2026-10", root, city.now)
        best = session.scalars(select(Member).join(Award, Award.member_id == Member.id).limit(1)).one()
        best.number = BEST
    app = FastAPI()
    service.install(app, city.store, lambda: city.now, None, "", "/game/")
    with running(app) as address:
        yield address
    city.engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    path = testing.browser()
    if path is None:
        pytest.skip("Chromium is not installed")
    with api.sync_playwright() as running:
        started = running.chromium.launch(executable_path=path, args=list(testing.FLAGS))
        yield started
        started.close()


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_open_to_everyone(
    browser: Any, url: str, axe: str, size: tuple[int, int], language: str
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{url}/language/{language}?back=/login")
    faults: dict[str, Any] = {}

    def look(name: str) -> None:
        page.evaluate(axe)
        found = page.evaluate(RUN)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("it scrolls sideways")
        if found:
            faults[name] = found

    look("/login")
    page.fill("[name=name]", "city")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/standing")
    for place in PAGES:
        page.goto(url + place)
        for chart in page.query_selector_all("[data-chart]"):
            chart.wait_for_selector("canvas", timeout=5000)
        for details in page.query_selector_all("details"):
            details.evaluate("one => { one.open = true; }")
        look(place)
    page.goto(f"{url}/roster")
    page.set_input_files("[name=people]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b\n"})
    errors_before = len(errors)
    page.click("form[action='/roster/four'] button")
    page.wait_for_selector(".said.bad")
    del errors[errors_before:]  # the browser notes each answer that is not 200, as this 422 rightly is
    look("a roster with a fault")
    page.goto(f"{url}/counter")
    page.fill("[name=number]", BEST)
    page.click("form[action='/counter/member'] button")
    page.wait_for_selector("[name=item]")
    look("a member at the counter")
    page.locator("[name=item]:enabled").first.check()
    page.click("form[action='/counter/issue'] button")
    page.wait_for_selector(".ticket")
    look("a voucher issued")
    page.goto(f"{url}/awards?period=2026-10")
    page.locator("a[href^='/verify/']").first.click()
    page.wait_for_selector(".paper .winner")
    look("a certificate verified")
    context.close()
    assert faults == {}
    assert errors == []
    assert [one for one in asked if not one.startswith(url)] == []


def test_the_checker_finds_a_fault(browser: Any, axe: str) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,x'><input></body></html>")
    page.evaluate(axe)
    assert {one.split(":")[0] for one in page.evaluate(RUN)} >= {"image-alt", "label", "html-has-lang"}
    page.close()
