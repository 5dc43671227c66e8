"""A person changes what was said: edits, deletes, reacts."""

from __future__ import annotations

from bot.sandbox.acts.act import Act, Deed, Impossible
from bot.sandbox.acts.contents import texts
from bot.sandbox.announcing import announce, tell
from bot.sandbox.chats import Group
from bot.sandbox.shapes import JsonObject


def edit(act: Act) -> JsonObject:
    chat = act.chat_to_write()
    message = act.message(chat)
    if message.author != act.person.id:
        raise Impossible("only one's own messages can be edited")
    field = "text" if message.kind == "text" else "caption"
    replaced = {field, "entities" if field == "text" else "caption_entities", "edit_date"}
    kept = {name: value for name, value in message.data.items() if name not in replaced}
    at = act.world.moment()
    message.replace({**kept, **texts(act.body, field), "edit_date": at}, at)
    chat.changed()
    announce(act.world, chat, message, edited=True)
    return {"messages": [message.data]}


def delete(act: Act) -> JsonObject:
    """For everybody. Bots are not told, as in Telegram."""
    chat = act.chat()
    message = act.message(chat)
    if isinstance(chat, Group) and message.author != act.person.id:
        rights = chat.member(act.person.id)
        if not rights.may("can_delete_messages"):
            raise Impossible("only administrators delete the messages of others")
    message.deleted = True
    chat.changed()
    return {}


def react(act: Act) -> JsonObject:
    """Put a reaction, or take it away with an empty `emoji`."""
    chat = act.chat()
    message = act.message(chat)
    old = message.reactions.get(act.person.id, [])
    emoji = act.get("emoji")
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[act.person.id] = new
    chat.changed()
    update = {
        "chat": chat.shown(),
        "message_id": message.id,
        "user": act.person.user(),
        "date": act.world.moment(),
        "old_reaction": old,
        "new_reaction": new,
    }
    for bot in act.world.bots.values():
        hears = chat.member(bot.id).administers if isinstance(chat, Group) else bot is act.bot
        if hears:
            tell(act.world, bot, "message_reaction", update)
    return {}


DEEDS: dict[str, Deed] = {"edit": edit, "delete": delete, "react": react}
