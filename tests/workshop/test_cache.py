"""The cache keeps whole entries or none, and knows when sources changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from game.workshop.cache import KEPT, Cache, digest, digest_tree, drop, tree


def test_a_digest_tells_where_one_part_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a") == digest(b"a")
    assert len(digest()) == 64


def test_a_tree_leaves_out_caches_and_hidden_files(tmp_path: Path) -> None:
    for name in (
        "game/a.py",
        "game/__pycache__/a.pyc",
        "game/.hidden",
        "game/b.pyc",
        "levels/x.yaml",
        "other/y",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in tree(tmp_path, ["levels", "game", "nowhere"])]
    assert found == ["game/a.py", "levels/x.yaml"]
    assert tree(tmp_path, ["game/a.py"]) == [tmp_path / "game" / "a.py"]


def test_a_digest_of_a_tree_sees_content_and_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("1", encoding="utf-8")
    first = digest_tree(tmp_path, ["a"])
    (tmp_path / "a" / "x").write_text("2", encoding="utf-8")
    second = digest_tree(tmp_path, ["a"])
    (tmp_path / "a" / "x").rename(tmp_path / "a" / "y")
    assert len({first, second, digest_tree(tmp_path, ["a"])}) == 3


def test_an_entry_is_made_once(tmp_path: Path) -> None:
    cache, made = Cache(tmp_path), []

    def make(place: Path) -> None:
        made.append(place)
        place.write_text("done", encoding="utf-8")

    assert cache.find("kind", "key") is None
    first = cache.get("kind", "key", make)
    assert cache.get("kind", "key", make) == first == cache.find("kind", "key")
    assert first.read_text(encoding="utf-8") == "done"
    assert len(made) == 1


def test_an_entry_can_be_a_folder(tmp_path: Path) -> None:
    place = Cache(tmp_path).get("kind", "key", lambda path: (path / "inner").mkdir(parents=True))
    assert (place / "inner").is_dir()
    assert [path.name for path in place.parent.iterdir()] == ["key"]


def test_a_failed_entry_leaves_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fail(place: Path) -> None:
        place.write_text("half", encoding="utf-8")
        raise ValueError("stopped in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        cache.get("kind", "key", fail)
    assert list((tmp_path / "kind").iterdir()) == []


def test_a_faster_neighbour_wins(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def make(place: Path) -> None:
        place.mkdir()
        (place / "mine").touch()
        cache.place("kind", "key").mkdir()
        (cache.place("kind", "key") / "theirs").touch()

    place = cache.get("kind", "key", make)
    assert [path.name for path in place.iterdir()] == ["theirs"]
    assert [path.name for path in place.parent.iterdir()] == ["key"]


def test_only_entries_unused_for_long_are_tidied_away(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for name in ("old", "used"):
        cache.keep("kind", name, b"data")
    cache.keep("other", "old", b"data")
    now = time.time()
    for kind, name in (("kind", "old"), ("kind", "used"), ("other", "old")):
        os.utime(tmp_path / kind / name, (now - KEPT - 1, now - KEPT - 1))
    cache.find("kind", "used")
    cache.tidy(["kind", "missing"], now)
    assert sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    ) == [
        "kind/used",
        "other/old",
    ]


def test_dropping_takes_files_folders_and_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for name in ("link", "file", "folder", "nothing"):
        drop(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
