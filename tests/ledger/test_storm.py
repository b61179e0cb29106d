"""The storm of `build.py bench million`, a thousandth of it: the totals are those of a plain count."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sqlalchemy import Engine, update

from game.learning.points import Points
from game.ledger import db
from game.ledger.fold import fold
from game.ledger.models import Event
from tests.ledger import storm


@pytest.mark.parametrize("together", [1, 6])
def test_a_storm_comes_to_what_a_plain_count_says(engine: Engine, rules: Points, together: int) -> None:
    chance = random.Random(together)
    with db.session(engine) as work:
        made = storm.brew(work, rules, 12, 50, chance, 40)
    assert made.sent == 12 * (50 + 25 + 5)
    assert set(Counter(reason for _, _, reason in made.bad)) == set(storm.REASONS)
    storm.pour(engine, rules, made, chance, together)
    fold(engine, rules)
    with db.session(engine, write=False) as work:
        assert storm.faults(work, rules, made) == []
    # And the check sees what it is there for.
    made.bad.pop()
    with db.session(engine) as work:
        work.execute(update(Event).where(Event.seq == 7).values(worth=1000))
    with db.session(engine, write=False) as work:
        found = storm.faults(work, rules, made)
        assert sum("worth 1000" in one for one in found) == 12
        assert sum("wrongly refused" in one for one in found) == 1
