"""Who may ask a server on loopback: programs of this machine and its own pages, no page of elsewhere.

A page of any site can send requests to 127.0.0.1, and by DNS rebinding even under a name of its own.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def from_this_machine(request: web.BaseRequest) -> bool:
    """The request names this machine as its host, and no page of another origin has sent it."""
    host = request.headers.get("Host", "")
    if _name(f"//{host}") not in LOOPBACK:
        return False
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
