"""`python -m game.workshop COMMAND …`: what build.py hands over to inside .venv."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from game.workshop import commands
from game.workshop.serve import PORT
from game.workshop.trouble import Trouble, one_line

PASSING_ON = ("test", "bench", "ledger")  # commands that hand on what they do not know


def parser() -> argparse.ArgumentParser:
    """The command line: every command with its help."""
    top = argparse.ArgumentParser("build.py", description="Shiqi 识契: play, build and test the game.")
    subs = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    play = subs.add_parser("play", help="build if need be, serve, open the browser")
    play.add_argument("--no-browser", action="store_true", help="only print the address")
    serve = subs.add_parser("serve", help="serve the site that was built")
    for sub in (play, serve):
        sub.add_argument(
            "--host", default="127.0.0.1", help="address to bind to; 0.0.0.0 for the whole network"
        )
        sub.add_argument("--port", type=int, default=PORT, help=f"port to bind to (default {PORT}, 0: any)")
        sub.add_argument("--verbose", action="store_true", help="print every request")

    build = subs.add_parser("build", help="make build/web")
    build.add_argument("--fast", action="store_true", help="leave out the brotli and gzip forms")
    build.add_argument("--debug", action="store_true", help="pack sources instead of bytecode")
    build.add_argument("--draft", action="store_true", help="build although levels/ has problems")
    build.add_argument(
        "--runtime", choices=("own", "pygbag"), default="own", help="pygbag: build/pygbag for its CDN"
    )

    desktop = subs.add_parser("desktop", help="play in a window")
    desktop.add_argument("--draft", action="store_true", help="play although levels/ has problems")
    check = subs.add_parser("check", help="check levels, style and types")
    check.add_argument("--content", action="store_true", help="only levels/")
    test = subs.add_parser("test", help="run all tests (what it does not know is for pytest)")
    test.add_argument("--unit", action="store_true", help="leave out the browser tests")
    test.add_argument(
        "--every-level", action="store_true", help="play all levels in the browser, not two of each kind"
    )
    subs.add_parser("bench", help="measure the built site (what follows is for the bench)", add_help=False)
    subs.add_parser("ledger", help="the organisation ledger (what follows is for it)", add_help=False)
    subs.add_parser("sheet", help="every drawn form on one page, build/sheet.html")
    strokes = subs.add_parser(
        "strokes", help="a page on which real strokes are recorded for the grader's tests"
    )
    strokes.add_argument("--port", type=int, default=0, help="port on this machine (default: any)")
    strokes.add_argument("--no-browser", action="store_true", help="only print the address")
    story = subs.add_parser(
        "story", help="one story, idiom or Party file for its author: a window that follows it"
    )
    story.add_argument("file", type=Path, help="the level's YAML file")
    story.add_argument("--sheet", type=Path, metavar="OUT.png", help="write one picture a beat")
    story.add_argument("--video", type=Path, metavar="OUT.webp", help="write an animated WebP")
    story.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the captions")
    wheels = subs.add_parser("wheels", help="build the wasm wheels from source (Debian, root, 8 minutes)")
    wheels.add_argument("--out", type=Path, default=None, help="folder to build in (default build/wheels)")
    wheels.add_argument("--keep", action="store_true", help="keep the new wheels as the committed ones")
    return top


def main(argv: list[str]) -> int:
    """Run one command; every foreseen failure is one line on standard output and exit code 1."""
    os.environ.pop("PYTHONSAFEPATH", None)  # for this start only, not for what the commands start
    if not argv or argv[0] == "help":
        parser().print_help()
        return 0
    asked, rest = parser().parse_known_args(argv)
    if rest and asked.command not in PASSING_ON:
        parser().error(f"{asked.command} takes no {rest[0]}")
    asked.rest = rest
    try:
        code: int = getattr(commands, asked.command)(asked)
    except Trouble as trouble:
        print(f"build.py: {trouble}", flush=True)
        return 1
    except OSError as error:
        print(f"build.py: {one_line(error)}", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nbuild.py: stopped", flush=True)
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
