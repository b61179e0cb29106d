"""Databases to test on: SQLite in a file, and a real PostgreSQL where its binaries are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from game.learning.points import Points
from game.ledger import db
from game.ledger.models import Base
from game.ledger.rules import read_rules
from game.ledger.security import passwords
from tests.ledger import postgres

REAL = passwords._hasher
"""What keeps passwords outside of tests: test_security looks at it."""
# Some hundred logins of 50 ms and 64 MiB each would be most of what these tests take. Before towns are built.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords._NOBODY = passwords._hasher.hash("nobody")


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
