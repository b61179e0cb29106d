"""The index of a programme: its idioms as cards, or its stories as a strip of pictures of themselves."""

from typing import TYPE_CHECKING, Final

from pygame import Rect

from game.scenes.frame import header
from game.scenes.open import open_programme
from game.ui import theme
from game.ui.glyph_widgets import GlyphCard
from game.ui.layout import Part, column, grid
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.stage_view import StageView
from game.ui.story_card import Cover, Spotlight, StoryCard
from game.ui.widget import Action, Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App

STRIP: Final = 270
"""Least width of a story's card in units: fewer go side by side on a narrow screen."""
WORDS: Final = 118
"""Height of a story's words below its picture."""
FLAT: Final = 156
"""Height of a card with its words beside its picture, where only one has room."""


class Index(Scene):
    """`kind` is idioms or stories."""

    def __init__(self, app: "App", kind: str) -> None:
        super().__init__(app)
        self.kind = kind
        self.name = f"index-{kind}"
        self._scroll = Scroll()
        self._view = StageView(self.kit)
        self._spotlight = Spotlight(self._scroll, self._view)
        self._covers = {s.id: Cover(s) for s in self.kit.library.stories} if kind == "stories" else {}

    def heading(self) -> str:
        """The programme's name."""
        return self.kit.t(f"programme.{self.kind}")

    def close(self) -> None:
        """The covers' stage lets go of its pictures."""
        self._view.forget()
        self._covers.clear()

    def build(self) -> list[Widget]:
        """A line on the programme, then a card a level."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        about = kit.t(f"programme.{self.kind}_about")
        need = kit.type.height(about, body.w, "sans", kit.size(theme.ASIDE)) + kit.px(14)
        note, cards = column(body, [max(kit.px(52), need), Part()], kit.px(12))
        widgets.append(Label(note, about, theme.ASIDE, theme.TEXT_SECOND, id="about"))
        children = self._idioms(cards) if self.kind == "idioms" else self._stories(cards)
        bottom = max((child.rect.bottom for child in children), default=cards.y)
        widgets += self._scroll.fill(cards, children, bottom - cards.y + kit.px(12))
        return [*widgets, self._spotlight] if self.kind == "stories" else widgets

    def _idioms(self, room: Rect) -> list[Widget]:
        """By how much of an idiom can be read already."""
        kit, library = self.kit, self.kit.library
        done = self.app.session.progress.done("idiom")
        known = {c for c, s in self.app.session.progress.characters.items() if s.met}
        columns = 2 if kit.metrics.wide else 1
        places = grid(room, columns, len(library.idioms), kit.px(116), kit.px(20))
        cards: list[Widget] = []
        for idiom, place in zip(library.idioms, places, strict=True):
            text = idiom.idiom
            read = kit.t("index.can_read", known=sum(c in known for c in text), count=len(text))
            char = next((c for c in reversed(text) if library.has_glyph(c)), "")
            form = library.glyph(char).oracle if char else None
            what = f"idiom:{idiom.id}"
            cards.append(GlyphCard(place, what, text, read, form, self._opener(what), done=idiom.id in done))
        return cards

    def _stories(self, room: Rect) -> list[Widget]:
        """Each with a picture of itself; one after another they play a little."""
        kit, stories = self.kit, self.kit.library.stories
        done = self.app.session.progress.done("story")
        gap = kit.px(20)
        columns = max(1, (room.w + gap) // (kit.px(STRIP) + gap))
        wide = (room.w - gap * (columns - 1)) // columns
        flat = columns == 1
        edge = kit.px(24)
        high = kit.px(FLAT) if flat else round((wide - edge) * 0.75) + kit.px(WORDS) + edge // 2
        cards = [
            StoryCard(
                place,
                self._covers[story.id],
                (kit.words(story.title), kit.words(story.about)),
                flat,
                story.id in done,
                self._opener(f"story:{story.id}"),
            )
            for story, place in zip(stories, grid(room, columns, len(stories), high, gap), strict=True)
        ]
        self._spotlight.follow(cards)
        return list(cards)

    def _opener(self, what: str) -> Action:
        return lambda: open_programme(self.app, what)
