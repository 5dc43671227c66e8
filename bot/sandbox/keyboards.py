"""Keyboards under messages: what Telegram refuses in them. What a tap does lives with taps."""

from __future__ import annotations

from bot.sandbox.links import checked_link
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

# Bytes of UTF-8.
LONGEST_CALLBACK_DATA = 64
# Characters.
LONGEST_COPY_TEXT = 256
MOST_BUTTONS = 100
STYLES = {"", "default", "primary", "success", "danger"}

_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)


def checked_markup(markup: JsonObject | None, *, private: bool) -> JsonObject | None:
    """The keyboard without empty rows, None when nothing is left; raises Refused."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        if sum(map(len, rows)) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        rows = [[_inline_button(button, private=private) for button in row] for row in rows]
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = [row for row in markup["keyboard"] if row]
        for row in rows:
            for button in row:
                _check_reply_button(button, private=private)
        return {**markup, "keyboard": rows} if rows else None
    return markup


def inline_only(markup: JsonObject | None, *, private: bool) -> JsonObject | None:
    """The keyboard of an edited message: nothing but an inline one fits."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return checked_markup(markup, private=private)


def _inline_button(button: JsonObject, *, private: bool) -> JsonObject:
    if button.get("style", "") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if not any(button.get(action) not in (None, "") for action in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if address := button.get("url"):
        return {**button, "url": _checked_address(address)}
    if data := button.get("callback_data"):
        if len(data.encode()) > LONGEST_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif copied := button.get("copy_text"):
        if not 1 <= len(copied["text"]) <= LONGEST_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif "web_app" in button and not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    return button


def _checked_address(address: str) -> str:
    link = checked_link(address)
    if link is None:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
    return link


def _check_reply_button(button: JsonObject, *, private: bool) -> None:
    if button.get("style", "") not in STYLES:
        raise bad_request("can't parse keyboard button: invalid button style specified")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    if not private:
        if button.get("request_contact"):
            raise bad_request("phone number can be requested in private chats only")
        if button.get("request_location"):
            raise bad_request("location can be requested in private chats only")
