"""The awaited frame: it wakes its task at once, is cancelled like a future, and keeps the task's context."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import pytest

from game.host.frame import Frame

NAME: ContextVar[str] = ContextVar("NAME", default="outside")


def test_the_task_goes_on_within_come() -> None:
    async def run() -> None:
        frame = Frame(asyncio.get_running_loop())
        seen: list[object] = []

        async def game() -> None:
            seen.append(await frame)

        task = asyncio.ensure_future(game())
        await asyncio.sleep(0)
        assert not frame.done()
        frame_came: list[list[object]] = []

        def come() -> None:  # as the browser does: from outside any task
            frame.come(1.5)
            frame_came.append(list(seen))

        asyncio.get_running_loop().call_soon(come)
        await task
        assert frame_came == [[1.5]], "the task had not run when come() returned"
        assert frame.done()
        frame.come(2.0)
        assert frame.result() == 1.5

    asyncio.run(run())


def test_a_frame_that_has_come_is_not_waited_for() -> None:
    async def run() -> None:
        frame = Frame(asyncio.get_running_loop())
        with pytest.raises(asyncio.InvalidStateError):
            frame.result()
        frame.come(0.25)
        assert await frame == 0.25
        frame.exception()  # there is none to raise
        assert not frame.cancelled()
        assert not frame.cancel()

    asyncio.run(run())


def test_cancelling_the_task_cancels_the_frame() -> None:
    async def run() -> None:
        frame = Frame(asyncio.get_running_loop())

        async def game() -> None:
            await frame

        task = asyncio.ensure_future(game())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert frame.cancelled()
        for ask in (frame.result, frame.exception):
            with pytest.raises(asyncio.CancelledError):
                ask()
        frame.come(1.0)
        assert frame.cancelled()

    asyncio.run(run())


def test_a_timeout_works_on_it() -> None:
    async def run() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(_one(Frame(asyncio.get_running_loop())), 0.01)

    asyncio.run(run())


async def _one(frame: Frame) -> float:
    return await frame


def test_the_context_of_the_task_is_kept() -> None:
    async def run() -> None:
        frame = Frame(asyncio.get_running_loop())

        async def game() -> str:
            NAME.set("inside")
            await frame
            return NAME.get()

        task = asyncio.ensure_future(game())
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(frame.come, 1.0)
        assert await task == "inside"
        assert NAME.get() == "outside"

    asyncio.run(run())


def test_callbacks_can_be_taken_back_and_need_no_context() -> None:
    loop = asyncio.new_event_loop()
    called: list[object] = []
    frame = Frame(loop)
    assert frame.get_loop() is loop
    frame.add_done_callback(called.append)
    assert frame.remove_done_callback(called.append) == 1
    frame.come(1.0)
    assert called == []
    frame = Frame(loop)
    frame.add_done_callback(called.append)
    frame.come(1.0)
    assert called == [frame]
    loop.close()
