"""What `transact` promises: order, shared commits, failures that stay alone."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage.db import Database
from storage.errors import StorageUnavailable
from tests.unit.storage.notes import bodies, the_writer_held_up, write, written


def fail_after(body: str, error: BaseException) -> Callable[[Connection], None]:
    def fn(connection: Connection) -> None:
        write(body)(connection)
        raise error

    return fn


async def test_a_turn_returns_its_result_once_it_is_written(db: Database) -> None:
    result = await db.transact(write("one"))

    assert result == "one"
    assert await written(db) == ["one"]


async def test_a_failing_turn_writes_nothing_and_tells_its_caller(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await db.transact(fail_after("lost", ZeroDivisionError()))

    assert await written(db) == []


async def test_turns_run_in_the_order_they_were_queued(db: Database) -> None:
    names = [str(number) for number in range(300)]

    await asyncio.gather(*(db.transact_soon(write(name)) for name in names))

    assert await written(db) == names


async def test_a_failing_turn_does_not_touch_those_it_shares_a_commit_with(db: Database) -> None:
    async with the_writer_held_up(db):
        before = db.transact_soon(write("before"))
        failing = db.transact_soon(fail_after("lost", ValueError("mine")))
        after = db.transact_soon(bodies)

    assert await before == "before"
    with pytest.raises(ValueError, match="mine"):
        await failing
    assert await after == ["before"]
    assert await written(db) == ["before"]


async def test_a_broken_constraint_is_the_callers_own_error(db: Database) -> None:
    async with the_writer_held_up(db):
        first = db.transact_soon(write("same"))
        second = db.transact_soon(write("same"))

    assert await first == "same"
    with pytest.raises(IntegrityError):
        await second


async def test_foreign_keys_are_on(db: Database) -> None:
    with pytest.raises(IntegrityError):
        await db.transact(
            lambda c: c.execute(text("INSERT INTO notes (body, author) VALUES ('x', 7)"))
        )


async def test_nobody_hears_before_the_commit(db: Database) -> None:
    heard: list[bool] = []
    loop = asyncio.get_running_loop()
    async with the_writer_held_up(db):
        first = db.transact_soon(write("one"))

        def look(_: Connection) -> None:
            seen = asyncio.run_coroutine_threadsafe(is_done(first), loop)
            heard.append(seen.result())

        second = db.transact_soon(look)
    await second

    assert heard == [False]
    assert first.done()


async def is_done(future: "asyncio.Future[str]") -> bool:
    return future.done()


async def test_a_cancelled_caller_stops_nothing(db: Database) -> None:
    async with the_writer_held_up(db):
        caller = asyncio.ensure_future(db.transact(write("kept")))  # noqa: TID251  (to cancel it)
        await asyncio.sleep(0)
        caller.cancel()
        soon = db.transact_soon(write("kept too"))
        soon.cancel()

    assert caller.cancelled() or (await asyncio.wait([caller]))[0] == {caller}
    await db.transact(bodies)
    assert await written(db) == ["kept", "kept too"]


async def test_a_turn_that_commits_by_itself_is_told_so_and_the_next_goes_on(db: Database) -> None:
    with pytest.raises(RuntimeError, match="ended the transaction"):
        await db.transact(lambda c: c.commit())

    assert await db.transact(write("next")) == "next"


async def test_those_who_shared_a_commit_with_a_spoilt_one_may_try_again(db: Database) -> None:
    async with the_writer_held_up(db):
        innocent = db.transact_soon(write("again"))
        guilty = db.transact_soon(lambda c: c.exec_driver_sql("ROLLBACK"))

    with pytest.raises(RuntimeError, match="ended the transaction"):
        await guilty
    with pytest.raises(StorageUnavailable):
        await innocent
    assert await db.transact(write("again")) == "again"


async def test_a_turn_that_closes_its_connection_does_not_stop_the_writer(db: Database) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the driver says)
        await db.transact(lambda c: c.close())

    assert await db.transact(write("next")) == "next"


async def test_stop_iteration_reaches_the_caller_as_an_error(db: Database) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await db.transact(lambda _: next(iter(())))


async def test_a_turn_may_use_savepoints_of_its_own(db: Database) -> None:
    def fn(connection: Connection) -> None:
        write("kept")(connection)
        with connection.begin_nested() as savepoint:
            write("dropped")(connection)
            savepoint.rollback()

    async with the_writer_held_up(db):
        both = asyncio.gather(db.transact_soon(fn), db.transact_soon(write("other")))
    await both

    assert await written(db) == ["kept", "other"]
