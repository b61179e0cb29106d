"""What the tests know beforehand: the content of the site under test, and through it the right answers."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from game.content.library import Library
from game.glyphs.path import Point, resample
from game.journal.chain import Reading, read
from game.journal.line import Source
from game.learning.exercise import Exercise, shuffled
from game.learning.lesson import Lesson
from game.learning.progress import Progress, fold

if TYPE_CHECKING:
    from game.content.model import Question, Script
    from tests.browser.driver import Player

SEED = 7
SEEDED = f"""
  const real = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (view) => view.byteLength === 4 ? (view.set([0, 0, 0, {SEED}]), view) : real(view);
"""
"""Makes the game's shuffles (and nothing else: only they draw four bytes) repeatable in a page."""
READ = """(name) => new Promise((resolve, reject) => {
  const request = indexedDB.open('shiqi', 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const found = request.result.transaction('lines').objectStore('lines').getAll();
    found.onerror = () => reject(found.error);
    found.onsuccess = () => {
      request.result.close();
      resolve(found.result.filter((record) => record.name.startsWith(name)).map((r) => [r.name, r.line]));
    };
  };
})"""


@cache
def library(site: Path) -> Library:
    """The content inside the packed game of a site."""
    archive = zipfile.ZipFile(site / "shiqi.apk")
    return Library(lambda name: json.loads(archive.read(f"assets/content/{name}.json")))


def stored(player: Player, name: str) -> dict[str, list[str]]:
    """The lines in the browser's own database, by store, of the stores whose names begin with `name`."""
    kept: dict[str, list[str]] = {}
    for store, line in player.screen.evaluate(READ, name):
        kept.setdefault(store, []).append(line)
    return kept


def journals(player: Player) -> Reading:
    """All events of the database, read by the game's own reader."""
    kept = stored(player, "journal/")
    return read([Source(name, tuple(lines), ordered=False) for name, lines in kept.items()])


def progress(player: Player, site: Path) -> Progress:
    """What the events in the database come to, by the game's own rules."""
    return fold(journals(player).events, library(site).rules)


def lesson_step(player: Player, site: Path) -> Exercise | None:
    """The step at which the lesson stands that was last answered in; None if none is under way."""
    kept = [line for lines in stored(player, "lesson/").values() for line in lines]
    lesson = Lesson.from_json(kept[-1], library(site)) if kept else None
    return lesson.step if lesson is not None else None


def script_questions(script: Script | None) -> list[Question]:
    """The questions that stop a play, in order."""
    if script is None:
        return []
    return [act.args["question"] for beat in script.beats for act in beat.acts if act.verb == "ask"]


def level_exercises(site: Path, kind: str, id: str) -> list[Exercise]:
    """The questions of a level as a page with `SEEDED` shuffles them, in the order they come."""
    content = library(site)
    rng = Random(SEED)
    questions: list[Question] = []
    if kind == "story":
        questions = script_questions(content.story(id).script)
    elif kind == "idiom":
        questions = [*script_questions(content.idiom(id).script), *content.idiom(id).questions]
    elif kind == "party_history":
        level = content.party_level(id)
        questions = [*script_questions(level.script), *level.questions]
    elif kind == "inscription":
        questions = list(content.inscription(id).questions)
    return [shuffled(question, rng, id) for question in questions]


def strokes(site: Path, char: str) -> list[list[Point]]:
    """How a finger carves a character: points of each stroke in the 100 × 100 box, y downwards."""
    form = library(site).glyph(char).oracle
    assert form is not None, f"{char} has no oracle form"
    return [list(resample(stroke, 14)) for stroke in form.strokes]
