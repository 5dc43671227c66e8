"""The Bot API over HTTP: from a request to an answer, with limits, faults and the log between."""

from __future__ import annotations

import asyncio
import inspect
import json
import time

from aiohttp import web

from bot.sandbox.api_schema import method_named
from bot.sandbox.bodies import read_params
from bot.sandbox.bots import TOKEN, BotAccount
from bot.sandbox.calls import Call
from bot.sandbox.faults import Fault
from bot.sandbox.files import Upload
from bot.sandbox.limits import is_limited
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.request import Raw, Request
from bot.sandbox.refusals import Refused, bad_request, too_many
from bot.sandbox.schema import method_check
from bot.sandbox.shapes import Json, JsonObject
from bot.sandbox.world import World

_NOT_FOUND = Refused(404, "Not Found")
_UNAUTHORIZED = Refused(401, "Unauthorized")
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)
_GARBAGE = '{"ok":true,"result":{"message_id":'


class Api:
    """Answers `/bot<TOKEN>/<method>`."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle(self, http: web.BaseRequest, token: str, name: str) -> web.Response:
        """One call. `token` and `name` are as they stand in the path."""
        if self.world.away is not None:
            return _away(http, self.world.away)
        began = time.monotonic()
        if not TOKEN.fullmatch(token):
            known_shape = token.partition(":")[0].isdigit() and ":" in token
            return _json((_UNAUTHORIZED if known_shape else _NOT_FOUND).body(), None)
        bot = self.world.bot_with(token)
        method = method_named(name)
        try:
            params, uploads = await read_params(http)
        except Refused as refused:
            return _json(refused.body(), None)
        if method is None:
            return _json(_NOT_FOUND.body(), None)
        number = self.world.calls.next_number()
        call = Call(number, bot.id, method, params, at_ms=began * 1000, at=self.world.moment())
        fault = self.world.faults.pick(method, params.get("chat_id"))
        try:
            return await self._play(http, bot, call, uploads, fault)
        finally:
            call.duration_ms = (time.monotonic() - began) * 1000
            self.world.calls.add(call)
            if call.outcome != "ok":
                self.world.was_changed()

    async def _play(
        self,
        http: web.BaseRequest,
        bot: BotAccount,
        call: Call,
        uploads: dict[str, Upload],
        fault: Fault | None,
    ) -> web.Response:
        if fault is not None:
            call.outcome = fault.kind
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            elif (instead := _instead(http, fault)) is not None:
                return instead
        response = await self._answer(bot, call, uploads)
        if fault is None:
            return response
        call.outcome = f"{fault.kind} {call.outcome}"
        match fault.kind:
            case "slow_answer":
                await asyncio.sleep(fault.seconds)
            case "drop_after":
                return _dropped(http)
            case "garbage":
                return web.Response(text=_GARBAGE, content_type="application/json")
        return response

    async def _answer(
        self, bot: BotAccount, call: Call, uploads: dict[str, Upload]
    ) -> web.Response:
        try:
            result = await self._result(bot, call, uploads)
        except Refused as refused:
            call.outcome = f"{refused.code} {refused.description}"
            return _json(refused.body(), None)
        call.outcome, call.applied = "ok", True
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        return _json({"ok": True}, result)

    async def _result(self, bot: BotAccount, call: Call, uploads: dict[str, Upload]) -> Json:
        if bot.unauthorized:
            raise _UNAUTHORIZED
        if is_limited(call.method):
            self.world.limits.check(
                bot.id, call.params.get("chat_id"), _weight(call), self.world.running_s()
            )
        params = method_check(call.method)(call.params, self.world.complaints)
        method = METHODS.get(call.method)
        if method is None:
            raise bad_request(f"the sandbox does not play the method {call.method}")
        result = method(Request(self.world, bot, params, uploads))
        return await result if inspect.isawaitable(result) else result


def _weight(call: Call) -> int:
    """An album counts as many messages as it has parts."""
    media = call.params.get("media")
    if call.method != "sendMediaGroup" or media is None:
        return 1
    return len(media) if isinstance(media, list) else str(media).count('"type"') or 1


def _json(body: JsonObject, result: Json) -> web.Response:
    """`{"ok": true, "result": ...}`, or a refusal when `body` says so."""
    if body["ok"] is not True:
        return web.Response(
            body=json.dumps(body, ensure_ascii=False).encode(),
            status=body["error_code"],
            content_type="application/json",
        )
    text = result.text if isinstance(result, Raw) else json.dumps(result, ensure_ascii=False)
    return web.Response(
        body=f'{{"ok":true,"result":{text}}}'.encode("utf-8", "surrogatepass"),
        content_type="application/json",
    )


def _instead(http: web.BaseRequest, fault: Fault) -> web.Response | None:
    """What comes instead of everything, None when the call takes place."""
    match fault.kind:
        case "429":
            return _json(too_many(fault.retry_after).body(), None)
        case "5xx":
            return _server_error(fault.code, html=fault.html)
        case "drop_before":
            return _dropped(http)
        case "unauthorized":
            return _json(_UNAUTHORIZED.body(), None)
        case _:
            return None


def _server_error(code: int, *, html: bool) -> web.Response:
    if html:
        return web.Response(text=_BAD_GATEWAY, status=code, content_type="text/html")
    return _json(Refused(code, "Internal Server Error").body(), None)


def _dropped(http: web.BaseRequest) -> web.Response:
    """Close the connection; what is returned never reaches anybody."""
    if http.transport is not None:
        http.transport.abort()
    return web.Response(status=500)


def _away(http: web.BaseRequest, how: str) -> web.Response:
    return _dropped(http) if how == "drop" else _server_error(502, html=True)
