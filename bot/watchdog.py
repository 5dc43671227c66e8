"""Says to systemd that the bot is ready and alive, as sd_notify(3) has it; without systemd nothing is said."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

_LATE_S: Final = 30.0  # a tick that is so late is no sign of life
_MICROSECONDS: Final = 1_000_000


class Watchdog:
    """`environment` holds NOTIFY_SOCKET, and WATCHDOG_USEC where signs of life are wanted."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        wanted = environment.get("WATCHDOG_USEC", "")
        self._every_s = int(wanted) / _MICROSECONDS / 3 if wanted.isdigit() else 0.0

    def ready(self) -> None:
        """The bot works from now on."""
        self._say("READY=1")

    def stopping(self) -> None:
        """It was told to stop and finishes what is in hand."""
        self._say("STOPPING=1")

    async def watch(self, tick_age: Callable[[], float | None]) -> None:
        """Give a sign of life as long as the bot ticks (`tick_age` in seconds), until cancelled."""
        if not self._address or not self._every_s:
            return
        while True:
            age = tick_age()
            if age is not None and age < _LATE_S:
                self._say("WATCHDOG=1")
            await asyncio.sleep(self._every_s)

    def _say(self, state: str) -> None:
        if not self._address:
            return
        # "@" stands for the zero byte of the abstract namespace.
        address = self._address.replace("@", "\0", 1)
        # Whoever cannot be told will find out by the silence.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.settimeout(0)  # a full queue is no reason to wait
            out.sendto(state.encode(), address)
