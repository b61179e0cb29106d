"""The record page: what it shows of a journal, the wall one can tap, badges won and told."""

from collections.abc import Callable
from typing import Any

import pytest

from game.scenes.character import CharacterScene
from game.scenes.lesson import LessonScene
from game.ui.charts import Chart
from game.ui.medal import Medal
from game.ui.strength import StrengthPlate, WallGlyph
from game.ui.week import Week
from tests.scenes.stagehand import SIZES, Stagehand
from tests.scenes.test_layout import faults
from tests.scenes.test_lesson import step

DAY = 86_400_000


async def learn(hand: Stagehand, char: str, skills: str = "read read mean mean") -> None:
    for skill in skills.split():
        await hand.app.session.record("answer", char, {"skill": skill, "right": True})


async def history(hand: Stagehand) -> None:
    """Three weeks: 日 mastered, 月 known, 山 learning; a day missed, an idiom, a challenge."""
    session, host = hand.app.session, hand.host
    host.clock += 220 * DAY
    start = host.clock
    await learn(hand, "日")
    await session.record("carving", "日", {"score": 88, "passed": True, "memory": True})
    await session.record("idiom", hand.app.kit.library.idioms[0].id, {"right": 3, "asked": 3})
    for day in range(15, 21):
        if day != 18:
            host.clock = start + day * DAY
            await session.record("lesson", "sky", {"right": 8, "asked": 9})
    await session.record("quiz", "challenge", {"right": 4, "revived": False})
    await learn(hand, "月")
    await learn(hand, "山", "read")


def found(hand: Stagehand, kind: type) -> list[Any]:
    return [one for one in hand.app.scene.widgets if isinstance(one, kind)]


def test_every_figure_comes_from_the_journal(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> dict[str, Any]:
        await history(hand)
        await hand.open("record")
        charts: dict[str, Chart] = {one.id: one for one in found(hand, Chart)}
        return {
            "days": [one.value for one in charts["days"].values],
            "programmes": [one.value for one in charts["programmes"].values],
            "forecast": [one.value for one in charts["forecast"].values],
            "week": found(hand, Week)[0].days,
            "plates": [one.count for one in found(hand, StrengthPlate)],
            "wall": {one.char: one.strength for one in found(hand, WallGlyph) if one.char in "日月山水"},
            "glyphs": len(found(hand, WallGlyph)),
            "characters": len(hand.app.kit.library.characters),
            "summary": hand.widget("summary").label,
            "badges": [one.id for one in found(hand, Medal)],
            "due": hand.app.session.schedule().forecast(hand.host.now_ms(), 7),
            "total": hand.app.session.progress.total,
        }

    told = stage(look)
    assert told["days"][-6:] == [2, 2, 2, 0, 2, 6]
    assert told["programmes"] == [10, 0, 0, 0, 4, 0], "the idiom and the carving are three weeks old"
    assert told["forecast"] == told["due"]
    assert told["week"] == ["missed", "kept", "kept", "kept", "rested", "kept", "kept"]
    assert told["plates"] == [told["characters"] - 3, 1, 1, 1]
    assert told["wall"] == {"日": "mastered", "月": "known", "山": "learning", "水": "new"}
    assert told["glyphs"] == told["characters"]
    assert str(told["total"]) in told["summary"]
    assert "5" in told["summary"]
    assert told["badges"] == ["next-badge", "badge-first-cut", "badge-by-heart", "badge-first-idiom"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_fits(stage: Callable[..., Any], size: str, lang: str, scale: float) -> None:
    async def look(hand: Stagehand) -> list[str]:
        await history(hand)
        await hand.open("record")
        wrong = faults(hand)
        inside = [w for w in hand.app.scene.widgets if w.within is not None]
        across = [(w.id, w.rect) for w in inside if w.rect.right > hand.app.kit.metrics.width or w.rect.x < 0]
        return wrong + [str(one) for one in across]

    assert stage(look, size=size, language=lang, text_scale=scale, motion="less") == []


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_glyph_of_the_wall_leads_to_its_character(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> str:
        await hand.open("record")
        await hand.tap("wall-鹿")
        scene = hand.app.scene
        assert isinstance(scene, CharacterScene)
        return scene.char

    assert stage(look, size=size) == "鹿"


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_a_badge_won_is_told_at_the_end_of_the_lesson_once(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> tuple[list[str], list[str], list[str]]:
        ends = []
        for unit in ("sky", "people"):
            await hand.open(f"unit:{unit}")
            scene = hand.app.scene
            assert isinstance(scene, LessonScene)
            while hand.app.scene.name == "lesson":
                await step(hand)
            await hand.frames(30)
            assert faults(hand) == []
            ends.append([one.id for one in found(hand, Medal)])
            hand.app.home()
        again = [badge.id for badge in hand.app.session.news()]
        return ends[0], ends[1], again

    first, second, again = stage(look, size=size)
    assert first == ["won-first-cut", "won-by-heart"]
    assert not {"won-first-cut", "won-by-heart"} & set(second)
    assert again == []


def test_badges_of_another_player_are_not_told(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> tuple[list[str], list[str], list[str]]:
        session = hand.app.session
        assert session.player is not None
        first = session.player.id
        await history(hand)
        await session.begin("日月")
        mine = [one.badge.id for one in session.badges.won]
        hand.host.clock += DAY
        await session.switch(first)
        return mine, [one.badge.id for one in session.badges.won], [one.id for one in session.news()]

    mine, theirs, news = stage(look)
    assert mine == []
    assert theirs == ["first-cut", "by-heart", "first-idiom"]
    assert news == [], "they were won before the player sat down"


def test_badges_follow_a_clock_that_is_set_back(stage: Callable[..., Any]) -> None:
    async def look(hand: Stagehand) -> tuple[list[str], list[str]]:
        from game.learning.badges import badges

        session, host = hand.app.session, hand.host
        assert session.badges.won == []
        await learn(hand, "日")
        host.clock -= 30 * DAY
        await learn(hand, "月")
        await session.record("carving", "月", {"score": 88, "passed": True, "memory": True})
        assert session.journal is not None
        live = [one.badge.id for one in session.badges.won]
        return live, [one.badge.id for one in badges(session.journal.events, session.library).won]

    live, replayed = stage(look)
    assert live == replayed == ["first-cut", "by-heart"]


@pytest.mark.parametrize("size", ["wide", "tall", "phone"])
def test_a_badge_won_is_told_at_the_end_of_a_level(stage: Callable[..., Any], size: str) -> None:
    async def look(hand: Stagehand) -> list[str]:
        await hand.open("inscription:heji-12870")
        await hand.tap("begin")
        while hand.app.scene.find("home") is None:
            board = hand.app.scene.board  # type: ignore[attr-defined]
            for option in board.exercise.answer:
                await hand.tap(f"option-{option}")
            await hand.tap("next")
        await hand.frames(3)
        assert faults(hand) == []
        return [one.id for one in found(hand, Medal)]

    assert stage(look, size=size) == ["won-first-inscription"]
