"""Pictures of every scene at three sizes, to be looked at.

`python -m tests.browser.shots FOLDER [zh|en [wide|tall|phone …]]`
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from game.workshop import testing
from tests.browser.chromium import PagePlayer
from tests.browser.content import SEEDED
from tests.browser.gallery import Album, large, lesson, levels, rooms, seal
from tests.browser.hosting import Hosted, built

SIZES = {"wide": (1280, 720, 1), "tall": (720, 1280, 1), "phone": (390, 844, 2)}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


def walk(browser: Browser, url: str, site: Path, folder: Path, name: str, language: str) -> None:
    """All scenes at one size."""
    width, height, ratio = SIZES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=ratio,
        locale=LOCALES[language],
        has_touch=name == "phone",
    )
    context.add_init_script(SEEDED)
    player = PagePlayer(context, url, touch=name == "phone")
    album = Album(player, folder, f"{name}-{language}")
    player.open()
    seal(player, album)
    lesson(player, album, site)
    levels(player, album, site)
    rooms(player, album)
    large(player, album)
    print(f"{name} {language}: {album.count} pictures, console errors: {player.errors or 'none'}", flush=True)
    context.close()


def main(folder: Path, language: str = "zh", *only: str) -> None:
    """Pictures of all sizes, or of those named, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        hosted = Hosted(built(Path(place)))
        browser = driver.chromium.launch(executable_path=testing.browser(), args=list(testing.FLAGS))
        for name in only or SIZES:
            walk(browser, hosted.url, hosted.root, folder, name, language)
        browser.close()
        hosted.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
