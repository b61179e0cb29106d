"""The index of a programme: its idioms or its stories, to tap."""

from typing import TYPE_CHECKING

from game.scenes.frame import header
from game.scenes.open import open_programme
from game.ui import theme
from game.ui.glyph_widgets import GlyphCard
from game.ui.layout import Part, column, grid
from game.ui.scene import Scene
from game.ui.scroll import Scroll
from game.ui.widget import Action, Widget
from game.ui.widgets import Label

if TYPE_CHECKING:
    from game.app import App

Entry = tuple[str, str, str, str]
"""What to open, title, second line, the character on the card."""


class Index(Scene):
    """`kind` is idioms or stories."""

    def __init__(self, app: "App", kind: str) -> None:
        super().__init__(app)
        self.kind = kind
        self.name = f"index-{kind}"
        self._scroll = Scroll()

    def heading(self) -> str:
        """The programme's name."""
        return self.kit.t(f"programme.{self.kind}")

    def entries(self) -> list[Entry]:
        """The levels of the programme."""
        kit, library = self.kit, self.kit.library
        if self.kind == "idioms":
            known = {c for c, s in self.app.session.progress.characters.items() if s.met}
            return [
                (
                    f"idiom:{i.id}",
                    i.idiom,
                    kit.t("index.can_read", known=sum(c in known for c in i.idiom), count=len(i.idiom)),
                    next((c for c in reversed(i.idiom) if library.has_glyph(c)), ""),
                )
                for i in library.idioms
            ]
        return [
            (
                f"story:{s.id}",
                kit.words(s.title),
                kit.words(s.about),
                self._lead(s.script.cast),
            )
            for s in library.stories
        ]

    def _lead(self, cast: dict[str, str]) -> str:
        """The character for a story's card: an animal if there is one, they make the liveliest."""
        library = self.kit.library
        return min(cast.values(), key=lambda c: not library.character(c).theme.startswith("animals"))

    def build(self) -> list[Widget]:
        """A line on the programme, then a card a level."""
        kit = self.kit
        widgets, body = header(self, self.heading())
        note, cards = column(body, [kit.px(52), Part()], kit.px(12))
        widgets.append(
            Label(note, kit.t(f"programme.{self.kind}_about"), theme.ASIDE, theme.TEXT_SECOND, id="about")
        )
        kinds = {"idioms": "idiom", "stories": "story"}
        done = self.app.session.progress.done(kinds[self.kind])
        entries = self.entries()
        columns = 2 if kit.metrics.wide else 1
        places = grid(cards, columns, len(entries), kit.px(116), kit.px(20))
        children: list[Widget] = []
        for (what, title, second, char), place in zip(entries, places, strict=True):
            form = kit.library.glyph(char).oracle if char and kit.library.has_glyph(char) else None
            id = what.partition(":")[2]
            children.append(GlyphCard(place, what, title, second, form, self._opener(what), done=id in done))
        bottom = places[-1].bottom if places else cards.y
        return [*widgets, *self._scroll.fill(cards, children, bottom - cards.y + kit.px(12))]

    def _opener(self, what: str) -> Action:
        return lambda: open_programme(self.app, what)
