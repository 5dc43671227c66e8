"""Buttons of the rules as the Bot API's keyboards: labels filled, presses packed, addresses made."""

from dataclasses import dataclass
from typing import Any

from flows.links import group_link, start_link
from flows.presses import (
    Button,
    CopyText,
    OpenUrl,
    Press,
    Rows,
    SharePhone,
    TypeLabel,
)
from flows.texts import Texts
from handlers.buttons import pack

_LABEL_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Addresses:
    """What addresses are made of: the bot's name, and where the card in hand stands in the group."""

    bot_username: str
    card_at: tuple[int, int] | None = None

    def resolve(self, url: str) -> str:
        """An address for a button; "" when there is nothing to open."""
        kind, _, rest = url.partition(":")
        match kind:
            case "start":
                return start_link(self.bot_username, rest)
            case "startgroup":
                return group_link(self.bot_username, rest)
            case "card":
                return self._card()
        return url

    def _card(self) -> str:
        """Only messages of supergroups have an address."""
        if self.card_at is None:
            return ""
        chat, message = str(self.card_at[0]), self.card_at[1]
        return f"https://t.me/c/{chat[4:]}/{message}" if chat.startswith("-100") else ""


def inline_keyboard(rows: Rows, texts: Texts, addresses: Addresses) -> dict[str, Any]:
    """The Bot API's InlineKeyboardMarkup; a button that would open nothing is left out."""
    made = [[_inline(button, texts, addresses) for button in row] for row in rows]
    kept = [[button for button in row if button is not None] for row in made]
    return {"inline_keyboard": [row for row in kept if row]}


def reply_keyboard(rows: Rows, texts: Texts) -> dict[str, Any]:
    """The Bot API's ReplyKeyboardMarkup, shown once."""
    keyboard = [[_reply(button, texts) for button in row] for row in rows]
    return {"keyboard": keyboard, "resize_keyboard": True, "one_time_keyboard": True}


def _label(button: Button, texts: Texts) -> str:
    label = texts.label(button.label, button.values)
    if button.ticked:
        label = texts.label("ticked", {"label": label})
    return label[:_LABEL_LIMIT]


def _inline(button: Button, texts: Texts, addresses: Addresses) -> dict[str, Any] | None:
    made: dict[str, Any] = {"text": _label(button, texts)}
    if button.style:
        made["style"] = button.style
    press: Press = button.press
    match press:
        case OpenUrl(url):
            address = addresses.resolve(url)
            return {**made, "url": address} if address else None
        case CopyText(text):
            return {**made, "copy_text": {"text": text}}
        case SharePhone() | TypeLabel():
            raise TypeError(f"{button.label} belongs to a reply keyboard")
        case _:
            return {**made, "callback_data": pack(press)}


def _reply(button: Button, texts: Texts) -> dict[str, Any]:
    label = _label(button, texts)
    return (
        {"text": label, "request_contact": True}
        if isinstance(button.press, SharePhone)
        else {"text": label}
    )
