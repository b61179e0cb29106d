"""A play on the screen: the clock of a compiled script, its stage, caption and the questions that stop it."""

from collections.abc import Callable
from typing import Final

from pygame import Rect, Surface

from game.content.model import Question
from game.stage.score import Score
from game.ui import scenery, theme
from game.ui.carved import Picture
from game.ui.kit import Kit
from game.ui.slider import paint_thumb
from game.ui.stage_view import StageView
from game.ui.widget import Widget

THUMB: Final = 11.0
"""Units: half the thumb of the time bar."""
STEP: Final = 2.0
"""Seconds that a key moves the time bar."""


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
        self.scrubbing = False
        self._asked = 0
        self._view = StageView(kit)
        self._on_beat, self._on_ask, self._on_end = on_beat, on_ask, on_end

    @property
    def moving(self) -> bool:
        """While the play runs, or is drawn along by a finger on the time bar."""
        return self.scrubbing or (self.playing and not self.asking and not self.ended)

    def reach(self, kit: Kit) -> Rect:
        """Actors are cut off at the stage's rim."""
        return self.rect

    def update(self, dt: float, kit: Kit) -> None:
        """Lets the play run on to the next question or the end."""
        if not self.moving or self.scrubbing:
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
        last = beats > 0 and self.beat == len(self.score.beats) - 1
        self.beat = -1
        self.seek(self.score.duration if last else self.score.beats[target].start)

    def seek(self, time: float) -> None:
        """To any second, held between the start and just before the end.

        Back behind a question it is asked again; on beyond one that is still open is to that question: it
        may be answered sooner, never skipped.
        """
        time = min(max(0.0, time), max(0.0, self.score.duration - 0.001))
        first = sum(at < time for at, _ in self.score.asks)
        if self._asked < first:
            time = self.score.asks[self._asked][0]
        else:
            self._asked = first
        self.time = time
        self.asking = self.ended = False
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

    def close(self) -> None:
        """Lets go of what was drawn: the play is over."""
        self._view.forget()

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the stage at this moment."""
        self._view.paint(canvas, self.rect, self.score.at(self.time))


class Setting(Widget):
    """What stands behind the actors. Keep one for a play: its lines are drawn once."""

    def __init__(self, setting: str) -> None:
        super().__init__(Rect(0, 0, 4, 3))
        self.setting = setting
        self._drawn: tuple[tuple[int, int], Picture] | None = None

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the lines of the setting."""
        if self._drawn is None or self._drawn[0] != self.rect.size:
            self._drawn = self.rect.size, scenery.picture(self.rect.size, self.setting)
        scenery.show(canvas, self.rect, self._drawn[1])


class TimeLine(Widget):
    """The bar under the stage: how far the play is, a mark at each beat, a thumb to drag, tap or step.

    `on_hold` is told when a finger takes hold of it or lets go, and when a key moved it: the stage is then
    to be drawn anew.
    """

    role = "slider"
    drags = True

    def __init__(self, rect: Rect, play: Play, label: str, on_hold: Callable[[], None]) -> None:
        super().__init__(rect, "time", label)
        self.play = play
        self.enabled = not play.asking
        self.on_hold = on_hold

    @property
    def moving(self) -> bool:
        """While the play runs or is drawn along."""
        return self.play.moving

    def _line(self, kit: Kit) -> Rect:
        inset, high = kit.px(THUMB), kit.px(5)
        return Rect(self.rect.x + inset, self.rect.centery - high // 2, self.rect.w - 2 * inset, high)

    def press(self, pos: tuple[int, int], kit: Kit) -> None:
        """Jumps to the finger, and stands there while it is held."""
        self.play.scrubbing = True
        self.drag(pos, kit)
        self.on_hold()

    def drag(self, pos: tuple[int, int], kit: Kit) -> None:
        """Follows the finger, to the next open question at most."""
        line = self._line(kit)
        self.play.seek((pos[0] - line.x) / max(1, line.w) * self.play.score.duration)

    def release(self, pos: tuple[int, int], kit: Kit) -> None:
        """Lets the play go on from here, if it was running."""
        self.play.scrubbing = False
        self.on_hold()

    def key(self, name: str, kit: Kit) -> bool:
        """Left and right move by two seconds."""
        if name not in ("left", "right") or not self.enabled:
            return False
        self.play.seek(self.play.time + (STEP if name == "right" else -STEP))
        self.on_hold()
        return True

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the line, its marks and the thumb."""
        line, play = self._line(kit), self.play
        length = max(0.01, play.score.duration)
        canvas.blit(kit.pill(line.size, (88, 70, 54), 2), line)
        done = round(line.w * play.time / length)
        if done >= line.h:
            canvas.blit(kit.pill((done, line.h), theme.CINNABAR, 2), line)
        r = kit.px(4)
        for beat in play.score.beats[1:]:
            x = line.x + round(line.w * beat.start / length)
            colour = theme.CINNABAR if beat.start <= play.time else theme.BONE_SHADE
            canvas.blit(kit.pill((2 * r, 2 * r), colour, 4), (x - r, line.centery - r))
        if self.enabled:
            paint_thumb(canvas, kit, (line.x + done, line.centery), THUMB)
