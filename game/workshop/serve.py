"""A small web server for the finished site. It binds to this machine alone unless told otherwise."""

from __future__ import annotations

import email.utils
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from game.workshop.answers import Folder
from game.workshop.trouble import Trouble

PORT = 8000
PIECE = 1 << 18  # bytes sent at once


class Handler(BaseHTTPRequestHandler):
    """Sends a Folder's answers over HTTP/1.1 with connections kept open."""

    protocol_version = "HTTP/1.1"
    server_version = "Shiqi"
    sys_version = ""
    folder: Folder
    quiet = True

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, with_body: bool) -> None:
        asked = self.headers
        answer = self.folder.answer(
            self.path, asked.get("Accept-Encoding", ""), asked.get("If-None-Match", "")
        )
        self.send_response_only(answer.status)
        self.send_header("Date", email.utils.formatdate(usegmt=True))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if with_body and answer.body is not None:
            try:
                with answer.body.open("rb") as file:
                    while piece := file.read(PIECE):
                        self.wfile.write(piece)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
        self.log_request(answer.status)

    def log_message(self, format: str, *args: object) -> None:
        if not self.quiet:
            super().log_message(format, *args)


class Server(ThreadingHTTPServer):
    """The server, listening as soon as it is made. Use `serve_forever`, then `server_close`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, root: Path, host: str = "127.0.0.1", port: int = PORT, quiet: bool = True) -> None:
        handler = type("SiteHandler", (Handler,), {"folder": Folder(root), "quiet": quiet})
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), handler)
        except OSError as error:
            other = port + 1 if 0 < port < 65535 else PORT + 1
            why = f"port {port} of {host} cannot be used ({error.strerror})"
            raise Trouble(f"{why}: try --port {other}") from None

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the site."""
        host, port = str(self.server_address[0]), self.server_address[1]
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
        return f"http://{host}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""
