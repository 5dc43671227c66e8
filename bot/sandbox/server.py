"""The sandbox as an HTTP server on loopback: Bot API, files and control under one address."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from bot.clock import PushedClock
from bot.sandbox.api import Api
from bot.sandbox.doorkeeper import from_this_machine
from bot.sandbox.refusals import Refused
from bot.sandbox.routes import Routes
from bot.sandbox.world import World

# Bytes. Uploads of bots end at 50 MB; what is larger is left to its refusal.
_LARGEST_BODY = 64 * 1024 * 1024
# Seconds that open requests get when the sandbox stops.
_SHUTDOWN_S = 0.1


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_BODY
    )


class Sandbox:
    """Telegram on one's own machine. Start it, point a bot at `url`, act through `control`."""

    def __init__(
        self, clock: PushedClock, *, limits: bool = False, seed: int = 0, first_message: int = 1
    ) -> None:
        self._first_message = first_message
        self._clock = clock
        self._limits = limits
        self._seed = seed
        self._runner: web.ServerRunner | None = None
        self._unfollow: Callable[[], None] = lambda: None
        self.url = ""
        self._open_world()

    def _open_world(self) -> None:
        self.world = World(
            self._clock,
            limited=self._limits,
            seed=self._seed,
            first_message=self._first_message,
        )
        self._api = Api(self.world)
        self._routes = Routes(self.world, self.reset)

    def reset(self) -> None:
        """Forget everything and begin anew; the clock goes on."""
        old = self.world
        self._open_world()
        old.was_pushed()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises ValueError for a host that is not loopback."""
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"the sandbox listens on loopback only, not on {host}")
        server = web.Server(self._handle, request_factory=_request, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=_SHUTDOWN_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        taken = self._runner.addresses[0][1]
        self.url = f"http://{host}:{taken}"
        self._unfollow = self._clock.on_push(self._was_pushed)

    def _was_pushed(self) -> None:
        self.world.was_pushed()

    async def stop(self) -> None:
        self._unfollow()
        self.world.release_polls()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def control(self, request: web.BaseRequest) -> web.Response:
        """Answer a `/control/...` request that came by another way than our own port."""
        return await self._routes.handle(request)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if not from_this_machine(request):
            return web.json_response(Refused(403, "Forbidden").body(), status=403)
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path.removeprefix("/bot").rpartition("/")
            return await self._api.handle(request, token, method)
        if path.startswith("/file/bot"):
            return self._file(path.removeprefix("/file/bot"))
        if path.startswith("/control/"):
            return await self._routes.handle(request)
        return web.json_response(Refused(404, "Not Found").body(), status=404)

    def _file(self, rest: str) -> web.Response:
        token, _, path = rest.partition("/")
        stored = self.world.files.at(path)
        if token not in self.world.tokens or stored is None or self.world.away:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")
