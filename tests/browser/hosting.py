"""The site under test, and a server for it that can be stopped and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

from game.workshop import site
from game.workshop.places import HERE
from game.workshop.serve import Server


def built(folder: Path) -> Path:
    """The finished site: $SHIQI_SITE if that is set, else a copy in `folder` of build/web, made if stale.

    A copy, so that a build that goes on beside the tests does not change it under them.
    """
    if given := os.environ.get("SHIQI_SITE"):
        return Path(given)
    if site.stale(HERE):
        command = [sys.executable, "-m", "game.workshop", "build", "--fast"]
        subprocess.run(command, cwd=HERE.root, env={**os.environ, "PYTHONPATH": str(HERE.root)}, check=True)
    return Path(shutil.copytree(HERE.web, folder / "web"))


class _Tracking(Server):
    """Remembers its connections: a kept-open one would go on answering after the server is closed."""

    def __init__(self, root: Path, port: int) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(root, port=port)

    def process_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self.connections.discard(request)
        super().shutdown_request(request)


class Hosted:
    """Serves one folder on a free port of this machine; `stop` is as good as pulling the cable."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._port = 0
        self._running: tuple[_Tracking, threading.Thread] | None = None
        self.start()

    @property
    def url(self) -> str:
        """Where the site is (or was, while it is stopped)."""
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        """Serves, on the same port as before."""
        if self._running is None:
            server = _Tracking(self.root, self._port)
            self._port = int(server.server_address[1])
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._running = server, thread

    def stop(self) -> None:
        """Answers no more, also not on connections that are open."""
        if self._running is None:
            return
        server, thread = self._running
        self._running = None
        server.shutdown()
        thread.join()
        server.server_close()
        for connection in list(server.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # gone already
