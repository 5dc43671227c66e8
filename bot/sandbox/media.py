"""What a file looks like inside a message: `photo`, `voice` and the rest. No checks of requests."""

from __future__ import annotations

from bot.sandbox.api_schema import schema
from bot.sandbox.files import Files, StoredFile, Upload
from bot.sandbox.shapes import JsonObject

_MIME = {
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "document": "application/octet-stream",
}
# Kinds whose files keep the name they were sent with.
_NAMED = {"document", "audio", "video", "animation"}


def stored_upload(files: Files, kind: str, upload: Upload, about: JsonObject) -> StoredFile:
    return files.add(
        kind,
        upload.content,
        file_name=upload.file_name,
        mime_type=upload.mime_type,
        about=about,
    )


def content_of(files: Files, stored: StoredFile) -> JsonObject:
    """The message's fields that show this file."""
    match stored.kind:
        case "photo":
            return {"photo": _sizes(files, stored)}
        case "animation":
            shown = _described(stored)
            document = {
                name: shown[name]
                for name in ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")
                if name in shown
            }
            return {"animation": shown, "document": document}
        case kind:
            return {kind: _described(stored)}


def file_of(data: JsonObject) -> JsonObject | None:
    """The file shown by a message: the largest photo, else the medium itself."""
    if sizes := data.get("photo"):
        largest: JsonObject = sizes[-1]
        return largest
    for kind in ("animation", "voice", "video", "document", "audio", "video_note", "sticker"):
        if kind in data:
            shown: JsonObject = data[kind]
            return shown
    return None


def _sizes(files: Files, stored: StoredFile) -> list[JsonObject]:
    """A small copy and the photo itself, smallest first."""
    small = stored.about.get("small")
    thumbnail = files.get(small) if small else None
    if thumbnail is None:
        thumbnail = files.add("photo", stored.content[:1024], file_name="small.jpg")
        stored.about["small"] = thumbnail.file_id
    width = int(stored.about.get("width", 1280))
    height = int(stored.about.get("height", 960))
    return [
        {**thumbnail.reference(), "width": 90, "height": max(1, 90 * height // max(width, 1))},
        {**stored.reference(), "width": width, "height": height},
    ]


def _described(stored: StoredFile) -> JsonObject:
    shown: JsonObject = {**stored.reference(), **_defaults(stored.kind)}
    fields = _fields(stored.kind)
    shown |= {
        name: value for name, value in stored.about.items() if value is not None and name in fields
    }
    mime = stored.mime_type or _MIME.get(stored.kind)
    if mime is not None and stored.kind in _MIME:
        shown["mime_type"] = mime
    if stored.kind in _NAMED and stored.file_name:
        shown["file_name"] = stored.file_name
    return shown


def _fields(kind: str) -> JsonObject:
    """What the schema knows of a medium: `video_note` is described as VideoNote."""
    fields: JsonObject = schema()["types"][kind.title().replace("_", "")]
    return fields


def _defaults(kind: str) -> JsonObject:
    match kind:
        case "voice" | "audio":
            return {"duration": 0}
        case "video" | "animation":
            return {"width": 640, "height": 480, "duration": 0}
        case "video_note":
            return {"length": 240, "duration": 0}
        case "sticker":
            return {
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
        case _:
            return {}
