"""A person opens links, joins and leaves, blocks and unblocks the bot."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.acts.act import Act, Deed, Impossible
from bot.sandbox.acts.saying import send
from bot.sandbox.announcing import tell
from bot.sandbox.chats import Group
from bot.sandbox.members import ADMIN_RIGHTS, Member
from bot.sandbox.membership import changed, set_member
from bot.sandbox.shapes import JsonObject

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}", re.ASCII)


def open_link(act: Act) -> JsonObject:
    """Open a t.me link of the bot: `?start=` in private, `?startgroup=` with `chat` chosen."""
    parts = urlsplit(act.body["link"])
    name = parts.path.strip("/")
    if parts.hostname not in ("t.me", "telegram.me") or name.lower() != act.bot.username.lower():
        raise Impossible(f"{act.body['link']} is no link of @{act.bot.username}")
    query = {
        key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()
    }
    for payload in (query.get("start", ""), query.get("startgroup", "")):
        if not _PAYLOAD.fullmatch(payload):
            raise Impossible("a payload is 1-64 of A-Z, a-z, 0-9, _ and -")
    if "startgroup" in query:
        return _added(act, query["startgroup"], query.get("admin"))
    return start(Act(act.world, act.bot, act.person, {"payload": query.get("start", "")}))


def start(act: Act) -> JsonObject:
    """Press Start, with the `payload` of a deep link or without; a blocked bot is unblocked."""
    if act.person.id in act.bot.blocked:
        unblock(act)
    payload = act.get("payload") or ""
    body = {"text": f"/start {payload}".strip()}
    return send(Act(act.world, act.bot, act.person, body))


def _added(act: Act, payload: str, rights: str | None) -> JsonObject:
    """The bot comes into a group, then the person says `/start@bot payload` there."""
    group = act.chat()
    if not isinstance(group, Group):
        raise Impossible("startgroup needs the group that the person chooses")
    if not group.member(act.person.id).may("can_invite_users"):
        raise Impossible(f"{act.person.title()} may not add bots to {group.title}")
    if rights is None:
        member = Member("member")
        if group.member(act.bot.id).present:
            member = group.member(act.bot.id)
    else:
        asked = {
            f"can_{right.removeprefix('can_')}" for right in rights.replace(" ", "+").split("+")
        }
        asked.add("can_manage_chat")
        member = Member("administrator", {right: right in asked for right in ADMIN_RIGHTS})
    set_member(act.world, group, act.bot.id, member, by=act.person.id)
    if not payload:
        return {"messages": []}
    text = f"/start@{act.bot.username} {payload}"
    return send(Act(act.world, act.bot, act.person, {"chat": group.id, "text": text}))


def block(act: Act) -> JsonObject:
    """Stop the bot: it hears of it once and may write no more."""
    if act.person.id not in act.bot.blocked:
        act.bot.blocked.add(act.person.id)
        _tell_blocked(act, Member("member"), Member("kicked"))
    return {}


def unblock(act: Act) -> JsonObject:
    if act.person.id in act.bot.blocked:
        act.bot.blocked.remove(act.person.id)
        _tell_blocked(act, Member("kicked"), Member("member"))
    return {}


def _tell_blocked(act: Act, before: Member, after: Member) -> None:
    chat = act.world.private_chat(act.bot, act.person)
    update = changed(act.world, chat.shown(), act.bot.id, before, after, act.person.id)
    tell(act.world, act.bot, "my_chat_member", update)
    chat.changed()


def join(act: Act) -> JsonObject:
    """Come into a group, added by `by` or by oneself."""
    _move(act, Member("member"))
    return {}


def leave(act: Act) -> JsonObject:
    _move(act, Member("left"))
    return {}


def _move(act: Act, member: Member) -> None:
    group = act.chat()
    if not isinstance(group, Group):
        raise Impossible("a private chat is neither joined nor left")
    by = act.get("by") or act.person.id
    set_member(act.world, group, act.person.id, member, by=by)


def deactivate(act: Act) -> JsonObject:
    """Delete the account: nobody is told, writing there is refused from now on."""
    act.person.deactivated = True
    return {}


DEEDS: dict[str, Deed] = {
    "open_link": open_link,
    "start": start,
    "block": block,
    "unblock": unblock,
    "join": join,
    "leave": leave,
    "deactivate": deactivate,
}
