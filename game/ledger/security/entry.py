"""Logging in and out: sessions kept by the hash of their token, a pause after repeated wrong passwords."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.ledger.models import Administrator, Login, Organisation
from game.ledger.security import audit, passwords, second
from game.ledger.security.store import Store

LASTS = 12 * 3_600_000
"""Milliseconds a login lasts: one working day."""
TRIES = 5
PAUSE = 60_000
LONGEST_PAUSE = 3_600_000
"""After TRIES wrong passwords in a row no login for PAUSE ms, doubled by each more, up to LONGEST_PAUSE."""


@dataclass(frozen=True, slots=True)
class Who:
    """An administrator who is logged in; `path` is the subtree ("1/4/")."""

    id: int
    name: str
    role: str
    organisation: int
    path: str
    place: str
    csrf: str
    token: str
    totp: bool


def token_hash(token: str) -> str:
    """What is kept of a session's token: who reads the database cannot log in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def pause(failures: int) -> int:
    """Milliseconds without login after this many wrong passwords in a row."""
    over = failures - TRIES
    return 0 if over < 0 else min(LONGEST_PAUSE, PAUSE << min(over, 10))


def enter(store: Store, name: str, password: str, code: str, now_ms: int) -> str | None:
    """The token of a new session, or None: wrong name, password or code, disabled, or in a pause.

    Which of these it was is not told, and the time taken does not tell whether the name exists.
    """
    with store.read() as session:
        found = session.scalar(select(Administrator).where(Administrator.name == name))
        id_, kept = (found.id, found.password) if found is not None else (None, None)
    right = passwords.matches(kept, password)
    if id_ is None:
        return None
    with store.write() as session:
        return _enter(session, id_, right and kept == _kept(session, id_), password, code, now_ms)


def _kept(session: Session, administrator: int) -> str | None:
    """The hash as it stands now: it may have been changed since it was checked."""
    return session.scalar(select(Administrator.password).where(Administrator.id == administrator))


def _enter(session: Session, id_: int, right: bool, password: str, code: str, now_ms: int) -> str | None:
    found = session.scalars(select(Administrator).where(Administrator.id == id_).with_for_update()).one()
    if found.disabled_ms is not None or (found.locked_until_ms or 0) > now_ms:
        return None
    step = second.step_of(found.totp, code, now_ms) if found.totp and right else None
    if not right or (found.totp and step is None):
        found.failures += 1
        found.locked_until_ms = now_ms + pause(found.failures)
        audit.record(session, now_ms, id_, "login refused", found.name, "", found.organisation_id)
        return None
    found.failures = 0
    found.locked_until_ms = None
    if found.totp and step is not None:
        found.totp = second.used(found.totp, step)
    if passwords.outdated(found.password):
        found.password = passwords.hashed(password)
    token = secrets.token_urlsafe(32)
    session.execute(delete(Login).where(Login.expires_ms <= now_ms))
    session.add(
        Login(
            token_hash=token_hash(token),
            administrator_id=id_,
            csrf=secrets.token_urlsafe(24),
            made_ms=now_ms,
            expires_ms=now_ms + LASTS,
        )
    )
    audit.record(session, now_ms, id_, "login", found.name, "", found.organisation_id)
    return token


def who(session: Session, token: str, now_ms: int) -> Who | None:
    """The administrator whose session has this token, None if there is none, it ended, or he is disabled."""
    row = session.execute(
        select(Login, Administrator, Organisation)
        .join(Administrator, Administrator.id == Login.administrator_id)
        .join(Organisation, Organisation.id == Administrator.organisation_id)
        .where(Login.token_hash == token_hash(token), Login.expires_ms > now_ms)
        .where(Administrator.disabled_ms.is_(None))
    ).first()
    if row is None:
        return None
    login, found, place = row
    return Who(
        found.id,
        found.name,
        found.role,
        place.id,
        place.path,
        place.name,
        login.csrf,
        token,
        bool(found.totp),
    )


def leave(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(Login).where(Login.token_hash == token_hash(token)))


def leave_all(session: Session, administrator: int, but: str = "") -> None:
    """End an administrator's sessions, all but the one with the token `but`."""
    session.execute(
        delete(Login).where(Login.administrator_id == administrator, Login.token_hash != token_hash(but))
    )


def set_password(session: Session, administrator: int, hashed: str, but: str = "") -> None:
    """A new password: other sessions end, a pause too."""
    session.execute(
        update(Administrator)
        .where(Administrator.id == administrator)
        .values(password=hashed, failures=0, locked_until_ms=None)
    )
    leave_all(session, administrator, but)


def first(session: Session, root: int, now_ms: int, name: str = "admin") -> str | None:
    """The password of the first administrator, made at the first run; None if there are administrators.

    It is returned once and kept only as a hash: the caller prints it.
    """
    if session.scalar(select(Administrator.id).limit(1)) is not None:
        return None
    password = passwords.made()
    made = Administrator(
        name=name,
        role="city",
        organisation_id=root,
        password=passwords.hashed(password),
    )
    session.add(made)
    session.flush()
    audit.record(session, now_ms, None, "first administrator", name, "", root)
    return password
