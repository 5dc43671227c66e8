"""The schema's methods: known, unknown, not played; the bot's profile."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Control
from bot.sandbox.api_schema import schema
from bot.sandbox.methods import METHODS
from bot.sandbox.schema import method_check
from bot.sandbox.views import PersonView


def test_the_schema_is_bot_api_10_3() -> None:
    assert schema()["version"] == "10.3"
    assert len(schema()["methods"]) == 185


@pytest.mark.parametrize("method", sorted(schema()["methods"]))
def test_every_method_has_a_check_that_can_be_built(method: str) -> None:
    method_check(method)


def test_everything_played_is_in_the_schema() -> None:
    assert set(METHODS) - set(schema()["methods"]) == set()


async def test_an_unknown_method_is_not_found(api: Any) -> None:
    assert await api.call("sendLove") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


async def test_a_method_that_is_not_played_says_so_after_its_check(
    api: Any, dana: PersonView
) -> None:
    unchecked = await api.refusal("sendDice")
    unplayed = await api.refusal("sendDice", chat_id=dana.id)

    assert unchecked == "Bad Request: chat_id is empty"
    assert unplayed == "Bad Request: the sandbox does not play the method sendDice"


@pytest.mark.parametrize(
    ("method", "params", "sentence"),
    [
        ("getChatMember", {"chat_id": 5}, "invalid user_id specified"),
        ("deleteMessage", {"chat_id": 5}, "message identifier is not specified"),
        ("createForumTopic", {"chat_id": 5}, 'parameter "name" is required'),
        ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": 5}, 'parameter "commands" must be of type Array'),
    ],
)
async def test_missing_and_wrong_parameters_are_refused(
    api: Any, method: str, params: dict[str, Any], sentence: str
) -> None:
    assert await api.refusal(method, **params) == f"Bad Request: {sentence}"


async def test_commands_are_kept_by_scope_and_language(api: Any, control: Control) -> None:
    help_ = [{"command": "help", "description": "Помощь"}]
    private = {"type": "all_private_chats"}

    await api.ok("setMyCommands", commands=help_, scope=private, language_code="ru")

    assert await api.ok("getMyCommands", scope=private, language_code="ru") == help_
    assert await api.ok("getMyCommands") == []
    wrong = [{"command": "Help!", "description": "x"}]
    assert await api.refusal("setMyCommands", commands=wrong) == "Bad Request: BOT_COMMAND_INVALID"
    await api.ok("deleteMyCommands", scope=private, language_code="ru")
    assert await api.ok("getMyCommands", scope=private, language_code="ru") == []


async def test_names_and_descriptions_fall_back_to_the_default_language(api: Any) -> None:
    await api.ok("setMyDescription", description="Спрашивает после визита")
    await api.ok("setMyShortDescription", short_description="Care", language_code="en")

    assert await api.ok("getMyDescription", language_code="ru") == {
        "description": "Спрашивает после визита"
    }
    assert await api.ok("getMyShortDescription", language_code="en") == {
        "short_description": "Care"
    }
    assert await api.ok("getMyName") == {"name": "Забота"}


async def test_the_menu_button_is_set_for_all_or_for_one(api: Any, dana: PersonView) -> None:
    await api.ok("setChatMenuButton", chat_id=dana.id, menu_button={"type": "default"})

    assert await api.ok("getChatMenuButton", chat_id=dana.id) == {"type": "default"}
    assert await api.ok("getChatMenuButton") == {"type": "commands"}


async def test_a_bot_that_logged_out_is_unauthorized(api: Any) -> None:
    assert await api.ok("logOut") is True

    assert await api.refusal("getMe") == "Unauthorized"
