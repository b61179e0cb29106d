"""Opening scenes by name, each imported only when it is first opened: every import is start-up time."""

import random
from typing import TYPE_CHECKING

from game.ui.scene import Scene

if TYPE_CHECKING:
    from game.app import App


def open_programme(app: "App", what: str) -> None:
    """Opens reading, idioms, stories, party, record, settings, or `kind:id` of one level (unit:sky …)."""
    kind, _, id = what.partition(":")
    if kind == "unit":
        app.spawn(_open_unit(app, id))
    else:
        app.push(_scene(app, kind, id))


def _scene(app: "App", kind: str, id: str) -> Scene:
    if kind == "reading":
        from game.scenes.reading import Reading

        return Reading(app)
    if kind == "party":
        from game.scenes.road import Road

        return Road(app)
    if kind in ("party_period", "party_test"):
        from game.scenes.party_round import make_period, make_test

        return make_period(app, id) if kind == "party_period" else make_test(app)
    if kind in ("idioms", "stories"):
        from game.scenes.index import Index

        return Index(app, kind)
    if kind == "idiom":
        from game.scenes.idiom import IdiomScene

        return IdiomScene(app, app.kit.library.idiom(id))
    if kind == "story":
        from game.scenes.story import StoryScene

        return StoryScene(app, app.kit.library.story(id))
    if kind == "party_history":
        from game.scenes.party import PartyScene

        return PartyScene(app, app.kit.library.party_level(id))
    if kind == "inscription":
        from game.scenes.inscription import InscriptionScene

        return InscriptionScene(app, app.kit.library.inscription(id))
    if kind == "catalogue":
        from game.scenes.catalogue import Catalogue

        return Catalogue(app)
    if kind == "character":
        from game.scenes.character import CharacterScene

        return CharacterScene(app, id)
    if kind == "review":
        from game.scenes.review import make_review

        return make_review(app)
    if kind == "challenge":
        from game.scenes.challenge import ChallengeScene

        return ChallengeScene(app)
    if kind == "duel":
        from game.scenes.duel import DuelScene

        return DuelScene(app)
    if kind == "practice":
        from game.scenes.practice import Practice

        return Practice(app)
    if kind == "record":
        from game.scenes.record import Record

        return Record(app)
    if kind == "settings":
        from game.scenes.settings import SettingsScene

        return SettingsScene(app)
    raise KeyError(kind)


async def _open_unit(app: "App", id: str) -> None:
    """The lesson of a unit: where it was left, if it was left in the middle, else from its beginning."""
    from game.learning.lesson import Lesson
    from game.scenes.lesson import STORE, LessonScene

    library, session = app.kit.library, app.session
    unit = library.unit(id)
    known = {c for c, s in session.progress.characters.items() if s.strength in ("known", "mastered")}
    lesson = None
    if session.player is not None:
        kept = await app.host.store.read(STORE + session.player.id)
        lesson = Lesson.from_json(kept[-1], library) if kept else None
    if lesson is None or lesson.unit.id != id or lesson.step is None:
        seed = int.from_bytes(app.host.random_bytes(4), "big")
        due = session.schedule().due(app.host.now_ms()) if session.progress.characters else []
        lesson = Lesson(library, unit, random.Random(seed), known, due)
    app.push(LessonScene(app, unit, lesson))
