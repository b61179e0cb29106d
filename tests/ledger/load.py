"""Load: many devices post at once, the service is killed and started again in the middle, nothing is lost.

    python -m tests.ledger.load [--devices 200] [--seconds 60] [--postgres]

Prints the figures; exits with 1 if an answered event is missing, a request failed while the service was up,
or the recount disagrees. A measurement, so no test: it takes its time and the whole machine.
"""

from __future__ import annotations

import argparse
import contextlib
import hmac
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from game.ledger import db, migrate
from game.ledger.fold import fold
from game.ledger.proof import mac
from game.ledger.recount import recount
from game.ledger.rules import now_ms, read_rules
from tests.ledger import postgres
from tests.ledger.players import Player, chain, player, tree


@dataclass
class Seen:
    """What the devices saw: `late` are the milliseconds of answered requests."""

    late: list[float] = field(default_factory=list)
    acknowledged: int = 0
    failed: list[str] = field(default_factory=list)
    retried: int = 0


def start(url: str, port: int) -> subprocess.Popen[bytes]:
    """The service as a process of its own."""
    words = [sys.executable, "-m", "game.ledger", "--db", url, "serve", "--port", str(port)]
    made = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return made
        time.sleep(0.1)
    made.kill()
    raise RuntimeError("the service did not start")


def post(one: Player, port: int, until: float, pause: float, seen: Seen, lock: threading.Lock) -> None:
    """One device: sends five lines at a time, and the same again until it is told that they are there."""
    secret = bytes.fromhex(one.device.secret)
    chance = random.Random(one.device.id)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    time.sleep(chance.random() * pause)
    for at in range(0, len(one.lines), 5):
        if time.monotonic() > until:
            return
        lines = [[line, mac(secret, line)] for line in one.lines[at : at + 5]]
        body = json.dumps({"lines": lines}).encode()
        while True:
            told = str(now_ms())
            sign = hmac.digest(secret, told.encode() + b"\n" + body, "sha256").hex()
            headers = {"X-Shiqi-Device": one.device.id, "X-Shiqi-Time": told, "X-Shiqi-Sign": sign}
            begun = time.monotonic()
            try:
                client.request("POST", "/api/v1/events", body, headers)
                answer = client.getresponse()
                text = answer.read()
            except (OSError, http.client.HTTPException):
                client.close()
                with lock:
                    seen.retried += 1
                time.sleep(0.5 + chance.random())
                continue
            took = (time.monotonic() - begun) * 1000
            with lock:
                if answer.status == 200 and not json.loads(text)["refused"]:
                    seen.late.append(took)
                    seen.acknowledged += len(lines)
                else:
                    seen.failed.append(f"{answer.status} {text[:200]!r}")
            break
        time.sleep(pause * (0.5 + chance.random()))


def run(url: str, devices: int, seconds: float, pause: float) -> bool:
    """One load on the database at `url`; whether nothing went wrong."""
    bound, rules, seen, lock = db.engine(url), read_rules(), Seen(), threading.Lock()
    migrate.upgrade(bound)
    long = int(seconds / pause * 2) * 5 + 50
    with db.session(bound) as work:
        branches = tree(work)
        players = [player(work, branches[i % 4], f"p{i}", 0, random.Random(i)) for i in range(devices)]
    for index, one in enumerate(players):
        one.lines = chain(f"p{index}", long, random.Random(index))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = start(url, port)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=post, args=(one, port, until, pause, seen, lock)) for one in players]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    os.kill(service.pid, signal.SIGKILL)
    service.wait()
    service = start(url, port)
    for thread in threads:
        thread.join()
    service.terminate()
    service.wait()
    fold(bound, rules)
    with db.session(bound, write=False) as work:
        done = recount(work, rules)
        stored = done.events
    quantiles = statistics.quantiles(seen.late, n=100)
    print(
        f"{bound.dialect.name}: {devices} devices, {seconds:g} s, killed once; {len(seen.late)} requests, "
        f"{seen.acknowledged} events acknowledged, {stored} stored, {seen.retried} sent again, "
        f"{len(seen.failed)} failed, p50 {quantiles[49]:.0f} ms, p99 {quantiles[98]:.0f} ms, "
        f"most {max(seen.late):.0f} ms, {len(done.differences)} differences"
    )
    for failure in seen.failed[:3]:
        print(f"  {failure}")
    return stored == seen.acknowledged and not seen.failed and not done.differences


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--devices", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=2.0, help="seconds between two requests of a device")
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    if given.postgres:
        with postgres.server() as url:
            return not run(url, given.devices, given.seconds, given.pause)
    with tempfile.TemporaryDirectory(prefix="shiqi-load-") as place:
        url = f"sqlite:///{Path(place) / 'ledger.db'}"
        return not run(url, given.devices, given.seconds, given.pause)


if __name__ == "__main__":
    sys.exit(main())
