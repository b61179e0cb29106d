"""What the player chose for this device: language, text size, sound, motion, strictness."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from game.host.protocol import Host

STORE: Final = "settings"
CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "language": ("zh", "en"),
    "text_scale": (1.0, 1.25, 1.5),
    "sound": (True, False),
    "motion": ("full", "less"),
    "strictness": (0, 1, 2, 3),
}


@dataclass(slots=True)
class Settings:
    """The settings and their defaults. `player` is the id of the seal that played last, "" for none."""

    language: str = "zh"
    text_scale: float = 1.0
    sound: bool = True
    motion: str = "full"
    strictness: int = 1
    player: str = ""

    def dumps(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def first_language(languages: Sequence[str]) -> str:
    """zh or en, whichever the system's languages name first; Chinese if neither."""
    for tag in languages:
        if tag[:2].lower() in ("zh", "en"):
            return tag[:2].lower()
    return "zh"


def loads(line: str, into: Settings) -> Settings:
    """`into` with what the line holds; anything unknown or out of range keeps the default."""
    try:
        kept = json.loads(line)
    except ValueError:
        return into
    if isinstance(kept, dict):
        for field in fields(into):
            value = kept.get(field.name)
            allowed = CHOICES.get(field.name)
            if (allowed is None and isinstance(value, str)) or (allowed and value in allowed):
                setattr(into, field.name, value)
    return into


async def read_settings(host: Host) -> Settings:
    """The stored settings, or the system's language and motion for a first start."""
    made = Settings(first_language(host.languages()), motion="less" if host.reduced_motion() else "full")
    lines = await host.store.read(STORE)
    return loads(lines[-1], made) if lines else made


async def write_settings(host: Host, settings: Settings) -> None:
    """Keeps the settings; durable on return."""
    await host.store.replace(STORE, [settings.dumps()])
