"""The world as plain JSON and back, so that a play can go on another day. No taps, faults or limits."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Final

from bot.sandbox.bots import BotAccount
from bot.sandbox.chats import Chat, Group, Topic
from bot.sandbox.files import StoredFile
from bot.sandbox.members import Member
from bot.sandbox.messages import Edit, StoredMessage
from bot.sandbox.people import Person
from bot.sandbox.queue import Queued
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World

_PERSON: Final = (
    "id",
    "first_name",
    "last_name",
    "username",
    "language_code",
    "phone_number",
    "deactivated",
)


def written(world: World, bot: BotAccount) -> JsonObject:
    """People, groups, files, and what belongs to this one bot: its chats, the updates that wait for it."""
    return {
        "people": [
            {name: getattr(each, name) for name in _PERSON} for each in world.people.values()
        ],
        "groups": [_group(each) for each in world.groups.values()],
        "private": [_chat(each) for each in bot.private.values()],
        "next_update": bot.queue.next_id,
        "waiting": [asdict(each) for each in bot.queue.waiting()],
        "files": [_file(each) for each in world.files.every()],
        **{name: sorted(getattr(bot, name)) for name in ("started", "blocked", "met")},
    }


def read(world: World, bot: BotAccount, kept: JsonObject) -> None:
    """Fill a world that is still empty with what `written` gave. KeyError, TypeError: it is something else."""
    for about in kept["people"]:
        world.people[about["id"]] = Person(**about)
    for about in kept["groups"]:
        _read_group(world, about)
    for about in kept["private"]:
        _read_chat(world.private_chat(bot, world.people[about["id"]]), about)
    for about in kept["files"]:
        world.files.put(StoredFile(**about | {"content": base64.b64decode(about["content"])}))
    for name in ("started", "blocked", "met"):
        getattr(bot, name).update(kept[name])
    bot.queue.take_over(kept["next_update"], [Queued(**each) for each in kept["waiting"]])
    world.was_changed()


def next_message(kept: JsonObject) -> int:
    """A number above those of all messages that were kept."""
    chats = (*kept["groups"], *kept["private"])
    return 1 + max((m["data"]["message_id"] for c in chats for m in c["messages"]), default=0)


def _chat(chat: Chat) -> JsonObject:
    messages = [asdict(each) for each in chat.messages.values()]
    return {
        "id": chat.id,
        "messages": messages,
        "pinned": chat.pinned,
        "keyboard": chat.keyboard,
    }


def _read_chat(chat: Chat, about: JsonObject) -> None:
    for told in about["messages"]:
        edits = [Edit(**each) for each in told.pop("edits")]
        reactions = {int(who): put for who, put in told.pop("reactions").items()}
        message = StoredMessage(**told, edits=edits, reactions=reactions)
        chat.messages[message.id] = message
    chat.pinned, chat.keyboard = about["pinned"], about["keyboard"]
    chat.changed()


_GROUP: Final = ("title", "supergroup", "forum", "username")
_GROUP_LATER: Final = ("migrated_to", "migrated_from", "invite_link")


def _group(group: Group) -> JsonObject:
    return {
        **_chat(group),
        **{name: getattr(group, name) for name in (*_GROUP, *_GROUP_LATER)},
        "members": {str(who): asdict(each) for who, each in group.members.items()},
        "topics": [asdict(each) for each in group.topics.values()],
    }


def _read_group(world: World, about: JsonObject) -> None:
    group = world.add_group(**{name: about[name] for name in _GROUP}, group_id=about["id"])
    for name in _GROUP_LATER:
        setattr(group, name, about[name])
    group.members = {int(who): Member(**each) for who, each in about["members"].items()}
    group.topics = {each["id"]: Topic(**each) for each in about["topics"]}
    _read_chat(group, about)


def _file(file: StoredFile) -> JsonObject:
    return asdict(file) | {"content": base64.b64encode(file.content).decode()}
