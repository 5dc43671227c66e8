"""A sandbox with a standing clock, a bot in it, a customer and the control hands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.clock import PushedClock
from bot.sandbox import Control, Sandbox
from bot.sandbox.views import PersonView

TOKEN = "700001:AAH-sandbox_token_for_tests_0001"


@dataclass
class Api:
    """Calls the Bot API as any HTTP client does."""

    url: str
    session: aiohttp.ClientSession
    token: str = TOKEN

    async def call(self, method: str, /, **params: Any) -> dict[str, Any]:
        address = f"{self.url}/bot{self.token}/{method}"
        async with self.session.post(address, json=params) as answer:
            body: dict[str, Any] = await answer.json()
        assert answer.status == body.get("error_code", 200)
        return body

    async def ok(self, method: str, /, **params: Any) -> Any:
        body = await self.call(method, **params)
        assert body["ok"] is True, body
        return body["result"]

    async def refusal(self, method: str, /, **params: Any) -> str:
        body = await self.call(method, **params)
        assert body["ok"] is False, body
        description: str = body["description"]
        return description

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What waits, confirmed at once."""
        found: list[dict[str, Any]] = await self.ok("getUpdates", **params)
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock(datetime(2026, 5, 12, 9, 0, tzinfo=UTC))


@pytest.fixture
async def sandbox(clock: PushedClock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[Control]:
    async with Control(sandbox.url) as control:
        await control.add_bot(TOKEN, name="Забота", username="zabota_bot")
        yield control


@pytest.fixture
async def api(sandbox: Sandbox, control: Control) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(sandbox.url, session)


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox, control: Control) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(sandbox.url)
    bot = Bot(TOKEN, session=AiohttpSession(api=server))
    yield bot
    await bot.session.close()


@pytest.fixture
async def dana(control: Control, api: Api) -> PersonView:
    """A customer who has opened the chat; her /start is confirmed already."""
    person = await control.add_person("Дана", last_name="Ким", username="dana_kim")
    await control.start(person.id)
    await api.updates()
    return person


@pytest.fixture
async def lev(control: Control) -> PersonView:
    """An owner of groups who has not opened the chat with the bot."""
    return await control.add_person("Лев")


@pytest.fixture
async def group(control: Control, api: Api, lev: PersonView, dana: PersonView) -> int:
    """A supergroup of Лев with Дана in it and the bot as a plain member; nothing waits."""
    group = await control.add_group("Салон на Пушкина", lev.id, members=[dana.id])
    await control.set_bot(group, "member")
    await api.updates()
    return group
