"""Opening the page in a browser, where there is one. A machine without a screen is not an error."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser


async def open_browser(address: str) -> bool:
    """Whether a browser was asked; never one that draws in the terminal."""
    if sys.platform.startswith("linux") and not _has_screen():
        return False
    try:
        return await asyncio.to_thread(webbrowser.open, address)
    except webbrowser.Error:
        return False


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
