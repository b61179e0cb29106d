"""What `build.py story FILE` does with its options."""

from __future__ import annotations

import os
from pathlib import Path

from game.workshop.places import Places
from game.workshop.progress import Progress
from game.workshop.trouble import Trouble


def run(
    places: Places, path: Path, sheet: Path | None, video: Path | None, lang: str, assets: Path | None = None
) -> int:
    """Writes a sheet and a video where they are asked for, else opens the window. Raises Trouble.

    `assets` is the folder with the cut fonts; made when None.
    """
    from game.content.source import read_source
    from game.workshop import site
    from game.workshop.story.telling import Watched

    if not path.is_file():
        raise Trouble(f"{path}: there is no such file")
    source = read_source(places.root)
    watched = Watched(source, path.resolve())
    if assets is None:
        assets = site.desktop(site.Site(places, Progress()), draft=True)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if sheet or video:
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    import pygame

    from game.host.desktop import DesktopHost
    from game.ui.kit import Kit
    from game.ui.metrics import measure
    from game.ui.settings import Settings
    from game.workshop.story import record, window
    from game.workshop.story.picture import Painter

    pygame.display.init()
    pygame.font.init()
    host = DesktopHost(assets, data=places.cache / "story")
    kit = Kit(host, source.library(), Settings(language=lang))
    kit.metrics = measure(host.viewport())
    if not sheet and not video:
        window.run(kit, watched)
        return 0
    pygame.display.set_mode((64, 64))
    if sheet:
        count = record.sheet(Painter(kit, 480), watched.telling, sheet)
        print(f"{count} beats on {sheet}", flush=True)
    if video:
        count = record.video(Painter(kit, 640), watched.telling, video)
        print(f"{count} pictures in {video}", flush=True)
    return 0
