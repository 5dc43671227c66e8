"""editMessageText, -Caption, -Media, -ReplyMarkup."""

from __future__ import annotations

from bot.sandbox.chats import Chat
from bot.sandbox.keyboards import inline_only
from bot.sandbox.markup import caption_fields
from bot.sandbox.messages import MEDIA, StoredMessage
from bot.sandbox.methods.access import chat_to_write, message_to
from bot.sandbox.methods.media import medium_content
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.methods.sending import text_content
from bot.sandbox.refusals import NOT_MODIFIED, bad_request
from bot.sandbox.shapes import JsonObject

_TEXT_FIELDS = ("text", "entities", "link_preview_options")
_CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def edit_text(request: Request) -> JsonObject:
    if request.get("rich_message") is not None:
        raise bad_request("the sandbox does not play rich messages")
    if not request.get("text"):
        raise bad_request("message text is empty")
    content = text_content(request.params)
    chat, message = _target(request)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(request, chat, message, _TEXT_FIELDS, content)


def edit_caption(request: Request) -> JsonObject:
    content = caption_fields(request.params)
    if request.get("show_caption_above_media") and content:
        content["show_caption_above_media"] = True
    chat, message = _target(request)
    if message.kind not in MEDIA or message.kind in ("sticker", "video_note"):
        raise bad_request("there is no caption in the message to edit")
    return _edit(request, chat, message, _CAPTION_FIELDS, content)


def edit_media(request: Request) -> JsonObject:
    media = request.params["media"]
    content = medium_content(request, media["type"], media["media"], media)
    chat, message = _target(request)
    if message.kind not in (*MEDIA, "text") or message.kind in ("sticker", "video_note", "voice"):
        raise bad_request("there is no media in the message to edit")
    fields = (*MEDIA, *_CAPTION_FIELDS, *_TEXT_FIELDS, "has_media_spoiler")
    edited = _edit(request, chat, message, fields, content)
    message.kind = media["type"]
    return edited


def edit_reply_markup(request: Request) -> JsonObject:
    chat, message = _target(request)
    return _edit(request, chat, message, (), {})


def _target(request: Request) -> tuple[Chat, StoredMessage]:
    if request.get("inline_message_id"):
        raise bad_request("the sandbox does not play inline messages")
    if request.get("chat_id") is None and not request.get("message_id"):
        raise bad_request("message identifier is not specified")
    if request.get("chat_id") in (None, ""):
        raise bad_request("chat_id is empty")
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    message = message_to(chat, request.get("message_id"), "message to edit")
    if message.author != request.bot.id or message.kind == "service":
        raise bad_request("message can't be edited")
    return chat, message


def _edit(
    request: Request,
    chat: Chat,
    message: StoredMessage,
    replaced: tuple[str, ...],
    content: JsonObject,
) -> JsonObject:
    """Replace the fields and the keyboard: an edit without a keyboard takes the old one away."""
    kept = {
        name: value
        for name, value in message.data.items()
        if name not in replaced and name not in ("reply_markup", "edit_date")
    }
    edited = kept | content
    markup = inline_only(request.get("reply_markup"), private=chat.private)
    if markup is not None:
        edited["reply_markup"] = markup
    before = {name: value for name, value in message.data.items() if name != "edit_date"}
    if edited == before:
        raise bad_request(NOT_MODIFIED)
    at = request.world.moment()
    edited["edit_date"] = at
    message.replace(edited, at)
    chat.changed()
    return edited


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_reply_markup,
}
