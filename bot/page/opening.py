"""Saying where the page is, and opening it where there is a browser. No screen is no error."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from pathlib import Path


async def open_browser(address: str) -> bool:
    """Whether a browser was asked; never one that draws in the terminal."""
    if sys.platform.startswith("linux") and not _has_screen():
        return False
    try:
        return await asyncio.to_thread(webbrowser.open, address)
    except webbrowser.Error:
        return False


def say_where(address: str, content: Path) -> None:
    """The address alone on the first line, for those who read it by program."""
    print(address, flush=True)
    print(f"content: {content}\nCtrl+C", flush=True)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
