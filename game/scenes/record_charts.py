"""The charts of the record page: points by day, points by programme, reviews to come."""

from typing import TYPE_CHECKING, Final

from pygame import Rect

from game.journal.day import day_number, iso_day
from game.learning.progress import Progress
from game.ui.charts import Chart, Levels, Uprights, Value
from game.ui.kit import Kit

if TYPE_CHECKING:
    from game.learning.schedule import Schedule

DAYS: Final = 14
AHEAD: Final = 7
PROGRAMMES: Final = {
    "reading": ("lesson", "carving", "inscription"),
    "idioms": ("idiom",),
    "stories": ("story",),
    "party": ("party_history",),
    "challenge": ("quiz",),
    "open": ("open",),
}
"""The kinds of events by the programme that brings them."""


def by_day(kit: Kit, box: Rect, progress: Progress, now_ms: int) -> Chart:
    """Points of each of the last days, today last."""
    today = day_number(now_ms)
    values = []
    for back in range(DAYS - 1, -1, -1):
        iso = iso_day(today - back)
        name = kit.t("record.today") if not back else _short(iso) if back % 4 == 0 else ""
        values.append(Value(name, sum(progress.by_day.get(iso, {}).values())))
    label = kit.t("record.chart", points=values[-1].value)
    return Uprights(box, "days", kit.t("record.days"), label, values, DAYS - 1)


def by_programme(kit: Kit, box: Rect, progress: Progress, now_ms: int) -> Chart:
    """The points of the same days by what brought them."""
    today = day_number(now_ms)
    last = [progress.by_day.get(iso_day(today - back), {}) for back in range(DAYS)]
    values = [
        Value(kit.t(f"record.kind.{name}"), sum(day.get(kind, 0) for day in last for kind in kinds))
        for name, kinds in PROGRAMMES.items()
    ]
    heading = kit.t("record.programmes")
    label = kit.t("record.comma").join(f"{one.name} {one.value}" for one in values)
    return Levels(box, "programmes", heading, f"{heading} {label}", values)


def reviews(kit: Kit, box: Rect, plan: "Schedule", now_ms: int) -> Chart:
    """How many cards come back on each of the next days, today with all that is overdue first."""
    today = day_number(now_ms)
    counts = plan.forecast(now_ms, AHEAD)
    names = [kit.t("record.today"), *(_short(iso_day(today + day)) for day in range(1, AHEAD))]
    values = [Value(name, count) for name, count in zip(names, counts, strict=True)]
    label = kit.t("record.forecast", days=kit.t("record.comma").join(map(str, counts)))
    return Uprights(box, "forecast", kit.t("record.reviews"), label, values, 0)


def _short(iso: str) -> str:
    """ "2026-11-24" as "11.24"."""
    return f"{int(iso[5:7])}.{int(iso[8:10])}"
