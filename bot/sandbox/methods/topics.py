"""Topics of a forum: created, renamed, closed, reopened, deleted by the bot."""

from __future__ import annotations

from bot.sandbox.chats import Group, Topic
from bot.sandbox.methods.access import chat_to_write
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject
from bot.sandbox.topics import drop_topic, may_manage, open_topic, tell_in_topic

_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(request: Request) -> Group:
    group = chat_to_write(request.world, request.bot, request.params["chat_id"])
    if not isinstance(group, Group):
        raise bad_request("method is available only for groups and supergroups")
    if not group.forum:
        raise bad_request("the chat is not a forum")
    return group


def _topic(request: Request, deed: str) -> tuple[Group, Topic]:
    """A topic that the bot may change: by its right, or because it has opened it."""
    group = _forum(request)
    topic = group.topics.get(request.params["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if not may_manage(group, topic, request.bot.id):
        raise bad_request(f"not enough rights to {deed} a topic")
    return group, topic


def create_topic(request: Request) -> JsonObject:
    group = _forum(request)
    if not group.member(request.bot.id).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = request.params["name"].strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    color = request.get("icon_color") or _COLORS[0]
    if color not in _COLORS:
        raise bad_request("invalid forum topic icon color specified")
    topic = open_topic(
        request.world,
        group,
        request.bot.id,
        name,
        color,
        request.get("icon_custom_emoji_id") or "",
    )
    shown: JsonObject = {"message_thread_id": topic.id, "name": name, "icon_color": color}
    if topic.icon_custom_emoji_id:
        shown["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return shown


def edit_topic(request: Request) -> bool:
    group, topic = _topic(request, "edit")
    name = request.get("name") or topic.name
    icon = request.get("icon_custom_emoji_id")
    if name == topic.name and icon in (None, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    edited: JsonObject = {} if name == topic.name else {"name": name}
    if icon is not None:
        edited["icon_custom_emoji_id"] = topic.icon_custom_emoji_id = icon
    topic.name = name
    tell_in_topic(request.world, group, topic, request.bot.id, {"forum_topic_edited": edited})
    return True


def _switch(*, close: bool) -> Method:
    def switch(request: Request) -> bool:
        group, topic = _topic(request, "close" if close else "reopen")
        if topic.closed is close:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.closed = close
        field = "forum_topic_closed" if close else "forum_topic_reopened"
        tell_in_topic(request.world, group, topic, request.bot.id, {field: {}})
        return True

    return switch


def delete_topic(request: Request) -> bool:
    group = _forum(request)
    if not group.member(request.bot.id).may("can_delete_messages"):
        raise bad_request("not enough rights to delete a topic")
    topic = group.topics.get(request.params["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    drop_topic(group, topic)
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": _switch(close=True),
    "reopenForumTopic": _switch(close=False),
    "deleteForumTopic": delete_topic,
}
