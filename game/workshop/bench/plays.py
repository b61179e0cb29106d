"""CPU of every frame of every play: all stories, all idioms, the scenes of Party history, and their index.

Real time would take an hour, so the page's Python draws frame after frame without waiting for the screen, a
thirtieth of a second of play each: the steps between two pictures are larger than at full rate, so fewer of
them find their actors drawn already, and the figures are rather too high than too low.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from game.content.source import load_library
from game.workshop.bench import Figure
from game.workshop.bench.bare import build
from game.workshop.bench.chrome import chromium, open_page, python, served
from game.workshop.bench.frames import BLANK, WATCH, WINDOW
from game.workshop.places import HERE
from game.workshop.progress import Progress

# Runs in the page's Python, after WATCH. A question is passed over as soon as it is asked.
PLAY = """
import asyncio, json, time
def cost():
    drawn, begun = app.frames_drawn, time.perf_counter()
    app.frame(1 / 30)
    return (time.perf_counter() - begun) * 1000 if app.frames_drawn > drawn else None
async def settle(what):
    from game.scenes.open import open_programme
    app.home()
    open_programme(app, what)
    await asyncio.sleep(0.05)
    for _ in range(20):
        cost()
async def through(what):
    await settle(what)
    scene, costs = app.scene, []
    scene.begin()
    while scene.stage_name == "play":
        if scene.board is not None:
            scene._answered()
        for _ in range(15):
            costs.append(cost())
            if scene.stage_name != "play" or scene.board is not None:
                break
        await asyncio.sleep(0)
    return json.dumps([one for one in costs if one is not None])
async def index(frames):
    await settle("stories")
    costs = []
    for i in range(frames):
        costs.append(cost())
        if i % 15 == 0:
            await asyncio.sleep(0)
    return json.dumps([one for one in costs if one is not None])
"""
INDEX_FRAMES = 900
WORST = 3
"""So many levels of each kind are named, the slowest first."""


def share(costs: Sequence[float], part: float) -> float:
    """The cost that `part` of the frames stay under; 0 for no frames."""
    ordered = sorted(costs)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def figures(name: str, costs: dict[str, list[float]], blank: float) -> list[Figure]:
    """Of all frames of a kind, then the p95 of its slowest levels."""
    every = [cost for level in costs.values() for cost in level]
    found = [
        Figure(f"{name}: {len(every)} frames, CPU median", share(every, 0.5), "ms", blank),
        Figure(f"{name}: CPU p95", share(every, 0.95), "ms", blank),
        Figure(f"{name}: CPU p99", share(every, 0.99), "ms", blank),
    ]
    slowest = sorted(costs, key=lambda level: -share(costs[level], 0.95))
    if len(costs) > 1:
        found += [
            Figure(f"{name}: {level}, CPU p95", share(costs[level], 0.95), "ms", blank)
            for level in slowest[:WORST]
        ]
    return found


def measure(progress: Progress) -> list[Figure]:
    """Milliseconds of CPU a drawn frame at 1280 x 720; the baseline is fill and flip of a blank one."""
    library = load_library(HERE.root)
    levels = {
        "stories": [f"story:{one.id}" for one in library.stories],
        "idioms": [f"idiom:{one.id}" for one in library.idioms],
        "Party scenes": [
            f"party_history:{one.id}" for one in library.party_history if one.script is not None
        ],
    }
    bare = build(HERE, progress)
    found: list[Figure] = []
    with served(bare) as bare_url, served(HERE.web) as url, chromium() as chrome:
        page, _ = open_page(chrome.new_context(viewport=WINDOW), bare_url, "scene:bare")
        blank = share(json.loads(python(page, BLANK)), 0.5)
        page.close()
        page, _ = open_page(chrome.new_context(viewport=WINDOW), url, "scene:title")
        page.wait_for_timeout(3000)
        python(page, WATCH)
        python(page, PLAY)
        python(page, "await visit('stories')")
        found += figures("story index", {"": json.loads(python(page, f"await index({INDEX_FRAMES})"))}, blank)
        with progress.step("plays") as step:
            done, count = 0, sum(len(ids) for ids in levels.values())
            for kind, ids in levels.items():
                costs: dict[str, list[float]] = {}
                for what in ids:
                    told = python(page, f"await through({what!r})")
                    costs[what.partition(":")[2]] = json.loads(told)
                    done += 1
                    step.at(done, count)
                found += figures(kind, costs, blank)
    return found
