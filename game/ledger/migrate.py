"""Brings a database up to the newest schema; run before the service starts."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from game.ledger.models import Base

_HERE = Path(__file__).parent / "migrations"
_LOCK = 0x5320


def config() -> Config:
    """Alembic's settings, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return made


def upgrade(engine: Engine) -> None:
    """Applies what is missing; servers that start at once wait for one another."""
    with engine.connect().execution_options(write=True) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
        connection.commit()


def differences(engine: Engine) -> list[object]:
    """Where the database and models.py disagree; empty when they are one."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
