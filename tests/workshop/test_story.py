"""build.py story: contact sheet, video, and a window that follows the file; no window is opened here."""

import os
import shutil
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
from PIL import Image
from pygame import Rect, Surface

from game.content.source import Source, read_source
from game.host.fake import FakeHost
from game.ui.kit import Kit
from game.ui.metrics import measure
from game.ui.settings import Settings
from game.workshop import site
from game.workshop.places import HERE
from game.workshop.progress import Progress
from game.workshop.story import command, record
from game.workshop.story.picture import Painter
from game.workshop.story.telling import Watched, read, section_of
from game.workshop.story.window import BAR, SIZE, Desk
from game.workshop.trouble import Trouble

LEVELS = HERE.root / "levels"
WRITTEN = HERE.root / "tests" / "content" / "fixtures" / "sun-and-tree.yaml"


@pytest.fixture(scope="module")
def source() -> Source:
    return read_source(HERE.root)


@pytest.fixture(scope="module")
def kit(source: Source) -> Kit:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((64, 64))
    host = FakeHost(site.desktop(site.Site(HERE, Progress()), draft=True))
    kit = Kit(host, source.library(), Settings())
    kit.metrics = measure(host.view)
    return kit


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(WRITTEN, tmp_path))


def spoil(file: Path) -> None:
    """An actor that left is asked to shake."""
    text = file.read_text(encoding="utf-8")
    assert text.count("{shake: walker, over: 0.8}") == 1
    file.write_text(text.replace("{shake: walker,", "{shake: rest,"), encoding="utf-8")


def test_a_sheet_has_a_picture_for_each_beat(kit: Kit, source: Source, tmp_path: Path) -> None:
    telling = read(source, LEVELS / "stories" / "elephants.yaml")
    painter = Painter(kit, 160)
    count = record.sheet(painter, telling, tmp_path / "sheet.png")
    assert count == len(telling.score.beats) > 6
    wide, high = painter.size
    with Image.open(tmp_path / "sheet.png") as whole:
        rows = -(-count // record.COLUMNS)
        gap = record.GAP
        assert whole.size == (record.COLUMNS * (wide + gap) + gap, rows * (high + gap) + gap)
        cells = [
            whole.crop((x, y, x + wide, y + high)).tobytes()
            for y in range(gap, whole.height - high, high + gap)
            for x in range(gap, whole.width - wide, wide + gap)
        ]
    assert len(set(cells[:count])) == count  # no two beats end alike, captions included
    ends = pygame.image.tobytes(painter.paint(telling, 0.0, count - 1), "RGB")
    assert cells[count - 1] == ends


def test_a_video_has_every_moment(kit: Kit, source: Source, file: Path, tmp_path: Path) -> None:
    telling = read(source, file)
    painter = Painter(kit, 96)
    count = record.video(painter, telling, tmp_path / "play.webp", rate=2)
    assert count == round(telling.score.duration * 2)
    with Image.open(tmp_path / "play.webp") as video:
        assert video.size == painter.size
        seen, lasts = set(), 0
        # WebP joins pictures that are alike into one that lasts longer: the whole length stays
        for i in range(video.n_frames):  # type: ignore[attr-defined]
            video.seek(i)
            seen.add(video.convert("RGB").tobytes())
            lasts += video.info["duration"]
    assert lasts == count * 500
    assert len(seen) > count // 2


@pytest.mark.parametrize(("write", "name"), [(record.sheet, "a.jpg"), (record.video, "a.gif")])
def test_another_ending_is_refused(kit: Kit, source: Source, write: object, name: str, file: Path) -> None:
    with pytest.raises(Trouble, match="is a"):
        write(Painter(kit, 96), read(source, file), file.with_name(name))  # type: ignore[operator]
    assert not file.with_name(name).exists()


def test_the_sections_are_told_apart(source: Source, tmp_path: Path) -> None:
    for section in ("stories", "idioms", "party_history"):
        level = sorted((LEVELS / section).glob("*.yaml"))[0]
        assert section_of(level) == section_of(Path(shutil.copy(level, tmp_path))) == section
        assert read(source, level).score.duration > 5


def test_a_fault_keeps_the_old_version_and_names_beat_and_actor(source: Source, file: Path) -> None:
    watched = Watched(source, file)
    before = watched.telling
    assert not watched.look()
    spoil(file)
    assert watched.look()
    assert watched.telling is before
    assert "beat 4: actor rest is not on stage" in watched.fault
    assert "\n" not in watched.fault
    assert not watched.look()  # told once
    file.unlink()
    assert not watched.look()  # between two saves
    text = WRITTEN.read_text(encoding="utf-8")
    file.write_text(text.replace("setting: field", "setting: hill", 1) + "\n", encoding="utf-8")
    assert watched.look()
    assert watched.fault == ""
    assert watched.telling is not before


def test_a_broken_file_is_one_line(source: Source, file: Path) -> None:
    file.write_bytes(b"title: \xff")
    with pytest.raises(Trouble, match="not UTF-8"):
        read(source, file)
    file.write_text("title: {zh: [", encoding="utf-8")
    with pytest.raises(Trouble) as trouble:
        read(source, file)
    assert "\n" not in str(trouble.value)
    assert file.name in str(trouble.value)


def test_the_desk_scrubs_steps_and_follows_the_file(kit: Kit, source: Source, file: Path) -> None:
    desk = Desk(kit, Watched(source, file))
    told = desk.watched.telling.score
    event = pygame.event.Event

    def key(code: int) -> bool:
        return desk.event(event(pygame.KEYDOWN, key=code))

    half = BAR.centerx, BAR.centery
    assert desk.event(event(pygame.MOUSEBUTTONDOWN, pos=half, button=1))
    assert desk.time == pytest.approx(told.duration / 2, rel=0.01)
    desk.step(1.0)
    assert desk.time == pytest.approx(told.duration / 2, rel=0.01)  # held
    desk.event(event(pygame.MOUSEMOTION, pos=(0, 0)))
    assert desk.time == 0
    desk.event(event(pygame.MOUSEBUTTONUP, pos=(0, 0), button=1))
    desk.step(0.25)
    assert desk.time == 0.25
    key(pygame.K_SPACE)
    desk.step(0.25)
    assert desk.time == 0.25
    key(pygame.K_DOWN)
    assert desk.time == told.beats[1].start
    key(pygame.K_RIGHT)
    assert desk.time == told.beats[1].start + 1
    desk.event(event(pygame.MOUSEBUTTONDOWN, pos=desk.rows()[3].center, button=1))
    assert desk.time == told.beats[3].start
    sound, faulty = Surface(SIZE), Surface(SIZE)
    desk.paint(sound)
    spoil(file)
    desk.step(0.5)
    desk.paint(faulty)
    stage = Rect(0, 0, 760, 690)
    kept, shown = (pygame.image.tobytes(one.subsurface(stage), "RGB") for one in (sound, faulty))
    assert shown == kept
    assert faulty.get_buffer().raw != sound.get_buffer().raw  # the fault is written below the list
    desk.playing, desk.time = True, told.duration
    desk.step(0.1)
    assert desk.time == 0.0  # over again
    assert not key(pygame.K_ESCAPE)


def test_the_command_writes_both(kit: Kit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(kit.host, FakeHost)
    assets = kit.host.assets
    assert isinstance(assets, Path)
    out = tmp_path / "sheet.png"
    assert command.run(HERE, WRITTEN, out, None, "en", assets) == 0
    assert f"8 beats on {out}" in capsys.readouterr().out
    with pytest.raises(Trouble, match="no such file"):
        command.run(HERE, tmp_path / "none.yaml", None, None, "zh", assets)
