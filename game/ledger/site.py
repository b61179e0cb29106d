"""The built game under the ledger's own origin: its page may talk to no other (connect-src 'self')."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from game.workshop.answers import Folder

PATH = "/game/"


def mount(app: FastAPI, root: Path) -> None:
    """Serves the site in `root` under /game/ with the headers of `build.py serve`. Raises ValueError if there
    is none."""
    folder = Folder(root)
    if folder.find("/") is None:
        raise ValueError(f"there is no built site in {root} (build.py build makes one)")

    @app.get(PATH.rstrip("/"), include_in_schema=False)
    def bare() -> Response:
        return RedirectResponse(PATH)

    @app.api_route(PATH + "{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def file(request: Request, path: str) -> Response:
        asked = request.headers
        # The path as it was sent: Folder unquotes it once, and once only.
        raw = request.scope["raw_path"].decode("latin-1").partition("?")[0]
        target = "/" + raw.removeprefix(PATH)
        if request.url.query:
            target += f"?{request.url.query}"
        answer = folder.answer(target, asked.get("accept-encoding", ""), asked.get("if-none-match", ""))
        headers = dict(answer.headers)
        if answer.body is None:
            return Response(status_code=answer.status, headers=headers)
        return FileResponse(answer.body, answer.status, headers)
