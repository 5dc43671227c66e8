"""What runs by the clock: one at a time, and finished before the bot goes."""

import asyncio

import pytest

from tests.world import World


async def test_work_that_takes_long_is_not_begun_twice_and_is_finished_at_the_end(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    began, came_again, may_end = asyncio.Event(), asyncio.Event(), asyncio.Event()
    done, times = list[str](), list[int]()

    async def long_work() -> None:
        began.set()
        await may_end.wait()
        done.append("whole")

    async def counts() -> None:
        times.append(len(times))
        if len(times) == 5:
            came_again.set()

    scheduler = world.app.scheduler
    scheduler._add(long_work, "interval", seconds=0.02)
    scheduler._add(counts, "interval", seconds=0.02)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        await began.wait()
        await came_again.wait()
        stopping = group.create_task(scheduler.stop())
        may_end.set()
        await stopping

    assert done == ["whole"]
    assert [record for record in caplog.records if record.name.startswith("apscheduler")] == []
