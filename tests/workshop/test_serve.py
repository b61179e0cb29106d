"""The server: negotiation, validators, policy, lasting and fresh files, and nothing outside its folder."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from game.workshop.answers import Folder, accepted
from game.workshop.serve import Server
from game.workshop.trouble import Trouble

POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"
PAGE = f"""<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<script type="application/json" id="site">{{"version":"abc123","files":{{}}}}</script>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "web"
    (root / "runtime").mkdir(parents=True)
    (root / "index.html").write_text(PAGE, encoding="utf-8")
    (root / "runtime" / "core.wasm").write_bytes(b"\0asm" * 100)
    (root / "runtime" / "core.wasm.br").write_bytes(b"brotli")
    (root / "runtime" / "core.wasm.gz").write_bytes(gzip.compress(b"\0asm" * 100, mtime=0))
    (root / "boot.js").write_text("1", encoding="utf-8")
    (root / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    (tmp_path / "secret").write_text("not for you", encoding="utf-8")
    return root


def headers(root: Path, target: str, encodings: str = "", known: str = "") -> dict[str, str]:
    return dict(Folder(root).answer(target, encodings, known).headers)


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", set()),
        ("gzip, deflate, br, zstd", {"br", "gzip"}),
        ("br;q=0, gzip", {"gzip"}),
        ("gzip;q=0.5", {"gzip"}),
        ("*", {"br", "gzip"}),
        ("*;q=0, gzip", {"gzip"}),
        ("br;q=0, *", {"gzip"}),
        ("identity", set()),
        ("gzip;q=nonsense", set()),
        ("BR ; Q=1", {"br"}),
    ],
)
def test_accept_encoding(header: str, codings: set[str]) -> None:
    assert accepted(header) == codings


@pytest.mark.parametrize(("encodings", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_the_best_form_is_sent(root: Path, encodings: str, coding: str | None) -> None:
    answer = Folder(root).answer("/runtime/core.wasm", encodings)
    told = dict(answer.headers)
    assert answer.status == HTTPStatus.OK
    assert told.get("Content-Encoding") == coding
    assert told["Content-Type"] == "application/wasm"
    assert answer.body is not None
    assert int(told["Content-Length"]) == answer.body.stat().st_size
    assert told["Vary"] == "Accept-Encoding"


def test_a_file_without_other_forms_is_sent_plain(root: Path) -> None:
    told = headers(root, "/boot.js", "br, gzip")
    assert "Content-Encoding" not in told
    assert told["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("target", "kind"),
    [("/", "text/html; charset=utf-8"), ("/manifest.webmanifest", "application/manifest+json")],
)
def test_types(root: Path, target: str, kind: str) -> None:
    assert headers(root, target)["Content-Type"] == kind


def test_a_known_file_is_not_sent_again(root: Path) -> None:
    tag = headers(root, "/runtime/core.wasm", "br")["ETag"]
    answer = Folder(root).answer("/runtime/core.wasm", "br", f'"other", W/{tag}')
    assert (answer.status, answer.body) == (HTTPStatus.NOT_MODIFIED, None)
    assert "Content-Type" not in dict(answer.headers)
    assert Folder(root).answer("/boot.js", "", "*").status == HTTPStatus.NOT_MODIFIED


def test_each_form_and_each_content_has_its_own_validator(root: Path) -> None:
    tags = [headers(root, "/runtime/core.wasm", coding)["ETag"] for coding in ("", "gzip", "br")]
    (root / "runtime" / "core.wasm").write_bytes(b"changed, and longer")
    tags.append(headers(root, "/runtime/core.wasm")["ETag"])
    assert len(set(tags)) == 4


def test_only_files_asked_for_by_this_version_last(root: Path) -> None:
    assert headers(root, "/boot.js?v=abc123")["Cache-Control"] == "public, max-age=31536000, immutable"
    for target in ("/", "/boot.js", "/boot.js?v=older", "/boot.js?v="):
        assert headers(root, target)["Cache-Control"] == "no-cache"


def test_the_policy_is_the_page_s_own(root: Path) -> None:
    assert headers(root, "/boot.js")["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/../secret",
        "/%2e%2e/secret",
        "/runtime/../../secret",
        "/runtime/./core.wasm",
        "/a\\b",
        "/%00",
        "/runtime",
    ],
)
def test_nothing_else_is_found(root: Path, target: str) -> None:
    answer = Folder(root).answer(target)
    assert (answer.status, answer.body) == (HTTPStatus.NOT_FOUND, None)


def test_a_folder_without_a_page_has_no_policy_and_no_version(tmp_path: Path) -> None:
    assert (Folder(tmp_path).policy(), Folder(tmp_path).version()) == ("", "")


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    with Server(root, port=0) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_one_connection_serves_many_requests(server: Server, root: Path) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    connection = http.client.HTTPConnection("127.0.0.1", int(server.server_address[1]), timeout=5)
    connection.request("GET", "/runtime/core.wasm", headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    assert (answer.version, answer.status, answer.read()) == (11, 200, b"brotli")
    socket = connection.sock
    connection.request("HEAD", "/boot.js")
    answer = connection.getresponse()
    assert (answer.status, answer.read(), answer.headers["Content-Length"]) == (200, b"", "1")
    connection.request("GET", "/", headers={"If-None-Match": "*"})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (304, b"")
    connection.request("GET", "/missing")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (404, b"")
    connection.request("GET", "/boot.js")
    answer = connection.getresponse()
    assert answer.read() == b"1"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert connection.sock is socket
    connection.close()


def test_a_taken_port_is_named_with_another(server: Server, root: Path) -> None:
    port = int(server.server_address[1])
    with pytest.raises(
        Trouble, match=rf"port {port} of 127\.0\.0\.1 cannot be used .*: try --port {port + 1}$"
    ):
        Server(root, port=port)


@pytest.mark.parametrize(
    ("host", "told"),
    [("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")],
)
def test_the_url_is_one_a_browser_here_can_open(root: Path, host: str, told: str) -> None:
    try:
        server = Server(root, host, 0)
    except Trouble:
        pytest.skip("no IPv6 on this machine")
    with server:
        assert server.url == f"http://{told}:{server.server_address[1]}/"
