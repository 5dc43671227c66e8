"""The business before the curtain: its people, the group with the bot in it, everybody with a role.

Everything is done as people do it in Telegram: by links and buttons, never behind the bot's back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from bot.page.cast import Actor
from bot.page.stage import Stage
from bot.sandbox.acts import DEEDS
from bot.sandbox.acts.act import Act
from bot.sandbox.chats import Chat, Group
from bot.sandbox.members import Member
from bot.sandbox.messages import StoredMessage
from bot.sandbox.people import Person
from bot.sandbox.shapes import Json, JsonObject
from bot.socket import NobodyThere, SocketProblem, ask

_PATIENCE_S: Final = 60.0
_LOOK_S: Final = 0.05


def make_people(stage: Stage) -> None:
    """Everybody has an account, and the owner a group; the bot need not run for that."""
    cast, world = stage.cast, stage.world
    owner = world.add_person(cast.owner)
    stage.staff = [owner.id]
    for actor in cast.staff:
        stage.staff.append(add(stage, actor).id)
    for actor in cast.customers:
        stage.customers.append(add(stage, actor).id)
    title = cast.group.format(brand=stage.content.business.brand)
    group = world.add_group(title, supergroup=True)
    group.members[owner.id] = Member("creator")
    stage.group = group.id
    stage.changed()


def add(stage: Stage, actor: Actor) -> Person:
    """Somebody new, with a telephone that the sandbox makes up."""
    return stage.world.add_person(actor.name, language_code=actor.language)


def add_guest(stage: Stage, name: str, language: str) -> Person:
    """Somebody new on the guests' side, with a chat of their own."""
    person = add(stage, Actor(name, language))
    stage.customers.append(person.id)
    stage.world.private_chat(stage.bot, person)
    stage.changed()
    return person


def add_group(stage: Stage) -> Group:
    """One more group of the staff, everybody in it."""
    owner, *others = stage.staff
    brand, number = stage.content.business.brand, len(stage.world.groups) + 1
    group = stage.world.add_group(f"{brand}: {number}", supergroup=True)
    group.members[owner] = Member("creator")
    group.members |= {person: Member("member") for person in others}
    group.changed()
    stage.changed()
    return group


async def set_up(stage: Stage) -> None:
    """The owner binds the group, the staff joins and is given its roles; then the play may begin."""
    links = await _links(stage)
    owner, *others = stage.staff
    name = links["bot_username"]
    tokens = links["tokens"]
    do(stage, owner, "start", payload=f"own_{tokens['owner']}")
    await _until(stage, lambda: bool(_from_bot(stage, owner)))
    link = f"https://t.me/{name}?startgroup=g_{tokens['group']}&admin=delete_messages+manage_topics"
    do(stage, owner, "open_link", link=link, chat=stage.group)
    group = stage.world.groups[stage.group]
    await _until(stage, lambda: any(m.author == stage.bot.id for m in group.messages.values()))
    roles = stage.content.catalogue.roles
    for person, actor in zip(others, stage.cast.staff, strict=True):
        do(stage, person, "join", chat=stage.group)
        do(stage, person, "start", payload=f"join_{tokens['join']}")
        role = roles[min(actor.role or 0, len(roles) - 1)].id
        await _approved(stage, owner, person, role)
        if actor.signs:
            do(stage, person, "send", text=actor.signs)
    stage.ready = True
    stage.changed()


async def _approved(stage: Stage, owner: int, person: int, role: str) -> None:
    """The owner taps the role on the newest request; then the person is told."""
    chat = stage.world.private_chat(stage.bot, stage.world.people[owner])
    told = len(_from_bot(stage, person))
    await _until(stage, lambda: _request(chat, role) is not None)
    found = _request(chat, role)
    assert found is not None  # noqa: S101 - it was waited for
    message, data = found
    do(stage, owner, "tap", message_id=message.id, data=data)
    await _until(stage, lambda: len(_from_bot(stage, person)) > told and not _request(chat, role))


def _request(chat: Chat, role: str) -> tuple[StoredMessage, str] | None:
    """The newest message with a button that gives this role, and the button's data."""
    # As handlers/buttons.py packs a JoinPress; that module would bring aiogram into this process.
    prefix, ending = "j|", f"|{role}"
    for message in reversed(chat.messages.values()):
        for row in message.data.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                data = button.get("callback_data", "")
                if data.startswith(prefix) and data.endswith(ending):
                    return message, data
    return None


def _from_bot(stage: Stage, person: int) -> list[StoredMessage]:
    chat = stage.world.private_chat(stage.bot, stage.world.people[person])
    return [m for m in chat.messages.values() if m.author == stage.bot.id]


def do(stage: Stage, person: int, deed: str, **body: Json) -> JsonObject:
    """Let a person do something; raises Impossible."""
    return DEEDS[deed](Act(stage.world, stage.bot, stage.world.people[person], body))


async def _links(stage: Stage) -> JsonObject:
    """The secrets of the standing links, as soon as the bot is there."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            try:
                return await ask(stage.socket, "links")
            except (NobodyThere, SocketProblem):
                await asyncio.sleep(_LOOK_S)


async def _until(stage: Stage, true: Callable[[], bool]) -> None:
    if not await stage.world.changed.until(true, _PATIENCE_S):
        raise TimeoutError("the bot did not answer while the business was set up")
