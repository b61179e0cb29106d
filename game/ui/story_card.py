"""Story cards with a picture of the story itself, and the light that goes round and plays one of them."""

from typing import Final

from pygame import Rect, Surface

from game.content.model import Story
from game.stage.score import Score, compile
from game.ui import scenery, theme
from game.ui.glyph_widgets import tick
from game.ui.kit import Kit
from game.ui.layout import Part, aspect, column
from game.ui.motion import ease
from game.ui.scroll import Scroll
from game.ui.stack import Words, paint_stack
from game.ui.stage_view import StageView
from game.ui.text import SMALLEST
from game.ui.widget import Action, Widget

RISE: Final = 0.6
"""Seconds in which the chosen beat's beginning comes up over its end."""
REST: Final = 1.4
"""Seconds between two stories that play."""
STAGE: Final = 4 / 3


class Cover:
    """The picture of a story: how its chosen beat ends, and any moment of that beat.

    Kept by the scene, so that a rebuild draws nothing again. `picture` is None until `develop`.
    """

    def __init__(self, story: Story) -> None:
        self.story = story
        self.picture: Surface | None = None
        self.bare: Surface | None = None
        """The stage without actors."""
        self._score: Score | None = None

    @property
    def score(self) -> Score:
        """The story's timeline, made when it is first wanted."""
        if self._score is None:
            self._score = compile(self.story.script)
        return self._score

    @property
    def beat(self) -> int:
        """The chosen beat, from 0: the last one when the story names none."""
        return (self.story.cover or len(self.score.beats)) - 1

    @property
    def seconds(self) -> float:
        """How long the chosen beat plays."""
        chosen = self.score.beats[self.beat]
        return chosen.end - chosen.start

    def develop(self, kit: Kit, view: StageView, size: tuple[int, int]) -> bool:
        """Draws the picture at `size` pixels; False if it was there already."""
        if self.picture is not None and self.picture.get_size() == size:
            return False
        bare = kit.slab(size, f"cover-{self.story.id}", 10, 0.3).copy()
        scenery.paint(bare, bare.get_rect(), self.story.script.setting)
        self.bare, self.picture = bare, bare.copy()
        view.paint(self.picture, self.picture.get_rect(), self.score.hold(self.beat))
        return True

    def play(self, canvas: Surface, box: Rect, view: StageView, time: float) -> None:
        """The beat at `time` seconds since its beginning, risen over what stands there already."""
        assert self.bare is not None
        self.bare.set_alpha(round(255 * ease(min(1.0, max(0.0, time / RISE)))))
        canvas.blit(self.bare, box)
        self.bare.set_alpha(255)
        if time >= RISE:
            start = self.score.beats[self.beat].start
            frame = self.score.at(start + min(time - RISE, self.seconds - 0.001))
            view.paint(canvas, box, frame)


class StoryCard(Widget):
    """A bone card to tap: the story's picture, title and what it is about; a green tick when done.

    The picture stands above the words, or left of them on a card that is `flat`.
    """

    role = "button"

    def __init__(
        self, rect: Rect, cover: Cover, words: tuple[str, str], flat: bool, done: bool, action: Action
    ) -> None:
        super().__init__(rect, f"story:{cover.story.id}", f"{words[0]} {words[1]}", action)
        self.cover, self.words, self.flat, self.done = cover, words, flat, done

    def screen(self, kit: Kit) -> Rect:
        """Where the picture stands, as if nothing were scrolled."""
        edge = kit.px(12)
        inner = self.rect.inflate(-2 * edge, -2 * edge)
        if self.flat:
            return aspect(Rect(inner.x, inner.y, inner.w // 2, inner.h), STAGE, 0.0)
        return Rect(inner.x, inner.y, inner.w, round(inner.w / STAGE))

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws the card; pressed it sinks a little."""
        down = kit.px(2) if self.pressed else 0
        box, screen = self.rect.move(0, down), self.screen(kit).move(0, down)
        kit.lay(canvas, box, self.id, 14, 0.22)
        if self.cover.picture is not None:
            canvas.blit(self.cover.picture, screen)
        edge = kit.px(14)
        if self.flat:
            room = Rect(screen.right + edge, box.y, box.right - screen.right - 2 * edge, box.h)
        else:
            room = Rect(box.x + edge, screen.bottom, box.w - 2 * edge, box.bottom - screen.bottom)
        room = room.inflate(0, -kit.px(16))
        title, about = column(room, [kit.px(40), Part()])
        paint_stack(canvas, kit, title, [Words(self.words[0], "serif", 26, theme.INK)])
        size = kit.size(theme.SMALL)
        while size > SMALLEST and kit.type.height(self.words[1], about.w, "sans", size) > about.h:
            size -= 1
        kit.type.block(canvas, self.words[1], about, "sans", size, theme.INK_SOFT, "left")
        if self.done:
            tick(canvas, kit, (box.right - kit.px(22), box.y + kit.px(22)))


class Spotlight(Widget):
    """Develops the pictures of the cards in view, one a frame, and plays one of them after another.

    One is played at a time: a screen of ten that move would be restless, and cost ten times as much. With
    less motion none is played.
    """

    def __init__(self, scroll: Scroll, view: StageView) -> None:
        super().__init__(Rect(0, 0, 0, 0))
        self.cards: list[StoryCard] = []
        self.time = 0.0
        self.on: StoryCard | None = None
        """The card that plays."""
        self._scroll, self._view = scroll, view
        self._last = ""

    @property
    def moving(self) -> bool:
        """While a card plays."""
        return self.on is not None

    def follow(self, cards: list[StoryCard]) -> None:
        """The cards were laid out anew; the one that plays plays on."""
        self.cards = cards
        self.on = next((c for c in cards if self.on is not None and c.id == self.on.id), None)

    def update(self, dt: float, kit: Kit) -> None:
        """Develops a picture, or lets the play go on."""
        seen = [c for c in self.cards if self._scroll.rect.colliderect(c.place)]
        for card in seen:
            if card.cover.develop(kit, self._view, card.screen(kit).size):
                self._scroll.renew()
                return
        whole = [c for c in seen if self._scroll.rect.contains(self._box(c, kit))]
        if self.on is not None and (kit.still or self.on not in whole):
            self.on, self.time = None, 0.0
        if kit.still or not whole or self._scroll.moving:
            return
        self.time += dt
        if self.on is not None and self.time >= RISE + self.on.cover.seconds:
            self.on, self.time = None, 0.0
        elif self.on is None and self.time >= REST:
            ids = [c.id for c in whole]
            self.on = whole[(ids.index(self._last) + 1) % len(whole) if self._last in ids else 0]
            self._last, self.time = self.on.id, 0.0

    def _box(self, card: StoryCard, kit: Kit) -> Rect:
        return card.screen(kit).move(0, card.place.y - card.rect.y)

    def reach(self, kit: Kit) -> Rect:
        """The picture that plays, as far as it is in view."""
        return Rect(0, 0, 0, 0) if self.on is None else self._box(self.on, kit).clip(self._scroll.rect)

    def paint(self, canvas: Surface, kit: Kit) -> None:
        """Draws this moment of the card that plays."""
        if self.on is None:
            return
        clip = canvas.get_clip()
        canvas.set_clip(self.reach(kit).clip(clip))
        self.on.cover.play(canvas, self._box(self.on, kit), self._view, self.time)
        canvas.set_clip(clip)
