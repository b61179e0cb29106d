"""The monthly circular (通报): a page to print, with bars and who is under the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from sqlalchemy.orm import Session

from game.journal.day import day
from game.ledger import standing
from game.ledger.models import Organisation

HERE = Path(__file__).parent
WIDE = 420
"""Length of a bar of 100 %, in the picture's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One organisation's row: its standing, and how long its bars are."""

    told: standing.Standing
    registered: float
    took_part: float


def bars(rows: Sequence[standing.Standing]) -> list[Bar]:
    """Rows with the highest participation first; those without Party members come last."""
    ordered = sorted(rows, key=lambda one: (one.participation is None, -(one.participation or 0), one.name))
    return [Bar(one, _long(one.registration), _long(one.participation)) for one in ordered]


def _long(rate: float | None) -> float:
    return round(WIDE * min(1.0, rate or 0.0), 1)


def circular(work: Session, organisation: Organisation, period: str, now: int) -> str:
    """The page as HTML that needs nothing beside it. Names are escaped."""
    rows = bars(standing.children(work, organisation, period))
    page = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return page.from_string((HERE / "circular.html").read_text(encoding="utf-8")).render(
        own=standing.standing(work, organisation, period),
        rows=rows,
        below=[row.told for row in rows if not row.told.on_target],
        organisation=organisation.name,
        period=period,
        wide=WIDE,
        target=standing.TARGET,
        made=day(now),
    )
