"""May this bot reach this chat and this message: the checks every method begins with."""

from __future__ import annotations

from bot.sandbox.bots import BotAccount
from bot.sandbox.chats import Chat, Group
from bot.sandbox.messages import StoredMessage
from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.shapes import Json
from bot.sandbox.world import World


def chat_to_read(world: World, bot: BotAccount, chat_id: Json) -> Chat:
    """The chat if the bot may look at it; raises Refused."""
    if isinstance(chat_id, str):
        return _by_username(world, bot, chat_id)
    if chat_id < 0:
        group = world.groups.get(chat_id)
        if group is None or bot.id not in group.members:
            raise bad_request("chat not found")
        if group.supergroup:
            _check_present(group, bot)
        return group
    person = world.people.get(chat_id)
    if person is None or (chat_id not in bot.started and chat_id not in bot.met):
        raise bad_request("chat not found")
    return world.private_chat(bot, person)


def chat_to_write(world: World, bot: BotAccount, chat_id: Json) -> Chat:
    """The chat if the bot may write there; raises Refused as Telegram does."""
    chat = chat_to_read(world, bot, chat_id)
    if isinstance(chat, Group):
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        _check_present(chat, bot)
        return chat
    if world.people[chat.id].deactivated:
        raise forbidden("user is deactivated")
    if chat.id in bot.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.id not in bot.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def group_to_manage(
    world: World, bot: BotAccount, chat_id: Json, right: str, refusal: str
) -> Group:
    """A group where the bot holds an administrator's right; raises Refused."""
    chat = chat_to_write(world, bot, chat_id)
    if not isinstance(chat, Group):
        raise bad_request("method is available only for groups and supergroups")
    if not chat.member(bot.id).may(right):
        raise bad_request(refusal)
    return chat


def message_to(chat: Chat, message_id: int | None, purpose: str) -> StoredMessage:
    """A message that is there; `purpose` is as in "message to edit not found"."""
    message = chat.find(message_id or 0)
    if message is None:
        raise bad_request(f"{purpose} not found")
    return message


def check_may_send(chat: Chat, bot: BotAccount, kind: str) -> None:
    """A restricted bot is refused by the kind of what it sends."""
    if not isinstance(chat, Group):
        return
    right, word = _SEND_RIGHTS.get(kind, ("can_send_messages", "text messages"))
    if not chat.member(bot.id).may_send(right):
        raise bad_request(f"not enough rights to send {word} to the chat")


_SEND_RIGHTS = {
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "document": ("can_send_documents", "documents"),
    "audio": ("can_send_audios", "music"),
    "animation": ("can_send_other_messages", "animations"),
    "sticker": ("can_send_other_messages", "stickers"),
    "poll": ("can_send_polls", "polls"),
}


def _by_username(world: World, bot: BotAccount, name: str) -> Chat:
    wanted = name.removeprefix("@").lower()
    for group in world.groups.values():
        if wanted and group.username.lower() == wanted:
            return chat_to_read(world, bot, group.id)
    raise bad_request("chat not found")


def _check_present(group: Group, bot: BotAccount) -> None:
    status = group.member(bot.id).status
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {group.word} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {group.word} chat")
