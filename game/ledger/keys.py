"""The secrets of devices, remembered: they never change, and every request needs one."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import Engine, select

from game.ledger.db import session
from game.ledger.models import Device

MOST = 100_000


class Keys:
    """Secrets by device, from the database on `engine`. Whether a device was revoked is not remembered."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._known: OrderedDict[str, bytes] = OrderedDict()

    def __contains__(self, id: str) -> bool:
        """Whether `secret` will answer without asking the database."""
        return id in self._known

    def secret(self, id: str) -> bytes | None:
        """The secret of a device; None if there is none of this name, or its secret was taken away."""
        with self._lock:
            if id in self._known:
                self._known.move_to_end(id)
                return self._known[id]
        if not 0 < len(id) <= 32 or "\0" in id:
            return None
        with session(self._engine, write=False) as work:
            found = work.scalar(select(Device.secret).where(Device.id == id))
        if not found:
            return None
        with self._lock:
            self._known[id] = bytes.fromhex(found)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
            return self._known[id]
