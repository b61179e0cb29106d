"""Databases to test on: SQLite in a file, and a real PostgreSQL where its binaries are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from game.learning.points import Points
from game.ledger import db
from game.ledger.models import Base
from game.ledger.rules import read_rules
from tests.ledger import postgres


@pytest.fixture(scope="session")
def rules() -> Points:
    return read_rules()


@pytest.fixture(scope="session")
def postgres_engine() -> Iterator[Engine]:
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgres.server() as url:
        made = db.engine(url)
        db.create(made)
        yield made
        made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    if request.param == "postgresql":
        made: Engine = request.getfixturevalue("postgres_engine")
        with made.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        yield made
        return
    made = db.engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    db.create(made)
    yield made
    made.dispose()
