"""The dashboard in a FastAPI application: its pages, its files, and what is shown when a page is refused."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from game.learning.points import Points
from game.ledger.rules import read_rules
from game.ledger.security.store import Store
from game.ledger.web import (
    administrators,
    catalogue,
    counter,
    door,
    downloads,
    honours,
    journals,
    page,
    people,
    person,
    places,
    rosters,
    standings,
)
from game.ledger.web.gate import Dashboard, Refused, language
from game.ledger.web.limit import Limit

ROUTERS = (
    door.router,
    standings.router,
    places.router,
    people.router,
    person.router,
    rosters.router,
    journals.router,
    catalogue.router,
    counter.router,
    downloads.router,
    honours.router,
    administrators.router,
)


class Files(StaticFiles):
    """The style, script and chart library, with the same safety headers as the pages."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers.update(page.HEADERS)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    if error.status == 401 and request.method == "GET":
        return page.to("/login")
    return page.html(request, "refused.html", language(request), None, error.status, word=error.word)


def install(
    app: FastAPI,
    store: Store,
    now: Callable[[], int],
    rules: Points | None = None,
    public: str = "",
    game: str = "",
) -> None:
    """Give an application the dashboard at "/". `now` is UTC in ms; `rules`, `public` and `game` are as in
    gate.Dashboard."""
    rules = rules if rules is not None else read_rules()
    app.state.dashboard = Dashboard(store, now, rules, public.rstrip("/"), game)
    app.add_exception_handler(Refused, _refused)
    app.add_middleware(Limit)
    for router in ROUTERS:
        app.include_router(router, tags=["dashboard"])
    app.mount("/static", Files(directory=page.HERE / "static"), name="static")
