"""The bot's command menu, told to Telegram once and again only when its words have changed."""

import hashlib
import json
from typing import Any

from flows.book import Book
from flows.events import Command
from flows.texts import Texts
from storage.outbox import OutboxRow

_OF_CUSTOMERS = "all_private_chats"
_SCOPES = {
    _OF_CUSTOMERS: tuple(command.value for command in Command),
    "all_group_chats": ("visit", "redeem"),
}
_TOLD_BY_TELEGRAM = 2  # letters of a language code that a menu may have


def menu_rows(book: Book) -> list[OutboxRow]:
    """One call for each kind of chat, and for each language of customers; one told before is known by its key."""
    own = [_row(scope, commands, "", book.texts) for scope, commands in _SCOPES.items()]
    return own + [
        _row(_OF_CUSTOMERS, _SCOPES[_OF_CUSTOMERS], language, texts)
        for language, texts in book.translated.items()
        if len(language) <= _TOLD_BY_TELEGRAM
    ]


def _row(scope: str, commands: tuple[str, ...], language: str, texts: Texts) -> OutboxRow:
    menu = [{"command": name, "description": texts.plain(f"command.{name}")} for name in commands]
    params: dict[str, Any] = {"commands": menu, "scope": {"type": scope}}
    if language:
        params["language_code"] = language
    told = json.dumps(params, ensure_ascii=False, sort_keys=True).encode()
    key = f"menu:{scope}:{language}{hashlib.sha256(told).hexdigest()[:16]}"
    return OutboxRow("", 0, 6, "setMyCommands", params, dedup_key=key)
