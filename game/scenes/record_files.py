"""The journal as a file: saving it, saving it as a table, reading another's in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.journal.day import day_number, iso_day
from game.journal.event import Event
from game.journal.export import export_file
from game.journal.table import to_csv
from game.learning.progress import earned

if TYPE_CHECKING:
    from game.app import App


class Files:
    """What the record page's buttons do; `say` is told what came of it."""

    def __init__(self, app: "App", say: Callable[[str], None]) -> None:
        self.app = app
        self.kit = app.kit
        self.say = say

    def name(self, ending: str) -> str:
        """A file's name: whose it is and of which day."""
        player = self.app.session.player
        day = iso_day(day_number(self.app.host.now_ms()))
        return f"shiqi-{player.seal if player else ''}-{day}.{ending}"

    def export(self) -> None:
        """The journal as it is, for another device."""
        journal = self.app.session.journal
        if journal is not None:
            data = export_file(journal, self.app.session.progress.seal)
            self.app.host.download(self.name("shiqi"), data, "application/x-shiqi")
            self.say(self.kit.t("record.exported", count=len(journal.events)))

    def csv(self) -> None:
        """The journal as a table, for people."""
        journal = self.app.session.journal
        if journal is not None:
            points = earned(journal.events, self.kit.library.rules)
            data = to_csv(journal.events, points, self.kit.lang, self._subject)
            self.app.host.download(self.name("csv"), data, "text/csv")
            self.say(self.kit.t("record.exported", count=len(journal.events)))

    async def read_in(self) -> None:
        """Another device's journal, picked by the player."""
        picked = await self.app.host.pick_file(".shiqi")
        if picked is None:
            return
        merged = await self.app.session.merge(picked[1], picked[0])
        lines = [self.kit.t("record.imported", new=len(merged.new), known=merged.known)]
        lines += [fault.text(self.kit.lang) for fault in merged.faults[:4]]
        if len(merged.faults) > 4:
            lines.append(self.kit.t("record.more_faults", count=len(merged.faults) - 4))
        self.say("\n".join(lines))

    def _subject(self, event: Event) -> str:
        """An event's subject as people know it: a unit's or a level's title, a character as it is."""
        library = self.kit.library
        try:
            if event.kind == "lesson":
                return self.kit.words(library.unit(event.subject).title)
            if event.kind == "idiom":
                return library.idiom(event.subject).idiom
            if event.kind == "story":
                return self.kit.words(library.story(event.subject).title)
            if event.kind == "party_history":
                level = library.party_level(event.subject)
                return f"{level.character} {self.kit.words(level.date)}"
            if event.kind == "inscription":
                return library.inscription(event.subject).piece
        except KeyError:  # a level of another version of the game
            pass
        return event.subject
