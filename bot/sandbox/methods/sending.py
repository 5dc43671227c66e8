"""sendMessage and the other kinds without a file. Media live beside it."""

from __future__ import annotations

from bot.sandbox.announcing import announce
from bot.sandbox.markup import message_text
from bot.sandbox.messages import StoredMessage
from bot.sandbox.methods.access import chat_to_write
from bot.sandbox.methods.placing import place_for
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject
from bot.sandbox.writing import Place, write

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def put(request: Request, place: Place, content: JsonObject) -> StoredMessage:
    """Write the bot's message and tell the other bots what they may know of it."""
    message = write(request.world, place, request.bot.id, content)
    announce(request.world, place.chat, message)
    return message


def text_content(params: JsonObject) -> JsonObject:
    text, entities = message_text(params)
    content: JsonObject = {"text": text}
    if entities:
        content["entities"] = entities
    options = params.get("link_preview_options")
    if options:
        content["link_preview_options"] = options
    elif params.get("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return content


def send_message(request: Request) -> JsonObject:
    content = text_content(request.params)
    return put(request, place_for(request, "text"), content).data


def send_contact(request: Request) -> JsonObject:
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: request.params[name] for name in names if request.get(name)}
    return put(request, place_for(request, "contact"), {"contact": contact}).data


def _location(params: JsonObject) -> JsonObject:
    if not (-90 <= params["latitude"] <= 90 and -180 <= params["longitude"] <= 180):
        raise bad_request("wrong location specified")
    names = (
        "latitude",
        "longitude",
        "horizontal_accuracy",
        "live_period",
        "heading",
        "proximity_alert_radius",
    )
    return {name: params[name] for name in names if params.get(name) is not None}


def send_location(request: Request) -> JsonObject:
    content = {"location": _location(request.params)}
    return put(request, place_for(request, "location"), content).data


def send_venue(request: Request) -> JsonObject:
    location = _location(request.params)
    names = (
        "title",
        "address",
        "foursquare_id",
        "foursquare_type",
        "google_place_id",
        "google_place_type",
    )
    venue = {"location": location} | {
        name: request.params[name] for name in names if request.get(name)
    }
    content = {"location": location, "venue": venue}
    return put(request, place_for(request, "venue"), content).data


def send_chat_action(request: Request) -> bool:
    if request.params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat_to_write(request.world, request.bot, request.params["chat_id"])
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendContact": send_contact,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendChatAction": send_chat_action,
}
