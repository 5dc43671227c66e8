"""The bot's command menu, told to Telegram once and again only when its words have changed."""

import json
from datetime import datetime
from typing import Any

from flows.events import Command
from flows.texts import Texts
from storage.outbox import OutboxRow
from storage.tx import Tx

_SCOPES = {
    "all_private_chats": tuple(command.value for command in Command),
    "all_group_chats": ("visit", "cases", "case", "redeem", "setup"),
}


def tell_menu(tx: Tx, texts: Texts, now: datetime) -> None:
    """One call for each kind of chat whose menu is not the one that Telegram was told last."""
    for scope, commands in _SCOPES.items():
        menu = [
            {"command": name, "description": texts.plain(f"command.{name}")} for name in commands
        ]
        params: dict[str, Any] = {"commands": menu, "scope": {"type": scope}}
        words = json.dumps(params, ensure_ascii=False, sort_keys=True)
        if tx.setting(f"menu.{scope}") == words:
            continue
        tx.set_setting(f"menu.{scope}", words)
        key = f"menu:{scope}:{now.timestamp()}"  # words of before may come back
        tx.put_outbox(OutboxRow("", 0, 6, "setMyCommands", params, dedup_key=key))
