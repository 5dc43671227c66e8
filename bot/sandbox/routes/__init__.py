"""The control interface: `/control/...` requests to the functions that answer them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable

from aiohttp import web

from bot.sandbox.acts.act import Impossible
from bot.sandbox.refusals import Refused
from bot.sandbox.routes import chats, groups, machinery, people, queues
from bot.sandbox.routes.asked import Asked, Route
from bot.sandbox.shapes import Json
from bot.sandbox.world import World

# By HTTP method and first part of the path; the rest of the path is the function's.
_ROUTES: dict[tuple[str, str], Route] = {
    **people.ROUTES,
    **groups.ROUTES,
    **chats.ROUTES,
    **queues.ROUTES,
    **machinery.ROUTES,
}


class Routes:
    def __init__(self, world: World, reset: Callable[[], None]) -> None:
        self._world = world
        self._reset = reset

    async def handle(self, http: web.BaseRequest) -> web.Response:
        """400: the request makes no sense; 404: no such thing; 409: a person cannot do that."""
        path = http.path.removeprefix("/control/").strip("/").split("/")
        if (http.method, path[0]) == ("POST", "reset"):
            self._reset()
            return _answer({}, 200)
        route = _ROUTES.get((http.method, path[0]))
        if route is None:
            return _answer({"error": f"no {http.method} {http.path}"}, 404)
        try:
            raw = await http.read()
            body = json.loads(raw) if raw else {}
            result = route(Asked(self._world, path[1:], dict(http.query), body))
            return _answer(await result if inspect.isawaitable(result) else result, 200)
        except Impossible as impossible:
            return _answer({"error": str(impossible)}, 409)
        except Refused as refused:
            return _answer({"error": refused.description}, 409)
        except KeyError as missing:
            return _answer({"error": f"there is no {missing.args[0]}"}, 404)
        except (ValueError, TypeError, IndexError) as wrong:
            return _answer({"error": f"{type(wrong).__name__}: {wrong}"}, 400)


def _answer(result: Json, status: int) -> web.Response:
    if isinstance(result, bytes):
        return web.Response(body=result, content_type="application/octet-stream")
    return web.Response(
        body=json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        status=status,
        content_type="application/json",
    )
