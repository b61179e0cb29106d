"""Where the pictures are taken: every scene, one after the other, as a player comes to them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from tests.browser.chromium import PagePlayer
from tests.browser.content import lesson_step, library, strokes
from tests.browser.play import answer, carve, enter, home, level, on, placed

LONGEST = 6.0
"""Seconds to wait for a picture to stand still."""


class Album:
    """Saves what is on the screen, numbered in the order it came."""

    def __init__(self, player: PagePlayer, folder: Path, prefix: str) -> None:
        self.player, self.folder, self.prefix = player, folder, prefix
        self.count = 0

    def save(self, name: str, still: bool = True) -> None:
        """One picture, once nothing moves on it any more (or at once)."""
        end = time.monotonic() + LONGEST
        picture = self.player.page.screenshot()
        while still and time.monotonic() < end:
            self.player.page.wait_for_timeout(400)
            before, picture = picture, self.player.page.screenshot()
            if before == picture:
                break
        self.count += 1
        (self.folder / f"{self.prefix}-{self.count:02}-{name}.png").write_bytes(picture)


def open_from_title(player: PagePlayer, *taps: str) -> None:
    """Opens scenes from the title by tapping one id after the other."""
    for id in taps:
        before = player.look()
        player.tap(id)
        player.wait_other_scene(before)


def seal(player: PagePlayer, album: Album) -> None:
    """The title without a player, and the cutting of a seal on the way to the first lesson."""
    album.save("title-new")
    open_from_title(player, "unit-sky")
    album.save("seal-empty")
    for pick in "鹿山":
        player.tap(f"pick-{pick}")
    player.wait("make")
    album.save("seal-chosen")
    open_from_title(player, "make")


def lesson(player: PagePlayer, album: Album, site: Path) -> None:
    """A lesson to its end; each kind of step when it first comes."""
    seen: set[str] = set()

    def once(name: str, still: bool = True) -> None:
        if name not in seen:
            seen.add(name)
            album.save(f"lesson-{name}", still)

    player.wait("next")
    once("meet")
    part = next((id for id in player.look().targets if id.startswith("part-")), None)
    if part is not None:
        player.tap(part)
        once("part-lit")
    wrong = True
    while player.look().scene == "lesson":
        view = player.look()
        if "verdict" in view or "once-more" in view:
            on(player)
        elif "pad" in view:
            exercise = lesson_step(player, site)
            assert exercise is not None
            once(exercise.skill or "carve")
            if "half-carved" not in seen:
                half_carve(player, site, exercise.subject)
                once("half-carved", still=False)
                player.page.mouse.up()
                player.page.wait_for_timeout(300)
                carve(player, site, exercise.subject, slice(1, None))
            else:
                carve(player, site, exercise.subject)
            player.wait("once-more")
            once("carved-from-memory" if exercise.skill else "carved")
        elif "option-0" in view:
            exercise = lesson_step(player, site)
            assert exercise is not None
            once(f"ask-{exercise.skill}")
            answer(player, exercise, right=not wrong)
            once("told-wrong" if wrong else f"told-{exercise.skill}")
            wrong = False
        else:
            player.tap("next")
            player.wait("option-0")
    player.wait("points")
    album.save("lesson-end")
    open_from_title(player, "home")


def half_carve(player: PagePlayer, site: Path, char: str) -> None:
    """The first stroke of a character, the knife still down."""
    points = placed(strokes(site, char)[0], player.wait("pad"))
    player.page.mouse.move(*points[0])
    player.page.mouse.down()
    for point in points[1:]:
        player.page.mouse.move(*point)


def levels(player: PagePlayer, album: Album, site: Path) -> None:
    """One level of each other programme, every stage of it."""
    content = library(site)
    piece = content.inscriptions[0].id
    ways: tuple[tuple[str, str, str], ...] = (
        ("idioms", "idiom", content.idioms[0].id),
        ("stories", "story", content.stories[0].id),
        ("party", "party_history", content.party_history[0].id),
        ("reading", "inscription", piece),
    )
    for programme, kind, name in ways:
        open_from_title(player, programme)
        album.save(programme)
        home(player)
        enter(player, programme, name)
        album.save(f"{kind}-intro")
        if kind == "inscription":
            player.tap("sign-0-1")
            player.wait("gloss")
            album.save(f"{kind}-sign")
            player.tap("whole")
            player.wait("transcription")
            album.save(f"{kind}-whole")
        level(player, site, kind, name, look_at(album, kind))
        home(player)


def look_at(album: Album, kind: str) -> Callable[[str], None]:
    """Saves each stage of a level."""

    def look(stage: str) -> None:
        album.player.page.wait_for_timeout(3000 if stage == "play" else 0)
        album.save(f"{kind}-{stage}", still=stage != "play")

    return look


def rooms(player: PagePlayer, album: Album) -> None:
    """Title, players, practice room, catalogue, record and settings of someone who has played."""
    album.save("title")
    for programme in ("players", "practice", "catalogue", "record", "settings"):
        open_from_title(player, programme)
        album.save(programme)
        if programme == "practice":
            for game in ("challenge", "duel"):
                open_from_title(player, game)
                album.save(game)
                open_from_title(player, "back")
        if programme == "catalogue":
            char = next(id for id in player.look().targets if id.endswith("-鹿"))
            open_from_title(player, char)
            album.save("character")
            open_from_title(player, "back")
            open_from_title(player, "draw")
            pad = player.wait("pad")
            for stroke in ([(20, 20), (80, 20)], [(50, 20), (50, 85)], [(20, 55), (80, 55)]):
                player.drag(placed([(float(x), float(y)) for x, y in stroke], pad))
            album.save("find")
        home(player)


def large(player: PagePlayer, album: Album) -> None:
    """Some scenes in the largest type."""
    open_from_title(player, "settings")
    player.tap("text_scale-1.5")
    player.page.wait_for_timeout(300)
    album.save("large-settings")
    home(player)
    for programme in ("unit-people", "reading", "idioms", "party", "practice", "catalogue", "record"):
        open_from_title(player, programme)
        album.save(f"large-{programme}")
        home(player)
    album.save("large-title")
