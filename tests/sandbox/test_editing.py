"""Edits and deletions of the bot's messages, reactions of the bot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import PushedClock
from bot.sandbox import Control
from bot.sandbox.views import PersonView

BUTTONS = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}


@pytest.fixture
async def card(api: Any, dana: PersonView) -> dict[str, int]:
    sent = await api.ok("sendMessage", chat_id=dana.id, text="Случай", reply_markup=BUTTONS)
    return {"chat_id": dana.id, "message_id": sent["message_id"]}


async def test_an_edit_replaces_text_and_buttons_and_is_remembered(
    api: Any, control: Control, card: dict[str, int], clock: PushedClock
) -> None:
    sent_at = clock.now()
    clock.push(timedelta(minutes=5))

    edited = await api.ok("editMessageText", **card, text="<b>Взял Лев</b>", parse_mode="HTML")

    assert edited["edit_date"] == int(clock.now().timestamp())
    assert "reply_markup" not in edited
    seen = (await control.chat(card["chat_id"])).last
    assert (seen.html, seen.labels, seen.date) == ("<b>Взял Лев</b>", (), sent_at)
    assert [(edit.text, edit.until) for edit in seen.edits] == [("Случай", clock.now())]


async def test_an_edit_that_changes_nothing_is_refused(api: Any, card: dict[str, int]) -> None:
    refusals = [
        await api.refusal("editMessageText", **card, text="Случай", reply_markup=BUTTONS),
        await api.refusal("editMessageReplyMarkup", **card, reply_markup=BUTTONS),
    ]

    assert (
        refusals
        == [
            "Bad Request: message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message"
        ]
        * 2
    )


async def test_edits_of_what_cannot_be_edited_are_refused(
    api: Any, control: Control, card: dict[str, int]
) -> None:
    foreign = await control.send(card["chat_id"], "моё")

    refusals = [
        await api.refusal("editMessageText", **{**card, "message_id": 1}, text="x"),
        await api.refusal("editMessageText", **{**card, "message_id": foreign}, text="x"),
        await api.refusal("editMessageText", **card, text=""),
        await api.refusal("editMessageCaption", **card, caption="x"),
        await api.refusal("editMessageText", text="x"),
        await api.refusal(
            "editMessageReplyMarkup", **card, reply_markup={"keyboard": [[{"text": "a"}]]}
        ),
    ]

    assert refusals == [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: message text is empty",
        "Bad Request: there is no caption in the message to edit",
        "Bad Request: message identifier is not specified",
        "Bad Request: inline keyboard expected",
    ]


async def test_buttons_alone_are_replaced(api: Any, card: dict[str, int]) -> None:
    edited = await api.ok("editMessageReplyMarkup", **card)

    assert (edited["text"], "reply_markup" in edited) == ("Случай", False)


async def test_a_deleted_message_is_gone_for_everybody(
    api: Any, control: Control, card: dict[str, int]
) -> None:
    assert await api.ok("deleteMessage", **card) is True

    assert await api.refusal("deleteMessage", **card) == "Bad Request: message to delete not found"
    assert (
        await api.refusal("editMessageText", **card, text="x")
        == "Bad Request: message to edit not found"
    )
    chat = await control.chat(card["chat_id"])
    assert card["message_id"] not in [message.id for message in chat.messages]
    assert chat.message(card["message_id"]).deleted


async def test_messages_older_than_two_days_cannot_be_deleted(
    api: Any, control: Control, card: dict[str, int], clock: PushedClock
) -> None:
    clock.push(timedelta(hours=48))

    assert (
        await api.refusal("deleteMessage", **card)
        == "Bad Request: message can't be deleted for everyone"
    )
    assert await api.ok(
        "deleteMessages", chat_id=card["chat_id"], message_ids=[card["message_id"], 5]
    )
    assert not (await control.chat(card["chat_id"])).message(card["message_id"]).deleted


async def test_the_bot_reacts_with_one_of_the_allowed_emoji(
    api: Any, control: Control, card: dict[str, int]
) -> None:
    heart = [{"type": "emoji", "emoji": "❤"}]

    assert await api.ok("setMessageReaction", **card, reaction=heart) is True
    refusals = [
        await api.refusal(
            "setMessageReaction", **card, reaction=[{"type": "emoji", "emoji": "🪴"}]
        ),
        await api.refusal("setMessageReaction", **card, reaction=heart * 2),
        await api.refusal("setMessageReaction", **{**card, "message_id": 1}, reaction=heart),
    ]

    assert (await control.chat(card["chat_id"])).last.reactions == {700001: ("❤",)}
    assert refusals == [
        "Bad Request: REACTION_INVALID",
        "Bad Request: REACTIONS_TOO_MANY",
        "Bad Request: message to react not found",
    ]
    await api.ok("setMessageReaction", **card, reaction=[])
    assert (await control.chat(card["chat_id"])).last.reactions == {}
