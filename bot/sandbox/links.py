"""Which addresses Telegram takes in links and buttons, and how it writes them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(//)?", re.ASCII)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}|(\d{1,3}\.){3}\d{1,3}")


def checked_link(address: str) -> str | None:
    """The address in full (`http://` added, a bare host ends with a slash) or None if wrong."""
    address = address.strip()
    if not address or any(letter.isspace() for letter in address):
        return None
    match = _SCHEME.match(address)
    scheme = match[1].lower() if match and match[2] else ""
    if scheme in ("tg", "ton", "tonsite"):
        return address
    if scheme not in ("", "http", "https"):
        return None
    try:
        parts = urlsplit(address if scheme else f"http://{address}")
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if not _HOST.fullmatch(host):
        return None
    whole = parts.geturl()
    return whole if parts.path or parts.query or parts.fragment else whole + "/"
