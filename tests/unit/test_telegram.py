"""Calls to Telegram over real HTTP, against a server of a few lines inside the test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.refusals import Blocked, Conflicted, Delivered, Unauthorized, Unreachable, Wait
from bot.telegram import Call, Telegram, TelegramRefusedError, Upload

_TOKEN = "123456:very-secret"
_HELLO = Call("sendMessage", {"chat_id": 7, "text": "Здравствуйте"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers every request as the test says and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.url = ""
        self.answer: Handler = self.fine

    def says(self, status: int, body: str) -> None:
        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status, text=body, content_type="application/json")

        self.answer = answer

    async def fine(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"message_id": 5}})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "application/json":
            self.asked.append((request.path, await request.json()))
        elif request.content_type == "multipart/form-data":
            form = await request.post()
            parts = {
                name: (part.filename, part.file.read()) if isinstance(part, web.FileField) else part
                for name, part in form.items()
            }
            self.asked.append((request.path, parts))
        else:
            self.asked.append((request.path, None))
        return await self.answer(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[Telegram]:
    telegram = Telegram(_TOKEN, api_url=server.url, proxy=None)
    yield telegram
    await telegram.close()


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


async def test_a_call_goes_out_as_plain_json(server: Server, telegram: Telegram) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}

    answer = await telegram.call(
        Call("sendMessage", {"chat_id": 7, "text": "Да?", "reply_markup": keyboard, "x": None})
    )

    assert answer == Delivered({"message_id": 5})
    assert server.asked == [
        (
            f"/bot{_TOKEN}/sendMessage",
            {"chat_id": 7, "text": "Да?", "reply_markup": keyboard},
        )
    ]


async def test_files_go_out_as_parts_under_their_names(server: Server, telegram: Telegram) -> None:
    call = Call(
        "sendPhoto",
        {"chat_id": 7, "photo": "attach://qr", "protect_content": True, "reply_markup": {"a": [1]}},
        files={"qr": Upload(b"\x89PNG", "код.png")},
    )

    answer = await telegram.call(call)

    assert answer == Delivered({"message_id": 5})
    assert server.asked == [
        (
            f"/bot{_TOKEN}/sendPhoto",
            {
                "chat_id": "7",
                "photo": "attach://qr",
                "protect_content": "true",
                "reply_markup": '{"a":[1]}',
                "qr": ("код.png", b"\x89PNG"),
            },
        )
    ]


async def test_a_refusal_is_an_answer(server: Server, telegram: Telegram) -> None:
    server.says(
        403,
        '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    )

    assert await telegram.call(_HELLO) == Blocked("blocked")


async def test_a_wait_is_an_answer(server: Server, telegram: Telegram) -> None:
    server.says(
        429,
        '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3",'
        '"parameters":{"retry_after":3}}',
    )

    assert await telegram.call(_HELLO) == Wait(3.0)


async def test_an_answer_that_does_not_parse_counts_as_sent(
    server: Server, telegram: Telegram
) -> None:
    server.says(200, '{"ok":true,"result":{"mess')

    assert await telegram.call(_HELLO) == Delivered(None)


async def test_a_refused_connection_sent_nothing(closed_port: int) -> None:
    telegram = Telegram(_TOKEN, api_url=f"http://127.0.0.1:{closed_port}", proxy=None)

    answer = await telegram.call(_HELLO)

    assert answer == Unreachable("ClientConnectorError", may_have_arrived=False)
    await telegram.close()


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_away_sent_nothing(
    server: Server, closed_port: int, scheme: str
) -> None:
    proxy = f"{scheme}://127.0.0.1:{closed_port}"
    telegram = Telegram(_TOKEN, api_url=server.url, proxy=proxy)

    answer = await telegram.call(_HELLO)

    assert answer == Unreachable("ProxyConnectionError", may_have_arrived=False)
    assert server.asked == []
    await telegram.close()


async def test_a_connection_dropped_after_the_call_may_have_carried_it_out(
    server: Server, telegram: Telegram
) -> None:
    async def drop(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    server.answer = drop

    answer = await telegram.call(_HELLO)

    assert answer == Unreachable("ServerDisconnectedError", may_have_arrived=True)
    assert len(server.asked) == 1


async def test_an_answer_that_does_not_come_in_time_may_be_on_its_way(server: Server) -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    server.answer = never
    telegram = Telegram(_TOKEN, api_url=server.url, proxy=None, timeout_s=0.05)

    answer = await telegram.call(_HELLO)

    assert answer == Unreachable("TimeoutError", may_have_arrived=True)
    await telegram.close()


async def test_updates_come_raw(server: Server, telegram: Telegram) -> None:
    server.says(200, '{"ok":true,"result":[{"update_id":8,"of_tomorrow":{"x":1}}]}')

    updates = await telegram.fetch(8, limit=100, timeout_s=30, allowed=("message",))

    assert updates == [{"update_id": 8, "of_tomorrow": {"x": 1}}]
    assert server.asked == [
        (
            f"/bot{_TOKEN}/getUpdates",
            {"limit": 100, "timeout": 30, "allowed_updates": ["message"], "offset": 8},
        )
    ]


async def test_the_first_fetch_confirms_nothing(server: Server, telegram: Telegram) -> None:
    server.says(200, '{"ok":true,"result":[]}')

    await telegram.fetch(None, limit=100, timeout_s=0, allowed=())

    assert server.asked == [
        (f"/bot{_TOKEN}/getUpdates", {"limit": 100, "timeout": 0, "allowed_updates": []})
    ]


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (
            409,
            '{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates'
            ' request; make sure that only one bot instance is running"}',
            Conflicted("poller"),
        ),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', Unauthorized()),
        (200, '{"ok":true,"res', Unreachable("unreadable updates", may_have_arrived=False)),
    ],
)
async def test_a_fetch_that_brings_nothing_says_why(
    server: Server, telegram: Telegram, status: int, body: str, answer: object
) -> None:
    server.says(status, body)

    with pytest.raises(TelegramRefusedError) as refused:
        await telegram.fetch(None, limit=100, timeout_s=0, allowed=())

    assert refused.value.answer == answer


async def test_the_bot_learns_who_it_is(server: Server, telegram: Telegram) -> None:
    server.says(200, '{"ok":true,"result":{"id":1,"username":"zabota_bot"}}')

    assert await telegram.me() == {"id": 1, "username": "zabota_bot"}


async def test_a_file_is_downloaded(server: Server, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getFile"):
            return web.json_response({"ok": True, "result": {"file_path": "photos/1.jpg"}})
        return web.Response(body=b"\xff\xd8")

    server.answer = answer

    assert await telegram.download("abc") == b"\xff\xd8"
    assert [path for path, _ in server.asked] == [
        f"/bot{_TOKEN}/getFile",
        f"/file/bot{_TOKEN}/photos/1.jpg",
    ]


async def test_the_token_is_in_no_error(
    server: Server, telegram: Telegram, closed_port: int
) -> None:
    server.says(404, f'{{"ok":false,"error_code":404,"description":"no /bot{_TOKEN}/getMe here"}}')
    nowhere = Telegram(_TOKEN, api_url=f"http://127.0.0.1:{closed_port}", proxy=None)

    with pytest.raises(TelegramRefusedError) as refused:
        await telegram.me()
    with pytest.raises(TelegramRefusedError) as unreached:
        await nowhere.me()

    for error in (refused.value, unreached.value):
        assert (error.__cause__, error.__context__) == (None, None)
    told = repr([refused.value, unreached.value, telegram, await telegram.call(_HELLO)])
    assert told.count(_TOKEN) == 0
    await nowhere.close()
