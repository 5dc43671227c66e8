"""The bot as a service while it is updated: systemd's unit, or none at all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from bot.upgrade.running import StepFailed, run

_STARTS_WITHIN_S: Final = 90.0
_LOOK_EVERY_S: Final = 2.0

Status = Callable[[], bool]


class Service(Protocol):
    """What an update does with the running bot."""

    def stop(self) -> None:
        """Ends when it is not running any more."""

    def start(self) -> None:
        """Ends when the bot works; raises StepFailed when it does not."""


class ByHand:
    """Nobody starts it but a person: it has to be stopped before, and is started afterwards."""

    def stop(self) -> None:
        """Nothing runs."""

    def start(self) -> None:
        """The person does."""


class Systemd:
    """A unit; `works` asks the bot itself."""

    def __init__(self, unit: str, folder: Path, works: Status) -> None:
        self._unit = unit
        self._folder = folder
        self._works = works

    def stop(self) -> None:
        self._systemctl("stop")

    def start(self) -> None:
        self._systemctl("start")
        until = time.monotonic() + _STARTS_WITHIN_S
        while not self._works():
            if time.monotonic() > until:
                raise StepFailed(
                    f"the bot does not work after {_STARTS_WITHIN_S:.0f} s: "
                    f"`journalctl -u {self._unit}` says why"
                )
            time.sleep(_LOOK_EVERY_S)

    def _systemctl(self, verb: str) -> None:
        run([*_sudo(), "systemctl", verb, self._unit], self._folder)


def works_in(unit: str, folder: Path) -> bool:
    """Is there a unit of this name, and is it the bot of this folder?"""
    try:
        said = run(["systemctl", "show", "-p", "WorkingDirectory", "--value", unit], folder)
    except StepFailed:
        return False
    return said.strip() == str(folder)


def _sudo() -> Sequence[str]:
    return () if os.geteuid() == 0 else ("sudo",)
