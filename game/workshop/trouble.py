"""The one kind of failure that the workshop reports as a single clear line."""

from __future__ import annotations

import errno


class Trouble(Exception):
    """Something the person at the keyboard can mend; the text says what is wrong and what to do."""


def one_line(error: OSError) -> str:
    """An operating-system error in one line, with the common ones in plain words."""
    if error.errno == errno.ENOSPC:
        return "no disk space left"
    if error.filename is not None:
        return f"{error.strerror or error}: {error.filename}"
    return str(error.strerror or error)
