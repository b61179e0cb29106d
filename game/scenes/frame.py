"""What most scenes have in common: the header with the way back, and the two halves, object and words."""

from pygame import Rect

from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Back, Dots


def header(scene: Scene, title: str, position: int = 0, count: int = 0) -> tuple[list[Widget], Rect]:
    """The back mark with a title, dots for the steps if there are any, and the room that is left below."""
    kit, safe = scene.kit, scene.safe
    top, body = column(safe, [kit.px(48), Part()], kit.px(12 if kit.metrics.wide else 16))
    back, dots = row(top, [Part(1.3), Part(1.0)], kit.px(16))
    if not count:
        back = top
    widgets: list[Widget] = [Back(back, kit.t("common.back"), title, scene.back)]
    if count:
        place = row(dots, [Part(), min(dots.w, kit.px(300))])[1]
        widgets.append(
            Dots(place, position, count, kit.t("exercise.step", n=min(position + 1, count), count=count))
        )
    return widgets, body


def halves(scene: Scene, body: Rect, object_share: float = 0.5) -> tuple[Rect, Rect]:
    """Object left and words right when wide; object above, words below when tall."""
    kit = scene.kit
    if kit.metrics.wide:
        side = min(body.h, round(body.w * 0.56))
        left, right = row(body, [side, Part()], kit.px(50))
        return left, Rect(right.x, right.y, right.w, right.h)
    side = min(body.w, round(body.h * object_share))
    upper, lower = column(body, [side, Part()], kit.px(24))
    return upper, lower
