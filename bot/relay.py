"""A message of one side, made again for the other from what we keep: never copied, never forwarded."""

from typing import Any

from flows.events import Kind, Message
from flows.room import units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_WITH_CAPTION = {
    Kind.PHOTO: "sendPhoto",
    Kind.VIDEO: "sendVideo",
    Kind.VOICE: "sendVoice",
    Kind.AUDIO: "sendAudio",
    Kind.DOCUMENT: "sendDocument",
    Kind.ANIMATION: "sendAnimation",
}
_WITHOUT_CAPTION = {Kind.VIDEO_NOTE: "sendVideoNote", Kind.STICKER: "sendSticker"}
_FROM_FIELDS = {Kind.CONTACT: "sendContact", Kind.LOCATION: "sendLocation"}

Call = tuple[str, dict[str, Any]]


def calls_for(message: Message, signature: str, *, apart: bool = False) -> list[Call]:
    """The call that shows `message`, signed below; a second one when the signature has no room or no place.

    `apart`: the signature has a message of its own already.
    """
    signed = f"{message.text}\n\n{signature}" if message.text else signature
    entities = list(message.entities)
    if message.kind is Kind.TEXT:
        if not apart and units(signed) <= TEXT_LIMIT:
            return [("sendMessage", _with_entities("entities", entities, text=signed))]
        plain = _with_entities("entities", entities, text=message.text)
        return [("sendMessage", plain), _alone(signature)]
    if message.kind in _WITH_CAPTION:
        method = _WITH_CAPTION[message.kind]
        fits = not apart and units(signed) <= CAPTION_LIMIT
        caption = signed if fits else message.text
        params = _with_entities("caption_entities", entities, caption=caption)
        call = (method, {message.kind.value: message.file_id, **params})
        return [call] if fits else [call, _alone(signature)]
    if message.kind in _WITHOUT_CAPTION:
        method = _WITHOUT_CAPTION[message.kind]
        return [(method, {message.kind.value: message.file_id}), _alone(signature)]
    method = _FROM_FIELDS[message.kind]
    return [(method, dict(message.extra or {})), _alone(signature)]


def album_calls(message: Message, signature: str) -> list[Call]:
    """The call that begins an album with its first part, signed below; a second one for want of room."""
    signed = f"{message.text}\n\n{signature}" if message.text else signature
    fits = units(signed) <= CAPTION_LIMIT
    first = album_part(message, signed if fits else message.text, html=False)
    call = "sendMediaGroup", {"media": [first]}
    return [call] if fits else [call, _alone(signature)]


def in_reply(calls: list[Call], message_id: int | None, quote: str) -> list[Call]:
    """The same, the first of them in reply to a message of the customer, with what is quoted of it."""
    if message_id is None:
        return calls
    to: dict[str, Any] = {"message_id": message_id, "allow_sending_without_reply": True}
    if quote:
        to["quote"] = quote
    (method, params), *rest = calls
    return [(method, {**params, "reply_parameters": to}), *rest]


def file_call(message: Message, caption: str) -> Call:
    """The call that shows a file to staff under `caption` (HTML); the customer's words stand on the card."""
    if message.kind in _WITH_CAPTION:
        method = _WITH_CAPTION[message.kind]
        html = {"caption": caption, "parse_mode": "HTML"} if caption else {}
        return method, {message.kind.value: message.file_id, **html}
    if message.kind in _WITHOUT_CAPTION:
        return _WITHOUT_CAPTION[message.kind], {message.kind.value: message.file_id}
    return _FROM_FIELDS[message.kind], dict(message.extra or {})


def album_part(message: Message, caption: str, *, html: bool) -> dict[str, Any]:
    """One part of `sendMediaGroup`."""
    part: dict[str, Any] = {"type": message.kind.value, "media": message.file_id}
    if caption and html:
        part |= {"caption": caption, "parse_mode": "HTML"}
    elif caption:
        part |= _with_entities("caption_entities", list(message.entities), caption=caption)
    return part


def single_call(part: dict[str, Any]) -> Call:
    """An album of which only one part came is no album to Telegram."""
    kind = Kind(part["type"])
    rest = {name: value for name, value in part.items() if name not in ("type", "media")}
    return _WITH_CAPTION[kind], {kind.value: part["media"], **rest}


def joins_album(message: Message) -> bool:
    """Telegram takes photos, videos, documents and audio in albums."""
    return bool(message.album) and message.kind in (
        Kind.PHOTO,
        Kind.VIDEO,
        Kind.DOCUMENT,
        Kind.AUDIO,
    )


def _with_entities(name: str, entities: list[dict[str, Any]], **params: Any) -> dict[str, Any]:
    return {**params, name: entities} if entities else params


def _alone(signature: str) -> Call:
    return "sendMessage", {"text": signature}
