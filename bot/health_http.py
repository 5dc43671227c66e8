"""GET /health over HTTP: 200 or 503 with the report as JSON. What is trouble stands in `bot/health.py`.

Imported only when a port is set: the server half of aiohttp costs time at the start.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.health import USUAL, HealthFigures, HealthReport, as_json
from bot.settings import SettingsProblem
from storage.errors import StorageProblem

_SHUTDOWN_S: Final = 1.0


@asynccontextmanager
async def serve_health(
    host: str,
    port: int,
    report: Callable[[], Awaitable[HealthReport]],
    figures: HealthFigures = USUAL,
) -> AsyncIterator[int]:
    """Answer while the block runs; hands over the port (0 takes a free one).

    Raises SettingsProblem when the port cannot be opened.
    """
    app = web.Application()
    app.router.add_get("/health", _answer(report, figures))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, host, port), host, port)
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _listen(site: web.TCPSite, host: str, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        raise SettingsProblem(
            f"HEALTH_PORT {port} cannot be opened on {host} ({why}): "
            "write another into HEALTH_PORT, or check HEALTH_HOST."
        ) from None


def _answer(
    report: Callable[[], Awaitable[HealthReport]], figures: HealthFigures
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def health(_: web.Request) -> web.StreamResponse:
        try:
            said = as_json(await report(), figures)
        except StorageProblem as problem:
            said = {"status": "trouble", "troubles": [str(problem)], "notices": []}
        return web.json_response(said, status=200 if said["status"] == "ok" else 503)

    return health
