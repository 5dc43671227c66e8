"""Calls to Telegram through a proxy, as on the many hosts that reach it in no other way."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.refusals import Delivered, Unreachable
from bot.telegram import Call, Telegram

_HELLO = Call("sendMessage", {"chat_id": 7, "text": "Здравствуйте"})
_BODY = b'{"ok":true,"result":{"message_id":5}}'

Greeting = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[str]]


async def _http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """RFC 9110, 9.3.6: returns "host:port as user:password"."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    credentials = next(
        line.split()[-1] for line in head.splitlines() if line.lower().startswith("proxy-auth")
    )
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return f"{head.split()[1]} as {base64.b64decode(credentials).decode()}"


async def _socks5(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """RFC 1928 and 1929: returns "host:port as user:password"."""
    methods = (await reader.readexactly(2))[1]
    await reader.readexactly(methods)
    writer.write(b"\x05\x02")
    user = await reader.readexactly((await reader.readexactly(2))[1])
    password = await reader.readexactly((await reader.readexactly(1))[0])
    writer.write(b"\x01\x00")
    host = await reader.readexactly((await reader.readexactly(5))[4])
    port = int.from_bytes(await reader.readexactly(2), "big")
    writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
    return f"{host.decode()}:{port} as {user.decode()}:{password.decode()}"


@asynccontextmanager
async def _proxy(greeting: Greeting) -> AsyncIterator[tuple[int, list[str]]]:
    """A proxy that plays Telegram itself: its port, and where it was asked to connect to."""
    wanted: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wanted.append(await greeting(reader, writer))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], wanted


@pytest.mark.parametrize(("scheme", "greeting"), [("http", _http), ("socks5", _socks5)])
async def test_a_call_goes_through_the_proxy_which_looks_up_the_name(
    scheme: str, greeting: Greeting
) -> None:
    async with _proxy(greeting) as (port, wanted):
        proxy = f"{scheme}://lev:secret@127.0.0.1:{port}"
        telegram = Telegram("1:t", api_url="http://telegram.invalid:8081", proxy=proxy)

        answer = await telegram.call(_HELLO)

        await telegram.close()
    assert answer == Delivered({"message_id": 5})
    assert wanted == ["telegram.invalid:8081 as lev:secret"]


async def test_a_proxy_that_refuses_sent_nothing() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        telegram = Telegram("1:t", api_url="http://x.invalid", proxy=f"http://127.0.0.1:{port}")

        answer = await telegram.call(_HELLO)

        await telegram.close()
    assert answer == Unreachable("ProxyError", may_have_arrived=False)
