"""Groups from the bot's side: leaving, banning, pinning, invite links."""

from __future__ import annotations

from bot.sandbox.announcing import announce
from bot.sandbox.chats import Group
from bot.sandbox.members import Member
from bot.sandbox.membership import set_member
from bot.sandbox.methods.access import chat_to_write, group_to_manage, message_to
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.writing import service

_RESTRICT = "not enough rights to restrict/unrestrict chat member"


def leave_chat(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    set_member(request.world, chat, request.bot.id, Member("left"), by=request.bot.id)
    return True


def _to_restrict(request: Request) -> tuple[Group, int]:
    group = group_to_manage(
        request.world, request.bot, request.params["chat_id"], "can_restrict_members", _RESTRICT
    )
    account: int = request.params["user_id"]
    if account not in request.world.people and account not in request.world.bots:
        raise bad_request("user not found")
    status = group.member(account).status
    if status == "creator":
        raise bad_request("can't remove chat owner")
    if status == "administrator":
        raise bad_request("user is an administrator of the chat")
    return group, account


def ban_chat_member(request: Request) -> bool:
    group, account = _to_restrict(request)
    set_member(request.world, group, account, Member("kicked"), by=request.bot.id)
    return True


def unban_chat_member(request: Request) -> bool:
    group, account = _to_restrict(request)
    status = group.member(account).status
    # Without only_if_banned this throws out somebody who is there.
    if status == "kicked" or (status != "left" and not request.get("only_if_banned")):
        set_member(request.world, group, account, Member("left"), by=request.bot.id)
    return True


def export_invite_link(request: Request) -> str:
    group = group_to_manage(
        request.world,
        request.bot,
        request.params["chat_id"],
        "can_invite_users",
        "not enough rights to manage chat invite link",
    )
    letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    group.invite_link = "https://t.me/+" + "".join(request.world.rng.choices(letters, k=16))
    return group.invite_link


def _check_pinning(request: Request, group: object) -> None:
    if isinstance(group, Group) and not group.member(request.bot.id).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_message(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    message = message_to(chat, request.params["message_id"], "message to pin")
    _check_pinning(request, chat)
    if message.kind == "service":
        raise bad_request("message can't be pinned")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    told = service(request.world, chat, request.bot.id, {"pinned_message": message.without_reply()})
    announce(request.world, chat, told)
    return True


def unpin_message(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    _check_pinning(request, chat)
    wanted: int | None = request.get("message_id")
    if wanted is None and chat.pinned:
        wanted = chat.pinned[-1]
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    chat.changed()
    return True


def unpin_all_messages(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    _check_pinning(request, chat)
    chat.pinned.clear()
    chat.changed()
    return True


METHODS: dict[str, Method] = {
    "leaveChat": leave_chat,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "exportChatInviteLink": export_invite_link,
    "pinChatMessage": pin_message,
    "unpinChatMessage": unpin_message,
    "unpinAllChatMessages": unpin_all_messages,
}
