"""The bot's command menu, told to Telegram once and again only when its words have changed."""

import json
from datetime import datetime
from typing import Any

from flows.book import Book
from flows.events import Command
from flows.texts import Texts
from storage.outbox import OutboxRow
from storage.tx import Tx

_OF_CUSTOMERS = "all_private_chats"
_SCOPES = {
    _OF_CUSTOMERS: tuple(command.value for command in Command),
    "all_group_chats": ("visit", "cases", "case", "redeem", "setup"),
}
_TOLD_BY_TELEGRAM = 2  # letters of a language code that a menu may have


def tell_menu(tx: Tx, book: Book, now: datetime) -> None:
    """One call for each kind of chat, and for each language of customers, whose menu is not what was told last."""
    for scope, commands in _SCOPES.items():
        _tell(tx, _menu(scope, commands, book.texts), now)
    for language, texts in book.translated.items():
        if len(language) <= _TOLD_BY_TELEGRAM:
            menu = _menu(_OF_CUSTOMERS, _SCOPES[_OF_CUSTOMERS], texts)
            _tell(tx, {**menu, "language_code": language}, now)


def _menu(scope: str, commands: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    menu = [{"command": name, "description": texts.plain(f"command.{name}")} for name in commands]
    return {"commands": menu, "scope": {"type": scope}}


def _tell(tx: Tx, params: dict[str, Any], now: datetime) -> None:
    of = ".".join(filter(None, (params["scope"]["type"], params.get("language_code", ""))))
    words = json.dumps(params, ensure_ascii=False, sort_keys=True)
    if tx.setting(f"menu.{of}") == words:
        return
    tx.set_setting(f"menu.{of}", words)
    key = f"menu:{of}:{now.timestamp()}"  # words of before may come back
    tx.put_outbox(OutboxRow("", 0, 6, "setMyCommands", params, dedup_key=key))
