"""The bot's own commands, names, descriptions and menu buttons."""

from __future__ import annotations

import json
import re

from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}", re.ASCII)
_LONGEST = {"name": 64, "description": 512, "short_description": 120}


def _key(request: Request) -> tuple[str, str]:
    scope = request.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), request.get("language_code") or ""


def set_my_commands(request: Request) -> bool:
    commands: list[JsonObject] = request.params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    request.bot.commands[_key(request)] = [
        {**command, "command": command["command"].removeprefix("/")} for command in commands
    ]
    return True


def get_my_commands(request: Request) -> list[JsonObject]:
    return request.bot.commands.get(_key(request), [])


def delete_my_commands(request: Request) -> bool:
    request.bot.commands.pop(_key(request), None)
    return True


def _setter(kind: str) -> Method:
    def set_text(request: Request) -> bool:
        text: str = request.get(kind) or ""
        if len(text) > _LONGEST[kind]:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
        request.bot.texts[kind, request.get("language_code") or ""] = text
        return True

    return set_text


def _getter(kind: str) -> Method:
    def get_text(request: Request) -> JsonObject:
        texts = request.bot.texts
        default = request.bot.name if kind == "name" else ""
        text = texts.get((kind, request.get("language_code") or "")) or texts.get((kind, ""))
        return {kind: text or default}

    return get_text


def set_chat_menu_button(request: Request) -> bool:
    button = request.get("menu_button") or {"type": "default"}
    request.bot.menu_buttons[request.get("chat_id") or 0] = button
    return True


def get_chat_menu_button(request: Request) -> JsonObject:
    buttons = request.bot.menu_buttons
    return buttons.get(request.get("chat_id") or 0) or buttons.get(0) or {"type": "commands"}


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
