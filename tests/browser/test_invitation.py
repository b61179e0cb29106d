"""From an organisation's QR code to its figures: the game joins a real ledger at its own origin and sends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("fastapi", reason="the ledger's packages are not installed")

from sqlalchemy import Engine, func, select

from game.ledger import db, organisations, service, site
from game.ledger.models import Device, Event, MemberDay, Organisation
from tests.browser.chromium import PagePlayer
from tests.browser.content import journals, progress
from tests.browser.play import cut_seal, home, lesson_to
from tests.ledger.serving import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def ledger(tmp_path: Path, built_site: Path) -> Iterator[tuple[str, Engine]]:
    """A running ledger with the game under /game/."""
    engine = db.engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    db.create(engine)
    with db.session(engine) as work:
        city = organisations.add(work, "安阳市", None, 0)
        organisations.add(work, "甲骨文小学", organisations.add(work, "殷都区", city, 0), 0)
    app = service.app(engine, fold_every=0.2, game=site.PATH)
    site.mount(app, built_site)
    with running(app) as address:
        yield address, engine
    engine.dispose()


def asked(engine: Engine, query: Any) -> int:
    with db.session(engine, write=False) as work:
        return int(work.scalar(query) or 0)


def test_a_scanned_code_is_filled_in_asked_about_and_then_all_is_sent(
    chrome: Browser, ledger: tuple[str, Engine], built_site: Path, tmp_path: Path
) -> None:
    url, engine = ledger
    with db.session(engine, write=False) as work:
        code = work.scalars(select(Organisation.join_code).where(Organisation.depth == 2)).one()
    context = chrome.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    player = PagePlayer(context, url, touch=True)
    player.screen.goto(f"{url}{site.PATH}#join={code}")
    player.wait_scene("invitation", seconds=120)
    player.wait_label("code", code)
    assert "#" not in player.page.url, "loading again shall not ask again"
    player.page.screenshot(path=tmp_path / "invitation.png")
    player.tap("accept")
    cut_seal(player)
    player.wait_scene("invitation")
    assert asked(engine, select(func.count()).select_from(Device)) == 0
    assert not [one for one in player.asked if "/api/" in one], "nothing is sent before the answer"

    player.tap("accept")
    player.page.wait_for_selector("#panel input")
    player.page.click("#panel button.main")  # no member number: a pseudonym
    player.wait_scene("settings")
    player.wait_label("organisation", "甲骨文小学")
    home(player)
    player.tap("unit-sky")
    lesson_to(player, built_site, lambda view: "once-more" in view)
    home(player)
    player.tap("settings")
    player.wait_label("sending", "全部发出了")
    player.page.screenshot(path=tmp_path / "sent.png")
    events, points = journals(player).events, progress(player, built_site).total
    assert points > 0
    end = time.monotonic() + 20
    while asked(engine, select(func.sum(MemberDay.points))) != points and time.monotonic() < end:
        time.sleep(0.1)
    assert asked(engine, select(func.sum(MemberDay.points))) == points
    assert asked(engine, select(func.count()).select_from(Event)) == len(events)
    context.close()
    player.check_clean()
