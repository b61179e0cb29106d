"""A Debian system in a folder, in which the emscripten compiler runs. Needs root and debootstrap."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from game.workshop.progress import Step
from game.workshop.trouble import Trouble

ENVIRONMENT = {
    "HOME": "/root",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LANG": "C.UTF-8",
}
COUNTED = re.compile(rb"^\[(\d+)/(\d+)\]")  # how ninja says how far it is


def mirror() -> str:
    """The address of the Debian mirror that this machine's apt uses."""
    words = ["apt-get", "indextargets", "--format", "$(REPO_URI)"]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()
    found = sorted(address for address in set(told) if address.endswith("debian/"))
    if not found:
        raise Trouble("apt on this machine knows no Debian mirror")
    return found[0]


class Chroot:
    """The system at `root`; everything that its commands print goes to the file `log`."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self.log = log

    def create(self, suite: str, sources_suite: str, step: Step) -> None:
        """Install a minimal Debian of `suite`, with the sources of `sources_suite` known to apt."""
        if os.geteuid() != 0 or shutil.which("debootstrap") is None:
            raise Trouble("building the wheels needs root and debootstrap (apt-get install debootstrap)")
        address = mirror()
        self._log(
            ["debootstrap", "--variant=minbase", "--include=ca-certificates", suite, str(self.root), address],
            step,
        )
        apt = self.root / "etc" / "apt"
        # A mirror may lag behind: the release file's date is let pass, its signature is not.
        (apt / "apt.conf.d" / "99date").write_text('Acquire::Check-Valid-Until "false";\n', encoding="utf-8")
        lines = [f"deb {address} {suite} main", f"deb-src {address} {suite} main"]
        lines.append(f"deb-src {address} {sources_suite} main")
        (apt / "sources.list").write_text("\n".join([*lines, ""]), encoding="utf-8")
        shutil.copy("/etc/resolv.conf", self.root / "etc" / "resolv.conf")

    @contextlib.contextmanager
    def mounted(self) -> Iterator[None]:
        """/dev and /proc inside, for as long as the context lasts."""
        pairs = ((["--bind", "/dev"], self.root / "dev"), (["-t", "proc", "proc"], self.root / "proc"))
        done: list[Path] = []
        try:
            for words, place in pairs:
                subprocess.run(["mount", *words, str(place)], check=True)
                done.append(place)
            yield
        finally:
            for place in reversed(done):
                subprocess.run(["umount", str(place)], check=False)

    def run(self, script: str, step: Step) -> None:
        """Run a bash script inside. Raises Trouble, naming the log, when it fails."""
        inside = [
            "chroot",
            str(self.root),
            "env",
            "-i",
            *(f"{name}={value}" for name, value in ENVIRONMENT.items()),
        ]
        self._log([*inside, "bash", "-euo", "pipefail", "-c", script], step)

    def _log(self, words: list[str], step: Step) -> None:
        last = b""
        with (
            self.log.open("ab") as log,
            subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            ) as made,
        ):
            for line in made.stdout or ():
                log.write(line)
                log.flush()
                last = line.strip() or last
                if counted := COUNTED.match(line):
                    step.at(int(counted[1]), int(counted[2]))
        if made.returncode:
            raise Trouble(f"{last.decode(errors='replace')[:200]} (all of it in {self.log})")
