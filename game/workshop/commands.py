"""The commands of build.py, one function each. Each returns the exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import threading
import webbrowser

from game.workshop import serve as server
from game.workshop import site
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble

Arguments = argparse.Namespace


def build(asked: Arguments) -> int:
    """Make build/web (or build/pygbag), whether it is stale or not."""
    progress = Progress()
    if asked.runtime == "pygbag":
        from game.workshop import cdn

        cdn.build(HERE, progress, asked.draft)
        return 0
    site.Site(HERE, progress).build(not asked.fast, asked.debug, asked.draft)
    return 0


def fresh(progress: Progress, compressed: bool = False) -> None:
    """Make build/web only if it does not match the sources."""
    if site.stale(HERE, compressed):
        progress.say("building the site")
        site.Site(HERE, progress).build(compressed=compressed)


def serve(asked: Arguments) -> int:
    """Serve build/web as it is until interrupted."""
    progress = Progress()
    if site.stamp(HERE) is None:
        raise Trouble("there is no site yet: run build.py build, or build.py play")
    if site.stale(HERE):
        progress.say("  note: the sources changed since this site was built")
    return _serve(asked, progress, open_browser=False)


def play(asked: Arguments) -> int:
    """Build if stale, serve, and open the browser."""
    progress = Progress()
    fresh(progress)
    return _serve(asked, progress, open_browser=not asked.no_browser)


def _serve(asked: Arguments, progress: Progress, open_browser: bool) -> int:
    with server.Server(HERE.web, asked.host, asked.port, quiet=not asked.verbose) as running:
        progress.say(f"Shiqi is at {running.url} (Ctrl-C stops)")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(running.url,), daemon=True).start()
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            progress.say("")
    return 0


def desktop(asked: Arguments) -> int:
    """Play in a window of this machine, with the same content and fonts."""
    assets = site.desktop(site.Site(HERE, Progress()), asked.draft)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from game.host.desktop import DesktopHost
    from game.main import main

    asyncio.run(main(DesktopHost(assets)))
    return 0


def check(asked: Arguments) -> int:
    """Check levels, style and types."""
    from game.workshop import checks

    return checks.run(HERE, Progress(), asked.content)


def test(asked: Arguments) -> int:
    """Unit tests, then the built site in a real browser."""
    from game.workshop import testing

    return testing.run(HERE, Progress(), asked.rest, not asked.unit, asked.every_level)


def bench(asked: Arguments) -> int:
    """Measure the built site beside a bare page."""
    from game.workshop import bench

    named = {word for word in asked.rest if not word.startswith("-")}
    if not named or named - bench.WITHOUT_SITE:
        fresh(Progress(), compressed=True)
    return bench.main(asked.rest)


def ledger(asked: Arguments) -> int:
    """The organisation ledger: its service, rosters, recount."""
    from game.ledger.__main__ import main

    return main(asked.rest)


def sheet(asked: Arguments) -> int:
    """Write the contact sheet of all forms."""
    from game.workshop import sheet as contact

    place, count = contact.write(HERE)
    Progress().say(f"{count} forms on {place.relative_to(HERE.root)}")
    return 0


def strokes(asked: Arguments) -> int:
    """Serve the page on which strokes are recorded, to this machine alone, until interrupted."""
    from game.content.source import load_library
    from game.workshop.strokes.desk import Desk

    with Desk(load_library(HERE.root), asked.port) as desk:
        Progress().say(f"record strokes at {desk.url} (Ctrl-C stops)")
        if not asked.no_browser:
            threading.Thread(target=webbrowser.open, args=(desk.url,), daemon=True).start()
        desk.serve_forever()
    return 0


def story(asked: Arguments) -> int:
    """Play one file with a play for its author, or write its contact sheet or video."""
    from game.workshop.story import command

    return command.run(HERE, asked.file, asked.sheet, asked.video, asked.lang)


def wheels(asked: Arguments) -> int:
    """Build the wasm wheels from their sources and compare them with the committed ones."""
    from game.workshop.wheels import steps

    return steps.run(HERE, Progress(), asked.out, keep=asked.keep)
