"""Everything the sandbox says is of the Bot API's types: aiogram's models and the schema itself."""

from __future__ import annotations

from typing import Any

import aiogram.methods
import pytest
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import TypeAdapter

from bot.sandbox import Control
from bot.sandbox.api_schema import schema
from bot.sandbox.checks import check_of
from bot.sandbox.control import medium
from bot.sandbox.views import PersonView

# aiogram's models let pass fields they do not know; the schema's checks do not.
INLINE = {
    "inline_keyboard": [
        [{"text": "5", "callback_data": "rate:5", "style": "success"}],
        [{"text": "Код", "copy_text": {"text": "A-17"}}, {"text": "Карта", "url": "t.me/x"}],
    ]
}


def returned(method: str) -> Any:
    """aiogram's type of what a method returns."""
    name = method[0].upper() + method[1:]
    model: type[TelegramMethod[Any]] = getattr(aiogram.methods, name)
    return model.__returning__


async def result(api: Any, method: str, **params: Any) -> Any:
    """Call, and hold the answer against aiogram's type and against the schema."""
    found = await api.ok(method, **params)
    complaints: list[str] = []

    TypeAdapter(returned(method)).validate_python(found)
    kind = schema()["methods"][method]["returns"].split("|")[0]
    check_of(kind)(found, f"{method}.result", complaints)

    assert complaints == []
    return found


async def story_in_private(control: Control, dana: int) -> None:
    """All that a person can say to the bot."""
    await control.send(dana, html='<b>жирно</b> <a href="https://a.example">тут</a> #тег @dana_kim')
    await control.send(dana, "ответ", reply_to=(await control.chat(dana)).last.id, quote="о")
    for kind in ("photo", "voice", "video", "document", "audio", "animation", "video_note"):
        await control.send(dana, "подпись", medium=medium(kind, duration=3))
    await control.send(dana, medium=medium("sticker", emoji="👍"))
    await control.send(dana, poll={"question": "?", "options": ["a", "b"]})
    await control.send(dana, location={"latitude": 55.7, "longitude": 49.1})
    await control.send(dana, contact={"phone_number": "+7900", "first_name": "Мастер"})
    await control.share_contact(dana)
    await control.send(dana, "из чужого", forward={})
    await control.send(dana, forward={"message_id": (await control.chat(dana)).last.id})
    await control.send_album(dana, [{"medium": medium("photo")}, {"medium": medium("video")}])
    said = await control.send(dana, "было")
    await control.edit(dana, said, "стало")
    await control.block(dana)
    await control.unblock(dana)


async def story_in_a_group(api: Any, control: Control, dana: int, lev: int) -> None:
    """All that happens in groups."""
    group = await control.add_group("Салон", lev, forum=True, members=[dana])
    link = "https://t.me/zabota_bot?startgroup=bind&admin=delete_messages+pin_messages"
    await control.open_link(lev, link, group=group)
    await control.set_bot(group, "administrator", rights={})
    card = await api.ok("sendMessage", chat_id=group, text="Карточка", reply_markup=INLINE)
    await control.tap(lev, card["message_id"], "5", chat=group)
    await control.tap(lev, card["message_id"], "5", chat=group, inaccessible=True)
    await control.react(lev, card["message_id"], "👍", chat=group)
    await control.set_member(group, lev, anonymous=True, custom_title="Владелец")
    await control.send(lev, "анонимно", chat=group, reply_to=card["message_id"])
    topic = await control.open_topic(group, "Случай")
    await control.send(lev, "в теме", chat=group, topic=topic)
    await control.ask("POST", f"groups/{group}/topics", {"topic": topic, "closed": True})
    await control.ask("POST", f"groups/{group}/topics", {"topic": topic, "closed": False})
    await control.ask("POST", f"groups/{group}/title", {"title": "Салон красоты"})
    await api.ok("pinChatMessage", chat_id=group, message_id=card["message_id"])
    await control.leave(dana, group)
    await control.join(dana, group)
    await control.set_member(group, dana, status="restricted", rights={"can_send_messages": True})
    await control.set_bot(group, "restricted", rights={"can_send_messages": True})
    await control.set_bot(group, "kicked")
    basic = await control.add_group("Старая", lev, kind="group")
    await control.set_bot(basic, "member")
    await control.migrate(basic)


