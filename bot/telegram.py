"""The only module that calls Telegram: raw calls as JSON over aiogram's HTTP session.

Answers are not parsed into aiogram's types: a call is stored as plain JSON, and so is what matters
of its answer. What an answer means is decided in `bot/refusals.py`. Nothing is retried, limited or
stored here. The token is in every URL, so no exception of the HTTP client leaves this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
)
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from yarl import URL

from bot.refusals import Answer, Delivered, Refused, Unreachable, read_answer

_CONNECT_S: Final = 10.0
_UPLOAD_S: Final = 100.0
_JSON: Final = {"Content-Type": "application/json"}
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode

_BEFORE_SENDING = (
    ClientConnectorError,  # refused, no such host, no TLS
    ConnectionTimeoutError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)
_NETWORK = (*_BEFORE_SENDING, ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way up: what is in it and what it is called."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API; without `files` it is plain JSON.

    A key of `files` is named in `params` as `attach://<key>`.
    """

    method: str
    params: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)


class TelegramRefusedError(Exception):
    """Telegram, or the way to it, said no to a question that needs a result; see `answer`."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class _Session(AiohttpSession):
    """aiogram's session; it waits for the ends of TLS connections only where there are any."""

    async def close(self) -> None:
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()


class Telegram:
    """One bot's connection. `api_url` is the server's root; `proxy` is http:// or socks5://.

    `timeout_s` is for a whole call; uploads and downloads have 100 s.
    """

    def __init__(
        self, token: str, *, api_url: str | None, proxy: str | None, timeout_s: float = 20
    ) -> None:
        self._token = token
        self._server = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
        self._session = _Session(api=self._server, proxy=proxy)
        self._timeout_s = timeout_s
        self._timeout = _timeout(timeout_s)
        self._urls: dict[str, URL] = {}

    async def call(self, call: Call) -> Answer:
        """Make one call; whatever Telegram or the network says is an answer, never an exception."""
        if call.files:
            return await self._post(call.method, call.params, _form(call), {}, _timeout(_UPLOAD_S))
        return await self._post_json(call.method, call.params, self._timeout)

    async def fetch(
        self, offset: int | None, *, limit: int, timeout_s: int, allowed: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Raw updates from `offset` on, waiting for them up to `timeout_s`.

        Raises TelegramRefusedError with the answer that was given instead.
        """
        params = {"limit": limit, "timeout": timeout_s, "allowed_updates": list(allowed)}
        if offset is not None:
            params["offset"] = offset
        answer = await self._post_json("getUpdates", params, _timeout(timeout_s + self._timeout_s))
        match answer:
            case Delivered(list() as updates):
                return updates
            case Delivered():
                raise TelegramRefusedError(
                    Unreachable("unreadable updates", may_have_arrived=False)
                )
            case _:
                raise TelegramRefusedError(answer)

    async def me(self) -> dict[str, Any]:
        """Who the bot is, as Telegram's `User`; raises TelegramRefusedError."""
        return await self._ask("getMe", {})

    async def date(self) -> datetime | None:
        """What time it is at the other end, to the second; None when it does not say."""
        try:
            session = await self._session.create_session()
            async with session.get(
                URL(self._server.base).origin(), timeout=self._timeout, allow_redirects=False
            ) as response:
                return parsedate_to_datetime(response.headers.get("Date", "")).astimezone(UTC)
        except (*_NETWORK, ValueError):
            return None

    async def download(self, file_id: str) -> bytes:
        """A file that somebody sent, 20 MB at most; raises TelegramRefusedError."""
        told = await self._ask("getFile", {"file_id": file_id})
        if not isinstance(path := told.get("file_path"), str):
            raise TelegramRefusedError(Refused(404, "Telegram gives no path for this file"))
        answer = await self._get(self._server.file_url(self._token, path))
        if isinstance(answer, bytes):
            return answer
        raise TelegramRefusedError(answer)

    async def close(self) -> None:
        await self._session.close()

    async def _ask(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        answer = await self._post_json(method, params, self._timeout)
        match answer:
            case Delivered(dict() as result):
                return result
            case Delivered():
                reason = f"unreadable answer to {method}"
                raise TelegramRefusedError(Unreachable(reason, may_have_arrived=False))
            case _:
                raise TelegramRefusedError(answer)

    async def _post_json(
        self, method: str, params: Mapping[str, Any], within: ClientTimeout
    ) -> Answer:
        body = _encode({name: value for name, value in params.items() if value is not None})
        return await self._post(method, params, body.encode(), _JSON, within)

    async def _post(
        self,
        method: str,
        params: Mapping[str, Any],
        body: bytes | FormData,
        headers: Mapping[str, str],
        within: ClientTimeout,
    ) -> Answer:
        try:
            session = await self._session.create_session()
            async with session.post(
                self._url(method),
                data=body,
                headers=headers,
                timeout=within,
                allow_redirects=False,
            ) as response:
                said = await response.read()
        except _NETWORK as error:
            return _unreachable(error)
        if response.status != 200:
            said = said.replace(self._token.encode(), b"<token>")
        return read_answer(response.status, said, params.get("chat_id"), response.headers)

    async def _get(self, url: str) -> bytes | Answer:
        try:
            session = await self._session.create_session()
            async with session.get(
                URL(url), timeout=_timeout(_UPLOAD_S), allow_redirects=False
            ) as response:
                content = await response.read()
        except _NETWORK as error:
            return _unreachable(error)
        return content if response.status == 200 else read_answer(response.status, content)

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._server.api_url(self._token, method))
        return url


def _timeout(seconds: float) -> ClientTimeout:
    return ClientTimeout(total=seconds, sock_connect=min(_CONNECT_S, seconds))


def _form(call: Call) -> FormData:
    form = FormData(quote_fields=False)
    for name, value in call.params.items():
        if value is not None:
            form.add_field(name, value if isinstance(value, str) else _encode(value))
    for key, upload in call.files.items():
        form.add_field(key, upload.content, filename=upload.name)
    return form


def _unreachable(error: BaseException) -> Unreachable:
    """Only the kind of the error: its text may hold the URL, and so the token."""
    return Unreachable(type(error).__name__, not isinstance(error, _BEFORE_SENDING))
