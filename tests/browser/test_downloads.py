"""What a branch takes away: a period's card to print and the slip of a test, as PNG files that open."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from game.learning.party import by_period
from game.scenes.period_card import SIZE
from tests.browser.conftest import Open
from tests.browser.content import SEEDED, journals, library
from tests.browser.play import cut_seal

pytestmark = pytest.mark.browser
SLIP = (900, 560)


def picture(data: bytes) -> Image.Image:
    """The PNG, read to its last byte."""
    opened = Image.open(BytesIO(data))
    assert opened.format == "PNG"
    opened.load()
    return opened


def inked(found: Image.Image) -> float:
    """The share of pixels that are not the colour of the paper at the corner of the frame."""
    grey = found.convert("L")
    paper = grey.getpixel((8, 8))
    assert isinstance(paper, int)
    dark = sum(count for value, count in enumerate(grey.histogram()) if value < paper - 60)
    return dark / (grey.width * grey.height)


@pytest.mark.parametrize(
    ("width", "height", "language"), [(1280, 720, "zh-CN"), (390, 844, "en-GB")], ids=["wide", "phone"]
)
def test_a_periods_card_is_saved_to_print(
    new_player: Open, built_site: Path, width: int, height: int, language: str
) -> None:
    player = new_player(width, height, language)
    player.open()
    player.tap("party")
    cut_seal(player)
    player.wait_scene("road")
    period, _ = by_period(library(built_site).party_history)[0]
    with player.page.expect_download() as coming:
        player.tap(f"card-{period.id}")
    assert coming.value.suggested_filename == f"shiqi-{period.id}-{language[:2]}.png"
    card = picture(Path(coming.value.path()).read_bytes())
    assert card.size == SIZE
    assert inked(card) > 0.01


def test_the_slip_of_the_ten_question_test_is_saved(new_player: Open, built_site: Path) -> None:
    player = new_player(1280, 720, "zh-CN", script=SEEDED)
    player.open()
    player.tap("party")
    cut_seal(player)
    player.wait_scene("road")
    player.tap("test")
    player.wait_scene("party-round")
    in_order = library(built_site).strings("zh")["exercise.order"]
    for _ in range(30):
        view = player.until("question or slip", lambda view: "option-0" in view or "slip" in view)
        if "slip" in view:
            break
        if "next" not in view:  # not answered yet: one to choose, or all in an order
            options = [one for one in view.targets if one.startswith("option-")]
            for option in options if view.label("hint") == in_order else options[:1]:
                player.tap(option)
        player.wait("next")
        before = player.look()
        player.tap("next")
        player.wait_change(before)
    player.wait("slip")
    with player.page.expect_download() as coming:
        player.tap("slip")
    assert coming.value.suggested_filename.startswith("shiqi-")
    slip = picture(Path(coming.value.path()).read_bytes())
    assert slip.size == SLIP
    assert inked(slip) > 0.01
    told = [event for event in journals(player).events if event.subject == "test"]
    assert [event.result["asked"] for event in told] == [10]
