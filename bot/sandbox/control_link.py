"""Asking the control interface over HTTP. What can be asked: hands, eyes, levers."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import aiohttp

from bot.sandbox.shapes import Json, JsonObject


class ControlError(Exception):
    """The sandbox says that this cannot be done, and why."""


class Link:
    """One HTTP session with the control interface at `url`."""

    def __init__(self, url: str, bot: int | None = None) -> None:
        self.url = url.rstrip("/")
        self._bot = bot
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, method: str, path: str, body: JsonObject | None = None) -> Json:
        """One request as it is: `await control.ask("GET", "counters")`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))
        sent = None
        if body is not None:
            sent = {name: value for name, value in body.items() if value is not None}
            if self._bot is not None:
                sent.setdefault("bot", self._bot)
        address = f"{self.url}/control/{path}"
        if self._bot is not None and sent is None:
            address += f"{'&' if '?' in path else '?'}bot={self._bot}"
        async with self._session.request(method, address, json=sent) as answer:
            if answer.content_type == "application/octet-stream":
                return await answer.read()
            told = await answer.json()
        if answer.status != 200:
            raise ControlError(told["error"])
        return told
