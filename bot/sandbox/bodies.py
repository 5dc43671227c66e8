"""Reading requests: query string, JSON, urlencoded and multipart bodies into parameters."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.sandbox.files import Upload
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject


async def read_params(request: web.BaseRequest) -> tuple[JsonObject, dict[str, Upload]]:
    """Parameters and uploaded files by the names of their parts; raises Refused."""
    params: JsonObject = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    match request.content_type:
        case "application/x-www-form-urlencoded":
            text = (await request.read()).decode("utf-8", "replace")
            params.update(parse_qsl(text, keep_blank_values=True))
        case "application/json":
            params.update(_json(await request.read()))
        case "multipart/form-data":
            await _multipart(request, params, uploads)
    return params, uploads


def _json(body: bytes) -> JsonObject:
    if not body.strip():
        return {}
    try:
        decoded = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("can't parse JSON object")
    return decoded


async def _multipart(
    request: web.BaseRequest, params: JsonObject, uploads: dict[str, Upload]
) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            params[part.name] = content.decode("utf-8", "replace")
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            params[part.name] = uploads[part.name] = Upload(part.filename, mime_type, content)
