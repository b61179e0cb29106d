"""Every command has its function, every trouble is one line, tests are never skipped silently."""

from __future__ import annotations

import argparse
import errno
import subprocess
from pathlib import Path

import pytest

from game.workshop import bench, cdn, checks, commands, site, testing
from game.workshop import serve as server
from game.workshop.__main__ import main, parser
from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble, one_line
from game.workshop.wheels import steps


def test_every_command_has_its_function() -> None:
    subs = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert {"play", "build", "serve", "desktop", "check", "test", "bench", "wheels"} <= set(subs.choices)
    assert all(callable(getattr(commands, name)) for name in subs.choices)


@pytest.mark.parametrize("argv", [[], ["help"]])
def test_help(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 0
    assert "build if need be, serve, open the browser" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (Trouble("no network"), 1, "build.py: no network\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "build.py: no disk space left\n"),
        (FileNotFoundError(2, "No such file", "levels/x"), 1, "build.py: No such file: levels/x\n"),
        (KeyboardInterrupt(), 130, "\nbuild.py: stopped\n"),
    ],
)
def test_trouble_is_one_line(
    error: BaseException,
    code: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(asked: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(commands, "build", fail)
    assert main(["build"]) == code
    assert capsys.readouterr().out == line


def test_what_no_command_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--quick"])
    assert "build takes no --quick" in capsys.readouterr().err


def test_an_error_without_words_is_still_a_line() -> None:
    assert one_line(OSError("odd")) == "odd"


def test_serving_without_a_site_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "HERE", Places(tmp_path))
    assert main(["serve"]) == 1
    assert "run build.py build" in capsys.readouterr().out


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, bool]]:
    """Notes how sites are built instead of building them."""
    made: list[dict[str, bool]] = []

    class NoSite:
        def __init__(self, *args: object) -> None: ...

        def build(self, compressed: bool = True, debug: bool = False, draft: bool = False) -> None:
            made.append({"compressed": compressed, "debug": debug, "draft": draft})

    monkeypatch.setattr(site, "Site", NoSite)
    return made


def test_serving_a_site_that_is_behind_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(server.Server):
        def serve_forever(self, poll_interval: float = 0.5) -> None:
            raise KeyboardInterrupt

    opened: list[str] = []
    monkeypatch.setattr(commands, "HERE", Places(tmp_path))
    monkeypatch.setattr(site, "stamp", lambda places: site.Stamp("", "", False, False))
    monkeypatch.setattr(site, "stale", lambda *args: True)
    monkeypatch.setattr(server, "Server", Interrupted)
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert main(["serve", "--port", "0"]) == 0
    told = capsys.readouterr().out
    assert "the sources changed" in told
    assert "Shiqi is at http://127.0.0.1:" in told
    assert opened == []


def test_the_pygbag_runtime_and_the_wheels_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(cdn, "build", lambda places, progress, draft: asked.append(draft))

    def run(places: Places, progress: Progress, out: Path | None, keep: bool) -> int:
        asked.append((out, keep))
        return 4

    monkeypatch.setattr(steps, "run", run)
    assert main(["build", "--runtime", "pygbag", "--draft"]) == 0
    assert main(["wheels", "--out", "here", "--keep"]) == 4
    assert asked == [True, (Path("here"), True)]


def test_checks_and_tests_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def check(places: Places, progress: Progress, only_content: bool) -> int:
        asked.append(only_content)
        return 1

    def test(
        places: Places, progress: Progress, more: list[str], browser_tests: bool, every_level: bool
    ) -> int:
        asked.append((more, browser_tests, every_level))
        return 2

    monkeypatch.setattr(checks, "run", check)
    monkeypatch.setattr(testing, "run", test)
    assert main(["check", "--content"]) == 1
    assert main(["test", "--unit", "-k", "serve"]) == 2
    assert main(["test", "--every-level"]) == 2
    assert asked == [True, (["-k", "serve"], False, False), ([], True, True)]


def test_build_options(built: list[dict[str, bool]]) -> None:
    assert main(["build"]) == main(["build", "--fast", "--debug"]) == main(["build", "--draft"]) == 0
    assert built == [
        {"compressed": True, "debug": False, "draft": False},
        {"compressed": False, "debug": True, "draft": False},
        {"compressed": True, "debug": False, "draft": True},
    ]


