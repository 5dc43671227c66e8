"""Topics of a forum and the service messages about them, whoever causes them."""

from __future__ import annotations

from bot.sandbox.announcing import announce
from bot.sandbox.chats import Group, Topic
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World
from bot.sandbox.writing import Place, write


def open_topic(
    world: World, group: Group, author: int, name: str, color: int, icon: str = ""
) -> Topic:
    """A topic is known by the id of the service message it begins with."""
    created: JsonObject = {"name": name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    message = write(world, Place(group), author, {"forum_topic_created": created})
    message.data = {**message.data, "message_thread_id": message.id, "is_topic_message": True}
    topic = Topic(message.id, name, color, icon, creator=author)
    group.topics[topic.id] = topic
    announce(world, group, message)
    return topic


def may_manage(group: Group, topic: Topic, account: int) -> bool:
    """Whoever holds the right, and whoever opened the topic; they write in a closed one, too."""
    return group.member(account).may("can_manage_topics") or topic.creator == account


def drop_topic(group: Group, topic: Topic) -> None:
    """Its messages go with it; nobody is told."""
    del group.topics[topic.id]
    for message in group.messages.values():
        if message.thread == topic.id:
            message.deleted = True
    group.changed()


def tell_in_topic(
    world: World, group: Group, topic: Topic, author: int, content: JsonObject
) -> None:
    announce(world, group, write(world, Place(group, topic=topic.id), author, content))
