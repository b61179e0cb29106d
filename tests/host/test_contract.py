"""The contract of hosts, kept by the fake and by the desktop host (without a window)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from game.host.desktop import DesktopHost
from game.host.fake import FakeHost
from game.host.protocol import Host
from tests.host.contract import CHECKS


def fake(folder: Path) -> Host:
    return FakeHost(assets=folder)


def desktop(folder: Path) -> Host:
    return DesktopHost(folder, data=folder / "data", downloads=folder)


@pytest.mark.parametrize("make", [fake, desktop])
@pytest.mark.parametrize("name", CHECKS)
def test_host_keeps_the_contract(name: str, make: type, tmp_path: Path) -> None:
    (tmp_path / "hello.txt").write_text("鹿\n", encoding="utf-8", newline="")
    (tmp_path / "content").mkdir()

    async def run() -> None:
        await CHECKS[name](make(tmp_path))

    asyncio.run(run())
