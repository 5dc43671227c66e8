"""What Telegram says: whose the token is, a webhook in the way, the clock, the group and its rights."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.doctor.finding import Finding, bad, good, notice
from bot.refusals import Delivered, Expelled, Gone, Refused, Unauthorized
from bot.settings import Settings
from bot.staff_state import GroupState, StaffState
from bot.telegram import Call, Telegram, TelegramRefusedError
from handlers.membership import read_looked_at

_SKEW: Final = timedelta(seconds=30)
_PATIENCE_S: Final = 10.0


async def telegram(
    settings: Settings, staff: StaffState | None, clock: Clock
) -> AsyncIterator[Finding]:
    """Everything that only Telegram knows; nothing is changed there."""
    connection = Telegram(
        settings.bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        proxy=settings.proxy_url,
        timeout_s=_PATIENCE_S,
    )
    try:
        me = await connection.me()
    except TelegramRefusedError as error:
        refused = isinstance(error.answer, Unauthorized)
        why = type(error.answer).__name__
        yield bad("token.refused") if refused else _unreachable(settings, why)
    else:
        yield good("telegram.ok", bot_name=f"@{me.get('username', '')}")
        async for finding in _known(connection, int(me["id"]), staff, clock):
            yield finding
    finally:
        await connection.close()


def _unreachable(settings: Settings, why: str) -> Finding:
    return bad("proxy.silent" if settings.proxy_url else "telegram.silent", why=why)


async def _known(
    connection: Telegram, me: int, staff: StaffState | None, clock: Clock
) -> AsyncIterator[Finding]:
    info = await connection.call(Call("getWebhookInfo", {}))
    if isinstance(info, Delivered) and isinstance(info.result, dict) and info.result.get("url"):
        yield bad("webhook.set")
    told = await connection.date()
    if told is not None:
        skew = clock.now() - told
        seconds = round(skew.total_seconds())
        yield bad("clock.wrong", seconds=seconds) if abs(skew) > _SKEW else good("clock.ok")
    for group in staff.groups if staff is not None else ():
        yield await _group(connection, me, group)


async def _group(connection: Telegram, me: int, group: GroupState) -> Finding:
    params = {"chat_id": group.chat_id, "user_id": me}
    match await connection.call(Call("getChatMember", params)):
        case Delivered(dict() as result):
            seen = read_looked_at(group.chat_id, result, new=False)
            if not seen.inside:
                return bad("group.gone", group=group.title)
            if seen.missing:
                return bad("group.rights", group=group.title, missing=seen.missing)
            return good("group.ok", group=group.title)
        case Expelled() | Gone() | Refused():
            return bad("group.gone", group=group.title)
    return notice("group.unknown", group=group.title)
