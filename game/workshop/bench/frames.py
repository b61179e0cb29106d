"""CPU of a frame on the title, in a lesson, while carving and in a story; memory after a tour."""

from __future__ import annotations

import json
from statistics import median
from typing import Any

from game.workshop.bench import Figure
from game.workshop.bench.bare import build
from game.workshop.bench.chrome import chromium, open_page, python, served
from game.workshop.places import HERE
from game.workshop.progress import Progress

# Runs in the page's Python: finds the app, and notes what each of its frames costs.
WATCH = """
import gc, json, time
from game.app import App
gc.unfreeze()  # what the app froze at its start is not listed otherwise
app = [found for found in gc.get_objects() if isinstance(found, App)][0]
gc.freeze()
costs, gaps = [], []
_real = app.frame
def _frame(dt):
    drawn, begun = app.frames_drawn, time.perf_counter()
    _real(dt)
    if app.frames_drawn > drawn:
        costs.append((time.perf_counter() - begun) * 1000)
        gaps.append(dt * 1000)
app.frame = _frame
async def visit(what):
    import asyncio
    from game.scenes.open import open_programme
    if app.session.player is None:
        await app.session.begin("鹿山")
    app.home()
    open_programme(app, what)
    await asyncio.sleep(1.0)
def take():
    told = json.dumps([costs, gaps])
    costs.clear(); gaps.clear()
    return told
"""
CARVE = """
from game.scenes.carve import CarveStep
import asyncio
await visit("unit:forest")
scene = app.scene
while not isinstance(scene.step, CarveStep):
    if scene.exercise.kind == "meet":
        await scene._meet()
    else:
        await scene._answer(scene.exercise.answer[0]); scene._next()
    await asyncio.sleep(0.05)
await asyncio.sleep(1.0)
pad, ratio = scene.find("pad"), app.kit.metrics.ratio
take()
json.dumps([[[(pad.rect.x + x * pad.rect.w / 100) / ratio, (pad.rect.y + y * pad.rect.h / 100) / ratio]
    for x, y in stroke] for stroke in pad.carving.form.strokes])
"""
BLANK = """
import json, time, pygame
screen = pygame.display.get_surface()
costs = []
for _ in range(120):
    begun = time.perf_counter()
    screen.fill((23, 19, 16)); pygame.display.flip()
    costs.append((time.perf_counter() - begun) * 1000)
json.dumps(costs)
"""
WINDOW = {"width": 1280, "height": 720}
TOUR = (
    "reading",
    "idioms",
    "stories",
    "party",
    "record",
    "settings",
    "catalogue",
    "unit:sky",
    "story:elephants",
)


def _figures(name: str, told: str, blank: float) -> list[Figure]:
    costs, gaps = json.loads(told)
    costs.sort()
    if not costs:  # nothing moved, so nothing was drawn
        return [Figure(f"frame: {name}, CPU p95", 0.0, "ms", blank)]
    return [
        Figure(f"frame: {name}, CPU median", costs[len(costs) // 2], "ms", blank),
        Figure(f"frame: {name}, CPU p95", costs[int(len(costs) * 0.95)], "ms", blank),
        Figure(f"frame: {name}, rate", 1000 / max(1.0, median(gaps)), "fps"),
    ]


def _carve(page: Any) -> None:
    """Traces every stroke with the mouse, slowly as a hand does."""
    for stroke in json.loads(python(page, CARVE)):
        page.mouse.move(*stroke[0])
        page.mouse.down()
        for point in stroke[1:]:
            page.mouse.move(*point, steps=3)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(150)


def measure(progress: Progress) -> list[Figure]:
    """Milliseconds of CPU a drawn frame at 1280 x 720; the baseline is fill and flip of a blank one."""
    bare = build(HERE, progress)
    found: list[Figure] = []
    with served(bare) as bare_url, served(HERE.web) as url, chromium() as chrome:
        page, _ = open_page(
            chrome.new_context(viewport={"width": 1280, "height": 720}), bare_url, "scene:bare"
        )
        blank = median(json.loads(python(page, BLANK)))
        page.close()
        page, _ = open_page(chrome.new_context(viewport=WINDOW), url, "scene:title")
        page.wait_for_timeout(3000)
        python(page, WATCH)
        with progress.step("frames") as step:
            page.wait_for_timeout(3000)
            found += _figures("title at rest", python(page, "take()"), blank)
            step.at(1, 4)
            python(page, "await visit('unit:forest'); app.scene.step._again(); take()")
            page.wait_for_timeout(4500)
            found += _figures("lesson, a glyph carving itself", python(page, "take()"), blank)
            step.at(2, 4)
            _carve(page)
            found += _figures("carving", python(page, "take()"), blank)
            step.at(3, 4)
            python(page, "await visit('story:elephants'); app._activate(app.scene.find('begin'))")
            page.wait_for_timeout(900)
            python(page, "take()")
            page.wait_for_timeout(17_000)
            found += _figures("story", python(page, "take()"), blank)
            step.at(4, 4)
    return found


def memory(progress: Progress) -> list[Figure]:
    """Wasm memory after a tour of all scenes, beside the bare page."""
    bare = build(HERE, progress)
    size = "shiqi.py._module.HEAPU8.length / 1e6"
    with served(bare) as bare_url, served(HERE.web) as url, chromium() as chrome:
        page, _ = open_page(chrome.new_context(), bare_url, "scene:bare")
        empty = page.evaluate(size)
        page.close()
        page, _ = open_page(chrome.new_context(viewport=WINDOW), url, "scene:title")
        python(page, WATCH)
        for what in TOUR:
            python(page, f"await visit('{what}')")
        return [Figure("memory: wasm after a tour", page.evaluate(size), "MB", empty)]
