import math

import pytest

from game.content.model import SETTINGS
from game.ui.scenery import DRAWN, lines


def test_every_setting_can_be_drawn() -> None:
    assert set(DRAWN) == set(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_is_the_same_at_every_showing_and_stays_near_the_stage(setting: str) -> None:
    drawn = lines(setting)
    assert drawn == lines(setting)
    for line in drawn:
        assert len(line) > 1
        for x, y in line:
            assert math.isfinite(x + y)
            assert -80 <= x <= 180
            assert 0 <= y <= 104
