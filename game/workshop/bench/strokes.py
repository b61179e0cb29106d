"""The grader in the browser's own Python: milliseconds a stroke, the plain matcher beside it in one run."""

from __future__ import annotations

import base64
import inspect
import json
import pickle
from typing import Final

from game.content.source import load_library
from game.workshop.bench import Figure
from game.workshop.bench.chrome import chromium, open_page, python, served
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.strokes import fixed_order
from game.workshop.strokes.made import cases, known_forms

EVERY: Final = 5
"""Each form is drawn in every fifth kind only: all forms and all kinds come, some 4000 strokes."""
BATCH: Final = 40

# Runs in the page's Python, where `plain` is the source of game.workshop.strokes.fixed_order.
GRADE: Final = """
import base64, json, pickle, time
from game.glyphs.carving import Carving
scope = {"__name__": "fixed_order"}
exec(plain, scope)
def timed(call, *given):
    begun = time.perf_counter()
    got = call(*given)
    return (time.perf_counter() - begun) * 1000, got
def one(forms, strictness, lines):
    begun, carving = timed(Carving, forms, strictness)
    matchers = [scope["FixedOrder"](form.strokes, strictness) for form in forms]
    ours, bare = [], []
    for line in lines:
        ours.append(timed(carving.cut, line)[0])
        bare.append(timed(lambda: [matcher.cut(line) for matcher in matchers])[0])
    ours[-1] += timed(carving.verdict)[0]  # the last stroke asks for the verdict
    return [begun], ours, bare
def grade(told):
    begun, ours, bare = [], [], []
    for forms, strictness, inks in pickle.loads(base64.b64decode(told)):
        runs = [one(forms, strictness, inks) for _ in range(5)]
        for kept, *times in zip((begun, ours, bare), *runs):
            kept += [min(five) for five in zip(*times)]
    return json.dumps([ours, bare, begun])
"""


def measure(progress: Progress) -> list[Figure]:
    """p50, p95 and p99 of a stroke, the last of a character with the verdict, and of beginning a carving.

    Each is the least of five runs: what it costs by itself. One run alone, or a median of three, tells more
    of what else the machine does: with ten processes on two cores the p99 of three was nine times its p95.
    """
    forms = known_forms(load_library(HERE.root))
    told = [
        (list(one.aimed(forms[one.char])), one.strictness, one.inks)
        for one in cases(forms, every=EVERY)
        if one.kind != "wild"  # a scribble of hundreds of points is no stroke
    ]
    ours: list[float] = []
    bare: list[float] = []
    begun: list[float] = []
    with served(HERE.web) as url, chromium() as chrome:
        page, _ = open_page(chrome.new_context(), url, "scene:title")
        page.wait_for_timeout(2000)
        python(page, f"plain = {inspect.getsource(fixed_order)!r}\n{GRADE}")
        with progress.step("strokes in Chromium") as step:
            for at in range(0, len(told), BATCH):
                batch = base64.b64encode(pickle.dumps(told[at : at + BATCH])).decode()
                got = json.loads(python(page, f"grade({batch!r})"))
                ours += got[0]
                bare += got[1]
                begun += got[2]
                step.at(at, len(told))
    shares = (50, 95, 99)
    return [
        *(
            Figure(f"grader in Chromium, a stroke, p{share}", _at(ours, share), "ms", _at(bare, share))
            for share in shares
        ),
        *(
            Figure(f"grader in Chromium, a carving begun, p{share}", _at(begun, share), "ms")
            for share in shares
        ),
    ]


def _at(values: list[float], share: int) -> float:
    """The value that so many per cent do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]
