"""Checks of requests: all parameters of a method, built when it is first called."""

from __future__ import annotations

from functools import cache

from bot.sandbox.api_schema import schema
from bot.sandbox.checks import Check, Complaints, check_of
from bot.sandbox.files import Upload
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

_ANY_MARKUP = "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
# What Telegram says when a required parameter is missing, where it is not the usual sentence.
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "photo": "there is no photo in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "document": "there is no document in the request",
    "audio": "there is no audio in the request",
    "animation": "there is no animation in the request",
    "video_note": "there is no video note in the request",
    "sticker": "there is no sticker in the request",
}


class MethodCheck:
    """All parameters of one method."""

    def __init__(self, method: str) -> None:
        self._method = method
        self._checks: dict[str, Check] = {}
        self._required: list[str] = []
        for name, kind in schema()["methods"][method]["params"].items():
            # Telegram reads any keyboard first and minds afterwards which kind fits.
            read_as = _ANY_MARKUP if name == "reply_markup" else kind.removeprefix("!")
            self._checks[name] = check_of(read_as)
            if kind.startswith("!"):
                self._required.append(name)

    def __call__(self, given: JsonObject, complaints: Complaints) -> JsonObject:
        """The parameters in their own types; raises Refused as Telegram would."""
        checked: JsonObject = {}
        checks = self._checks
        for name, value in given.items():
            check = checks.get(name)
            if check is None:
                if not isinstance(value, Upload):
                    complaints.append(f"{self._method}: unknown parameter {name!r}")
            elif value is not None:
                checked[name] = check(value, name, complaints)
        for name in self._required:
            if checked.get(name) in (None, ""):
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return checked


@cache
def method_check(method: str) -> MethodCheck:
    return MethodCheck(method)
