"""Where everything is: one object names every folder that the workshop reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one checkout. Only `.cache` and `build` under it are ever written to."""

    root: Path

    @property
    def assets(self) -> Path:
        return self.root / "assets"

    @property
    def runtime(self) -> Path:
        """Wheels, npm lock and build scripts of the browser's Python."""
        return self.root / "assets" / "runtime"

    @property
    def page(self) -> Path:
        """Page template, boot script, service worker."""
        return self.root / "assets" / "web"

    @property
    def cache(self) -> Path:
        """Results by the hash of what they were made from; may be deleted at any time."""
        return self.root / ".cache"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def web(self) -> Path:
        """The finished site."""
        return self.root / "build" / "web"

    @property
    def desktop(self) -> Path:
        """The packed assets (content, fonts) that the desktop game reads."""
        return self.root / "build" / "desktop"


HERE = Places(Path(__file__).resolve().parents[2])
"""The checkout this module lies in."""
