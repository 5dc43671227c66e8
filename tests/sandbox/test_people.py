"""Persons with the bot alone: who may begin, deep links, contacts, edits, blocks."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Control
from bot.sandbox.control import ControlError, medium
from bot.sandbox.views import PersonView


async def test_a_bot_cannot_write_first(
    api: Any, control: Control, lev: PersonView, group: int
) -> None:
    silent = await control.add_person("Ира")
    await control.join(silent.id, group)

    never_seen = await api.refusal("sendMessage", chat_id=999, text="x")
    has_spoken = await api.refusal("sendMessage", chat_id=lev.id, text="x")
    await api.ok("getChatMember", chat_id=group, user_id=silent.id)
    looked_at = await api.refusal("sendMessage", chat_id=silent.id, text="x")

    assert never_seen == "Bad Request: chat not found"
    assert has_spoken == looked_at == "Forbidden: bot can't initiate conversation with a user"


async def test_a_deep_link_starts_with_its_payload(api: Any, control: Control) -> None:
    person = await control.add_person("Дана")

    await control.open_link(person.id, "https://t.me/zabota_bot?start=visit-17")
    (update,) = await api.updates()

    message = update["message"]
    assert message["text"] == "/start visit-17"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert message["from"]["language_code"] == "ru"


async def test_links_of_others_and_wrong_payloads_cannot_be_opened(
    control: Control, dana: PersonView
) -> None:
    with pytest.raises(ControlError, match="no link of @zabota_bot"):
        await control.open_link(dana.id, "https://t.me/other_bot?start=1")
    with pytest.raises(ControlError, match="a payload is 1-64 of"):
        await control.open_link(dana.id, "https://t.me/zabota_bot?start=a.b")


async def test_a_blocked_bot_hears_of_it_and_may_not_write(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.block(dana.id)
    (update,) = await api.updates()
    refusal = await api.refusal("sendMessage", chat_id=dana.id, text="x")
    await control.start(dana.id)
    unblocked, started = await api.updates()

    change = update["my_chat_member"]
    assert change["chat"]["id"] == change["from"]["id"] == dana.id
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    assert refusal == "Forbidden: bot was blocked by the user"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start"
    await api.ok("sendMessage", chat_id=dana.id, text="С возвращением")


async def test_nobody_is_behind_a_deactivated_account(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.deactivate(dana.id)

    assert (
        await api.refusal("sendMessage", chat_id=dana.id, text="x")
        == "Forbidden: user is deactivated"
    )
    with pytest.raises(ControlError, match="deactivated"):
        await control.send(dana.id, "x")


async def test_a_contact_is_shared_by_the_button_that_asks_for_it(
    api: Any, control: Control, dana: PersonView
) -> None:
    markup = {
        "keyboard": [[{"text": "Мой номер", "request_contact": True}], [{"text": "Нет"}]],
        "one_time_keyboard": True,
    }
    await api.ok("sendMessage", chat_id=dana.id, text="Номер?", reply_markup=markup)

    await control.press(dana.id, "Мой номер")
    (update,) = await api.updates()

    assert update["message"]["contact"] == {
        "phone_number": dana.phone_number,
        "first_name": "Дана",
        "last_name": "Ким",
        "user_id": dana.id,
    }
    with pytest.raises(ControlError, match="no button 'Нет' under the input field"):
        await control.press(dana.id, "Нет")


async def test_an_ordinary_keyboard_button_says_what_stands_on_it(
    api: Any, control: Control, dana: PersonView
) -> None:
    await api.ok(
        "sendMessage", chat_id=dana.id, text="?", reply_markup={"keyboard": [[{"text": "Да"}]]}
    )

    await control.press(dana.id, "Да")

    assert [update["message"]["text"] for update in await api.updates()] == ["Да"]


async def test_an_edit_comes_as_an_edited_message(
    api: Any, control: Control, dana: PersonView
) -> None:
    said = await control.send(dana.id, "Ждала сорок")
    photo = await control.send(dana.id, "подпись", medium=medium("photo"))
    await api.updates()

    await control.edit(dana.id, said, "Ждала сорок минут")
    await control.edit(dana.id, photo, "другая подпись")
    text, caption = await api.updates()

    assert text["edited_message"]["message_id"] == said
    assert text["edited_message"]["text"] == "Ждала сорок минут"
    assert "edit_date" in text["edited_message"]
    assert caption["edited_message"]["caption"] == "другая подпись"


async def test_everything_a_person_can_say_comes_as_it_is(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, html="<b>Ужасно</b>, см. https://example.com/a и #жалоба")
    await control.send(dana.id, contact={"phone_number": "+7900", "first_name": "Мастер"})
    await control.send(dana.id, location={"latitude": 55.7, "longitude": 49.1})
    await control.send(dana.id, poll={"question": "Кто?", "options": ["я", "он"]})
    await control.send(dana.id, "слова", forward={"sender_user_name": "Хозяин"})
    for kind in ("voice", "video", "document", "audio", "animation", "video_note", "sticker"):
        await control.send(dana.id, medium=medium(kind, duration=3))

    messages = [update["message"] for update in await api.updates()]

    assert [entity["type"] for entity in messages[0]["entities"]] == ["bold", "url", "hashtag"]
    assert messages[1]["contact"]["first_name"] == "Мастер"
    assert messages[3]["poll"]["options"][1]["text"] == "он"
    assert messages[4]["forward_origin"]["sender_user_name"] == "Хозяин"
    assert messages[4]["text"] == "слова"
    assert messages[5]["voice"]["duration"] == 3
    assert messages[9]["document"]["file_id"] == messages[9]["animation"]["file_id"]


async def test_a_message_may_be_forwarded_by_a_person(
    api: Any, control: Control, dana: PersonView
) -> None:
    sent = await api.ok("sendMessage", chat_id=dana.id, text="Ваш код A-17")

    await control.send(dana.id, forward={"message_id": sent["message_id"]})
    (update,) = await api.updates()

    assert update["message"]["text"] == "Ваш код A-17"
    assert update["message"]["forward_origin"]["sender_user"]["id"] == 700001


async def test_a_reaction_reaches_the_bot_that_asked_for_reactions(
    api: Any, control: Control, dana: PersonView
) -> None:
    await api.ok("getUpdates", allowed_updates=["message_reaction"])
    sent = await api.ok("sendMessage", chat_id=dana.id, text="Спасибо")

    await control.react(dana.id, sent["message_id"], "👍")
    (update,) = await api.updates()

    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert (await control.chat(dana.id)).last.reactions == {dana.id: ("👍",)}


async def test_deletions_by_people_are_not_told(
    api: Any, control: Control, dana: PersonView
) -> None:
    said = await control.send(dana.id, "сгоряча")
    await api.updates()

    await control.delete(dana.id, said)

    assert await api.updates() == []
    assert (
        await api.refusal("forwardMessage", chat_id=dana.id, from_chat_id=dana.id, message_id=said)
        == "Bad Request: message to forward not found"
    )


async def test_get_chat_shows_a_person_the_bot_knows(
    api: Any, control: Control, dana: PersonView
) -> None:
    stranger = await control.add_person("Чужой")

    assert (await api.ok("getChat", chat_id=dana.id))["username"] == "dana_kim"
    assert await api.refusal("getChat", chat_id=stranger.id) == "Bad Request: chat not found"
