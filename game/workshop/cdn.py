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

# pygbag reads from this block which packages its runtime is to load (PEP 723).
NEEDS = """\
# /// script
# dependencies = ["pygame-ce", "numpy"]
# ///
"""


def build(places: Places, progress: Progress, draft: bool = False) -> Path:
    """Make build/pygbag and give its folder: index.html, shiqi.apk, favicon.png."""
    site = Site(places, progress)
    sections, cut = site.assets(draft)
    icon = site.icons() / "favicon.png"
    place = places.build / "pygbag"
    with tempfile.TemporaryDirectory() as folder, progress.step("pygbag") as step:
        staged = Path(folder, "shiqi")
        files = stage.files(places.root, sections, cut)
        files["main.py"] = NEEDS.encode() + files["main.py"]
        stage.write(files, staged)
        inside, _ = stage.pygbag(staged, places.page / "pygbag.tmpl", icon, TITLE)
        drop(place)
        place.mkdir(parents=True)
        for name in ("index.html", "shiqi.apk", "favicon.png"):
            shutil.copy(staged / "build" / "web" / name, place / name)
        step.note = f"{len(inside)} files, {size((place / 'shiqi.apk').stat().st_size)}"
    progress.say(f"  {place}: upload it anywhere; its Python comes from pygbag's CDN")
    return place
