"""The gate before every page: who asks, may that role do this, and does it lie in the own subtree."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Form, Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.learning.points import Points
from game.ledger.models import Organisation
from game.ledger.rules import read_rules
from game.ledger.security import entry
from game.ledger.security.entry import Who
from game.ledger.security.roles import Act, may, within
from game.ledger.security.store import Store

COOKIE = "shiqi_ledger"
LANGUAGE = "shiqi_language"
LANGUAGES = ("zh", "en")
Which = Annotated[int | None, Query(ge=0, le=2**53)]
"""An organisation asked for by a page, the own one if none is."""
Chosen = Annotated[int, Form(ge=0, le=2**53)]
"""An organisation or administrator that a form is about."""
Id = Annotated[int, Form(ge=1, lt=2**63)]
"""A member or thing that a form is about."""
Words = Annotated[str, Form(max_length=400)]
"""Some words of a form: a name, a number, a reason."""


def visible(text: str) -> str:
    """What was typed, without what cannot be seen and without space around it."""
    return "".join(sign for sign in text if sign.isprintable()).strip()


def printable(name: str) -> str:
    """A name as it is kept: `visible`. Raises Refused (400) if nothing is left."""
    told = visible(name)
    if not told:
        raise Refused(400, "nameless")
    return told


class Refused(Exception):
    """The page is not given: `status` 401 (log in), 403 (role, forged form), 404 (not in the subtree) …"""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status = status
        self.word = word


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the pages need of the service: kept as `app.state.dashboard`. `now` is UTC in ms.

    `public` is the address under which people reach the ledger ("https://ledger.example.cn"), "" if that is
    what a request says; `game` is the path of the game under the same address, "" if it is not there. `rules`
    score what is handed in.
    """

    store: Store
    now: Callable[[], int]
    rules: Points = field(default_factory=read_rules)
    public: str = ""
    game: str = ""

    def address(self, request: Request) -> str:
        """The ledger's own address, as it is to be written on paper: without a slash at its end."""
        return self.public or str(request.base_url).rstrip("/")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request by an administrator who may do what the page does."""

    request: Request
    dashboard: Dashboard
    who: Who
    language: str

    @property
    def now(self) -> int:
        return self.dashboard.now()

    def organisation(self, session: Session, id_: int | None) -> Organisation:
        """The organisation asked for, the own one if none is. Raises Refused (404) outside the own subtree,
        in the same words as for one that does not exist."""
        found = session.get(Organisation, self.who.organisation if id_ is None else id_)
        if found is None or not within(self.who.path, found.path):
            raise Refused(404, "absent")
        return found

    def trail(self, session: Session, place: Organisation) -> list[Organisation]:
        """The organisations from the own one down to `place`."""
        own = self.who.path.count("/")
        ids = [int(part) for part in place.path.strip("/").split("/")][own - 1 :]
        rows = session.scalars(
            select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.depth)
        )
        return list(rows)


def language(request: Request) -> str:
    """The language of a request's page: the cookie's, else Chinese."""
    asked = request.cookies.get(LANGUAGE, "zh")
    return asked if asked in LANGUAGES else "zh"


def dashboard(request: Request) -> Dashboard:
    """The service's own parts."""
    found = request.app.state.dashboard
    assert isinstance(found, Dashboard)
    return found


def same_origin(request: Request) -> None:
    """Refuse a form sent from another site's page (browsers name the page's origin with every POST)."""
    origin = request.headers.get("origin")
    own = {request.headers.get("host"), urlsplit(dashboard(request).public).netloc} - {"", None}
    if origin is not None and urlsplit(origin).netloc not in own:
        raise Refused(403, "forged")


def visit(request: Request, act: Act) -> Visit:
    """The visit of whoever is logged in. Raises Refused 401 or 403."""
    own = dashboard(request)
    token = request.cookies.get(COOKIE, "")
    with own.store.read() as session:
        who = entry.who(session, token, own.now()) if token else None
    if who is None:
        raise Refused(401, "enter")
    if not may(who.role, act):
        raise Refused(403, "role")
    return Visit(request, own, who, language(request))


class Sees:
    """The dependency of a page that only shows something."""

    def __init__(self, act: Act) -> None:
        self.act = act

    def __call__(self, request: Request) -> Visit:
        return visit(request, self.act)


class Does:
    """The dependency of a form that changes something: the session's own mark must come with it (CSRF)."""

    def __init__(self, act: Act) -> None:
        self.act = act

    def __call__(self, request: Request, csrf: Annotated[str, Form(max_length=100)] = "") -> Visit:
        same_origin(request)
        found = visit(request, self.act)
        if not hmac.compare_digest(csrf.encode(), found.who.csrf.encode()):
            raise Refused(403, "forged")
        return found
