"""Taps on buttons: what the bot hears, how long it may answer, what the person sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import PushedClock
from bot.sandbox import Control
from bot.sandbox.control import ControlError
from bot.sandbox.taps import ANSWERED_WITHIN_S
from bot.sandbox.views import PersonView

STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def question(api: Any, dana: PersonView) -> int:
    rows = [
        [{"text": "5", "callback_data": "rate:5"}],
        [{"text": "Карта", "url": "https://maps.example/x"}],
        [{"text": "Код", "copy_text": {"text": "A-17"}}],
    ]
    sent = await api.ok(
        "sendMessage",
        chat_id=dana.id,
        text="Всё ли понравилось?",
        reply_markup={"inline_keyboard": rows},
    )
    message_id: int = sent["message_id"]
    return message_id


async def test_a_tap_carries_person_data_and_the_whole_message(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    tap = await control.tap(dana.id, question, "5")
    (update,) = await api.updates()

    query = update["callback_query"]
    assert (query["id"], query["from"]["id"], query["data"]) == (tap, dana.id, "rate:5")
    assert query["message"]["text"] == "Всё ли понравилось?"
    assert query["message"]["message_id"] == question


async def test_the_answer_is_seen_once(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    tap = await control.tap(dana.id, question, data="rate:5")

    await api.ok("answerCallbackQuery", callback_query_id=tap, text="Спасибо", show_alert=True)
    again = await api.refusal("answerCallbackQuery", callback_query_id=tap)

    seen = await control.tap_answer(tap)
    assert (seen.answered, seen.text, seen.alert) == (True, "Спасибо", True)
    assert again == STALE


async def test_a_late_answer_is_refused(
    api: Any, control: Control, dana: PersonView, question: int, clock: PushedClock
) -> None:
    tap = await control.tap(dana.id, question, "5")
    clock.push(timedelta(seconds=ANSWERED_WITHIN_S + 1))

    assert await api.refusal("answerCallbackQuery", callback_query_id=tap, text="x") == STALE
    assert await api.refusal("answerCallbackQuery", callback_query_id="1") == STALE
    assert not (await control.tap_answer(tap, timeout=0)).answered


async def test_an_answer_is_200_characters_at_most(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    tap = await control.tap(dana.id, question, "5")

    refusal = await api.refusal("answerCallbackQuery", callback_query_id=tap, text="я" * 201)

    assert refusal == "Bad Request: MESSAGE_TOO_LONG"


async def test_links_and_texts_to_copy_do_not_reach_the_bot(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    found = [
        await control.tap(dana.id, question, "Карта"),
        await control.tap(dana.id, question, "Код"),
    ]

    assert found == ["https://maps.example/x", "A-17"]
    assert await api.updates() == []


async def test_a_tap_on_a_deleted_message_shows_no_message(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    await api.ok("deleteMessage", chat_id=dana.id, message_id=question)

    await control.tap(dana.id, question, data="rate:5", stale=True)
    (update,) = await api.updates()

    shown = update["callback_query"]["message"]
    assert (shown["message_id"], shown["date"], shown["chat"]["id"]) == (question, 0, dana.id)


async def test_a_message_may_be_made_inaccessible(
    api: Any, control: Control, dana: PersonView, question: int
) -> None:
    await control.tap(dana.id, question, "5", inaccessible=True)
    (update,) = await api.updates()

    assert update["callback_query"]["message"]["date"] == 0


async def test_there_is_no_tap_on_a_button_that_is_not_there(
    control: Control, dana: PersonView, question: int
) -> None:
    with pytest.raises(ControlError, match=r"no button '1' under .*'5', 'Карта', 'Код'"):
        await control.tap(dana.id, question, "1")
