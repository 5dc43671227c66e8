"""Routing: what cannot be read or handled goes to the caller, and nobody calls Telegram."""

import logging
from typing import Any

import pytest
from aiogram import Bot, Router, types
from hypothesis import given
from hypothesis import strategies as st

from bot.route import NobodyHandled, Route, UnreadableUpdate
from flows.events import CustomerStarted, Sender
from handlers.routers import build_routers

ME = {"id": 42, "is_bot": True, "first_name": "Лана", "username": "lana_bot"}
USER = {"id": 7, "is_bot": False, "first_name": "Анна"}
MESSAGE = {
    "message_id": 5,
    "date": 1,
    "chat": {"id": 7, "type": "private"},
    "from": USER,
    "text": "/start@lana_bot",
}


@pytest.fixture
def route() -> Route:
    return Route(ME)


async def test_a_command_by_name_is_read_without_asking_who_the_bot_is(route: Route) -> None:
    event = await route.event_of({"update_id": 1, "message": MESSAGE})

    assert event == CustomerStarted(sender=Sender(tg_id=7, name="Анна"), message_id=5)


@pytest.mark.parametrize(
    ("update", "sentence"),
    [
        (
            {"update_id": 1, "message": {"message_id": "пять", "text": "секрет"}},
            "unreadable update: message.message_id: int_parsing; message.date: missing;"
            " message.chat: missing",
        ),
        ({"update_id": "секрет"}, "unreadable update: update_id: int_parsing"),
        ({"update_id": 1, "message": "секрет"}, "unreadable update: message: model_type"),
        ({}, "unreadable update: update_id: missing"),
    ],
)
async def test_an_unreadable_update_is_named_without_its_contents(
    route: Route, update: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UnreadableUpdate) as raised:
        await route.event_of(update)

    assert str(raised.value) == sentence
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("update", "sentence"),
    [
        ({"update_id": 1, "telepathy": {"text": "секрет"}}, "update of an unknown type: telepathy"),
        ({"update_id": 1}, "update of an unknown type: empty"),
    ],
)
async def test_an_update_of_an_unknown_type_is_not_silently_done(
    route: Route, update: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NobodyHandled) as raised:
        await route.event_of(update)

    assert str(raised.value) == sentence


async def test_an_update_that_no_handler_takes_is_not_silently_done() -> None:
    route = Route(ME, routers=[Router()])

    with pytest.raises(NobodyHandled) as raised:
        await route.event_of({"update_id": 1, "message": MESSAGE})

    assert str(raised.value) == "no handler took an update of type message"


async def test_what_a_handler_raises_reaches_the_caller() -> None:
    async def broken(_: types.Message) -> None:
        raise ZeroDivisionError

    route = Route(ME, routers=[_router(broken)])

    with pytest.raises(ZeroDivisionError):
        await route.event_of({"update_id": 1, "message": MESSAGE})


async def test_a_handler_cannot_call_telegram() -> None:
    async def talkative(message: types.Message) -> None:
        await message.answer("Здравствуйте!")

    route = Route(ME, routers=[_router(talkative)])

    with pytest.raises(RuntimeError) as raised:
        await route.event_of({"update_id": 1, "message": MESSAGE})

    assert str(raised.value) == "Telegram was called while an update was being read"


async def test_a_handler_cannot_fetch_a_file() -> None:
    async def curious(_: types.Message, bot: Bot) -> None:
        await bot.download_file("photos/1.jpg")

    route = Route(ME, routers=[_router(curious)])

    with pytest.raises(RuntimeError) as raised:
        await route.event_of({"update_id": 1, "message": MESSAGE})

    assert str(raised.value) == "a file was asked for while an update was being read"


async def test_texts_stay_out_of_the_logs(route: Route, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    await route.event_of({"update_id": 1, "message": {**MESSAGE, "text": "секрет"}})

    logged = [record.getMessage() for record in caplog.records]
    assert [line for line in logged if "секрет" in line] == []


def test_two_routes_live_side_by_side() -> None:
    names = [[router.name for router in build_routers()] for _ in range(2)]

    Route(ME)
    Route(ME)

    assert names[0] == names[1]


def test_nobody_handles_errors_of_others() -> None:
    assert {len(router.errors.handlers) for router in build_routers()} == {0}


CHAT = {"id": -1_002_000_000_001, "type": "supergroup"}


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"update_id": 1, "message": MESSAGE}, 7),
        ({"update_id": 1, "edited_message": {"chat": CHAT}}, -1_002_000_000_001),
        ({"update_id": 1, "channel_post": {"chat": CHAT}}, -1_002_000_000_001),
        ({"update_id": 1, "my_chat_member": {"chat": CHAT}}, -1_002_000_000_001),
        ({"update_id": 1, "message_reaction": {"chat": CHAT}}, -1_002_000_000_001),
        ({"update_id": 1, "callback_query": {"from": USER, "message": {"chat": CHAT}}},
         -1_002_000_000_001),
        ({"update_id": 1, "callback_query": {"from": USER, "inline_message_id": "x"}}, 0),
        ({"update_id": 1, "inline_query": {"from": USER}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": 2**63 - 1}}}, 2**63 - 1),
        ({"update_id": 1, "message": {"chat": {"id": 2**63}}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": "7"}}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": True}}}, 0),
        ({"update_id": 1, "message": {"chat": [7]}}, 0),
        ({"update_id": 1, "message": None}, 0),
        ({"update_id": 1}, 0),
        ({}, 0),
        ([], 0),
        (None, 0),
    ],
)  # fmt: skip
def test_the_chat_of_a_raw_update(update: object, chat_id: int) -> None:
    assert Route.chat_of(update) == chat_id


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["message", "chat", "id", "x"]), inner, max_size=4)
    ),
)


@given(update=GARBAGE)
def test_no_garbage_makes_the_chat_of_an_update_raise(update: object) -> None:
    assert isinstance(Route.chat_of(update), int)


def _router(handler: Any) -> Router:
    router = Router()
    router.message.register(handler)
    return router
