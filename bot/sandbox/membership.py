"""Coming, going, being promoted or thrown out: members, service messages and updates about it."""

from __future__ import annotations

from bot.sandbox.announcing import announce, tell
from bot.sandbox.chats import Group
from bot.sandbox.members import Member
from bot.sandbox.shapes import JsonObject
from bot.sandbox.world import World
from bot.sandbox.writing import service


def set_member(world: World, group: Group, account: int, member: Member, *, by: int) -> None:
    """Change somebody's place in a group as `by` does it, with all that bots are told."""
    before = group.member(account)
    if before == member:
        return
    tell_all = _tell_bot if account in world.bots else _tell_administrators
    if before.present and not member.present:
        # Who goes still hears of it.
        tell_all(world, group, account, before, member, by)
        left = service(world, group, by, {"left_chat_member": world.user_of(account)})
        announce(world, group, left)
        group.members[account] = member
        return
    group.members[account] = member
    tell_all(world, group, account, before, member, by)
    if member.present and not before.present:
        joined = service(world, group, by, {"new_chat_members": [world.user_of(account)]})
        announce(world, group, joined)


def changed(
    world: World, chat: JsonObject, account: int, before: Member, after: Member, by: int
) -> JsonObject:
    """A `ChatMemberUpdated` object."""
    user = world.user_of(account)
    return {
        "chat": chat,
        "from": world.user_of(by),
        "date": world.moment(),
        "old_chat_member": before.shown(user),
        "new_chat_member": after.shown(user),
    }


def _tell_bot(
    world: World, group: Group, account: int, before: Member, after: Member, by: int
) -> None:
    update = changed(world, group.shown(), account, before, after, by)
    tell(world, world.bots[account], "my_chat_member", update)


def _tell_administrators(
    world: World, group: Group, account: int, before: Member, after: Member, by: int
) -> None:
    """chat_member comes only to bots that are administrators and asked for it."""
    update = changed(world, group.shown(), account, before, after, by)
    for bot in world.bots.values():
        if group.member(bot.id).administers:
            tell(world, bot, "chat_member", update)


def migrate(world: World, group: Group, by: int) -> Group:
    """Turn a basic group into a supergroup: another id, an empty history, the same people."""
    supergroup = world.add_group(group.title, supergroup=True)
    supergroup.members = dict(group.members)
    supergroup.migrated_from = group.id
    announce(world, group, service(world, group, by, {"migrate_to_chat_id": supergroup.id}))
    group.migrated_to = supergroup.id
    announce(
        world,
        supergroup,
        service(world, supergroup, by, {"migrate_from_chat_id": group.id}),
    )
    group.changed()
    return supergroup
