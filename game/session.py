"""Who is playing, what they did, what it comes to: the players on this device, one journal, one progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from game.content.library import Library
from game.host.protocol import Host
from game.ui.settings import Settings, write_settings

# The journal and what is folded from it are imported when there is a player: on a first visit the title
# stands before any of it is needed, and every import is start-up time.
if TYPE_CHECKING:
    from game.content.model import Badge
    from game.journal.journal import Journal, Merge
    from game.learning.badges import Badges
    from game.learning.progress import Progress
    from game.learning.schedule import Schedule
    from game.sync import Sync

PREFIX: Final = "journal/"


@dataclass(frozen=True, slots=True)
class Player:
    """One player on this device: an id of random hex digits and the glyphs of their seal."""

    id: str
    seal: str


class Session:
    """The open journal and its fold. Nothing here is truth but the journal: `progress` is made from it."""

    def __init__(self, host: Host, library: Library, settings: Settings) -> None:
        self.host = host
        self.library = library
        self.settings = settings
        self.journal: Journal | None = None
        self._progress: Progress | None = None
        self._badges: Badges | None = None
        self._since = 0  # badges won before this time (ms) are no news
        self._told: set[str] = set()
        self._sync: Sync | None = None

    @property
    def sync(self) -> Sync:
        """What is sent to the organisation that the player joined."""
        if self._sync is None:
            from game.sync import Sync

            self._sync = Sync(self)
        return self._sync

    @property
    def progress(self) -> Progress:
        """What the journal comes to; empty without a player."""
        if self._progress is None:
            from game.learning.progress import Progress

            self._progress = Progress(self.library.rules)
        return self._progress

    @property
    def player(self) -> Player | None:
        """Who plays now, if anyone has chosen a seal."""
        return None if self.journal is None else Player(self.journal.player, self.progress.seal)

    def schedule(self) -> Schedule:
        """When each character comes back, folded from the journal."""
        from game.learning.schedule import schedule

        return schedule(self.journal.events if self.journal else ())

    @property
    def badges(self) -> Badges:
        """What was won for reading and what is ahead, folded from the journal when first wanted."""
        if self._badges is None:
            from game.learning.badges import badges

            self._badges = badges(self.journal.events if self.journal else (), self.library)
        return self._badges

    def news(self) -> list[Badge]:
        """The badges won since the player sat down, each told once."""
        from game.learning.badges import since

        fresh = [badge for badge in since(self.badges.won, self._since) if badge.id not in self._told]
        self._told |= {badge.id for badge in fresh}
        return fresh

    async def players(self) -> list[Player]:
        """Everyone with a journal on this device, by seal."""
        from game.journal.journal import Journal, players

        found = []
        for id in await players(self.host.store):
            journal = self.journal if self.journal and self.journal.player == id else None
            journal = journal or await Journal.open(self.host.store, id)
            seal = next((e.subject for e in journal.events if e.kind == "player"), "")
            found.append(Player(id, seal))
        return sorted(found, key=lambda p: (p.seal, p.id))

    async def resume(self) -> None:
        """Opens the journal of whoever played last, if it is still there."""
        last = self.settings.player
        if last and await self.host.store.names(PREFIX + last):
            await self._open(last)
            await self.opened()

    async def begin(self, seal: str) -> None:
        """A new player with this seal; their journal begins with it."""
        from game.journal.journal import new_player

        await self._open(new_player(self.host.random_bytes(10)))
        await self.record("player", seal, {})
        await self.opened()

    async def switch(self, id: str) -> None:
        """Another player of this device goes on."""
        await self._open(id)
        await self.opened()

    async def opened(self) -> None:
        """Notes that the game was opened today; once a day is enough."""
        now = self.host.now_ms()
        if "open" not in self.progress.today(now):
            await self.record("open", "", {})

    async def record(self, kind: str, subject: str, result: dict[str, Any]) -> int:
        """Appends an event and returns the points it brought, once it is durable."""
        if self.journal is None:
            return 0
        before = self.progress.total
        event = await self.journal.append(kind, subject, result, self.host.now_ms())
        self.progress.apply(event)
        if self._badges is not None:
            if self._badges.last < event.order:
                self._badges.apply(event)
            else:  # the clock was set back: badges are folded in order
                self._badges = None
        if self._sync is not None:
            self._sync.poke()
        return self.progress.total - before

    async def merge(self, data: bytes, name: str) -> Merge:
        """Takes in a .shiqi file called `name`; the progress is folded anew over everything."""
        assert self.journal is not None, "a player is chosen before anything can be merged"
        from game.journal.export import merge_file
        from game.learning.progress import fold

        merged = await merge_file(self.journal, data, name)
        self._progress = fold(self.journal.events, self.library.rules)
        self._badges = None
        if self._sync is not None:
            self._sync.poke()
        return merged

    async def _open(self, id: str) -> None:
        from game.journal.journal import Journal
        from game.learning.progress import fold

        self.journal = await Journal.open(self.host.store, id)
        self._progress = fold(self.journal.events, self.library.rules)
        self._badges, self._since, self._told = None, self.host.now_ms(), set()
        self.settings.player = id
        if self._sync is not None:
            self._sync.poke()
        await write_settings(self.host, self.settings)
