"""`build.py build --runtime pygbag`: the same game for pygbag's own runtime, in build/pygbag.

pygbag's loader, Python and pygame come from its CDN when the page is opened; nothing is fetched when it
is built. The game goes in as sources, since bytecode for another Python would not load there.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from game.workshop import stage
from game.workshop.cache import drop
from game.workshop.places import Places
from game.workshop.progress import Progress, size
from game.workshop.site import TITLE, Site

# The desktop's host is plain pygame and files, and so works there too (what is saved lasts as long as the
# page); the browser's host is made for our own page. pygbag reads the packages to load from the first block
# (PEP 723), and its pygame loads fonts from paths only.
MAIN = """\
# /// script
# dependencies = ["pygame-ce", "numpy"]
# ///
import asyncio
from pathlib import Path

import pygame.font

from game.host.desktop import DesktopHost
from game.main import main


class FontFromPath(pygame.font.Font):
    def __init__(self, file, size=20):
        data = file.getvalue()
        path = Path("/tmp", f"{len(data)}.ttf")
        path.write_bytes(data)
        super().__init__(str(path), size)


pygame.font.Font = FontFromPath
asyncio.run(main(DesktopHost(Path.cwd(), Path("/tmp/shiqi"))))
"""
DESKTOP = ("game/host/desktop.py", "game/host/desktop_prompt.py", "game/host/desktop_store.py")


def build(places: Places, progress: Progress, draft: bool = False) -> Path:
    """Make build/pygbag and give its folder: index.html, shiqi.apk, favicon.png."""
    site = Site(places, progress)
    sections, cut = site.assets(draft)
    icon = site.icons() / "favicon.png"
    place = places.build / "pygbag"
    with tempfile.TemporaryDirectory() as folder, progress.step("pygbag") as step:
        staged = Path(folder, "shiqi")
        files = stage.files(places.root, sections, cut)
        files |= {name: (places.root / name).read_bytes() for name in DESKTOP}
        files["main.py"] = MAIN.encode()
        stage.write(files, staged)
        inside, _ = stage.pygbag(staged, places.page / "pygbag.tmpl", icon, TITLE)
        drop(place)
        place.mkdir(parents=True)
        for name in ("index.html", "shiqi.apk", "favicon.png"):
            shutil.copy(staged / "build" / "web" / name, place / name)
        step.note = f"{len(inside)} files, {size((place / 'shiqi.apk').stat().st_size)}"
    progress.say(f"  {place}: upload it anywhere; its Python comes from pygbag's CDN")
    return place
