"""What every host must do, as checks that need nothing but a host.

`CHECKS` maps a name to an async function of a `Host`. test_contract.py runs them for the fake and the desktop
host, tests/browser/test_host_contract.py packs this file into a page and runs them in a real browser; so it
imports nothing but the protocol and what the browser's standard library has. The host is given an asset
"hello.txt" with the text "鹿\\n".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from game.host.protocol import Host, HostError, NetworkError, Target, Viewport

Check = Callable[[Host], Awaitable[None]]
CHECKS: dict[str, Check] = {}

ODD_NAMES = (
    *(
        "a",
        "A",
        "a/b",
        "a/b/c",
        "a b",
        "..",
        ".",
        "/",
        "//",
        "a/",
        "con",
        "nul.lines",
        "x%2fy",
        "x/y",
        "~",
        "%",
        "a~",
    ),
    *(
        "journal/鹿",
        "鹿",
        "鹿" * 120,
        "n" * 180,
        "n" * 181,
        "n" * 700,
        "\u0000",
        "é",
        "e\u0301",
        "🦌",
        "\uffff",
        "'\"<>|?*:",
    ),
)
ODD_LINES = (
    "",
    " ",
    "鹿 🦌 é e\u0301",
    '{"a":[1,2,"\\n"]}',
    "\t\u0000\u2028\u2029\u0085\u000b\u000c",
    "\ufeff",
    "x" * 100_000,
)


def check(function: Check) -> Check:
    """Add a check under its own name."""
    CHECKS[function.__name__] = function
    return function


def fresh(host: Host) -> str:
    """A store name nobody has used."""
    return "check/" + host.random_bytes(8).hex()


async def refused(awaitable: Awaitable[object], *errors: type[BaseException]) -> None:
    """Await what must raise one of `errors`."""
    try:
        await awaitable
    except errors:
        return
    raise AssertionError(f"none of {errors} was raised")


@check
async def a_missing_list_is_empty(host: Host) -> None:
    assert await host.store.read(fresh(host)) == []


@check
async def lines_come_back_in_order(host: Host) -> None:
    name = fresh(host)
    for i in range(12):
        await host.store.append(name, f"line {i}")
    assert await host.store.read(name) == [f"line {i}" for i in range(12)]


@check
async def any_line_comes_back(host: Host) -> None:
    name = fresh(host)
    for line in ODD_LINES:
        await host.store.append(name, line)
    assert await host.store.read(name) == list(ODD_LINES)
    await host.store.replace(name, list(ODD_LINES[::-1]))
    assert await host.store.read(name) == list(ODD_LINES[::-1])
    await host.store.replace(name, [""])
    assert await host.store.read(name) == [""]


@check
async def any_name_will_do(host: Host) -> None:
    base = fresh(host) + "/"
    for i, name in enumerate(ODD_NAMES):
        await host.store.append(base + name, str(i))
    for i, name in enumerate(ODD_NAMES):
        assert await host.store.read(base + name) == [str(i)], name
    assert await host.store.names(base) == sorted(base + name for name in ODD_NAMES)
    for name in ODD_NAMES:
        await host.store.replace(base + name, [])
    assert await host.store.names(base) == []


@check
async def odd_names_stand_alone(host: Host) -> None:
    for name in (*ODD_NAMES, "owner"):
        await host.store.replace(name, [name])
        assert await host.store.read(name) == [name]
        assert name in await host.store.names(name)
        await host.store.replace(name, [])
        assert await host.store.read(name) == []


@check
async def bad_names_and_lines_are_refused(host: Host) -> None:
    name = fresh(host)
    await host.store.append(name, "kept")
    for bad in ("a\nb", "a\r", "\n", "\ud800"):
        await refused(host.store.append(name, bad), ValueError)
        await refused(host.store.replace(name, ["fine", bad]), ValueError)
    for bad in ("", "\udfff"):
        await refused(host.store.append(bad, "x"), ValueError)
        await refused(host.store.read(bad), ValueError)
        await refused(host.store.replace(bad, ["x"]), ValueError)
    assert await host.store.read(name) == ["kept"]


@check
async def replace_is_the_whole(host: Host) -> None:
    name, other = fresh(host), fresh(host)
    await host.store.append(other, "untouched")
    await host.store.append(name, "old")
    await host.store.replace(name, ["one", "two"])
    await host.store.append(name, "three")
    assert await host.store.read(name) == ["one", "two", "three"]
    await host.store.replace(name, [])
    assert await host.store.read(name) == []
    await host.store.append(name, "again")
    assert await host.store.read(name) == ["again"]
    assert await host.store.read(other) == ["untouched"]


@check
async def names_are_those_with_lines(host: Host) -> None:
    base = fresh(host)
    for name in ("b", "a/2", "a/1", "ab"):
        await host.store.append(f"{base}/{name}", "x")
    await host.store.append(f"{base}/a/1", "y")
    await host.store.replace(f"{base}/b", [])
    assert await host.store.names(base) == [f"{base}/a/1", f"{base}/a/2", f"{base}/ab"]
    assert await host.store.names(f"{base}/a/") == [f"{base}/a/1", f"{base}/a/2"]
    assert await host.store.names(f"{base}/c") == []
    assert f"{base}/ab" in await host.store.names()


@check
async def writes_at_once_keep_their_order(host: Host) -> None:
    name = fresh(host)
    await asyncio.gather(*(host.store.append(name, str(i)) for i in range(40)))
    assert await host.store.read(name) == [str(i) for i in range(40)]


@check
async def a_long_list_is_no_burden(host: Host) -> None:
    name = fresh(host)
    lines = [f'{{"seq":{i},"kind":"answer"}}' for i in range(5000)]
    await host.store.replace(name, lines)
    await host.store.append(name, "last")
    assert await host.store.read(name) == [*lines, "last"]
    await host.store.replace(name, [])


@check
async def the_store_is_durable(host: Host) -> None:
    assert host.store.durable is True


@check
async def frames_come_and_time_never_falls(host: Host) -> None:
    times = [await host.next_frame() for _ in range(5)]
    assert all(isinstance(time, float) and time >= 0 for time in times)
    assert times == sorted(times)
    assert times[-1] > times[0]


@check
async def other_tasks_run_between_frames(host: Host) -> None:
    ran = []

    async def other() -> None:
        for i in range(3):
            ran.append(i)
            await asyncio.sleep(0)

    task = asyncio.ensure_future(other())
    for _ in range(10):
        await host.next_frame()
        await asyncio.sleep(0)  # the fake's frames take no time at all
    assert ran == [0, 1, 2]
    await task


@check
async def waiting_for_a_frame_can_be_cancelled(host: Host) -> None:
    async def forever() -> None:
        while True:
            await host.next_frame()
            await asyncio.sleep(0)

    task = asyncio.ensure_future(forever())
    await host.next_frame()
    await asyncio.sleep(0)
    task.cancel()
    await refused(task, asyncio.CancelledError)
    await host.next_frame()


@check
async def the_clock_is_utc(host: Host) -> None:
    first = host.now_ms()
    assert isinstance(first, int)
    assert 1_735_689_600_000 < first < 4_102_444_800_000  # 2025 to 2100, in milliseconds
    await host.next_frame()
    assert 0 <= host.now_ms() - first < 60_000


@check
async def the_viewport_is_a_window(host: Host) -> None:
    view = host.viewport()
    assert isinstance(view, Viewport)
    assert view == host.viewport()
    assert isinstance(view.width, int)
    assert isinstance(view.height, int)
    assert view.width > 0
    assert view.height > 0
    assert 0.5 <= view.ratio <= 2
    assert len(view.insets) == 4
    assert all(inset >= 0 for inset in view.insets)
    assert view.pixels == (round(view.width * view.ratio), round(view.height * view.ratio))


@check
async def random_bytes_are_that_many_and_differ(host: Host) -> None:
    for n in (0, 1, 16, 33, 100):
        assert len(host.random_bytes(n)) == n
    assert isinstance(host.random_bytes(1), bytes)
    assert len({host.random_bytes(16) for _ in range(50)}) == 50


@check
async def assets_are_read(host: Host) -> None:
    assert host.read_asset("hello.txt") == "鹿\n".encode()
    for missing in ("no.txt", "content", "hello.txt/more"):
        try:
            host.read_asset(missing)
        except HostError:
            continue
        raise AssertionError(f"{missing} is no asset")


@check
async def targets_can_be_told_and_retold(host: Host) -> None:
    assert host.take_activations() == []
    button = Target("go", "button", "开始", (10.4, 20.0, 100.0, 48.0), focused=True)
    host.describe([])
    host.describe(
        [
            button,
            Target("t", "text", "鹿", (0, 0, 10, 10)),
            Target("c", "checkbox", "声", (0, 60, 48, 48), checked=True),
        ]
    )
    host.describe([Target("go", "link", "开始", (10, 20, 100, 48), disabled=True), button][:1])
    host.describe([button])
    assert host.take_activations() == []
    host.describe([])


@check
async def what_a_machine_may_lack_is_harmless(host: Host) -> None:
    host.announce("鹿")
    host.announce("鹿")
    host.vibrate(10)
    assert host.can_speak("xx") is False
    host.speak("鹿", "xx")
    assert isinstance(host.can_speak("zh"), bool)
    assert isinstance(host.reduced_motion(), bool)
    host.mark("contract")
    assert host.update_ready() is False
    host.apply_update()


@check
async def languages_are_named(host: Host) -> None:
    languages = host.languages()
    assert languages
    assert all(isinstance(language, str) and language for language in languages)


@check
async def extras_load_or_say_so(host: Host) -> None:
    await refused(host.load_extra("no-such-thing"), HostError)
    await host.load_extra("numpy")
    await host.load_extra("numpy")


@check
async def no_answer_is_a_network_error(host: Host) -> None:
    await refused(host.post("http://127.0.0.1:9/", b"x", {"content-type": "text/plain"}), NetworkError)
    await refused(host.post("nonsense:", b"", {}), NetworkError)
