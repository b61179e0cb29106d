"""The tokens of the page and of the service worker, and the policy in a meta tag."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.workshop import page
from game.workshop.trouble import Trouble


def test_the_page_is_told_its_version_and_sizes() -> None:
    made = page.index('<script type="application/json" id="site">__SITE__</script>', "v1", {"b": 2, "a": 1})
    told = made.removeprefix('<script type="application/json" id="site">').removesuffix("</script>")
    assert json.loads(told) == {"version": "v1", "files": {"a": 1, "b": 2}}


def test_no_file_name_can_close_the_script() -> None:
    made = page.index("__SITE__", "v", {"</script>": 1})
    assert "</script>" not in made
    assert json.loads(made)["files"] == {"</script>": 1}


def test_the_worker_is_told_what_to_keep() -> None:
    made = page.worker('const V = "__VERSION__"; const F = __PRECACHE__;', "v1", ["b", "./", "a"])
    assert made == 'const V = "v1"; const F = ["./","a","b"];'


@pytest.mark.parametrize("script", ["__VERSION__", "__PRECACHE__", ""])
def test_a_page_without_its_tokens_is_refused(script: str) -> None:
    with pytest.raises(Trouble, match=r"worker\.js has no __"):
        page.worker(script, "v", [])
    with pytest.raises(Trouble, match="page template has no __SITE__"):
        page.index(script, "v", {})


@pytest.mark.parametrize(
    ("tag", "policy"),
    [
        ('<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">', "default-src 'self'"),
        ("<META content='a;\n  b' HTTP-EQUIV=content-security-policy>", "a; b"),
        ('<meta http-equiv="Content-Security-Policy" content="img-src &#39;self&#39;">', "img-src 'self'"),
        ('<meta http-equiv="refresh" content="1">', ""),
        ('<meta http-equiv="Content-Security-Policy">', ""),
        ("", ""),
    ],
)
def test_the_policy_of_a_page(tag: str, policy: str) -> None:
    assert page.policy(f"<!doctype html><meta charset=utf-8>{tag}<title>x</title>") == policy


def test_templates_are_not_served(tmp_path: Path) -> None:
    for name in (*page.NEEDED, "shiqi.tmpl", "pygbag.tmpl", "view.js"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert set(page.files(tmp_path)) == {*page.NEEDED, "view.js"}


def test_a_missing_page_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "boot.js").touch()
    with pytest.raises(Trouble, match=r"assets/web/worker\.js is missing"):
        page.files(tmp_path)
