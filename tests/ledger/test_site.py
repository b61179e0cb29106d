"""The built game served by the ledger itself: one origin, the site's own headers, nothing outside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from game.ledger import site
from game.ledger.__main__ import main, parser

PAGE = (
    '<meta http-equiv="Content-Security-Policy" content="connect-src \'self\'">'
    '<script>{"version":"7"}</script>'
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    root = tmp_path / "web"
    root.mkdir()
    (root / "index.html").write_text(PAGE, encoding="utf-8")
    (root / "boot.js").write_text("boot()", encoding="utf-8")
    (root / "boot.js.gz").write_bytes(b"packed")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    app = FastAPI()
    site.mount(app, root)
    return TestClient(app)


def test_the_page_has_its_policy_and_type(client: TestClient) -> None:
    answer = client.get("/game")
    assert answer.status_code == 200
    assert answer.url.path == "/game/"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert client.head("/game/").content == b""


def test_validators_and_versions_work(client: TestClient) -> None:
    answer = client.get("/game/boot.js?v=7", headers={"accept-encoding": "identity"})
    assert answer.text == "boot()"
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(
        "/game/boot.js", headers={"accept-encoding": "identity", "if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    with client.stream("GET", "/game/boot.js", headers={"accept-encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert b"".join(packed.iter_raw()) == b"packed"


@pytest.mark.parametrize("path", ["/game/none.js", "/game/%2e%2e/secret.txt", "/game/%252e%252e/secret.txt"])
def test_nothing_outside_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_without_a_site_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no built site"):
        site.mount(FastAPI(), tmp_path)


def test_the_public_address_is_only_an_address() -> None:
    told = parser().parse_args(["--public-url", "https://ledger.example.cn:8443/"])
    assert told.public_url == "https://ledger.example.cn:8443"
    for wrong in ("ledger.example.cn", "ftp://a", "https://a/b", "https://a?b", "https://"):
        with pytest.raises(SystemExit):
            parser().parse_args(["--public-url", wrong])


@pytest.mark.parametrize(
    ("words", "game", "options"),
    [
        ([], "", {"proxy_headers": False}),
        (["--game", "/play/"], "/play/", {"proxy_headers": False}),
        (
            ["--trust-proxy", "127.0.0.1"],
            "",
            {"proxy_headers": True, "forwarded_allow_ips": "127.0.0.1"},
        ),
    ],
)
def test_a_proxy_is_believed_only_when_told(
    words: list[str], game: str, options: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it anyone could name another address in X-Forwarded-For, and be counted as somebody else."""
    started: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **how: started.update(how, app=app))
    assert main(["--db", f"sqlite:///{tmp_path / 'l.db'}", *words]) == 0
    assert options.items() <= started.items()
    assert ("forwarded_allow_ips" in started) == ("forwarded_allow_ips" in options)
    assert started["app"].state.dashboard.game == game
