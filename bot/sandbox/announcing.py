"""Which bot hears of what: privacy mode, wanted types, people it has met. Updates are made here."""

from __future__ import annotations

from bot.sandbox.bots import BotAccount
from bot.sandbox.chats import Chat, Group, PrivateChat
from bot.sandbox.entities import slice16
from bot.sandbox.messages import StoredMessage
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World


def tell(world: World, bot: BotAccount, update_type: str, payload: JsonObject) -> None:
    """Queue an update for one bot if it wants such."""
    author = payload.get("from") or payload.get("user")
    if author is not None and author["id"] in world.people:
        bot.met.add(author["id"])
    if bot.wants(update_type) and not bot.unauthorized:
        bot.queue.put(update_type, payload)


def announce(world: World, chat: Chat, message: StoredMessage, *, edited: bool = False) -> None:
    """Tell the bots that may see it about a message of a person, or a service message."""
    update_type = "edited_message" if edited else "message"
    for bot in _listeners(world, chat):
        if bot.id == message.author and message.kind != "service":
            continue
        if isinstance(chat, Group) and not _visible(world, chat, bot, message):
            continue
        tell(world, bot, update_type, message.data)


def _listeners(world: World, chat: Chat) -> list[BotAccount]:
    if isinstance(chat, Group):
        return [bot for bot in world.bots.values() if chat.member(bot.id).present]
    return [
        bot
        for bot in world.bots.values()
        if isinstance(chat, PrivateChat) and bot.private.get(chat.id) is chat
    ]


def _visible(world: World, group: Group, bot: BotAccount, message: StoredMessage) -> bool:
    """Privacy mode: commands, replies to the bot and service messages pass it."""
    if message.author in world.bots:
        return message.kind == "service"
    if (
        bot.can_read_all_group_messages
        or group.member(bot.id).administers
        or message.kind == "service"
    ):
        return True
    replied = message.data.get("reply_to_message")
    if replied is not None and replied.get("from", {}).get("id") == bot.id:
        return True
    return _commands(world, group, bot, message)


def _commands(world: World, group: Group, bot: BotAccount, message: StoredMessage) -> bool:
    """A command named `/so@bot`, or an unnamed one when this bot was the last to speak."""
    text = message.data.get("text") or message.data.get("caption") or ""
    entities = message.data.get("entities") or message.data.get("caption_entities") or []
    for entity in entities:
        if entity["type"] != "bot_command":
            continue
        addressee = slice16(text, entity["offset"], entity["length"]).partition("@")[2]
        if addressee:
            if addressee.lower() == bot.username.lower():
                return True
        elif _last_to_speak(world, group) in (None, bot.id):
            return True
    return False


def _last_to_speak(world: World, group: Group) -> int | None:
    for message in reversed(group.messages.values()):
        if message.author in world.bots and message.kind != "service":
            return message.author
    return None
