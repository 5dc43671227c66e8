"""The bot's name for links: remembered from its last start, or asked of Telegram."""

from __future__ import annotations

from dataclasses import replace

from bot.links import Links
from bot.settings import Settings, SettingsProblem, load_settings


async def require_name(links: Links) -> Links:
    """The links with the bot's name in them; raises SettingsProblem when it cannot be learnt."""
    if links.bot_username:
        return links
    return replace(links, bot_username=await _ask(load_settings()))


async def _ask(settings: Settings) -> str:
    # Imported here: a bot that was started once has left its name, and aiogram costs seconds.
    from bot.telegram import Telegram, TelegramRefusedError  # noqa: PLC0415

    token = settings.bot_token.get_secret_value()
    telegram = Telegram(token, api_url=settings.telegram_api_url, proxy=settings.proxy_url)
    try:
        return str((await telegram.me()).get("username", ""))
    except TelegramRefusedError as error:
        raise SettingsProblem(
            f"Telegram does not say what the bot is called ({type(error.answer).__name__}): "
            "check BOT_TOKEN and TELEGRAM_PROXY."
        ) from None
    finally:
        await telegram.close()
