"""The bot's command menus, told to Telegram once and again only when they have changed.

Customers have theirs in every language, groups have one, and whoever is on the roster has one of their own.
"""

import json
from collections.abc import Iterable
from typing import Any

from flows.book import Book, Content
from flows.events import Command, StaffCommand
from flows.people import Person
from flows.texts import Texts
from storage.outbox import OutboxRow
from storage.tx import Tx

_OF_CUSTOMERS = "all_private_chats"
_CUSTOMERS = tuple(command.value for command in Command)
_SCOPES = {
    _OF_CUSTOMERS: _CUSTOMERS,
    "all_group_chats": ("visit", "cases", "case", "redeem", "setup"),
}
_STAFF = ("cases", "case", "redeem")
_OWNERS = tuple(command.value for command in StaffCommand)
_CALLED_OTHERWISE = {"setup": "command.setup_again"}  # in private it asks about the business anew
_TOLD_BY_TELEGRAM = 2  # letters of a language code that a menu may have


def tell_menus(tx: Tx, content: Content) -> None:
    """Every menu that is not what was told last: of customers and groups, and of everybody on the roster."""
    tell_menu(tx, content.book)
    for person in tx.roster():
        tell_menu_of(tx, content, person)


def tell_menu(tx: Tx, book: Book) -> None:
    """One call for each kind of chat, and for each language of customers, whose menu is not what was told last."""
    for scope, commands in _SCOPES.items():
        _tell(tx, scope, _menu({"type": scope}, commands, book.texts))
    for language, texts in book.translated.items():
        if len(language) <= _TOLD_BY_TELEGRAM:
            menu = _menu({"type": _OF_CUSTOMERS}, _CUSTOMERS, texts)
            _tell(tx, f"{_OF_CUSTOMERS}.{language}", {**menu, "language_code": language})


def tell_menu_of(tx: Tx, content: Content, person: Person) -> None:
    """What this person may ask for by their role; whoever is no longer of the staff has a customer's menu again."""
    of, scope = f"chat.{person.tg_id}", {"type": "chat", "chat_id": person.tg_id}
    if not person.active:
        if tx.setting(f"menu.{of}"):
            tx.set_setting(f"menu.{of}", "")
            _put(tx, "deleteMyCommands", {"scope": scope})
    elif person.reachable:
        is_owner = person.role == content.catalogue.roles[-1].id
        commands = _unique(_OWNERS + _STAFF if is_owner else _STAFF, _CUSTOMERS)
        texts = content.book.texts
        described = [(name, _CALLED_OTHERWISE.get(name, f"command.{name}")) for name in commands]
        menu = [{"command": name, "description": texts.plain(key)} for name, key in described]
        _tell(tx, of, {"commands": menu, "scope": scope})


def _unique(*commands: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in commands for name in some))


def _menu(scope: dict[str, Any], commands: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    menu = [{"command": name, "description": texts.plain(f"command.{name}")} for name in commands]
    return {"commands": menu, "scope": scope}


def _tell(tx: Tx, of: str, params: dict[str, Any]) -> None:
    words = json.dumps(params, ensure_ascii=False, sort_keys=True)
    if tx.setting(f"menu.{of}") != words:
        tx.set_setting(f"menu.{of}", words)
        _put(tx, "setMyCommands", params)


def _put(tx: Tx, method: str, params: dict[str, Any]) -> None:
    tx.put_outbox(OutboxRow("", 0, 6, method, params))
