"""A claimed row of the outbox as a call of the Bot API: chat, reply, album of one, QR pictures."""

import io
from typing import Any

import segno

from bot import relay
from bot.telegram import Call, Upload
from storage.outbox import ClaimedRow

_NO_CHAT = ("answerCallbackQuery",)


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
    if method == "sendMediaGroup" and len(params["media"]) == 1:
        (part,) = params.pop("media")
        method, single = relay.single_call(part)
        params |= single
    photo: Any = params.get("photo")
    if isinstance(photo, dict):
        files["qr"] = Upload(qr_png(str(photo["qr"])), "qr.png")
        params["photo"] = "attach://qr"
    return Call(method, params, files)


def qr_png(address: str) -> bytes:
    """A QR picture big enough to be scanned from a telephone's screen."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=12, border=4)
    return out.getvalue()
