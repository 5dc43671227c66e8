"""The page's own server on loopback: files, news, and what the page asks. No page of another origin gets in."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.page.deeds import DEEDS, NotDone
from bot.page.feed import Feed
from bot.page.stage import Stage
from bot.sandbox.doorkeeper import from_this_machine
from bot.socket import SocketProblem

_STATIC: Final = Path(__file__).with_name("static")
_LARGEST_BODY: Final = 48 * 1024 * 1024  # bytes; a film of 30 MB in base64
_HEARTBEAT_S: Final = 15.0
_SHUTDOWN_S: Final = 0.2  # what open pages get when the play is over
_STAGE: Final = web.AppKey("stage", Stage)
_IMPORT_MAP: Final = re.compile(r'<script type="importmap">(.*?)</script>', re.DOTALL)
_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_SHOWN: Final = re.compile(r"(image/(png|jpeg|gif|webp)|audio/[\w.+-]+|video/[\w.+-]+)")
# What a file begins with, for those who sent it without saying what it is.
_MAGIC: Final = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "audio/wav"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(stage: Stage) -> web.Application:
    """The application of one stage."""
    app = web.Application(middlewares=[_guarded], client_max_size=_LARGEST_BODY)
    app[_STAGE] = stage
    app.router.add_get("/", _index)
    app.router.add_get("/events", _events)
    app.router.add_get("/files/{file_id}", _file)
    app.router.add_post("/do/{deed}", _deed)
    app.router.add_route("*", "/control/{rest:.*}", _control)
    app.router.add_get("/static/{path:.+}", _static)
    return app


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not from_this_machine(request):
        raise web.HTTPForbidden(text="This page is for this machine alone.\n")
    return await handler(request)


async def _index(request: web.Request) -> web.Response:
    text = (_STATIC / "index.html").read_text(encoding="utf-8")
    found = _IMPORT_MAP.search(text)
    inline = base64.b64encode(hashlib.sha256((found[1] if found else "").encode()).digest())
    policy = (
        f"default-src 'none'; script-src 'self' 'sha256-{inline.decode()}'; style-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, **_HEADERS}
    return web.Response(text=text, content_type="text/html", headers=headers)


_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def _static(request: web.Request) -> web.Response:
    path = (_STATIC / request.match_info["path"]).resolve()
    if not path.is_file() or _STATIC.resolve() not in path.parents:
        raise web.HTTPNotFound
    kind = _TYPES.get(path.suffix, "font/woff2" if path.suffix == ".woff2" else "text/plain")
    return web.Response(body=path.read_bytes(), content_type=kind, charset=None, headers=_HEADERS)


async def _events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: everything at first, then what changes, at once."""
    stage = request.app[_STAGE]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **_HEADERS})
    await response.prepare(request)
    feed = Feed(stage)
    try:
        while True:
            seen = stage.world.change
            for name, told in feed.news():
                await response.write(f"event: {name}\ndata: {told}\n\n".encode())
            await response.write(b"event: now\ndata: {}\n\n")
            while not await stage.changes_from(seen, _HEARTBEAT_S):
                await response.write(b": still here\n\n")
    except (ConnectionError, asyncio.CancelledError):
        return response


async def _deed(request: web.Request) -> web.Response:
    deed = DEEDS.get(request.match_info["deed"])
    if deed is None:
        raise web.HTTPNotFound
    try:
        return web.json_response(await deed(request.app[_STAGE], await request.json()))
    except (NotDone, SocketProblem) as problem:
        return web.json_response({"error": str(problem)}, status=409)
    except (KeyError, ValueError, TypeError) as wrong:
        return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)


async def _control(request: web.Request) -> web.Response:
    """What people do in Telegram: the sandbox's own control interface."""
    return await request.app[_STAGE].sandbox.control(request)


async def _file(request: web.Request) -> web.Response:
    """A file as a person opens it; what a browser could run is only ever saved."""
    stored = request.app[_STAGE].world.files.get(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound
    kind = stored.mime_type.partition(";")[0] or _sniffed(stored.content)
    headers = {**_HEADERS, "Content-Security-Policy": "sandbox; default-src 'none'"}
    if not _SHOWN.fullmatch(kind):
        kind, headers["Content-Disposition"] = "application/octet-stream", "attachment"
    return web.Response(body=stored.content, content_type=kind, headers=headers)


def _sniffed(content: bytes) -> str:
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")


@asynccontextmanager
async def serve(stage: Stage, port: int) -> AsyncIterator[str]:
    """The page on loopback while inside, port 0 takes a free one; the address."""
    runner = web.AppRunner(make_app(stage), access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()