@pytest.mark.parametrize("is_stale", [True, False])
def test_play_builds_only_what_is_stale(
    built: list[dict[str, bool]], monkeypatch: pytest.MonkeyPatch, is_stale: bool
) -> None:
    served: list[bool] = []
    monkeypatch.setattr(site, "stale", lambda *args: is_stale)

    def serve(asked: argparse.Namespace, progress: Progress, open_browser: bool) -> int:
        served.append(open_browser)
        return 0

    monkeypatch.setattr(commands, "_serve", serve)
    assert main(["play"]) == 0
    assert main(["play", "--no-browser"]) == 0
    assert served == [True, False]
    assert len(built) == (2 if is_stale else 0)


def test_the_bench_measures_a_compressed_site_and_is_handed_its_arguments(
    built: list[dict[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(argv: list[str]) -> int:
        asked.append(argv)
        return 3

    monkeypatch.setattr(bench, "main", run)
    monkeypatch.setattr(site, "stale", lambda *args: True)
    assert main(["bench", "--runs", "5"]) == 3
    assert asked == [["--runs", "5"]]
    assert built == [{"compressed": True, "debug": False, "draft": False}]


class Runs:
    """Stands in for pytest: notes the markers and gives exit codes."""

    def __init__(self, **codes: int) -> None:
        self.codes = codes
        self.asked: list[str] = []

    def __call__(self, places: Places, marker: str, more: object, **environ: str) -> int:
        self.asked.append(marker)
        return self.codes.get(marker.split()[0], 0)


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ({}, 0),
        ({"not": 1}, 1),
        ({"browser": 1}, 1),
        ({"browser": testing.NOTHING_COLLECTED}, 0),
        ({"not": 2, "browser": 1}, 2),
    ],
)
def test_both_kinds_of_tests_run_and_count(
    codes: dict[str, int], code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs = Runs(**codes)
    monkeypatch.setattr(testing, "pytest", runs)
    monkeypatch.setattr(testing, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(site, "stale", lambda *args, **more: False)
    assert testing.run(Places(tmp_path), Progress()) == code
    assert runs.asked == ["not browser", "browser"]


@pytest.mark.parametrize("every", [False, True])
def test_every_level_is_asked_of_the_browser_tests_alone(
    every: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: dict[str, bool] = {}

    def runs(places: Places, marker: str, more: list[str], **environ: str) -> int:
        told[marker] = testing.EVERY_LEVEL in environ
        return 0

    monkeypatch.setattr(testing, "pytest", runs)
    monkeypatch.setattr(testing, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(site, "stale", lambda *args, **more: False)
    assert testing.run(Places(tmp_path), Progress(), every_level=every) == 0
    assert told == {"not browser": False, "browser": every}


def test_without_a_browser_it_says_loudly_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs()
    monkeypatch.setattr(testing, "pytest", runs)
    monkeypatch.setattr(testing, "browser", lambda: None)
    assert testing.run(Places(tmp_path), Progress()) == 0
    assert runs.asked == ["not browser"]
    assert "NO CHROMIUM FOUND" in capsys.readouterr().out


def test_the_site_is_built_for_the_browser_tests(
    built: list[dict[str, bool]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(testing, "pytest", Runs())
    monkeypatch.setattr(testing, "browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(site, "stale", lambda *args, **more: True)
    assert testing.run(Places(tmp_path), Progress()) == 0
    assert built == [{"compressed": True, "debug": False, "draft": False}]


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHIQI_CHROMIUM", "/opt/mine")
    assert testing.browser() == "/opt/mine"
    monkeypatch.delenv("SHIQI_CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert testing.browser() is None


def test_checks_print_what_is_wrong_and_count_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "content", lambda places: ["levels/a.yaml: a: wrong — mend: it"])
    monkeypatch.setattr(checks, "tool", lambda words, places: [])
    assert checks.run(Places(tmp_path), Progress()) == 1
    told = capsys.readouterr().out
    assert "levels/a.yaml: a: wrong — mend: it" in told
    assert told.count("sound") == len(checks.TOOLS)
    assert checks.run(Places(tmp_path), Progress(), only_content=True) == 1
    assert "ruff" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "said", "lines"), [(0, "All good", []), (1, "a\nb", ["a", "b"]), (2, "", ["failed"])]
)
def test_a_tool_s_words_count_only_when_it_fails(
    code: int, said: str, lines: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = subprocess.CompletedProcess([], code, stdout=said, stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: done)
    assert checks.tool(("ruff", "check"), Places(tmp_path)) == lines
