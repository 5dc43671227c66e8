"""SIGTERM to the real process: what is due is sent, what hangs holds up nobody, the exit code is 0."""

import signal
import time

import pytest

from tests.crash.people import gathered
from tests.crash.stage import GRACE_S, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

_EXIT_S = 3.0  # for what comes behind the grace time: closing the database and the network


async def test_what_was_decided_is_sent_before_the_end(stage: Stage) -> None:
    bot = await stage.up()
    crowd = await gathered(stage, 8)
    await crowd.all_write(crowd.customers, 12)
    await stage.watch(lambda waits: waits.new > 0 and waits.due > 0, within_s=20)

    code = await bot.end(signal.SIGTERM)

    left = stage.backlog()
    assert (code, left.due, left.sending) == (0, 0, 0)


async def test_a_call_that_hangs_does_not_hold_up_the_end(stage: Stage) -> None:
    bot = await stage.up()
    person = await stage.control.add_person("Дана")
    await stage.control.add_fault("slow_answer", "sendMessage", seconds=GRACE_S + 15)
    await stage.control.start(person.id)
    await stage.watch(lambda waits: waits.posting == 1, within_s=20)

    began = time.monotonic()
    code = await bot.end(signal.SIGTERM)

    assert code == 0
    assert time.monotonic() - began < GRACE_S + _EXIT_S
    assert stage.backlog().posting == 1


async def test_a_stop_while_telegram_is_away_is_a_stop(stage: Stage) -> None:
    bot = await stage.up()
    await stage.control.go_away("drop")

    code = await bot.end(signal.SIGTERM)

    assert code == 0
