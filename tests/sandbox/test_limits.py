"""Telegram's limits on sending, in real time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Control
from bot.sandbox.limits import GROUP_PER_MINUTE, OVERALL_PER_S, PRIVATE_BURST, Limits
from bot.sandbox.refusals import Refused
from bot.sandbox.views import PersonView


def passed(limits: Limits, chat: int, moments: list[float], weight: int = 1) -> int:
    """How many calls at these moments (s) are let through."""
    count = 0
    for now in moments:
        try:
            limits.check(1, chat, weight, now)
        except Refused:
            continue
        count += 1
    return count


def wait_told(limits: Limits, chat: int, now: float) -> int:
    with pytest.raises(Refused) as refused:
        limits.check(1, chat, 1, now)
    return refused.value.parameters["retry_after"]


def test_a_private_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    limits = Limits(on=True)

    assert passed(limits, 7, [100.0] * 20) == PRIVATE_BURST
    assert wait_told(limits, 7, 100.0) == 1
    assert passed(limits, 7, [101.0, 101.0, 102.0, 102.5]) == 2


def test_a_group_takes_twenty_a_minute() -> None:
    limits = Limits(on=True)

    assert passed(limits, -7, [100.0 + tick for tick in range(40)]) == GROUP_PER_MINUTE
    assert wait_told(limits, -7, 140.0) == 20
    assert passed(limits, -7, [160.0, 160.5, 161.0]) == 2


def test_everybody_together_takes_thirty_a_second() -> None:
    limits = Limits(on=True)

    let_through = sum(passed(limits, chat, [100.0]) for chat in range(1, 100))

    assert let_through == OVERALL_PER_S


def test_a_refused_call_takes_nothing() -> None:
    limits = Limits(on=True)
    passed(limits, -7, [100.0] * 500)

    assert passed(limits, 7, [100.5]) == 1


def test_an_album_weighs_as_much_as_its_parts() -> None:
    limits = Limits(on=True)

    assert passed(limits, -7, [100.0] * 5, weight=10) == 2


def test_limits_are_off_unless_switched_on() -> None:
    assert passed(Limits(on=False), -7, [100.0] * 50) == 50


async def test_edits_count_in_groups_and_answers_to_taps_do_not(
    api: Any, control: Control, group: int, dana: PersonView
) -> None:
    await control.set_limits(on=True)
    card = await api.ok("sendMessage", chat_id=group, text="0")
    place = {"chat_id": group, "message_id": card["message_id"]}
    for number in range(1, GROUP_PER_MINUTE):
        await api.ok("editMessageText", **place, text=str(number))

    refused = await api.call("editMessageText", **place, text="ещё")

    assert refused["error_code"] == 429
    assert 58 <= refused["parameters"]["retry_after"] <= 60
    assert (await api.call("answerCallbackQuery", callback_query_id="1"))["error_code"] == 400
    assert await api.ok("sendChatAction", chat_id=group, action="typing")
