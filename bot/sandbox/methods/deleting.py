"""deleteMessage and deleteMessages."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Group
from bot.sandbox.messages import StoredMessage
from bot.sandbox.methods.access import chat_to_write, message_to
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request

# Older messages cannot be deleted, except by an administrator of a group. Seconds.
_DELETABLE_S = 48 * 60 * 60


def delete_message(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    message = message_to(chat, request.params["message_id"], "message to delete")
    if not _may_delete(request, chat, message):
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    chat.changed()
    return True


def delete_messages(request: Request) -> bool:
    """What cannot be found or deleted is skipped, as Telegram does."""
    wanted: list[int] = request.params["message_ids"]
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > 100:
        raise bad_request("too many message identifiers specified")
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    for message_id in wanted:
        message = chat.find(message_id)
        if message is not None and _may_delete(request, chat, message):
            message.deleted = True
    chat.changed()
    return True


def _may_delete(request: Request, chat: Chat, message: StoredMessage) -> bool:
    fresh: bool = request.world.moment() - message.data["date"] < _DELETABLE_S
    if isinstance(chat, Group):
        if chat.member(request.bot.id).may("can_delete_messages"):
            return True
        return fresh and message.author == request.bot.id and message.kind != "service"
    return fresh


METHODS: dict[str, Method] = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
