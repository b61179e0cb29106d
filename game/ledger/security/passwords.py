"""Passwords of administrators: made by chance or checked by plain rules, kept as argon2id hashes."""

from __future__ import annotations

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
"""Characters. NIST SP 800-63B asks for at least 8, room for at least 64, and no rules on their kinds."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and figures that are read for one another (i l o 0 1)."""

_hasher = PasswordHasher()
_at_once = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB for some 50 ms: a flood of logins must not take all memory."""
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))
"""Checked when there is no such administrator, so that the answer takes as long as for one who exists."""


def made() -> str:
    """A new random password of four groups of four ("ab3d-…", 79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _plain(password: str) -> str:
    """One form of each character, so that another keyboard's accents and wide letters match."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, name: str) -> str:
    """Why a password may not be chosen: "short", "long", "name" (it holds the name) or "" if it may."""
    plain = _plain(password)
    if len(plain) < SHORTEST or len(set(plain)) < 5:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    return "name" if name and _plain(name).casefold() in plain.casefold() else ""


def hashed(password: str) -> str:
    """The argon2id hash to keep, with its salt and settings in it."""
    with _at_once:
        return _hasher.hash(_plain(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one of the hash; None (no such administrator) takes as long and never is."""
    if len(password) > LONGEST:
        return False
    with _at_once:
        try:
            return _hasher.verify(kept or _NOBODY, _plain(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker settings than today's and should be made anew at the next login."""
    return _hasher.check_needs_rehash(kept)
