"""A WebSocket client, as much of RFC 6455 as talking to a browser on this machine needs."""

from __future__ import annotations

import base64
import os
import socket
import struct
from urllib.parse import urlsplit

CONTINUATION, TEXT, CLOSE, PING, PONG = 0, 1, 8, 9, 10


class WebSocket:
    """An open connection: `send` and `receive` whole texts.

    Raises ConnectionError when the other side is gone, TimeoutError after `patience` seconds of silence.
    """

    def __init__(self, url: str, patience: float = 60) -> None:
        parts = urlsplit(url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 80
        self._socket = socket.create_connection((host, port), timeout=patience)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {parts.path or '/'} HTTP/1.1",
            f"Host: {host}:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._waiting = b""
        while b"\r\n\r\n" not in self._waiting:
            self._fill()
        head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(f"no WebSocket: {head.decode('latin-1')}")

    def _fill(self) -> None:
        more = self._socket.recv(1 << 16)
        if not more:
            raise ConnectionError("the browser closed the connection")
        self._waiting += more

    def _take(self, count: int) -> bytes:
        while len(self._waiting) < count:
            self._fill()
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def _frame(self) -> tuple[bool, int, bytes]:
        first, second = self._take(2)
        length = second & 127
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return bool(first & 128), first & 15, self._take(length)

    def _put(self, kind: int, data: bytes) -> None:
        mask = os.urandom(4)
        if len(data) < 126:
            head = struct.pack("!BB", 128 | kind, 128 | len(data))
        elif len(data) < 1 << 16:
            head = struct.pack("!BBH", 128 | kind, 128 | 126, len(data))
        else:
            head = struct.pack("!BBQ", 128 | kind, 128 | 127, len(data))
        hidden = bytes(byte ^ mask[i & 3] for i, byte in enumerate(data))
        self._socket.sendall(head + mask + hidden)

    def send(self, text: str) -> None:
        """Sends one text."""
        self._put(TEXT, text.encode())

    def receive(self) -> str:
        """The next text."""
        whole = b""
        while True:
            last, kind, data = self._frame()
            if kind == PING:
                self._put(PONG, data)
            elif kind == CLOSE:
                raise ConnectionError("the browser closed the connection")
            elif kind in (TEXT, CONTINUATION):
                whole += data
                if last:
                    return whole.decode()

    def close(self) -> None:
        """Hangs up."""
        self._socket.close()
