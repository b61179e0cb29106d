"""What the pages show, their safety headers, the account's own forms, and both languages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from game.learning.points import Points
from game.ledger import service as whole
from game.ledger.models import Member
from game.ledger.security.roles import Role
from game.ledger.web import page
from tests.ledger import town
from tests.ledger.town import DAY, NOW, PASSWORD, Town

UPLOT_SHA = "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = town.full(tmp_path_factory.mktemp("city"))
    for role in Role:
        made.administrator(role, role, "1/")
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(
    "path", ["/tree", "/members", "/devices", "/refusals", "/administrators", "/audit", "/account"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_states_its_rule_and_is_guarded(city: Town, path: str, language: str) -> None:
    client, _ = city.logged_in("city")
    client.cookies.set("shiqi_language", language)
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<p class="rule">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r'<(script|style)(?![^>]*src=)[^>]*>|\sstyle="|\son\w+="', answer.text), (
        "CSP would stop it"
    )
    assert not re.search(r'(src|href|action)="(?!/|#)', answer.text), "something from elsewhere"
    assert ("口径" in answer.text) == (language == "zh")


def test_the_tree_counts_as_a_plain_count_does(city: Town) -> None:
    text = city.logged_in("auditor")[0].get("/tree").text
    with city.read() as session:
        joined = session.scalar(select(func.count(Member.joined_ms)))
        party = session.scalar(select(func.count()).where(Member.party))
    assert joined
    assert party
    assert f"<dd>{100 * joined / party:.1f} %</dd>" in text
    assert f"<dd>{joined}</dd>" in text
    assert 'action="/tree/rename"' not in text, "an auditor only reads"
    assert text.count('<th scope="row">') == len(town.COUNTIES)


def test_registration_may_pass_a_hundred_and_is_nothing_without_party_members(city: Town) -> None:
    place = city.place("1/", "空县", "county")
    text = city.logged_in("city")[0].get(f"/tree?org={city.places[place]}").text
    assert '<div class="chief"><dt>注册率</dt><dd>—</dd>' in text


def test_members_are_found_and_paged_without_loss(city: Town) -> None:
    client, _ = city.logged_in("city")
    seen: list[str] = []
    place: str | None = "/members"
    while place:
        text = client.get(place).text
        seen += re.findall(r"<td>(AY\d+)</td>", text)
        link = re.search(r'class="more"><a href="([^"]+)"', text)
        place = link[1].replace("&amp;", "&") if link else None
    with city.read() as session:
        assert seen == list(session.scalars(select(Member.number).order_by(Member.number)))
    assert re.findall(r"<td>(AY\d+)</td>", client.get("/members?find=AY00007").text) == ["AY00007"]
    assert "没有这样的成员" in client.get("/members", params={"find": "%"}).text, (
        "a sign of LIKE is only a sign"
    )
    assert "没有这样的成员" in client.get("/members", params={"find": "<script>\0"}).text


def test_refused_lines_and_devices_are_shown_with_their_state(city: Town) -> None:
    client, _ = city.logged_in("city")
    assert "&#34;kind&#34;:&#34;lesson&#34;" in client.get("/refusals").text
    text = client.get("/devices").text
    assert "久未联系" in text
    assert "时钟不准" in text


def test_a_clerk_has_no_menu_of_closed_pages(city: Town) -> None:
    client, _ = city.logged_in("clerk")
    assert client.get("/").headers["location"] == "/counter"
    assert 'href="/members"' not in client.get("/account").text


def test_cookies_are_kept_from_scripts_and_other_sites(city: Town) -> None:
    for base, secure in (("http://ledger.test", False), ("https://ledger.test", True)):
        client = city.client()
        client.base_url = base
        told = client.post("/login", data={"name": "city", "password": PASSWORD}).headers["set-cookie"]
        assert "HttpOnly" in told
        assert "SameSite=strict" in told
        assert ("Secure" in told) == secure


def test_a_wrong_login_and_a_foreign_one_are_refused(city: Town) -> None:
    client = city.client()
    answer = client.post("/login", data={"name": "nobody", "password": "x"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    fields = {"name": "city", "password": PASSWORD}
    assert client.post("/login", data=fields, headers={"Origin": "http://evil.test"}).status_code == 403
    assert client.get("/login").status_code == 200


@pytest.mark.parametrize(
    ("back", "goes"),
    [
        ("/tree", "/tree"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("http://evil.test", "/"),
        ("/\r\nX: 1", "/"),
    ],
)
def test_the_language_switch_leads_nowhere_else(city: Town, back: str, goes: str) -> None:
    answer = city.client().get("/language/en", params={"back": back})
    assert answer.headers["location"] == goes
    assert "shiqi_language=en" in answer.headers["set-cookie"]
    assert "set-cookie" not in city.client().get("/language/xx").headers


def test_the_password_is_changed_by_who_knows_it(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    city.administrator("wangmin", "unit", "1/")
    client, csrf = city.logged_in("wangmin")
    other, _ = city.logged_in("wangmin")
    for old, new, status in (
        ("wrong", "ink-and-bone-2027", 400),
        (PASSWORD, "short", 400),
        (PASSWORD, "wangmin-is-my-name", 400),
        (PASSWORD, "ink-and-bone-2027", 200),
    ):
        answer = client.post("/account/password", data={"csrf": csrf, "old": old, "new": new})
        assert (answer.status_code, 'role="alert"' in answer.text) == (status, True)
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303, "the other session ended"


def test_the_second_factor_is_set_up_by_scanning_and_taken_off(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    city.administrator("wang", "unit", "1/")
    client, csrf = city.logged_in("wang")
    form = {"csrf": csrf, "old": PASSWORD}
    assert client.post("/account/totp", data={**form, "old": "wrong"}).status_code == 400
    shown = client.post("/account/totp", data=form).text
    key = re.search(r"<code>([A-Z2-7]{32})</code>", shown)
    assert key is not None
    assert "<svg" in shown
    assert client.post("/account/totp", data={**form, "secret": key[1], "code": "000"}).status_code == 400
    assert client.post("/account/totp", data={**form, "secret": "short", "code": "000000"}).status_code == 400
    code = pyotp.TOTP(key[1]).at(NOW // 1000)
    assert client.post("/account/totp", data={**form, "secret": key[1], "code": code}).status_code == 303
    fresh = city.client()
    fields = {"name": "wang", "password": PASSWORD}
    assert fresh.post("/login", data=fields).status_code == 401
    assert fresh.post("/login", data={**fields, "code": code}).status_code == 401, "used when it was set up"
    city.now += 30_000
    later = pyotp.TOTP(key[1]).at(city.now // 1000)
    assert fresh.post("/login", data={**fields, "code": later}).status_code == 303
    assert client.post("/account/totp", data=form).status_code == 303
    assert city.client().post("/login", data=fields).status_code == 303


def test_a_session_ends_after_a_working_day(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    city.administrator("wang", "unit", "1/")
    client, _ = city.logged_in("wang")
    city.now += DAY
    assert client.get("/account").headers["location"] == "/login"


def test_both_languages_have_the_same_words_and_the_templates_no_others() -> None:
    chinese, english = (page.words(language) for language in ("zh", "en"))
    assert list(chinese) == list(english)
    assert all(text.strip() for words in (chinese, english) for text in words.values())
    used = set()
    for template in (page.HERE / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        used |= set(re.findall(r"w\['([\w.]+)'\]|\bw\.(\w+)(?!\w*\()", text))
    named = {one or two for one, two in used} - {"get"}
    assert named <= set(chinese)


def test_the_words_are_no_surprise_of_yaml() -> None:
    for language in ("zh", "en"):
        read = yaml.safe_load((page.HERE / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
        assert all(isinstance(key, str) and isinstance(text, str) for key, text in read.items())


def test_the_chart_library_is_the_one_we_took() -> None:
    """uPlot 1.6.32 (MIT, https://github.com/leeoniya/uPlot), dist/uPlot.iife.min.js of its npm package."""
    kept = (page.HERE / "static" / "uplot.js").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == UPLOT_SHA
    assert "MIT" in (page.HERE / "static" / "uplot.LICENSE").read_text()


def test_files_are_served_with_the_headers(city: Town) -> None:
    for name in ("ledger.css", "chart.js", "uplot.js", "uplot.css", "seal.svg"):
        answer = city.client().get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert city.client().get("/static/../page.py").status_code == 404


def test_the_whole_service_has_the_dashboard(city: Town) -> None:
    app = whole.app(city.engine, Points([]), lambda: NOW, fold_every=0)
    assert isinstance(app, FastAPI)
    client = TestClient(app, base_url="http://ledger.test", follow_redirects=False)
    assert client.get("/").headers["location"] == "/login"
