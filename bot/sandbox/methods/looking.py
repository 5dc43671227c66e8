"""getChat, getChatMember and the other looks at chats."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Group
from bot.sandbox.members import MEMBER_RIGHTS, Member
from bot.sandbox.methods.access import chat_to_read, chat_to_write
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(request: Request) -> JsonObject:
    chat = chat_to_read(request.world, request.bot, request.params["chat_id"])
    full = {
        **chat.shown(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    if isinstance(chat, Group):
        full["permissions"] = dict.fromkeys(MEMBER_RIGHTS, True)
        if chat.invite_link and chat.member(request.bot.id).may("can_invite_users"):
            full["invite_link"] = chat.invite_link
    if chat.pinned and (pinned := chat.find(chat.pinned[-1])) is not None:
        full["pinned_message"] = pinned.without_reply()
    return full


def _group(chat: Chat, refusal: str) -> Group:
    if not isinstance(chat, Group):
        raise bad_request(refusal)
    return chat


def get_chat_member(request: Request) -> JsonObject:
    chat = chat_to_read(request.world, request.bot, request.params["chat_id"])
    account: int = request.params["user_id"]
    known = account in request.world.people or account in request.world.bots
    if not known:
        raise bad_request("user not found")
    user = request.world.user_of(account)
    if isinstance(chat, Group):
        # Who was looked at is known from then on.
        request.bot.met.add(account)
        if chat.migrated_to is not None:
            chat_to_write(request.world, request.bot, chat.id)
        return chat.member(account).shown(user)
    if account not in (chat.id, request.bot.id):
        raise bad_request("user not found")
    return Member("member").shown(user)


def get_chat_administrators(request: Request) -> list[JsonObject]:
    chat = _group(
        chat_to_write(request.world, request.bot, request.params["chat_id"]),
        "there are no administrators in the private chat",
    )
    return [
        member.shown(request.world.user_of(account))
        for account, member in chat.members.items()
        # Other bots are not listed.
        if member.administers and (account not in request.world.bots or account == request.bot.id)
    ]


def get_chat_member_count(request: Request) -> int:
    chat = chat_to_read(request.world, request.bot, request.params["chat_id"])
    return len(chat.present()) if isinstance(chat, Group) else 2


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
}
