"""The long poll against a Telegram played by hand: what is confirmed, and what is known when."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.clock import PushedClock
from bot.polling import Poller, PollingFigures
from bot.refusals import Answer, Conflicted, Unauthorized, Unreachable, Wait
from bot.telegram import TelegramRefusedError

_START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_AWAY = Unreachable("ClientConnectorError", may_have_arrived=False)


class DiskFullError(Exception):
    pass


@dataclass(frozen=True)
class Asked:
    offset: int | None
    timeout_s: int


@dataclass
class FakeTelegram:
    """Plays its script call by call; after that it answers like a quiet Telegram."""

    script: list[list[int] | Answer]
    clock: PushedClock
    on_asked: Callable[[Asked], None] = lambda asked: None
    asked: list[Asked] = field(default_factory=list)
    broken_off: int = 0

    async def fetch(
        self, offset: int | None, *, limit: int, timeout_s: int, allowed: Sequence[str]
    ) -> list[dict[str, Any]]:
        self.asked.append(Asked(offset, timeout_s))
        self.on_asked(self.asked[-1])
        self.clock.push(timedelta(seconds=1))
        if self.script:
            match self.script.pop(0):
                case list() as ids:
                    return [{"update_id": update_id} for update_id in ids]
                case answer:
                    raise TelegramRefusedError(answer)
        if timeout_s == 0:
            return []
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.broken_off += 1
            raise
        return []


@dataclass
class FakeInbox:
    failures: int = 0
    stored: list[list[int]] = field(default_factory=list)
    tries: int = 0

    async def store(self, updates: Sequence[dict[str, Any]]) -> None:
        self.tries += 1
        if self.failures > 0:
            self.failures -= 1
            raise DiskFullError
        self.stored.append([update["update_id"] for update in updates])


class World:
    def __init__(self, *script: list[int] | Answer, **figures: Any) -> None:
        self.clock = PushedClock(_START)
        self.telegram = FakeTelegram(list(script), self.clock)
        self.inbox = FakeInbox()
        self.conflicts: list[str] = []
        self.slept: list[float] = []
        self.on_sleep: Callable[[], None] = lambda: None
        self.poller = Poller(
            self.telegram,
            self.inbox,
            self.clock,
            on_conflict=self._conflict,
            storage_troubles=(DiskFullError,),
            chance=random.Random(1),
            figures=PollingFigures(
                **{"limit": 3, "hurry_every_s": 0, "conflict_over_s": 0} | figures
            ),
            sleep=self._sleep,
        )

    async def _conflict(self, kind: str) -> None:
        self.conflicts.append(kind)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.on_sleep()
        await asyncio.sleep(0)

    async def run_until_quiet(self) -> None:
        """Poll until the script is played and a long poll hangs, then stop."""

        def stop_when_quiet(asked: Asked) -> None:
            if not self.telegram.script and asked.timeout_s > 0:
                self.poller.stop()

        self.telegram.on_asked = stop_when_quiet
        await asyncio.wait_for(self.poller.run(), 5)


async def test_the_offset_moves_past_what_was_stored() -> None:
    world = World([10, 11, 12], [13])

    await world.run_until_quiet()

    assert world.inbox.stored == [[10, 11, 12], [13]]
    assert [asked.offset for asked in world.telegram.asked] == [None, 13, 14]


async def test_the_offset_follows_ids_that_begin_anew_lower() -> None:
    world = World([900], [5, 6])

    await world.run_until_quiet()

    assert [asked.offset for asked in world.telegram.asked] == [None, 901, 7]


async def test_nothing_is_confirmed_while_it_cannot_be_stored() -> None:
    world = World([10, 11], [12])
    world.inbox.failures = 3

    with capture_logs() as logs:
        await world.run_until_quiet()

    assert world.inbox.stored == [[10, 11], [12]]
    assert [asked.offset for asked in world.telegram.asked] == [None, 12, 13]
    assert [len(world.slept), world.inbox.tries] == [3, 5]
    assert [log["event"] for log in logs] == [
        "updates_cannot_be_stored",
        "updates_are_stored_again",
    ]


async def test_stopping_ends_the_wait_for_the_storage_and_confirms_nothing() -> None:
    world = World([10, 11])
    world.inbox.failures = 10**9
    world.on_sleep = lambda: world.poller.stop() if len(world.slept) == 2 else None

    await asyncio.wait_for(world.poller.run(), 5)

    assert [asked.offset for asked in world.telegram.asked] == [None]
    assert world.poller.caught_up_to is None


async def test_a_bug_in_the_inbox_is_not_waited_out() -> None:
    class BrokenInbox:
        async def store(self, updates: Sequence[dict[str, Any]]) -> None:
            raise ZeroDivisionError

    world = World([10])
    poller = Poller(
        world.telegram,
        BrokenInbox(),
        world.clock,
        on_conflict=world._conflict,
        storage_troubles=(DiskFullError,),
        chance=random.Random(1),
    )

    with pytest.raises(ZeroDivisionError):
        await poller.run()


async def test_the_first_poll_and_a_poll_after_a_full_batch_do_not_wait() -> None:
    world = World([1, 2, 3], [4, 5, 6], [7])

    await world.run_until_quiet()

    assert [asked.timeout_s for asked in world.telegram.asked] == [0, 0, 0, 30]


async def test_caught_up_is_the_moment_before_the_poll_that_found_no_backlog() -> None:
    world = World([1, 2, 3], [4])

    await world.run_until_quiet()

    assert world.poller.caught_up_to == _START + timedelta(seconds=1)


async def test_it_is_not_caught_up_before_the_batch_is_stored() -> None:
    world = World([1])
    world.inbox.failures = 1
    seen: list[datetime | None] = []
    world.on_sleep = lambda: seen.append(world.poller.caught_up_to)

    await world.run_until_quiet()

    assert (seen, world.poller.caught_up_to) == ([None], _START)


async def test_somebody_in_a_hurry_breaks_off_the_long_poll() -> None:
    world = World([])

    def hurry_once_then_stop(asked: Asked) -> None:
        if len(world.telegram.asked) == 2:
            world.poller.hurry()
        if len(world.telegram.asked) == 4:
            world.poller.stop()

    world.telegram.on_asked = hurry_once_then_stop
    await asyncio.wait_for(world.poller.run(), 5)

    assert [asked.timeout_s for asked in world.telegram.asked] == [0, 30, 0, 30]
    assert world.poller.caught_up_to == _START + timedelta(seconds=2)


async def test_a_hurry_during_a_short_poll_is_served_by_the_next_one() -> None:
    world = World([], [])

    def hurry_once_then_stop(asked: Asked) -> None:
        if len(world.telegram.asked) == 1:
            world.poller.hurry()
        if asked.timeout_s > 0:
            world.poller.stop()

    world.telegram.on_asked = hurry_once_then_stop
    await asyncio.wait_for(world.poller.run(), 5)

    assert [asked.timeout_s for asked in world.telegram.asked] == [0, 0, 30]


async def test_hurries_are_spaced() -> None:
    world = World([], hurry_every_s=3600)
    polling = asyncio.Event()

    def hurry(asked: Asked) -> None:
        world.poller.hurry()
        if asked.timeout_s > 0:
            polling.set()

    world.telegram.on_asked = hurry
    async with asyncio.TaskGroup() as group:
        group.create_task(world.poller.run())
        await asyncio.wait_for(polling.wait(), 5)
        for _ in range(20):
            await asyncio.sleep(0)
        asked = list(world.telegram.asked)
        world.poller.stop()

    assert [one.timeout_s for one in asked] == [0, 30]


async def test_a_hurry_that_came_too_early_is_served_when_its_time_comes() -> None:
    world = World([], hurry_every_s=0.02)

    def hurry_once_then_stop(asked: Asked) -> None:
        if len(world.telegram.asked) == 1:
            world.poller.hurry()
        if len(world.telegram.asked) == 4:
            world.poller.stop()

    world.telegram.on_asked = hurry_once_then_stop
    await asyncio.wait_for(world.poller.run(), 5)

    assert [asked.timeout_s for asked in world.telegram.asked] == [0, 30, 0, 30]


async def test_stopping_breaks_off_the_long_poll() -> None:
    world = World([10])

    await world.run_until_quiet()

    assert world.telegram.broken_off == 1
    assert [asked.offset for asked in world.telegram.asked] == [None, 11]


async def test_a_poller_stopped_before_it_began_asks_nothing() -> None:
    world = World()
    world.poller.stop()

    await world.poller.run()

    assert world.telegram.asked == []


async def test_cancelling_the_poller_cancels_it() -> None:
    world = World([])
    polling = asyncio.Event()
    world.telegram.on_asked = lambda asked: polling.set() if asked.timeout_s else None

    async with asyncio.TaskGroup() as group:
        task = group.create_task(world.poller.run())
        await asyncio.wait_for(polling.wait(), 5)
        task.cancel()

    assert (task.cancelled(), world.telegram.broken_off) == (True, 1)


async def test_an_hour_without_telegram_is_waited_out_with_longer_and_longer_pauses() -> None:
    world = World(*[_AWAY] * 10, [1])

    with capture_logs() as logs:
        await world.run_until_quiet()

    longest = [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]
    assert [
        most / 2 <= pause <= most for pause, most in zip(world.slept, longest, strict=True)
    ] == [True] * 10
    assert world.inbox.stored == [[1]]
    assert [log["event"] for log in logs] == ["polling_troubled", "polling_recovered"]


async def test_after_a_success_pauses_begin_short_again() -> None:
    world = World(_AWAY, _AWAY, _AWAY, [1], _AWAY)

    await world.run_until_quiet()

    assert world.slept[3] <= 0.5


async def test_telegram_is_left_alone_for_as_long_as_it_asks() -> None:
    world = World(Wait(17))

    await world.run_until_quiet()

    assert 17 <= world.slept[0] <= 17.5


async def test_a_revoked_token_is_polled_on_with_pauses() -> None:
    world = World(Unauthorized(), Unauthorized(), [1])

    await world.run_until_quiet()

    assert (len(world.slept), world.inbox.stored) == (2, [[1]])


async def test_a_second_poller_is_reported_once_and_polling_goes_on() -> None:
    world = World(*[Conflicted("poller")] * 3, [1])

    await world.run_until_quiet()

    assert (world.conflicts, world.inbox.stored) == (["poller"], [[1]])
    assert world.poller.conflict is None


async def test_pollers_that_take_turns_are_one_conflict() -> None:
    world = World(Conflicted("poller"), [1], Conflicted("poller"), [2], conflict_over_s=3600)

    with capture_logs() as logs:
        await world.run_until_quiet()

    assert (world.conflicts, world.inbox.stored) == (["poller"], [[1], [2]])
    assert world.poller.conflict == "poller"
    assert [log["event"] for log in logs] == ["polling_troubled"]


async def test_a_webhook_after_a_second_poller_is_reported_too() -> None:
    world = World(Conflicted("poller"), Conflicted("webhook"), [1])

    await world.run_until_quiet()

    assert world.conflicts == ["poller", "webhook"]


async def test_a_conflict_after_a_quiet_time_is_a_new_one() -> None:
    world = World(Conflicted("poller"), [1], Conflicted("poller"), [2])

    await world.run_until_quiet()

    assert world.conflicts == ["poller", "poller"]


async def test_health_knows_the_last_poll_and_the_last_success() -> None:
    world = World([1], _AWAY)

    await world.run_until_quiet()

    assert world.poller.last_success_at == _START + timedelta(seconds=3)
    assert world.poller.last_poll_at == _START + timedelta(seconds=3)
