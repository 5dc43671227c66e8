"""The control interface itself: clock, waiting, the log, reset, several bots."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import PushedClock, follow
from bot.sandbox import Control, Sandbox
from bot.sandbox.control import ControlError
from bot.sandbox.views import PersonView


async def test_the_clock_is_pushed_and_followed(
    control: Control, sandbox: Sandbox, clock: PushedClock
) -> None:
    start = clock.now()
    other = PushedClock(start)
    pushed = asyncio.Event()
    other.on_push(pushed.set)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follower = group.create_task(follow(other, sandbox.url, session))
        await control.push_clock(timedelta(days=2, seconds=0.5))
        await pushed.wait()
        follower.cancel()

    assert clock.now() == start + timedelta(days=2, seconds=0.5)
    assert other.now() == clock.now() == await control.now()


async def test_a_clock_that_is_right_from_the_start_says_so(
    sandbox: Sandbox, clock: PushedClock
) -> None:
    caught_up = asyncio.Event()

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        other = PushedClock(clock.now())
        follower = group.create_task(
            follow(other, sandbox.url, session, on_caught_up=caught_up.set)
        )
        await caught_up.wait()
        follower.cancel()

    assert other.now() == clock.now()


async def test_a_clock_is_followed_after_its_sandbox_came_late(clock: PushedClock) -> None:
    late = Sandbox(clock)
    other = PushedClock(clock.now())
    pushed = asyncio.Event()
    other.on_push(pushed.set)
    await late.start()
    url = late.url
    await late.stop()

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follower = group.create_task(follow(other, url, session))
        again = Sandbox(clock)
        await again.start(port=int(url.rpartition(":")[2]))
        clock.push(timedelta(hours=1))
        await pushed.wait()
        follower.cancel()
    await again.stop()

    assert other.now() == clock.now()


def test_a_clock_without_a_start_is_real_time_and_what_was_pushed() -> None:
    clock = PushedClock()
    before = clock.now()

    clock.push(timedelta(days=7))

    assert timedelta(days=7) <= clock.now() - before < timedelta(days=7, minutes=1)
    with pytest.raises(ValueError, match="only goes forward"):
        clock.push(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="aware"):
        PushedClock(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))


async def test_waiting_ends_when_the_message_is_there(
    api: Any, control: Control, dana: PersonView
) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(control.wait_for_text(dana.id, "код"))
        await asyncio.sleep(0)
        await api.ok("sendMessage", chat_id=dana.id, text="ещё не то")
        await api.ok("sendMessage", chat_id=dana.id, text="ваш код A-17")

    assert waiting.result().text == "ваш код A-17"


async def test_waiting_in_vain_says_what_is_there_instead(
    api: Any, control: Control, dana: PersonView
) -> None:
    await api.ok("sendMessage", chat_id=dana.id, text="другое")

    with pytest.raises(TimeoutError, match="Забота: другое"):
        await control.wait_for_text(dana.id, "код", timeout=0.01)


async def test_the_log_counts_every_call(api: Any, control: Control, dana: PersonView) -> None:
    await api.ok("sendMessage", chat_id=dana.id, text="раз")
    await api.refusal("sendMessage", chat_id=1, text="два")

    first, second = await control.calls("sendMessage")
    counters = await control.counters()

    assert (first.params["text"], first.outcome, first.applied) == ("раз", "ok", True)
    assert (second.outcome, second.applied) == ("400 Bad Request: chat not found", False)
    assert first.message_id == (await control.chat(dana.id)).last.id
    assert first.at_ms <= second.at_ms
    assert counters["outcomes"]["sendMessage"] == {"ok": 1, "400": 1}
    assert [call.number for call in await control.calls(after=first.number)] == [second.number]


async def test_reset_forgets_everything(control: Control, dana: PersonView) -> None:
    await control.reset()

    assert await control.ask("GET", "people") == {"people": []}
    with pytest.raises(ControlError, match="there is no"):
        await control.send(dana.id, "x")


async def test_impossible_deeds_are_explained(control: Control, dana: PersonView) -> None:
    with pytest.raises(ControlError, match="an empty message cannot be sent"):
        await control.send(dana.id)
    with pytest.raises(ControlError, match="there is no dance"):
        await control.act(dana.id, "dance")
    with pytest.raises(ControlError, match="there is no group -5"):
        await control.send(dana.id, "x", chat=-5)
    with pytest.raises(ControlError, match="no GET /control/nowhere"):
        await control.ask("GET", "nowhere")


async def test_private_chats_belong_to_one_bot(
    sandbox: Sandbox, api: Any, control: Control, dana: PersonView
) -> None:
    other = await control.add_bot("700002:BBH-sandbox_token_for_tests_0002", username="echo_bot")
    async with Control(sandbox.url, bot=other["id"]) as hands:
        await hands.start(dana.id)
        await hands.send(dana.id, "второму")
        await hands.add_fault("429", "getMe")
        seen = await hands.chat(dana.id)
        newest = await hands.chat(dana.id, after_id=seen.messages[0].id)

    assert newest.texts == ["второму"]
    assert seen.texts == ["/start", "второму"]
    assert (await control.chat(dana.id)).texts == ["/start"]
    assert await api.updates() == []


async def test_the_sandbox_listens_on_loopback_only(clock: PushedClock) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        await Sandbox(clock).start(host="0.0.0.0")  # noqa: S104 - this is what must be refused


async def test_tokens_of_a_wrong_shape_are_not_known(api: Any) -> None:
    answers = []
    for token in ("nonsense", "12:short", "700001:AAH-sandbox_token_for_tests_0001/x"):
        async with api.session.get(f"{api.url}/bot{token}/getMe") as answer:
            answers.append((answer.status, (await answer.json())["description"]))

    assert answers == [(404, "Not Found"), (401, "Unauthorized"), (401, "Unauthorized")]
