"""Asks Telegram what a set-up has to know: does it answer, whose token is it, does a webhook stand in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from bot.refusals import Delivered, Unauthorized, Unreachable, Wait
from bot.telegram import Call, Telegram, TelegramRefusedError

T = TypeVar("T")

_PATIENCE_S: Final = 15.0
_AGAIN_S: Final = 1.0
_TRIES: Final = 2  # one lost packet is no reason to ask for a proxy


class TokenRefused(Exception):
    """Telegram answers, and does not know the token."""


class NoTelegram(Exception):
    """Telegram does not answer by this way; `str()` is the kind of trouble, without secrets."""


@dataclass(frozen=True, slots=True)
class Way:
    """How Telegram is reached: a server other than its own, a proxy; "" is none."""

    api_url: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What Telegram says of the bot: its `User`, and who gets its updates instead of a poll ("" for nobody)."""

    me: dict[str, Any]
    webhook: str

    @property
    def name(self) -> str:
        """The bot's name, as it is written in Telegram."""
        return f"@{self.me.get('username', '')}"


def ask_who(token: str, way: Way) -> Known:
    """Whose token it is; raises TokenRefused and NoTelegram."""

    async def asked(telegram: Telegram) -> Known:
        me = await telegram.me()
        info = await telegram.call(Call("getWebhookInfo", {}))
        told = info.result if isinstance(info, Delivered) else None
        return Known(me, str(told.get("url", "")) if isinstance(told, dict) else "")

    return asyncio.run(_over(token, way, asked))


def drop_webhook(token: str, way: Way) -> bool:
    """Let polling have the updates; what waits in Telegram stays."""

    async def asked(telegram: Telegram) -> bool:
        return isinstance(await telegram.call(Call("deleteWebhook", {})), Delivered)

    return asyncio.run(_over(token, way, asked))


async def _over(token: str, way: Way, asked: Callable[[Telegram], Awaitable[T]]) -> T:
    telegram = Telegram(
        token, api_url=way.api_url or None, proxy=way.proxy or None, timeout_s=_PATIENCE_S
    )
    try:
        for _ in range(_TRIES - 1):
            try:
                return await asked(telegram)
            except TelegramRefusedError as error:
                if not isinstance(error.answer, Unreachable | Wait):
                    raise
            await asyncio.sleep(_AGAIN_S)
        return await asked(telegram)
    except TelegramRefusedError as error:
        if isinstance(error.answer, Unauthorized):
            raise TokenRefused from None
        raise NoTelegram(type(error.answer).__name__) from None
    except ValueError:
        raise NoTelegram("bad address") from None  # a proxy that the client cannot read
    finally:
        await telegram.close()
