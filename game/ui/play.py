"""A play on the screen: the clock of a compiled script, its stage, caption and the questions that stop it."""

from collections.abc import Callable

from pygame import Rect, Surface

from game.content.model import Question
from game.stage.score import Score
from game.ui import scenery, theme
from game.ui.kit import Kit
from game.ui.stage_view import StageView
from game.ui.widget import Widget


class Play(Widget):
    """Plays a score in a 4:3 box of bone. Keep one for a play: it holds the time.

    It stops at each question until `go_on`, calling `on_ask`; at the end of every beat when `stepwise`,
    until `go_on`; and calls `on_end` once at the end. `on_beat` is told when another beat begins.
    """

    role = "img"

    def __init__(
        self,
        kit: Kit,
        score: Score,
        label: str,
        on_beat: Callable[[int], None],
        on_ask: Callable[[int, Question], None],
        on_end: Callable[[], None],
    ) -> None:
        super().__init__(Rect(0, 0, 4, 3), "stage", label)
        self.score = score
        self.time = 0.0
        self.beat = 0
        self.playing = True
        self.asking = False
        self.ended = False
        self._asked = 0
        self._view = StageView(kit)
        self._on_beat, self._on_ask, self._on_end = on_beat, on_ask, on_end

    @property
    def moving(self) -> bool:
        """While the play runs."""
        return self.playing and not self.asking and not self.ended

    def reach(self, kit: Kit) -> Rect:
        """Actors are cut off at the stage's rim."""
        return self.rect

    def update(self, dt: float, kit: Kit) -> None:
        """Lets the play run on to the next question or the end."""
        if not self.moving:
            return
        time = self.time + dt
        asks = self.score.asks
        if self._asked < len(asks) and time >= asks[self._asked][0]:
            self.time = asks[self._asked][0]
            self.asking = True
            self._see()
            self._on_ask(self._asked, asks[self._asked][1])
            return
        self.time = min(time, self.score.duration)
        self._see()
        if self.time >= self.score.duration:
            self.ended = True
            self._on_end()

    def _see(self) -> None:
        beat = self.score.at(self.time).beat
        if beat != self.beat:
            self.beat = beat
            self._on_beat(beat)

    def go_on(self) -> None:
        """A question was answered: the play runs on."""
        if self.asking:
            self.asking = False
            self._asked += 1

    def toggle(self) -> None:
        """Stands still, or runs on."""
        self.playing = not self.playing

    def jump(self, beats: int) -> None:
        """To the beginning of another beat; questions that lie ahead of it are asked again."""
        target = min(max(0, self.beat + beats), len(self.score.beats) - 1)
        if beats > 0 and self.beat == len(self.score.beats) - 1:
            self.time = self.score.duration - 0.001
        else:
            self.time = self.score.beats[target].start
        first = next(
            (i for i, ask in enumerate(self.score.asks) if ask[0] >= self.time), len(self.score.asks)
        )
        if beats > 0 and self._asked < first:  # a question may be answered sooner, never skipped
            self.time = self.score.asks[self._asked][0]
        else:
            self._asked = first
        self.asking = self.ended = False
        self.beat = -1
        self._see()

    def restart(self) -> None:
        """From the beginning."""
        self.time, self._asked, self.ended, self.asking, self.playing, self.beat = (
            0.0,
            0,
            False,
            False,
            True,
            0,
        )
        self._on_beat(0)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the stage at this moment."""
        self._view.paint(canvas, self.rect, self.score.at(self.time))

    def paint_time(self, canvas: Surface, kit: Kit, box: Rect) -> None:
        """A thin line of how far the play is, with a mark at each beat."""
        canvas.blit(kit.pill(box.size, (88, 70, 54), 2), box)
        done = round(box.w * self.time / max(0.01, self.score.duration))
        if done >= box.h:
            canvas.blit(kit.pill((done, box.h), theme.CINNABAR, 2), box)


class Setting(Widget):
    """What stands behind the actors."""

    def __init__(self, rect: Rect, setting: str) -> None:
        super().__init__(rect)
        self.setting = setting

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the lines of the setting."""
        scenery.paint(canvas, self.rect, self.setting)


class TimeLine(Widget):
    """The line under the stage that shows how far the play is."""

    def __init__(self, rect: Rect, play: Play) -> None:
        super().__init__(rect)
        self.play = play

    @property
    def moving(self) -> bool:
        """While the play runs."""
        return self.play.moving

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the line."""
        self.play.paint_time(canvas, kit, self.rect)
