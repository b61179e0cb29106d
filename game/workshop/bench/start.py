"""From navigation to the first paint and to the title: cold, warm, offline, beside the bare page."""

from __future__ import annotations

from statistics import median

from game.workshop.bench import Figure
from game.workshop.bench.bare import build
from game.workshop.bench.chrome import chromium, open_page, served
from game.workshop.places import HERE
from game.workshop.progress import Progress

RUNS = 5
TITLE, BARE = "scene:title", "scene:bare"


def measure(progress: Progress) -> list[Figure]:
    """Milliseconds, medians of five; bare and game by turns, each cold run in a browser of its own."""
    bare = build(HERE, progress)
    cold: dict[str, list[float]] = {"bare": [], "game": [], "paint": [], "bare paint": []}
    warm: list[float] = []
    bare_warm: list[float] = []
    with served(bare) as bare_url, served(HERE.web) as url, progress.step("cold starts") as step:
        for run in range(RUNS + 1):
            for name, address, mark in (("bare", bare_url, BARE), ("game", url, TITLE)):
                with chromium() as chrome:
                    context = chrome.new_context(viewport={"width": 1280, "height": 720})
                    page, found = open_page(context, address, mark)
                    page.close()
                    _, again = open_page(context, address, mark)
                    if run:  # the first pair only warms this machine's disk
                        cold[name].append(found[mark])
                        cold["paint" if name == "game" else "bare paint"].append(found["first-paint"])
                        (warm if name == "game" else bare_warm).append(again[mark])
            step.at(run, RUNS)
    offline = _offline(progress)
    return [
        Figure("start: first paint, cold", median(cold["paint"]), "ms", median(cold["bare paint"])),
        Figure("start: title interactive, cold", median(cold["game"]), "ms", median(cold["bare"])),
        Figure("start: title interactive, warm", median(warm), "ms", median(bare_warm)),
        Figure("start: title interactive, offline", median(offline), "ms", median(bare_warm)),
    ]


def _offline(progress: Progress) -> list[float]:
    """Starts from the service worker's cache, after the server is gone."""
    times = []
    with chromium() as chrome, progress.step("offline starts") as step:
        context = chrome.new_context(viewport={"width": 1280, "height": 720})
        with served(HERE.web) as url:
            page, _ = open_page(context, url, TITLE)
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            page.close()
        for run in range(RUNS):
            page, found = open_page(context, url, TITLE)
            times.append(found[TITLE])
            page.close()
            step.at(run + 1, RUNS)
    return times
