"""A claimed row of the outbox as a call of the Bot API: chat, reply, album of one, QR pictures, files of ours."""

import base64
from typing import Any

from bot import relay
from bot.links import qr_png
from bot.posters.poster import Poster
from bot.telegram import Call, Upload
from storage.outbox import ClaimedRow

_NO_CHAT = ("answerCallbackQuery", "setMyCommands", "deleteMyCommands")


_POSTERS = "posters.pdf"


def draws(row: ClaimedRow) -> bool:
    """Making the call takes a while: a file has to be drawn first."""
    document = row.params.get("document")
    return isinstance(document, dict) and "posters" in document


def _drawn(posters: list[dict[str, Any]]) -> bytes:
    from bot.posters.sheet import draw  # noqa: PLC0415  (fonts and pictures: few bots draw in a day)

    return draw([Poster(**{**each, "lines": tuple(each["lines"])}) for each in posters])


def call_of(row: ClaimedRow) -> Call:
    """The call as it goes out now."""
    method, params = row.method, dict(row.params)
    files: dict[str, Upload] = {}
    if method not in _NO_CHAT:
        params["chat_id"] = row.chat_id
    if row.card is not None:
        params["reply_parameters"] = {
            "message_id": row.card[1],
            "allow_sending_without_reply": True,
        }
    if row.thread is not None:
        params["message_thread_id"] = row.thread
    if method == "sendMediaGroup" and len(params["media"]) == 1:
        (part,) = params.pop("media")
        method, single = relay.single_call(part)
        params |= single
    if method == "sendMediaGroup":
        params["media"] = [_part(part, files) for part in params["media"]]
    photo: Any = params.get("photo")
    if isinstance(photo, dict):
        files["qr"] = Upload(qr_png(str(photo["qr"])), "qr.png")
        params["photo"] = "attach://qr"
    document: Any = params.get("document")
    if draws(row):
        files["file"] = Upload(_drawn(document["posters"]), _POSTERS)
        params["document"] = "attach://file"
    elif isinstance(document, dict):
        content = base64.b64decode(str(document["base64"]))
        files["file"] = Upload(content, str(document["name"]))
        params["document"] = "attach://file"
    return Call(method, params, files)


def _part(part: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
    """A part of an album; one that is a text of ours goes up as a file that never was on a disk."""
    media = part["media"]
    if not isinstance(media, dict):
        return part
    name = f"file{len(files)}"
    files[name] = Upload(str(media["text"]).encode(), str(media["name"]))
    return {**part, "media": f"attach://{name}"}
