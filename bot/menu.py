"""The bot's command menu, told to Telegram once and again only when its words have changed."""

import hashlib
import json
from typing import Any

from flows.events import Command
from flows.texts import Texts
from storage.outbox import OutboxRow

_SCOPES = {
    "all_private_chats": tuple(command.value for command in Command),
    "all_group_chats": ("visit", "redeem"),
}


def menu_rows(texts: Texts) -> list[OutboxRow]:
    """One call for each kind of chat; a menu told before is known by its key, and ignored."""
    return [_row(scope, commands, texts) for scope, commands in _SCOPES.items()]


def _row(scope: str, commands: tuple[str, ...], texts: Texts) -> OutboxRow:
    menu = [{"command": name, "description": texts.plain(f"command.{name}")} for name in commands]
    params: dict[str, Any] = {"commands": menu, "scope": {"type": scope}}
    told = json.dumps(params, ensure_ascii=False, sort_keys=True).encode()
    key = f"menu:{scope}:{hashlib.sha256(told).hexdigest()[:16]}"
    return OutboxRow("", 0, 6, "setMyCommands", params, dedup_key=key)
