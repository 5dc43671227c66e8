"""Who is where: the bot's place in a chat, people leaving a group, groups that change their id."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram import Bot, Router, types
from aiogram.enums import ChatMemberStatus
from aiogram.filters import Filter
from pydantic import TypeAdapter

from flows.events import (
    CustomerBlockedBot,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    PersonLeftGroup,
    Sender,
    TopicSeen,
)
from flows.people import CANNOT_WRITE
from handlers.filters import BotRemoved, Found, Has, InGroup, InPrivate
from handlers.messages import read_sender

# Rights used by the product: a tap on a stray copy of a card deletes the copy.
_WANTED = ("can_delete_messages",)
_FOR_TOPICS = "can_manage_topics"  # whether topics are wanted is for the rules to know

_ADMINS = frozenset({ChatMemberStatus.CREATOR.value, ChatMemberStatus.ADMINISTRATOR.value})


_MEMBER: Final[TypeAdapter[types.ChatMemberUnion]] = TypeAdapter(types.ChatMemberUnion)


class Gone(Filter):
    """A member who is no longer in the group."""

    async def __call__(self, change: types.ChatMemberUpdated) -> bool:
        return not _inside(change.new_chat_member)


class OwnTopic(Filter):
    """The notice of a topic that the bot itself has made; hands over `forum_topic_created`."""

    async def __call__(self, message: types.Message, bot: Bot) -> Found:
        created, author = message.forum_topic_created, message.from_user
        if created is None or author is None or author.id != bot.id:
            return False
        return {"forum_topic_created": created}


async def bot_blocked_or_let_in(change: types.ChatMemberUpdated) -> CustomerBlockedBot:
    return CustomerBlockedBot(
        sender=read_sender(change.from_user),
        blocked=change.new_chat_member.status == ChatMemberStatus.KICKED.value,
    )


def read_looked_at(chat_id: int, told: Mapping[str, Any], *, new: bool) -> GroupLookedAt:
    """The answer to getChatMember about the bot itself; ValidationError when it cannot be read."""
    member = _MEMBER.validate_python(dict(told))
    return GroupLookedAt(chat_id, _inside(member), _missing(member), new)


async def rights_changed(change: types.ChatMemberUpdated) -> GroupRightsChanged:
    member = change.new_chat_member
    return GroupRightsChanged(
        by=read_sender(change.from_user),
        chat_id=change.chat.id,
        title=change.chat.title or "",
        inside=_inside(member),
        is_admin=member.status in _ADMINS,
        missing=_missing(member),
    )


async def bot_removed(message: types.Message, by: Sender) -> GroupRightsChanged:
    return GroupRightsChanged(
        by=by,
        chat_id=message.chat.id,
        title=message.chat.title or "",
        inside=False,
        is_admin=False,
    )


async def person_removed(message: types.Message, left_chat_member: types.User) -> PersonLeftGroup:
    return PersonLeftGroup(chat_id=message.chat.id, tg_id=left_chat_member.id)


async def person_gone(change: types.ChatMemberUpdated) -> PersonLeftGroup:
    return PersonLeftGroup(chat_id=change.chat.id, tg_id=change.new_chat_member.user.id)


async def migrated_to(message: types.Message, migrate_to_chat_id: int) -> GroupMigrated:
    return GroupMigrated(old_chat_id=message.chat.id, new_chat_id=migrate_to_chat_id)


async def migrated_from(message: types.Message, migrate_from_chat_id: int) -> GroupMigrated:
    """The other half of the same notice, in the new supergroup."""
    return GroupMigrated(old_chat_id=migrate_from_chat_id, new_chat_id=message.chat.id)


async def topic_created(
    message: types.Message, forum_topic_created: types.ForumTopicCreated
) -> TopicSeen:
    """Telegram tells the bot of its own topics, too: so one is found whose answer never came."""
    return TopicSeen(
        chat_id=message.chat.id,
        thread_id=message.message_thread_id or message.message_id,
        title=forum_topic_created.name,
    )


def build_router() -> Router:
    router = Router(name=__name__)
    router.my_chat_member.register(bot_blocked_or_let_in, InPrivate())
    router.my_chat_member.register(rights_changed, InGroup())
    router.chat_member.register(person_gone, InGroup(), Gone())
    router.message.filter(InGroup())
    router.message.register(migrated_to, Has("migrate_to_chat_id"))
    router.message.register(migrated_from, Has("migrate_from_chat_id"))
    router.message.register(topic_created, OwnTopic())
    router.message.register(bot_removed, BotRemoved())
    router.message.register(person_removed, Has("left_chat_member"))
    return router


def _inside(member: types.ChatMemberUnion) -> bool:
    if isinstance(member, types.ChatMemberRestricted):
        return member.is_member
    return not isinstance(member, types.ChatMemberLeft | types.ChatMemberBanned)


def _missing(member: types.ChatMemberUnion) -> tuple[str, ...]:
    """Rights wanted and absent; "admin" stands for all of them, outside nothing is missed."""
    if isinstance(member, types.ChatMemberAdministrator):
        missing = tuple(right for right in _WANTED if not getattr(member, right))
        return (*missing, _FOR_TOPICS) if member.can_manage_topics is False else missing
    if isinstance(member, types.ChatMemberRestricted) and not member.can_send_messages:
        return ("admin", CANNOT_WRITE) if member.is_member else ()
    return ("admin",) if _inside(member) and member.status not in _ADMINS else ()
