"""The finished site, build/web: page, runtime, packed game, icons, compressed forms.

Everything that takes time is kept under .cache by the hash of what it was made from, so a change to one
scene costs a second or two. The site is laid out beside its place and swapped in whole.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from game.workshop import archive, compress, content, core, fonts, icons, node, page, stage
from game.workshop.bytecode import WITH_DOCSTRINGS, Compiler
from game.workshop.cache import Cache, digest, digest_tree, drop, tree
from game.workshop.places import Places
from game.workshop.progress import Progress, size
from game.workshop.trouble import Trouble

TITLE = "识契 Shiqi"
SOURCES = ("game", "levels", "assets")
RUNTIME = tuple(
    f"assets/runtime/{name}"
    for name in ("package-lock.json", "keep.txt", "bytecode.mjs", "em_asm.py", "wheels")
)
KINDS = ("npm", "pyc", "fonts", "content", "runtime", "compressed", "icons")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a site was made from (digest of all sources), its version, and how it was made."""

    sources: str
    version: str
    compressed: bool
    debug: bool


def stamp(places: Places) -> Stamp | None:
    """The stamp of the site that is there, None without one."""
    try:
        told = json.loads((places.build / "web.json").read_text(encoding="utf-8"))
        return Stamp(**told) if (places.web / "index.html").is_file() else None
    except (OSError, ValueError, TypeError):
        return None


def stale(places: Places, compressed: bool = False, debug: bool = False) -> bool:
    """Whether the site must be made anew to match the sources (and be compressed, or be a debug build)."""
    there = stamp(places)
    if there is None or there.debug != debug or (compressed and not there.compressed):
        return True
    return there.sources != digest_tree(places.root, SOURCES)


class Site:
    """Builds the site of one checkout."""

    def __init__(self, places: Places, progress: Progress) -> None:
        self.places = places
        self.progress = progress
        self.cache = Cache(places.cache)
        self.packages = node.packages(places, self.cache, progress)
        script = places.runtime / "bytecode.mjs"
        self.compiler = Compiler(self.packages / "pyodide", script, self.cache, progress)

    def build(self, compressed: bool = True, debug: bool = False, draft: bool = False) -> Stamp:
        """Make build/web anew; returns the new stamp.

        `debug` packs sources instead of bytecode; a `draft` is made although levels/ has problems.
        """
        sources = digest_tree(self.places.root, SOURCES)
        runtime = self.runtime()
        drawn = self.icons()
        packed, index = self.game(drawn / "favicon.png", debug, draft)
        files = {f"runtime/{path.name}": path.read_bytes() for path in tree(runtime, ["."])}
        files["shiqi.apk"] = packed
        files |= {path.name: path.read_bytes() for path in tree(drawn, ["."])}
        shell = page.files(self.places.page)
        script = shell.pop("worker.js").decode()
        files |= shell
        parts = [part for name, data in sorted(files.items()) for part in (name, data)]
        version = digest(*parts, index, script)[:12]
        sizes = {name: len(data) for name, data in files.items()}
        files["index.html"] = page.index(index, version, sizes).encode()
        files |= core.notices(self.places)
        files["worker.js"] = page.worker(script, version, ["./", *sizes]).encode()
        made = Stamp(sources, version, compressed, debug)
        self.lay(files, made)
        self.cache.tidy(KINDS)
        return made

    def runtime(self) -> Path:
        """The `runtime/` folder, from the cache unless what it is made from changed."""
        here = Path(__file__).parent
        made_from = [*tree(self.places.root, RUNTIME), here / "core.py", here / "archive.py"]
        key = digest(*(path.read_bytes() for path in made_from))[:20]

        def make(place: Path) -> None:
            place.mkdir(parents=True)
            for name, data in core.runtime(self.places, self.packages / "pyodide", self.compiler).items():
                (place / name).write_bytes(data)
            em_asm(self.places, place)

        return self.cache.get("runtime", key, make)

    def icons(self) -> Path:
        """The folder of icons."""

        def make(place: Path) -> None:
            place.mkdir(parents=True)
            for name, data in icons.make().items():
                (place / name).write_bytes(data)

        key = digest_tree(self.places.root, ["game/glyphs", "game/workshop/icons.py"])[:20]
        return self.cache.get("icons", key, make)

    def assets(self, draft: bool = False) -> tuple[Path, dict[str, bytes]]:
        """The folder of packed content, and the cut fonts by name."""
        pack = content.packed(self.places, self.cache, self.progress, draft)
        listed = fonts.listed(self.places.assets / "fonts" / "fonts.json", self.packages)
        lock = digest((self.places.runtime / "package-lock.json").read_bytes())
        used = content.characters(pack)
        return pack / "content", fonts.make(listed, used, lock, self.cache, self.progress)

    def game(self, icon: Path, debug: bool, draft: bool) -> tuple[bytes, str]:
        """The packed game (an archive with all under assets/) and the page, both made by pygbag."""
        sections, cut = self.assets(draft)
        with tempfile.TemporaryDirectory() as folder:
            staged = Path(folder, "shiqi")
            stage.write(stage.files(self.places.root, sections, cut), staged)
            with self.progress.step("pygbag") as step:
                inside, index = stage.pygbag(staged, self.places.page / "shiqi.tmpl", icon, TITLE)
                step.note = f"{len(inside)} files"
        if not debug:
            inside = self.compiler.compile(inside, "", "the game", WITH_DOCSTRINGS)
        return archive.pack({f"assets/{name}": data for name, data in inside.items()}), index

    def lay(self, files: dict[str, bytes], made: Stamp) -> None:
        """Write the files beside build/web, compress them, and swap the two folders."""
        fresh, old = (self.places.build / f"web.{word}.{os.getpid()}" for word in ("new", "old"))
        try:
            for name, data in files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(data)
            if made.compressed:
                compress.site(fresh, self.cache, self.progress)
            if self.places.web.exists():
                self.places.web.rename(old)
            fresh.rename(self.places.web)
        finally:
            drop(fresh)
            drop(old)
        (self.places.build / "web.json").write_text(json.dumps(asdict(made)), encoding="utf-8")
        total = size(sum(map(len, files.values())))
        self.progress.say(f"  build/web: version {made.version}, {len(files)} files, {total}")


def em_asm(places: Places, runtime: Path) -> None:
    """Add runtime/em_asm.js: the JavaScript inside the wasm modules, so that the page needs no eval."""
    script = places.runtime / "em_asm.py"
    if not script.is_file():
        return
    command = [sys.executable, str(script), str(runtime / "pygame.whl"), str(runtime / "em_asm.js")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise Trouble(f"assets/runtime/em_asm.py failed: {lines[-1]}")


def desktop(site: Site, draft: bool = False) -> Path:
    """build/desktop: the assets of the desktop game (content/, fonts/)."""
    sections, cut = site.assets(draft)
    place = site.places.desktop
    drop(place)
    shutil.copytree(sections, place / "content")
    (place / "fonts").mkdir()
    for name, data in cut.items():
        (place / "fonts" / name).write_bytes(data)
    return place
