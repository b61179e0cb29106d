"""Sending a player's events to the ledger of the organisation they joined; silent for those who never join.

Each player of the device joins for themselves: the enrolment is kept in the store under `ledger/` and the
player's id. Nothing here is waited for by a frame: lines are read and signed a few at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from game.host.protocol import HostError, NetworkError
from game.journal import post
from game.journal.event import load_json

if TYPE_CHECKING:
    from game.journal.journal import Journal
    from game.session import Session

PREFIX: Final = "ledger/"
GATHER: Final = 3.0
"""Seconds after an event in which others may come along in the same batch."""
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 600.0
FEW: Final = 40
"""Lines read or signed in one go."""
BREATH: Final = 0.02

Item = TypeVar("Item")
State = Literal["alone", "sending", "sent", "away", "revoked"]
"""Not joined; there is something to send; all sent; the ledger does not answer; it takes nothing any more."""
Joining = Literal["joined", "unknown", "away"]


class _Later(Exception):
    """The ledger cannot take it now; `wait`: for how many seconds it asks to be left alone, or 0."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


class _Stopped(Exception):
    """The ledger does not know this device, or not any more."""


class Sync:
    """What is sent of the session's journal, and how that goes. `changed` is called when it changes."""

    def __init__(self, session: Session, changed: Callable[[], None] = lambda: None) -> None:
        self.session = session
        self.changed = changed
        self.state: State = "alone"
        self.waiting = 0
        self.enrolment: post.Enrolment | None = None
        self.running = False
        self._player = ""
        self._told: tuple[State, int, bool] = ("alone", 0, False)
        self._box = post.Outbox()
        self._agreed = False
        self._pause = FIRST_PAUSE
        self._poked = asyncio.Event()
        self._lock = asyncio.Lock()

    @property
    def refused(self) -> int:
        """How many lines the ledger did not accept."""
        return self._box.refused

    async def join(self, code: str, number: str = "", address: str = "") -> Joining:
        """Joins the organisation with this code: as the member with `number`, or as a new pseudonym."""
        player = self._now()
        if not player:
            return "unknown"
        asked = {"code": code.strip()[:64], "kind": "browser", "member_number": number.strip()[:64]}
        url = f"{_base(address)}/enrol"
        try:
            status, body, _ = await self.session.host.post(
                url, post.write(asked), {"Content-Type": "application/json"}
            )
            if status in (404, 422):
                # A server without a ledger answers 404 as well, but not in the ledger's words.
                return "unknown" if _ledger_says(body) else "away"
            if status != 200:
                return "away"
            made = post.Enrolment.loads(body, address)
        except (NetworkError, ValueError):
            return "away"
        async with self._lock:
            await self.session.host.store.replace(PREFIX + player, [made.dumps()])
            self._player = ""  # read anew
            await self._follow()
        self.poke()
        return "joined"

    async def leave(self) -> None:
        """Nothing more is sent for this player; what was sent stays where it is."""
        async with self._lock:
            if player := self._now():
                await self.session.host.store.replace(PREFIX + player, [])
            self._player = ""
            await self._follow()

    async def look(self) -> None:
        """Brings the state up to date with who is playing, without sending anything."""
        async with self._lock:
            await self._follow()

    def poke(self) -> None:
        """Something happened that may have to be sent."""
        self._poked.set()

    async def run(self) -> None:
        """Sends whatever comes up, until cancelled. A second call returns at once."""
        if self.running:
            return
        self.running = True
        try:
            while True:
                self._poked.clear()
                pause = await self.step()
                if pause is None:
                    await self._poked.wait()
                    await asyncio.sleep(GATHER)
                else:
                    await asyncio.sleep(pause)
        finally:
            self.running = False

    async def step(self) -> float | None:
        """One attempt at sending all there is: seconds until the next, None when there is none to make."""
        async with self._lock:
            try:
                await self._follow()
                if self.enrolment is None or self.state == "revoked":
                    return None
                await self._send(self.enrolment)
            except _Stopped:
                self._tell("revoked")
                return None
            except (_Later, HostError, ValueError) as error:
                self._agreed = False
                self._tell("away")
                if isinstance(error, _Later) and error.wait:
                    return min(LONGEST_PAUSE, error.wait)
                pause, self._pause = self._pause, min(LONGEST_PAUSE, self._pause * 2)
                return pause
            self._pause = FIRST_PAUSE
            return None

    # --- one attempt ----------------------------------------------------------------------------------

    async def _follow(self) -> None:
        """The enrolment and the lines of whoever plays now."""
        journal = self.session.journal  # kept: another player may take over while the store is read
        player = journal.player if journal else ""
        if player != self._player:
            kept = await self.session.host.store.read(PREFIX + player) if player else []
            try:
                self.enrolment = post.Enrolment.loads(kept[-1]) if kept else None
            except ValueError:
                self.enrolment = None
            self._player, self._box, self._agreed = player, post.Outbox(), False
            self._pause = FIRST_PAUSE
            self.state = "sending" if self.enrolment else "alone"
        if self.enrolment is not None:
            first = not self._box.chains
            await self._gather(journal)
            if first:
                self._box.presume(self.enrolment.sent)
        self._tell("sending" if self.state == "sent" and self._box.waiting() else self.state)

    async def _gather(self, journal: Journal | None) -> None:
        lines = [line for each in journal.lines.values() for line in each] if journal else []
        for few in _few(self._box.unread(lines)):
            self._box.add(few)
            await asyncio.sleep(BREATH if len(few) == FEW else 0)

    async def _send(self, enrolment: post.Enrolment) -> None:
        if not self._agreed:
            names = self._box.chains
            held: dict[str, post.Held] = {}
            for at in range(0, len(names), 200):
                waiting = len(self._box.waiting())
                asked = {"chains": names[at : at + 200], "waiting": waiting}
                held |= post.read_held(await self._ask(enrolment, "holdings", asked))
            self._box.forget()
            self._box.agree(held)
            self._agreed = True
        while left := self._box.waiting():
            self._tell("sending")
            pieces = post.batch(left)
            signed: list[list[str]] = []
            for few in _few(pieces):
                signed += [[piece.text, post.sign(enrolment.secret, piece.text)] for piece in few]
                await asyncio.sleep(BREATH if len(few) == FEW else 0)
            told = {"lines": signed, "waiting": len(left) - len(pieces)}
            answer = await self._ask(enrolment, "events", told)
            self._box.refuse(pieces[index] for index, _ in post.read_refused(answer, len(pieces)))
            self._box.settle(pieces)
        sent = self._box.sent()
        if sent != enrolment.sent:
            enrolment.sent = sent
            await self.session.host.store.replace(PREFIX + self._player, [enrolment.dumps()])
        self._tell("sent")

    async def _ask(self, enrolment: post.Enrolment, path: str, asked: Mapping[str, Any]) -> object:
        host = self.session.host
        body = post.write(asked)
        signed = post.headers(enrolment, body, host.now_ms())
        status, answer, wait = await host.post(f"{_base(enrolment.address)}/{path}", body, signed)
        if status in (401, 403):
            raise _Stopped
        if status != 200:
            raise _Later(wait)
        return load_json(answer.decode())

    def _now(self) -> str:
        return self.session.journal.player if self.session.journal else ""

    def _tell(self, state: State) -> None:
        self.state, self.waiting = state, len(self._box.waiting()) if self.enrolment else 0
        told = (state, self.waiting, self.enrolment is not None)
        if told != self._told:
            self._told = told
            self.changed()


def _base(address: str) -> str:
    return f"{address.strip().rstrip('/')}/api/v1"


def _ledger_says(body: bytes) -> bool:
    try:
        answer = load_json(body.decode())
    except ValueError:
        return False
    detail = answer.get("detail") if isinstance(answer, dict) else None
    return isinstance(detail, str) and detail != "Not Found"


def _few(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while few := list(islice(left, FEW)):
        yield few
