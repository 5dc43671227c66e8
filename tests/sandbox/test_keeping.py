"""A world that was written and read again is the same to the bot and to people."""

import json

from bot.clock import PushedClock
from bot.sandbox import keeping
from bot.sandbox.acts import DEEDS
from bot.sandbox.acts.act import Act
from bot.sandbox.bots import BotAccount
from bot.sandbox.members import Member
from bot.sandbox.reading import chat_shown
from bot.sandbox.world import World

TOKEN = "42:AAExampleTokenOfTheSandboxOnly"


def _played() -> tuple[World, BotAccount]:
    world = World(PushedClock())
    bot = world.bot_with(TOKEN)
    anna = world.add_person("Анна", username="anna", language_code="en")
    group = world.add_group("Смена", supergroup=True, forum=True)
    group.members[anna.id] = Member("administrator", {"can_delete_messages": False})
    group.members[bot.id] = Member("administrator")
    for deed, body in (
        ("start", {}),
        ("send", {"text": "Ждала сорок минут"}),
        ("send", {"medium": {"kind": "voice", "duration": 3}}),
        ("send", {"text": "Всем привет", "chat": group.id}),
    ):
        DEEDS[deed](Act(world, bot, anna, dict(body)))
    first = next(iter(bot.private[anna.id].messages))
    DEEDS["react"](Act(world, bot, anna, {"message_id": first, "emoji": "🙏"}))
    bot.blocked.add(anna.id)
    return world, bot


def _through_json(world: World, bot: BotAccount) -> tuple[World, BotAccount]:
    kept = json.loads(json.dumps(keeping.written(world, bot)))
    again = World(world.clock, first_message=keeping.next_message(kept))
    known = again.bot_with(TOKEN)
    keeping.read(again, known, kept)
    return again, known


def test_chats_people_groups_and_files_are_what_they_were() -> None:
    world, bot = _played()

    again, known = _through_json(world, bot)

    assert again.people == world.people
    for chat, same in zip(
        (*world.groups.values(), *bot.private.values()),
        (*again.groups.values(), *known.private.values()),
        strict=True,
    ):
        before, after = chat_shown(world, chat), chat_shown(again, same)
        before.pop("change"), after.pop("change")
        assert after == before
    assert [f.content for f in again.files.every()] == [f.content for f in world.files.every()]
    assert (known.started, known.blocked, known.met) == (bot.started, bot.blocked, bot.met)
    assert keeping.written(again, known) == keeping.written(world, bot)


def test_updates_that_waited_still_wait_and_numbers_go_on() -> None:
    world, bot = _played()

    _, known = _through_json(world, bot)

    assert known.queue.waiting() == bot.queue.waiting()
    assert known.queue.next_id == bot.queue.next_id


def test_nobody_and_nothing_new_gets_a_number_that_was_given() -> None:
    world, bot = _played()
    anna = next(iter(world.people.values()))

    again, known = _through_json(world, bot)
    boris = again.add_person("Борис")
    group = again.add_group("Другая", supergroup=True)
    DEEDS["unblock"](Act(again, known, again.people[anna.id], {}))
    DEEDS["send"](Act(again, known, again.people[anna.id], {"text": "Ещё одно"}))

    assert boris.id != anna.id
    assert group.id not in world.groups
    numbers = list(known.private[anna.id].messages)
    assert len(numbers) == len(set(numbers)) == len(bot.private[anna.id].messages) + 1
