"""Drawing a page: templates, both languages' words, the menu of what a role may see, safety headers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import yaml
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from game.journal.day import clock, day
from game.ledger.models import Organisation
from game.ledger.security.roles import Act, may
from game.ledger.web.gate import LANGUAGES, Visit

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""On every page and file: nothing runs or loads but what this server sends, nobody may frame it."""
PRIVATE = {**HEADERS, "Cache-Control": "no-store"}
MENU: tuple[tuple[str, str, Act], ...] = (
    ("standing", "/standing", Act.STANDING),
    ("ranking", "/ranking", Act.STANDING),
    ("days", "/days", Act.STANDING),
    ("tree", "/tree", Act.STANDING),
    ("awards", "/awards", Act.STANDING),
    ("reports", "/reports", Act.REPORTS),
    ("counter", "/counter", Act.COUNTER),
    ("members", "/members", Act.MEMBERS),
    ("devices", "/devices", Act.DEVICES),
    ("refusals", "/refusals", Act.DEVICES),
    ("administrators", "/administrators", Act.ADMINISTRATORS),
    ("audit", "/audit", Act.AUDIT),
)
"""Pages in the menu's order: the word of the name, where it is, and the act that it needs."""


@cache
def words(language: str) -> Mapping[str, str]:
    """The dashboard's texts in one language, by key."""
    read = yaml.safe_load((HERE / "words" / f"{language}.yaml").read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in read.items()}


def moment(ms: int | None) -> str:
    """A time as "2026-11-24 08:05" in Shanghai; "—" for never."""
    return f"{day(ms)} {clock(ms)[:5]}" if ms is not None else "—"


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = moment
    return made


def html(
    request: Request, template: str, language: str, visit: Visit | None, status: int = 200, **told: Any
) -> HTMLResponse:
    """A page. The template gets `w` (words), `who`, `menu`, `here` (the path) and what is `told`."""
    who = visit.who if visit is not None else None
    menu = [(name, href) for name, href, act in MENU if who is not None and may(who.role, act)]
    text = (
        _templates()
        .get_template(template)
        .render(
            w=words(language),
            language=language,
            other=LANGUAGES[1 - LANGUAGES.index(language)],
            who=who,
            may=lambda act: who is not None and may(who.role, Act(act)),
            menu=menu,
            here=request.url.path,
            **told,
        )
    )
    return HTMLResponse(text, status, PRIVATE)


def placed(visit: Visit, session: Session, template: str, place: Organisation, **told: Any) -> HTMLResponse:
    """The page of a visit about an organisation of the own subtree, with the way down to it."""
    way = visit.trail(session, place)
    return html(visit.request, template, visit.language, visit, place=place, trail=way, **told)


def to(place: str) -> RedirectResponse:
    """After a form: go and look (303), so that reloading sends nothing twice."""
    return RedirectResponse(place, 303, PRIVATE)
