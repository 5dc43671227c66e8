"""sendPhoto, sendVoice and the other methods that carry a file; albums."""

from __future__ import annotations

from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.markup import caption_fields
from bot.sandbox.media import content_of, stored_upload
from bot.sandbox.methods.placing import place_for
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.methods.sending import put
from bot.sandbox.refusals import Refused, bad_request
from bot.sandbox.shapes import Json, JsonObject

# What a request may say about a medium and the message then shows inside it.
_ABOUT = {
    "voice": ("duration",),
    "video": ("duration", "width", "height"),
    "animation": ("duration", "width", "height"),
    "audio": ("duration", "performer", "title"),
    "video_note": ("duration", "length"),
    "sticker": ("emoji",),
}
_CAPTIONED = {"photo", "voice", "video", "document", "audio", "animation"}
_ALBUM_KINDS = {"photo", "video", "audio", "document"}
_ATTACHED = "attach://"
# Bytes a bot may upload, photos less than the rest.
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_UPLOAD = 50 * 1024 * 1024


def stored_file(request: Request, kind: str, given: Json, about: JsonObject) -> StoredFile:
    """The file that a parameter names or carries; raises Refused."""
    if isinstance(given, str) and given.startswith(_ATTACHED):
        name = given.removeprefix(_ATTACHED)
        if name not in request.uploads:
            raise bad_request(f'there is no file "{name}" in the request')
        given = request.uploads[name]
    if not isinstance(given, Upload):
        return request.world.files.to_send(given, kind)
    size = len(given.content)
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > _LARGEST_UPLOAD:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and size > _LARGEST_PHOTO:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; "
            f"the maximum size is {_LARGEST_PHOTO} bytes"
        )
    return stored_upload(request.world.files, kind, given, about)


def medium_content(request: Request, kind: str, given: Json, params: JsonObject) -> JsonObject:
    """The fields of a message that shows the file with its caption."""
    about = {name: params[name] for name in _ABOUT.get(kind, ()) if params.get(name) is not None}
    content = content_of(request.world.files, stored_file(request, kind, given, about))
    if kind in _CAPTIONED:
        content |= caption_fields(params)
        if params.get("show_caption_above_media") and "caption" in content:
            content["show_caption_above_media"] = True
    if params.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def _sender(kind: str) -> Method:
    def send(request: Request) -> JsonObject:
        content = medium_content(request, kind, request.params[kind], request.params)
        return put(request, place_for(request, kind), content).data

    return send


def send_media_group(request: Request) -> list[JsonObject]:
    media: list[JsonObject] = request.params["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media in the album: 2 to 10 are expected")
    kinds = {item["type"] for item in media}
    if unknown := kinds - _ALBUM_KINDS:
        raise bad_request(
            f"can't parse InputMedia: type \"{unknown.pop()}\" can't be used in sendMediaGroup"
        )
    if len(kinds) > 1 and kinds & {"audio", "document"}:
        raise bad_request("can't use the media of the specified type in the album")
    contents = [medium_content(request, item["type"], item["media"], item) for item in media]
    place = place_for(request, media[0]["type"])
    group_id = str(request.world.rng.randrange(10**16, 10**17))
    return [
        put(request, place, {"media_group_id": group_id, **content}).data for content in contents
    ]


METHODS: dict[str, Method] = {
    "sendPhoto": _sender("photo"),
    "sendVoice": _sender("voice"),
    "sendVideo": _sender("video"),
    "sendDocument": _sender("document"),
    "sendAudio": _sender("audio"),
    "sendAnimation": _sender("animation"),
    "sendVideoNote": _sender("video_note"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": send_media_group,
}
