"""Control: groups, their members, their topics, the bot's place in them."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.announcing import announce
from bot.sandbox.chats import Group
from bot.sandbox.members import STATUSES, Member
from bot.sandbox.membership import migrate, set_member
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import JsonObject
from bot.sandbox.topics import drop_topic, open_topic, tell_in_topic
from bot.sandbox.writing import service

_ICON_COLOR = 7322096


def add_group(asked: Asked) -> JsonObject:
    """`{title, owner, type?: group|supergroup, forum?, username?, members?: [...]}`.

    A member is a person's id or `{person, status?, anonymous?, custom_title?, rights?}`. Nobody is
    told of those who are there from the beginning.
    """
    kind = asked.body.get("type", "supergroup")
    if kind not in ("group", "supergroup"):
        raise ValueError(f"there is no type {kind!r}")
    group = asked.world.add_group(
        asked.body["title"],
        supergroup=kind == "supergroup",
        forum=bool(asked.body.get("forum")),
        username=asked.body.get("username") or "",
    )
    group.members[asked.world.people[asked.body["owner"]].id] = Member("creator")
    for given in asked.body.get("members", []):
        described = {"person": given} if isinstance(given, int) else given
        person = asked.world.people[described["person"]]
        group.members[person.id] = _member(described, Member("member"))
    return group.shown()


def change(asked: Asked) -> JsonObject:
    """`POST groups` adds; `POST groups/{id}/{members|bot|migrate|topics|title}` changes."""
    if not asked.path:
        return add_group(asked)
    group = asked.world.groups[int(asked.path[0])]
    return _CHANGES[asked.path[1]](asked, group)


def _set_person(asked: Asked, group: Group) -> JsonObject:
    """`{person, status?, anonymous?, custom_title?, rights?, by?}`."""
    account: int = asked.world.people[asked.body["person"]].id
    return _set(asked, group, account)


def _set_bot(asked: Asked, group: Group) -> JsonObject:
    """`{status?, rights?, by?, bot?}`: added, promoted, thrown out by a person."""
    return _set(asked, group, asked.bot().id)


def _set(asked: Asked, group: Group, account: int) -> JsonObject:
    by = asked.body.get("by") or _owner(group)
    member = _member(asked.body, group.member(account))
    set_member(asked.world, group, account, member, by=by)
    return member.shown(asked.world.user_of(account))


def _member(described: JsonObject, before: Member) -> Member:
    status = described.get("status", before.status)
    if status not in STATUSES:
        raise ValueError(f"there is no status {status!r}, there are {sorted(STATUSES)}")
    member = before if status == before.status else Member(status)
    for name in ("rights", "anonymous", "custom_title"):
        if name in described:
            member = replace(member, **{name: described[name]})
    return member


def _owner(group: Group) -> int:
    return next(account for account, member in group.members.items() if member.status == "creator")


def _migrate(asked: Asked, group: Group) -> JsonObject:
    if group.supergroup or group.migrated_to is not None:
        raise ValueError("only a basic group becomes a supergroup")
    return migrate(asked.world, group, asked.body.get("by") or _owner(group)).shown()


def _topic(asked: Asked, group: Group) -> JsonObject:
    """`{name}` opens a topic; `{topic, closed}` closes or reopens one; `{topic, deleted}` deletes one."""
    by = asked.body.get("by") or _owner(group)
    if "topic" not in asked.body:
        topic = open_topic(asked.world, group, by, asked.body["name"], _ICON_COLOR)
        return {"topic": topic.id}
    topic = group.topics[asked.body["topic"]]
    if asked.body.get("deleted"):
        drop_topic(group, topic)
        return {"topic": topic.id}
    topic.closed = bool(asked.body["closed"])
    field = "forum_topic_closed" if topic.closed else "forum_topic_reopened"
    tell_in_topic(asked.world, group, topic, by, {field: {}})
    return {"topic": topic.id}


def _forum(asked: Asked, group: Group) -> JsonObject:
    """`{on}`: topics are switched on or off; with off they are lost."""
    group.forum = bool(asked.body["on"])
    if not group.forum:
        group.topics.clear()
    group.changed()
    return group.shown()


def _title(asked: Asked, group: Group) -> JsonObject:
    group.title = asked.body["title"]
    by = asked.body.get("by") or _owner(group)
    told = service(asked.world, group, by, {"new_chat_title": group.title})
    announce(asked.world, group, told)
    return group.shown()


_CHANGES = {
    "members": _set_person,
    "bot": _set_bot,
    "migrate": _migrate,
    "topics": _topic,
    "forum": _forum,
    "title": _title,
}

ROUTES: dict[tuple[str, str], Route] = {("POST", "groups"): change}
