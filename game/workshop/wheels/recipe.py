"""What the wheels are made of: the versions that assets/runtime/recipe/versions.json pins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recipe:
    """The pins. Maps go from Debian package name to exact version; `tag` is the wheels' platform tag."""

    folder: Path
    tag: str
    pygame: str
    numpy: str
    suite: str
    tools: dict[str, str]
    other_tools: tuple[str, ...]
    sources_suite: str
    sources: dict[str, str]
    headers: dict[str, str]

    @staticmethod
    def read(folder: Path) -> Recipe:
        """The recipe in a folder that holds versions.json, inside.sh, patches/ and the helpers."""
        told = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
        return Recipe(
            folder=folder,
            tag=told["tag"],
            pygame=told["pygame-ce"],
            numpy=told["numpy"],
            suite=told["suite"],
            tools=told["tools"],
            other_tools=tuple(told["tools of any version"]),
            sources_suite=told["sources suite"],
            sources=told["sources"],
            headers=told["python headers"],
        )


def exact(packages: dict[str, str]) -> list[str]:
    """Packages as apt wants them: ["cython3=3.1.6-1", …]."""
    return [f"{name}={version}" for name, version in packages.items()]
