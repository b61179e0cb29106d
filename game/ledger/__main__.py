"""`python -m game.ledger`: serve, init, import rosters, recount."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from game.ledger import office, organisations
from game.ledger.db import engine, session
from game.ledger.fold import fold, rebuild
from game.ledger.migrate import upgrade
from game.ledger.models import Organisation
from game.ledger.recount import recount
from game.ledger.roster import Import, import_four, import_oneroster
from game.ledger.rules import ROOT, now_ms, read_rules
from game.ledger.security import entry

DEFAULT = f"sqlite:///{ROOT / 'build' / 'ledger' / 'ledger.db'}"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser("build.py ledger", description="The organisation ledger of Shiqi.")
    top.add_argument(
        "--db",
        default=os.environ.get("SHIQI_LEDGER_DB", DEFAULT),
        help="sqlite:///file or postgresql://… (or in SHIQI_LEDGER_DB)",
    )
    subs = top.add_subparsers(dest="command", metavar="COMMAND")
    serve = subs.add_parser("serve", help="run the service (the default)")
    for one in (top, serve):
        one.add_argument("--host", default="127.0.0.1", help="address to bind to")
        one.add_argument("--port", type=int, default=8765, help="port to bind to")
        one.add_argument("--name", default="全市", help="name of the root organisation, on the first run")
        one.add_argument("--site", type=Path, help="serve this built site (build/web) too, under /game/")
        one.add_argument(
            "--public-url",
            type=_address,
            default="",
            metavar="URL",
            help="the address people use, where a proxy stands before it: for QR codes and certificates",
        )
        one.add_argument(
            "--game",
            default="",
            metavar="PATH",
            help="where a proxy serves the game on that address (default: /game/ with --site)",
        )
        one.add_argument(
            "--trust-proxy",
            default="",
            metavar="ADDRESSES",
            help="believe X-Forwarded-For and -Proto of these addresses (127.0.0.1, or several with commas)",
        )
    init = subs.add_parser("init", help="make the database, the root and one administrator")
    init.add_argument("--name", default="全市", help="name of the root organisation")
    roster = subs.add_parser("import-roster", help="four columns: path, number, name, Party member yes/no")
    roster.add_argument("file", type=Path)
    oneroster = subs.add_parser("import-oneroster", help="OneRoster's orgs.csv and users.csv")
    oneroster.add_argument("orgs", type=Path)
    oneroster.add_argument("users", type=Path)
    subs.add_parser("fold", help="carry what is pending into the figures")
    check = subs.add_parser("recount", help="count all anew from the lines and compare")
    check.add_argument("--rebuild", action="store_true", help="write the figures anew first")
    subs.add_parser("codes", help="print the join codes")
    office.add(subs)
    return top


def _address(text: str) -> str:
    """An address to write on paper, or "". Raises ArgumentTypeError unless it is http(s)://host[:port]."""
    if not text:  # the default: what each request says
        return ""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise argparse.ArgumentTypeError(f"not an address like https://ledger.example.cn: {text}")
    return text.rstrip("/")


def main(argv: list[str]) -> int:
    """Runs one command; a foreseen failure is one line and exit code 1."""
    asked = parser().parse_args(argv)
    try:
        bound = engine(asked.db)
        upgrade(bound)
        return {
            "init": _init,
            "import-roster": _roster,
            "import-oneroster": _oneroster,
            "fold": _fold,
            "recount": _recount,
            "codes": _codes,
            **office.COMMANDS,
        }.get(asked.command, _serve)(asked, bound)
    except (SQLAlchemyError, OSError, ValueError) as error:
        print(f"ledger: {str(error).splitlines()[0] if str(error) else type(error).__name__}", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nledger: stopped", flush=True)
        return 130


def _init(asked: argparse.Namespace, bound: Engine) -> int:
    with session(bound) as work:
        root = work.scalar(select(Organisation).where(Organisation.parent_id.is_(None)))
        if root is None:
            root = organisations.add(work, asked.name, None, now_ms())
            print(f"the root is {root.name}; its join code is {root.join_code}")
        password = entry.first(work, root.id, now_ms())
        if password is not None:
            print(f"the administrator is admin, the password (shown this once) {password}", flush=True)
    return 0


def _serve(asked: argparse.Namespace, bound: Engine) -> int:
    import uvicorn

    from game.ledger.service import app
    from game.ledger.site import PATH, mount

    # Threads hand the interpreter on after 1 ms, not 5: an answer changes hands twice on its way.
    sys.setswitchinterval(0.001)
    game = asked.game or (PATH if asked.site is not None else "")
    made = app(bound, public=asked.public_url, game=game)
    if asked.site is not None:
        mount(made, asked.site)
    _init(asked, bound)
    print(f"the ledger is at http://{asked.host}:{asked.port}/ (Ctrl-C stops)", flush=True)
    trusted: dict[str, Any] = {"proxy_headers": bool(asked.trust_proxy)}
    if asked.trust_proxy:
        trusted["forwarded_allow_ips"] = asked.trust_proxy
    uvicorn.run(made, host=asked.host, port=asked.port, log_level="warning", backlog=1024, **trusted)
    return 0


def _told(done: Import) -> int:
    for line, fault in done.faults:
        print(f"line {line}: {fault}")
    print(
        f"{done.added} members added, {done.changed} changed, {done.same} as before, "
        f"{done.organisations} organisations added, {len(done.faults)} lines not taken"
    )
    return 1 if done.faults else 0


def _roster(asked: argparse.Namespace, bound: Engine) -> int:
    with session(bound) as work:
        return _told(import_four(work, asked.file.read_bytes(), now_ms()))


def _oneroster(asked: argparse.Namespace, bound: Engine) -> int:
    with session(bound) as work:
        return _told(import_oneroster(work, asked.orgs.read_bytes(), asked.users.read_bytes(), now_ms()))


def _fold(_asked: argparse.Namespace, bound: Engine) -> int:
    print(f"{fold(bound, read_rules())} member-days carried")
    return 0


def _recount(asked: argparse.Namespace, bound: Engine) -> int:
    rules = read_rules()
    if asked.rebuild:
        with session(bound) as work:
            rebuild(work, rules)
    fold(bound, rules)
    with session(bound, write=False) as work:
        done = recount(work, rules)
    for difference in done.differences:
        print(difference)
    print(f"{done.events} events, {done.points} points, {len(done.differences)} differences")
    return 1 if done.differences else 0


def _codes(_asked: argparse.Namespace, bound: Engine) -> int:
    with session(bound, write=False) as work:
        for one in work.scalars(select(Organisation).order_by(Organisation.path)):
            print(f"{one.join_code}  {'  ' * one.depth}{one.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