async def test_every_update_is_of_aiograms_and_of_the_schemas_types(
    api: Any, control: Control, dana: PersonView, lev: PersonView
) -> None:
    await api.ok("getUpdates", allowed_updates=[*schema()["types"]["Update"]][1:])
    await story_in_private(control, dana.id)
    await story_in_a_group(api, control, dana.id, lev.id)
    updates = await api.updates()
    complaints: list[str] = []

    for update in updates:
        Update.model_validate(update)
        check_of("Update")(update, "update", complaints)

    assert complaints == []
    assert len(updates) > 40
    assert {name for update in updates for name in update} == {
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
    }


async def test_every_answer_is_of_aiograms_and_of_the_schemas_types(
    api: Any, control: Control, dana: PersonView, lev: PersonView
) -> None:
    group = await control.add_group("Салон", lev.id, forum=True, members=[dana.id])
    await control.set_bot(group, "administrator")
    await control.send(dana.id, medium=medium("photo"))
    photo = (await api.updates())[-1]["message"]["photo"][-1]["file_id"]
    private = {"chat_id": dana.id}
    place = {"chat_id": group}

    for method in ("getMe", "getWebhookInfo", "getMyCommands", "getMyName", "getMyDescription"):
        await result(api, method)
    await result(api, "getUpdates")
    await result(api, "getFile", file_id=photo)
    text = await result(api, "sendMessage", **private, text="<b>x</b>", parse_mode="HTML")
    card = await result(api, "sendMessage", **place, text="Карточка", reply_markup=INLINE)
    await result(api, "sendPhoto", **private, photo=photo, caption="x", has_spoiler=True)
    await result(api, "sendContact", **private, phone_number="+7900", first_name="Салон")
    await result(api, "sendLocation", **private, latitude=1, longitude=2)
    await result(api, "sendVenue", **private, latitude=1, longitude=2, title="a", address="b")
    album = [{"type": "photo", "media": photo}, {"type": "photo", "media": photo}]
    await result(api, "sendMediaGroup", **private, media=album)
    here = {**private, "from_chat_id": dana.id, "message_id": text["message_id"]}
    await result(api, "copyMessage", **here)
    await result(api, "forwardMessage", **here)
    edited = {**place, "message_id": card["message_id"]}
    await result(api, "editMessageText", **edited, text="Взято", reply_markup=INLINE)
    await result(api, "editMessageReplyMarkup", **edited)
    await result(api, "setMessageReaction", **edited, reaction=[{"type": "emoji", "emoji": "👍"}])
    await result(api, "pinChatMessage", **edited)
    await result(api, "getChat", **place)
    await result(api, "getChat", **private)
    for account in (lev.id, dana.id, 700001):
        await result(api, "getChatMember", **place, user_id=account)
    await result(api, "getChatAdministrators", **place)
    await result(api, "getChatMemberCount", **place)
    await result(api, "exportChatInviteLink", **place)
    topic = await result(api, "createForumTopic", **place, name="Случай")
    thread = {**place, "message_thread_id": topic["message_thread_id"]}
    await result(api, "sendMessage", **thread, text="в теме")
    await result(api, "getChatMenuButton")
    await result(api, "banChatMember", **place, user_id=dana.id)
    await result(api, "getChatMember", **place, user_id=dana.id)
    assert await control.complaints() == []


@pytest.mark.parametrize("method", sorted(schema()["methods"]))
def test_aiogram_knows_what_every_method_returns(method: str) -> None:
    TypeAdapter(returned(method))
