"""A real PostgreSQL for tests and benches: its own cluster in a temp folder, on a socket there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest release that is installed; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@contextmanager
def server() -> Iterator[str]:
    """A running server's URL. PostgreSQL refuses to run as root, so then it runs as the user postgres."""
    bin_ = binaries()
    assert bin_ is not None
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = Path(tempfile.mkdtemp(prefix="shiqi-pg-"))
    data = place / "data"
    if as_user:
        shutil.chown(place, "postgres")

    def run(*words: str) -> None:
        done = subprocess.run(
            [*as_user, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=place
        )
        assert done.returncode == 0, done.stdout

    try:
        run(str(bin_ / "initdb"), "-D", str(data), "-U", "shiqi", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {place} -c listen_addresses='' -c max_connections=60"
        log = str(place / "log")
        run(str(bin_ / "pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start")
        try:
            yield f"postgresql://shiqi@/postgres?host={place}"
        finally:
            run(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)
