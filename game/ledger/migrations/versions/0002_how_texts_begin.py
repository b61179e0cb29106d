"""Paths, numbers and names in the order of their code points; indexes for names and the newest refused lines.

Revision 0002 after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (("organisation", "path", 200), ("member", "number", 64), ("member", "name", 200))


def upgrade() -> None:
    _collate("C")
    op.create_index("ix_member_name", "member", ["name"])
    op.create_index("refusal_newest", "refusal", ["id"])


def downgrade() -> None:
    op.drop_index("refusal_newest", table_name="refusal")
    op.drop_index("ix_member_name", table_name="member")
    _collate("default")


def _collate(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite compares so anyway
        for table, column, length in COLUMNS:
            op.alter_column(table, column, type_=sa.String(length, collation=collation))
