"""How much a page takes: a request that is too long is refused while it arrives, before anything is kept."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM = 100_000
"""Bytes of a form."""
FILE = 64_000_000
"""Bytes of a form with files: a roster of a million people, a journal of years."""
FILES = ("/roster/", "/journals")
OTHERS = ("/api/",)
"""These look after themselves."""


class Limit:
    """Asks nobody who sends: it stands before the login, and a form is read before its page is asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(OTHERS):
            await self._app(scope, receive, send)
            return
        left = FILE if scope["path"].startswith(FILES) else FORM

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, "too long")
            return message

        await self._app(scope, counted, send)
