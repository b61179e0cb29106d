"""Login, logout, the language, and what an administrator sets for himself: password and second factor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy import update

from game.ledger.models import Administrator
from game.ledger.security import audit, entry, passwords, second
from game.ledger.security.roles import Act, may
from game.ledger.web import page
from game.ledger.web.gate import (
    COOKIE,
    LANGUAGE,
    LANGUAGES,
    Does,
    Sees,
    Visit,
    dashboard,
    language,
    same_origin,
)

router = APIRouter()
Seen = Annotated[Visit, Depends(Sees(Act.SELF))]
Done = Annotated[Visit, Depends(Does(Act.SELF))]
Short = Annotated[str, Form(max_length=100)]
Secret = Annotated[str, Form(max_length=400)]
YEAR = 365 * 86400


def home(role: str) -> str:
    """The first page of a role."""
    return next((href for _, href, act in page.MENU if may(role, act)), "/account")


@router.get("/", include_in_schema=False)
def start(visit: Seen) -> Response:
    """The first page that the role may see."""
    return page.to(home(visit.who.role))


@router.get("/login")
def login_page(request: Request) -> Response:
    """The form to log in."""
    return page.html(request, "login.html", language(request), None, wrong=False)


@router.post("/login")
def login(request: Request, name: Short = "", password: Secret = "", code: Short = "") -> Response:
    """Log in, with the second factor's code if one is set."""
    same_origin(request)
    own = dashboard(request)
    token = entry.enter(own.store, name.strip(), password, code, own.now())
    if token is None:
        return page.html(request, "login.html", language(request), None, 401, wrong=True)
    answer = page.to("/")
    safe = own.address(request).startswith("https:")
    answer.set_cookie(COOKIE, token, entry.LASTS // 1000, httponly=True, samesite="strict", secure=safe)
    return answer


@router.post("/logout")
def logout(visit: Done) -> Response:
    """End this session."""
    with visit.dashboard.store.write() as session:
        entry.leave(session, visit.who.token)
        audit.record(session, visit.now, visit.who.id, "logout", visit.who.name, "", visit.who.organisation)
    answer = page.to("/login")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/language/{wanted}")
def change_language(wanted: str, back: str = "/") -> Response:
    """Keep the language in a cookie and go back to the page."""
    own = (
        back.startswith("/") and not back.startswith(("//", "/\\")) and back.isascii() and back.isprintable()
    )
    answer = page.to(back if own else "/")
    if wanted in LANGUAGES:
        answer.set_cookie(LANGUAGE, wanted, YEAR, httponly=True, samesite="lax")
    return answer


def _account(visit: Visit, status: int = 200, said: str = "", new: str = "") -> Response:
    shown = second.picture(second.uri(new, visit.who.name)) if new else ""
    return page.html(
        visit.request, "account.html", visit.language, visit, status, said=said, secret=new, picture=shown
    )


@router.get("/account")
def account(visit: Seen) -> Response:
    """The own account."""
    return _account(visit)


def _right(visit: Visit, password: str) -> bool:
    """Whether it is the present password: asked again before what guards the account changes."""
    with visit.dashboard.store.read() as session:
        found = session.get(Administrator, visit.who.id)
        kept = found.password if found is not None else None
    return passwords.matches(kept, password)


@router.post("/account/password")
def change_password(visit: Done, old: Secret = "", new: Secret = "") -> Response:
    """A new password; all other sessions end."""
    if not _right(visit, old):
        return _account(visit, 400, "wrong")
    weak = passwords.weakness(new, visit.who.name)
    if weak:
        return _account(visit, 400, f"weak.{weak}")
    hashed = passwords.hashed(new)
    with visit.dashboard.store.write() as session:
        entry.set_password(session, visit.who.id, hashed, visit.who.token)
        audit.record(session, visit.now, visit.who.id, "password", visit.who.name, "", visit.who.organisation)
    return _account(visit, said="password.set")


@router.post("/account/totp")
def set_totp(visit: Done, old: Secret = "", secret: Short = "", code: Short = "") -> Response:
    """Begin with a second factor: a new secret is shown, and kept once its code proves the app has it.

    With neither secret nor code for one who has a factor: it is removed. The password is asked each time.
    """
    if not _right(visit, old):
        return _account(visit, 400, "wrong", "")
    kept: str | None = None
    if not visit.who.totp:
        if not secret:
            return _account(visit, new=second.secret())
        if len(secret) != 32 or set(secret) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"):
            return _account(visit, 400, "code")
        step = second.step_of(secret, code, visit.now)
        if step is None:
            return _account(visit, 400, "code", secret)
        kept = second.used(secret, step)
    with visit.dashboard.store.write() as session:
        session.execute(update(Administrator).where(Administrator.id == visit.who.id).values(totp=kept))
        act = "second factor on" if kept else "second factor off"
        audit.record(session, visit.now, visit.who.id, act, visit.who.name, "", visit.who.organisation)
    return page.to("/account")
