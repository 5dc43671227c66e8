"""The machine: Python, the rights of .env, time zones, fonts, room on the disk, the service."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.finding import Finding, bad, good, notice

_LEAST_PYTHON: Final = (3, 11)
_LITTLE, _NONE = 500, 50  # MB free
_MB: Final = 1_000_000
_FONTS: Final = ("GolosText-Regular.ttf", "GolosText-Bold.ttf")
_ZONES: Final = ("Europe/Moscow", "Asia/Vladivostok")
_BOOTED: Final = Path("/run/systemd/system")

Ask = Callable[[str, str], str]


def python(version: tuple[int, int, int]) -> Finding:
    """The interpreter is new enough."""
    said = ".".join(map(str, version))
    return (
        good("python.ok", version=said)
        if version >= _LEAST_PYTHON
        else bad("python.old", version=said)
    )


def env_file(path: Path) -> Iterator[Finding]:
    """Nobody else may read the token."""
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield bad("env.open", file=path)


def packaged() -> Iterator[Finding]:
    """What ships with the bot or beside it is there."""
    fonts = files("bot.posters") / "fonts"
    if not all((fonts / name).is_file() for name in _FONTS):
        yield bad("fonts.missing")
    try:
        for zone in _ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        yield bad("zones.missing")


def room(folder: Path) -> Finding:
    """There is room where the database is."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(there).free // _MB
    if free < _NONE:
        return bad("disk.full", free=free, folder=folder)
    return (
        notice("disk.little", free=free, folder=folder)
        if free < _LITTLE
        else good("disk.ok", free=free)
    )


def systemctl(verb: str, unit: str) -> str:
    """One word of systemctl's, "" when it cannot be asked."""
    try:
        done = subprocess.run(  # noqa: S603 - a word of our own and the name of a unit
            ["systemctl", verb, unit],  # noqa: S607 - wherever the system has it
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def service(unit: str, *, booted: bool | None = None, ask: Ask = systemctl) -> Iterator[Finding]:
    """The service is installed, starts with the machine and runs; nothing is said without systemd."""
    if not (_BOOTED.is_dir() if booted is None else booted):
        yield notice("unit.no_systemd")
        return
    enabled, active = ask("is-enabled", unit), ask("is-active", unit)
    if not enabled or enabled == "not-found":
        yield notice("unit.none", unit=unit)
    elif active != "active":
        yield bad("unit.stopped", unit=unit, state=active or "unknown")
    elif enabled != "enabled":
        yield notice("unit.disabled", unit=unit)
    else:
        yield good("unit.ok", unit=unit)
