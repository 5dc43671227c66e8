"""Faults on demand, and Telegram being away."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.sandbox import Control
from bot.sandbox.views import PersonView


@pytest.mark.parametrize(
    ("kind", "error", "arrived"),
    [
        ("429", TelegramRetryAfter, False),
        ("drop_before", TelegramNetworkError, False),
        ("drop_after", TelegramNetworkError, True),
        ("garbage", ClientDecodeError, True),
        ("unauthorized", TelegramUnauthorizedError, False),
    ],
)
async def test_a_fault_hits_the_next_call_and_then_is_over(
    aiogram_bot: Bot,
    control: Control,
    dana: PersonView,
    kind: str,
    error: type[Exception],
    arrived: bool,
) -> None:
    await control.add_fault(kind, "sendMessage")

    with pytest.raises(error):
        await aiogram_bot.send_message(dana.id, "первое")
    await aiogram_bot.send_message(dana.id, "второе")

    said = [text for text in (await control.chat(dana.id)).texts if text != "/start"]
    assert said == (["первое", "второе"] if arrived else ["второе"])
    calls = await control.calls("sendMessage")
    assert [call.applied for call in calls] == [arrived, True]
    assert calls[0].outcome.startswith(kind)


async def test_retry_after_is_told(api: Any, control: Control, dana: PersonView) -> None:
    await control.add_fault("429", retry_after=7)

    assert await api.call("sendMessage", chat_id=dana.id, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_server_errors_come_as_a_page_or_as_json(
    api: Any, aiogram_bot: Bot, control: Control, dana: PersonView
) -> None:
    await control.add_fault("5xx", code=500, html=False, times=2)

    assert await api.refusal("getMe") == "Internal Server Error"
    with pytest.raises(TelegramServerError):
        await aiogram_bot.get_me()
    await control.add_fault("5xx")
    async with api.session.get(f"{api.url}/bot{api.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_a_fault_may_be_meant_for_one_chat_and_go_on(
    api: Any, control: Control, dana: PersonView, group: int
) -> None:
    fault = await control.add_fault("5xx", chat=group, times=-1, html=False)

    for _ in range(3):
        await api.refusal("sendMessage", chat_id=group, text="x")
    await api.ok("sendMessage", chat_id=dana.id, text="x")
    (rule,) = await control.faults()
    await control.clear_faults(fault)
    await api.ok("sendMessage", chat_id=group, text="x")

    assert rule["hits"] == 3


async def test_faults_come_by_chance_when_that_is_wanted(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.add_fault("429", times=-1, probability=0.5)

    answers = [await api.call("getMe") for _ in range(60)]

    hit = sum(not answer["ok"] for answer in answers)
    assert 10 < hit < 50


async def test_a_slow_answer_comes_after_the_deed(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.add_fault("slow_answer", "sendMessage", seconds=30)

    async with asyncio.TaskGroup() as group:
        call = group.create_task(api.call("sendMessage", chat_id=dana.id, text="x"))
        await control.wait_for_text(dana.id, "x")
        call.cancel()

    assert call.cancelled()


async def test_a_slow_call_waits_before_the_deed(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.add_fault("slow", "sendMessage", seconds=0.05)
    loop = asyncio.get_running_loop()
    began = loop.time()

    await api.ok("sendMessage", chat_id=dana.id, text="x")

    assert loop.time() - began >= 0.05


@pytest.mark.parametrize("how", ["drop", "5xx"])
async def test_telegram_goes_away_and_comes_back(
    api: Any, control: Control, dana: PersonView, how: str
) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.call("getUpdates", timeout=30))
        await control.wait_until_idle()
        await control.go_away(how)
    await control.send(dana.id, "жду вас")
    if how == "drop":
        with pytest.raises(aiohttp.ClientError):
            await api.call("getUpdates")
    else:
        async with api.session.get(f"{api.url}/bot{api.token}/getMe") as answer:
            assert answer.status == 502
    await control.come_back()

    assert poll.result()["error_code"] == 502
    assert [update["message"]["text"] for update in await api.updates()] == ["жду вас"]


async def test_an_unknown_fault_is_no_fault(control: Control) -> None:
    with pytest.raises(Exception, match="unknown fault 'earthquake'"):
        await control.add_fault("earthquake")
