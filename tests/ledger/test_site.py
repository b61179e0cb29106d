"""The built game served by the ledger itself: one origin, the site's own headers, nothing outside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from game.ledger import site

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
