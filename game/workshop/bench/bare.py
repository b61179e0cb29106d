"""The bare page: the built site with its game replaced by one blank pygame frame."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from game.workshop import archive, compress
from game.workshop.bytecode import Compiler
from game.workshop.cache import Cache, drop
from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.site import Site

BARE = """
import asyncio
import pygame
from js import performance, requestAnimationFrame
from pyodide.ffi import create_proxy

pygame.display.init()
screen = pygame.display.set_mode((1280, 720))


async def main():
    screen.fill((23, 19, 16))
    pygame.display.flip()
    performance.mark("scene:bare")
    loop = asyncio.get_running_loop()
    while True:
        done = loop.create_future()
        requestAnimationFrame(create_proxy(lambda _: done.done() or done.set_result(None)))
        await done


asyncio.run(main())
"""


def build(places: Places, progress: Progress) -> Path:
    """build/bare, made from build/web, which must be there and compressed."""
    place = places.build / "bare"
    drop(place)
    shutil.copytree(places.web, place)
    compiler: Compiler = Site(places, progress).compiler
    packed = archive.pack(
        {f"assets/{n}": d for n, d in compiler.compile({"main.py": BARE.encode()}, "", "bare").items()}
    )
    (place / "shiqi.apk").write_bytes(packed)
    index = place / "index.html"
    text = index.read_text(encoding="utf-8")
    site = re.search(r'(<script type="application/json" id="site">)(.*?)(</script>)', text, re.S)
    assert site is not None, "index.html has no site element"
    told = json.loads(site[2])
    told["files"]["shiqi.apk"] = len(packed)
    index.write_text(text[: site.start(2)] + json.dumps(told) + text[site.end(2) :], encoding="utf-8")
    for name in ("shiqi.apk", "index.html"):
        for kind in compress.KINDS:
            (place / f"{name}.{kind}").unlink(missing_ok=True)
    (place / "worker.js").unlink()
    (place / "worker.js.br").unlink(missing_ok=True)
    (place / "worker.js.gz").unlink(missing_ok=True)
    compress.site(place, Cache(places.cache), progress)
    return place
