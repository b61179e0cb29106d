"""Compressed forms hold the same bytes, are made once, and only where they help."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from game.workshop import compress
from game.workshop.cache import Cache
from game.workshop.progress import Progress


def test_forms_beside_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    web, cache = tmp_path / "web", Cache(tmp_path / "cache")
    (web / "runtime").mkdir(parents=True)
    text = b"carved " * 500
    (web / "runtime" / "core.wasm").write_bytes(text)
    (web / "small.js").write_bytes(b"1")
    (web / "icon.png").write_bytes(text)
    (web / "noise.zip").write_bytes(bytes((i * i * 7919 >> 5) % 256 for i in range(300)))
    compress.site(web, cache, Progress())
    made = {path.relative_to(web).as_posix() for path in web.rglob("*") if path.suffix in (".br", ".gz")}
    assert {"runtime/core.wasm.br", "runtime/core.wasm.gz"} <= made
    assert not {"small.js.br", "icon.png.br", "icon.png.gz"} & made
    assert brotli.decompress((web / "runtime" / "core.wasm.br").read_bytes()) == text
    assert gzip.decompress((web / "runtime" / "core.wasm.gz").read_bytes()) == text
    for name in made:
        assert (web / name).stat().st_size < (web / name).with_suffix("").stat().st_size
    assert "4 made anew" in capsys.readouterr().out
    compress.site(web, cache, Progress())
    assert "0 made anew" in capsys.readouterr().out


def test_the_same_data_gives_the_same_bytes() -> None:
    assert compress.gzip_of(b"x" * 999) == compress.gzip_of(b"x" * 999)
    assert compress.brotli_of(b"x" * 999) == compress.brotli_of(b"x" * 999)
