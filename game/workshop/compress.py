"""Every file of the site with brotli and gzip beside it, so that a web server has only to send them.

Brotli at its best takes seconds a megabyte: results are kept by the hash of what was compressed, and two
processes share the work.
"""

from __future__ import annotations

import gzip
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from game.workshop.cache import Cache, digest
from game.workshop.progress import Progress, Step, size

ALREADY = {".png", ".jpg", ".ogg", ".br", ".gz"}  # formats that are compressed in themselves
SMALLEST = 256  # bytes; below this the answer's header outweighs the gain
PROCESSES = 2


def brotli_of(data: bytes) -> bytes:
    """Brotli at quality 11 with the largest window (24) that every browser takes."""
    import brotli

    return bytes(brotli.compress(data, quality=11, lgwin=24))


def gzip_of(data: bytes) -> bytes:
    """Gzip at level 9, without a date, so that the same data gives the same bytes."""
    return gzip.compress(data, 9, mtime=0)


KINDS = {"br": brotli_of, "gz": gzip_of}


def make(source: Path, place: Path, kind: str) -> None:
    """Compress one file into the cache (runs in a process of its own)."""
    fresh = place.with_name(place.name + ".part")
    fresh.write_bytes(KINDS[kind](source.read_bytes()))
    fresh.replace(place)


def site(folder: Path, cache: Cache, progress: Progress) -> None:
    """Put FILE.br and FILE.gz beside every file of `folder` that gets smaller by it."""
    with progress.step("brotli and gzip") as step:
        wanted: list[tuple[Path, str, str]] = []
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in ALREADY and path.stat().st_size >= SMALLEST:
                key = digest(path.read_bytes())
                wanted += [(path, f"{key}.{kind}", kind) for kind in KINDS]
        missing = [
            (path, cache.place("compressed", name), kind)
            for path, name, kind in wanted
            if not cache.find("compressed", name)
        ]
        if missing:
            work(missing, step)
        for path, name, kind in wanted:
            data = cache.place("compressed", name).read_bytes()
            if len(data) < path.stat().st_size:
                path.with_name(f"{path.name}.{kind}").write_bytes(data)
        sent = sum(path.stat().st_size for path in folder.rglob("*.br"))
        step.note = f"{len(missing)} made anew, {size(sent)} as brotli"


def work(jobs: list[tuple[Path, Path, str]], step: Step) -> None:
    """Compress (source, place, kind) in processes of their own, the largest first."""
    sizes = {path: path.stat().st_size for path, _, _ in jobs}
    total, done = sum(sizes[path] for path, _, _ in jobs), 0
    with ProcessPoolExecutor(PROCESSES) as pool:
        running = {
            pool.submit(make, *job): sizes[job[0]] for job in sorted(jobs, key=lambda job: -sizes[job[0]])
        }
        for finished in as_completed(running):
            finished.result()
            done += running[finished]
            step.at(done, total)
