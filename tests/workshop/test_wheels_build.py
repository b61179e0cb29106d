"""Building the wheels: what is compared and kept, and what stops a build before it starts."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.workshop.places import Places
from game.workshop.progress import Progress, Step
from game.workshop.trouble import Trouble
from game.workshop.wheels import chroot, steps
from game.workshop.wheels.chroot import Chroot

WHEELS = {"numpy-1-x.whl": b"numpy", "pygame_ce-1-x.whl": b"pygame"}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    class Made:
        def __init__(self, places: Places, progress: Progress, out: Path) -> None:
            self.out = out

        def run(self) -> dict[str, bytes]:
            self.out.mkdir(parents=True)
            return WHEELS

    monkeypatch.setattr(steps, "Build", Made)
    places = Places(tmp_path)
    (places.runtime / "wheels").mkdir(parents=True)
    return places


def test_the_same_wheels_are_a_success(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    (places.runtime / "wheels" / steps.SUMS).write_text(steps.sums(WHEELS), encoding="utf-8")
    out = places.root / "out"
    assert steps.run(places, Progress(), out, keep=False) == 0
    assert "the same as the committed wheels" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in out.glob("*.whl")} == WHEELS
    assert not list((places.runtime / "wheels").glob("*.whl"))


def test_other_wheels_are_a_failure(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert steps.run(places, Progress(), None, keep=False) == 1
    assert "NOT the same" in capsys.readouterr().out
    assert (places.build / "wheels" / steps.SUMS).is_file()


def test_wheels_are_kept_if_asked(places: Places) -> None:
    committed = places.runtime / "wheels"
    (committed / "numpy-0-x.whl").write_bytes(b"old")
    assert steps.run(places, Progress(), None, keep=True) == 0
    assert {path.name: path.read_bytes() for path in committed.glob("*.whl")} == WHEELS
    assert (committed / steps.SUMS).read_text(encoding="utf-8") == steps.sums(WHEELS)


def test_sums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    for name, data in WHEELS.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / steps.SUMS).write_text(steps.sums(WHEELS), encoding="utf-8")
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", steps.SUMS], cwd=tmp_path, check=True)


@pytest.mark.parametrize(("user", "program"), [(1000, "/usr/sbin/debootstrap"), (0, None)])
def test_without_root_or_debootstrap_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, program: str | None
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: program)
    with pytest.raises(Trouble, match="needs root and debootstrap"):
        Chroot(tmp_path / "root", tmp_path / "log").create("sid", "trixie", Step("x", io.StringIO()))


def test_the_mirror_is_the_machine_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "http://mirror.example/debian-security/\nhttp://mirror.example/debian/\nhttp://mirror.example/debian/\n"
    done = subprocess.CompletedProcess([], 0, stdout=told)
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: done)
    assert chroot.mirror() == "http://mirror.example/debian/"
    done.stdout = ""
    with pytest.raises(Trouble, match="no Debian mirror"):
        chroot.mirror()


def test_what_a_step_prints_goes_to_the_log_and_its_count_to_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr("game.workshop.progress.time.monotonic", lambda: float(next(clock)))
    out = io.StringIO()
    place = Chroot(tmp_path / "root", tmp_path / "log.txt")
    place._log([sys.executable, "-c", "print('[1/4] cc a.c'); print('[3/4] cc b.c')"], Step("compiling", out))
    assert out.getvalue() == "  compiling … 25 % 75 %"
    assert place.log.read_text(encoding="utf-8") == "[1/4] cc a.c\n[3/4] cc b.c\n"


def test_a_failed_step_gives_its_last_line_and_names_the_log(tmp_path: Path) -> None:
    place = Chroot(tmp_path / "root", tmp_path / "log.txt")
    words = [
        sys.executable,
        "-c",
        "print('cc a.c'); print('error: no such header'); print(); raise SystemExit(2)",
    ]
    with pytest.raises(Trouble, match=r"^error: no such header \(all of it in .*log\.txt\)$"):
        place._log(words, Step("compiling", io.StringIO()))


def test_folders_are_unmounted_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(words: list[str], check: bool) -> None:
        asked.append(words)
        if words[0] == "mount" and words[-1].endswith("proc"):
            raise subprocess.CalledProcessError(1, words)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(subprocess.CalledProcessError), Chroot(tmp_path, tmp_path / "log").mounted():
        pass
    assert [words[0] for words in asked] == ["mount", "mount", "umount"]
    assert asked[-1] == ["umount", str(tmp_path / "dev")]
