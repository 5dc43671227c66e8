"""Control: bots and persons, and everything that persons do."""

from __future__ import annotations

from bot.sandbox.acts import DEEDS
from bot.sandbox.acts.act import Act
from bot.sandbox.bots import TOKEN, BotAccount
from bot.sandbox.people import Person
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import JsonObject

_ABOUT = ("last_name", "username", "language_code", "phone_number")


def add_bot(asked: Asked) -> JsonObject:
    """`{token, name?, username?, can_read_all_group_messages?}`; an old token is changed."""
    token = asked.body["token"]
    if not TOKEN.fullmatch(token):
        raise ValueError("a token looks like 123456:ABC-DEF1234ghIkl-zyx57W2v")
    bot = asked.world.bot_with(token)
    bot.name = asked.body.get("name") or bot.name
    bot.username = asked.body.get("username") or bot.username
    if "can_read_all_group_messages" in asked.body:
        bot.can_read_all_group_messages = bool(asked.body["can_read_all_group_messages"])
    if "unauthorized" in asked.body:
        bot.unauthorized = bool(asked.body["unauthorized"])
    return _bot(bot)


def list_bots(asked: Asked) -> JsonObject:
    return {"bots": [_bot(bot) for bot in asked.world.bots.values()]}


def _bot(bot: BotAccount) -> JsonObject:
    return {
        **bot.user(),
        "can_read_all_group_messages": bot.can_read_all_group_messages,
        "commands": [
            {"scope": scope, "language": language, "commands": commands}
            for (scope, language), commands in bot.commands.items()
        ],
        "menu_buttons": {str(chat): button for chat, button in bot.menu_buttons.items()},
        "webhook": bot.webhook,
    }


def add_person(asked: Asked) -> JsonObject:
    """`{first_name, last_name?, username?, language_code?, phone_number?, id?}`."""
    about = {name: asked.body[name] for name in _ABOUT if asked.body.get(name)}
    person = asked.world.add_person(asked.body["first_name"], asked.body.get("id"), **about)
    return _person(person)


def list_people(asked: Asked) -> JsonObject:
    return {"people": [_person(person) for person in asked.world.people.values()]}


def _person(person: Person) -> JsonObject:
    return {**person.user(), "phone_number": person.phone_number}


def act(asked: Asked) -> JsonObject:
    """`POST people` adds; `POST people/{id}/{deed}` lets that person do something."""
    if not asked.path:
        return add_person(asked)
    person = asked.world.people[int(asked.path[0])]
    return DEEDS[asked.path[1]](Act(asked.world, asked.bot(), person, asked.body))


ROUTES: dict[tuple[str, str], Route] = {
    ("POST", "bots"): add_bot,
    ("GET", "bots"): list_bots,
    ("POST", "people"): act,
    ("GET", "people"): list_people,
}
