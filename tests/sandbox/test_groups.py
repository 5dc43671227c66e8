"""Groups: who hears what, roles and rights, the bot coming and going, migration."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Control
from bot.sandbox.control import ControlError
from bot.sandbox.views import PersonView


async def heard(api: Any) -> list[str]:
    return [update["message"].get("text", "") for update in await api.updates()]


async def test_privacy_lets_commands_and_replies_to_the_bot_through(
    api: Any, control: Control, dana: PersonView, group: int
) -> None:
    card = await api.ok("sendMessage", chat_id=group, text="Карточка")

    await control.send(dana.id, "просто разговор", chat=group)
    await control.send(dana.id, "/visit", chat=group)
    await control.send(dana.id, "/visit@zabota_bot 2", chat=group)
    await control.send(dana.id, "/visit@other_bot", chat=group)
    await control.send(dana.id, "ответ", chat=group, reply_to=card["message_id"])

    assert await heard(api) == ["/visit", "/visit@zabota_bot 2", "ответ"]


async def test_an_administrator_and_a_bot_without_privacy_hear_everything(
    api: Any, control: Control, dana: PersonView, group: int
) -> None:
    await control.set_bot(group, "administrator")
    await api.updates()
    await control.send(dana.id, "раз", chat=group)
    as_administrator = await heard(api)
    await control.set_bot(group, "member")
    await control.add_bot(api.token, can_read_all_group_messages=True)
    await api.updates()
    await control.send(dana.id, "два", chat=group)

    assert as_administrator == ["раз"]
    assert await heard(api) == ["два"]


async def test_a_startgroup_link_adds_the_bot_and_starts_it_there(
    api: Any, control: Control, lev: PersonView
) -> None:
    group = await control.add_group("Салон", lev.id)

    link = "https://t.me/zabota_bot?startgroup=bind-7&admin=delete_messages+pin_messages"
    await control.open_link(lev.id, link, group=group)
    added, joined, started = await api.updates()

    change = added["my_chat_member"]
    assert change["old_chat_member"]["status"] == "left"
    assert change["new_chat_member"]["status"] == "administrator"
    assert change["new_chat_member"]["can_pin_messages"] is True
    assert change["new_chat_member"]["can_invite_users"] is False
    assert joined["message"]["new_chat_members"][0]["id"] == 700001
    assert started["message"]["text"] == "/start@zabota_bot bind-7"
    assert started["message"]["from"]["id"] == lev.id


async def test_only_who_may_invite_adds_the_bot(
    control: Control, lev: PersonView, dana: PersonView
) -> None:
    group = await control.add_group("Салон", lev.id, members=[dana.id])

    with pytest.raises(ControlError, match="may not add bots"):
        await control.open_link(dana.id, "https://t.me/zabota_bot?startgroup=x", group=group)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_thrown_out_hears_of_it_and_may_not_write(
    api: Any, control: Control, lev: PersonView, kind: str
) -> None:
    group = await control.add_group("Салон", lev.id, kind=kind)
    await control.set_bot(group, "member")
    await api.updates()

    await control.set_bot(group, "kicked")
    change, farewell = await api.updates()
    refusal = await api.refusal("sendMessage", chat_id=group, text="x")

    assert change["my_chat_member"]["new_chat_member"] == {
        "user": change["my_chat_member"]["new_chat_member"]["user"],
        "status": "kicked",
        "until_date": 0,
    }
    assert farewell["message"]["left_chat_member"]["id"] == 700001
    assert refusal == f"Forbidden: bot was kicked from the {kind} chat"


async def test_a_bot_that_left_is_no_member(api: Any, group: int) -> None:
    assert await api.ok("leaveChat", chat_id=group) is True

    assert (
        await api.refusal("sendMessage", chat_id=group, text="x")
        == "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_a_restricted_bot_may_not_write(api: Any, control: Control, group: int) -> None:
    await control.set_bot(group, "restricted", rights={"can_send_messages": False})

    assert (
        await api.refusal("sendMessage", chat_id=group, text="x")
        == "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_an_anonymous_administrator_writes_as_the_group_and_taps_as_himself(
    api: Any, control: Control, lev: PersonView, group: int
) -> None:
    await control.set_member(group, lev.id, anonymous=True, custom_title="Владелец")
    rows = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}
    card = await api.ok("sendMessage", chat_id=group, text="Карточка", reply_markup=rows)

    await control.send(lev.id, "/help", chat=group)
    await control.tap(lev.id, card["message_id"], "Взять", chat=group)
    written, tapped = await api.updates()

    message = written["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == group
    assert message["author_signature"] == "Владелец"
    assert tapped["callback_query"]["from"]["id"] == lev.id


async def test_migration_gives_the_group_another_id(
    api: Any, control: Control, lev: PersonView
) -> None:
    old = await control.add_group("Салон", lev.id, kind="group")
    await control.set_bot(old, "administrator")
    await api.updates()

    new = await control.migrate(old)
    left, came = await api.updates()
    refused = await api.call("sendMessage", chat_id=old, text="x")
    sent = await api.ok("sendMessage", chat_id=new, text="x")

    assert (left["message"]["chat"]["id"], left["message"]["migrate_to_chat_id"]) == (old, new)
    assert (came["message"]["chat"]["id"], came["message"]["migrate_from_chat_id"]) == (new, old)
    assert refused == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    assert sent["chat"]["type"] == "supergroup"
    with pytest.raises(ControlError, match="has become the supergroup"):
        await control.send(lev.id, "x", chat=old)


async def test_members_are_shown_with_their_roles(
    api: Any, control: Control, lev: PersonView, dana: PersonView, group: int
) -> None:
    stranger = await control.add_person("Чужой")
    await control.set_member(group, dana.id, status="administrator")

    statuses = [
        (await api.ok("getChatMember", chat_id=group, user_id=account))["status"]
        for account in (lev.id, dana.id, 700001, stranger.id)
    ]
    administrators = await api.ok("getChatAdministrators", chat_id=group)

    assert statuses == ["creator", "administrator", "member", "left"]
    assert [each["user"]["id"] for each in administrators] == [lev.id, dana.id]
    assert await api.ok("getChatMemberCount", chat_id=group) == 3
    assert (
        await api.refusal("getChatMember", chat_id=group, user_id=1)
        == "Bad Request: user not found"
    )


async def test_chat_member_updates_come_only_to_an_administrator_who_asked(
    api: Any, control: Control, dana: PersonView, group: int
) -> None:
    await control.set_bot(group, "administrator")
    await api.updates()
    await control.leave(dana.id, group)
    without = await api.updates()
    await api.ok("getUpdates", allowed_updates=["message", "chat_member"])
    await control.join(dana.id, group)
    asked = await api.updates()

    assert [sorted(update)[0] for update in without] == ["message"]
    assert [sorted(update)[0] for update in asked] == ["chat_member", "message"]
    assert asked[0]["chat_member"]["new_chat_member"]["status"] == "member"


async def test_bans_need_rights_and_spare_administrators(
    api: Any, control: Control, lev: PersonView, dana: PersonView, group: int
) -> None:
    place = {"chat_id": group, "user_id": dana.id}
    powerless = await api.refusal("banChatMember", **place)
    await control.set_bot(group, "administrator")
    owner = await api.refusal("banChatMember", chat_id=group, user_id=lev.id)
    await api.ok("banChatMember", **place)

    assert powerless == "Bad Request: not enough rights to restrict/unrestrict chat member"
    assert owner == "Bad Request: can't remove chat owner"
    assert (await control.chat(group)).members[dana.id] == "kicked"
    await api.ok("unbanChatMember", **place, only_if_banned=True)
    assert (await control.chat(group)).members[dana.id] == "left"


async def test_pins_need_rights_in_a_group(api: Any, control: Control, group: int) -> None:
    card = await api.ok("sendMessage", chat_id=group, text="Карточка")
    place = {"chat_id": group, "message_id": card["message_id"]}
    powerless = await api.refusal("pinChatMessage", **place)
    await control.set_bot(group, "administrator")
    await api.updates()

    await api.ok("pinChatMessage", **place)
    (told,) = await api.updates()
    shown = await api.ok("getChat", chat_id=group)
    await api.ok("unpinChatMessage", chat_id=group)

    assert powerless == "Bad Request: not enough rights to manage pinned messages in the chat"
    assert told["message"]["pinned_message"]["message_id"] == card["message_id"]
    assert shown["pinned_message"]["text"] == "Карточка"
    assert (await control.chat(group)).pinned == ()
    assert (
        await api.refusal("unpinChatMessage", chat_id=group)
        == "Bad Request: message to unpin not found"
    )


async def test_an_invite_link_is_exported_by_an_administrator(
    api: Any, control: Control, group: int
) -> None:
    await control.set_bot(group, "administrator")

    link = await api.ok("exportChatInviteLink", chat_id=group)

    assert link.startswith("https://t.me/+")
    assert (await api.ok("getChat", chat_id=group))["invite_link"] == link


async def test_replies_in_a_supergroup_form_a_thread_that_is_no_topic(
    api: Any, control: Control, dana: PersonView, group: int
) -> None:
    card = (await api.ok("sendMessage", chat_id=group, text="Карточка"))["message_id"]

    first = await control.send(dana.id, "раз", chat=group, reply_to=card)
    second = await api.ok(
        "sendMessage", chat_id=group, text="два", reply_parameters={"message_id": first}
    )

    assert second["message_thread_id"] == card
    assert "is_topic_message" not in second


async def test_message_ids_of_a_supergroup_are_its_own(
    api: Any, dana: PersonView, group: int
) -> None:
    in_private = (await api.ok("sendMessage", chat_id=dana.id, text="x"))["message_id"]
    in_group = (await api.ok("sendMessage", chat_id=group, text="x"))["message_id"]

    assert in_group == 2
    assert in_private > in_group


async def test_request_contact_is_for_private_chats(api: Any, group: int) -> None:
    markup = {"keyboard": [[{"text": "Номер", "request_contact": True}]]}

    refusal = await api.refusal("sendMessage", chat_id=group, text="x", reply_markup=markup)

    assert refusal == "Bad Request: phone number can be requested in private chats only"
