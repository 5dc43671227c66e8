"""The bot's files: whose they are, and copies that a restore has left. Read only; nothing is moved or given away."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, bad, notice

_COMPANIONS: Final = ("", "-wal", "-shm", ".lock", ".erasures.jsonl")
_STAMP: Final = re.compile(r"\.before-restore-(\d{8}T\d{6}Z)(?:-\d+)?$")
_SHOWN: Final = 3

OwnerOf = Callable[[Path], int]


def _owner(path: Path) -> int:
    return path.lstat().st_uid


def ownership(
    database: Path, content: Path | None, env_file: Path, owner_of: OwnerOf = _owner
) -> Iterator[Finding]:
    """All of them belong to one user, the one who has the folder of the database: as him the bot opens them."""
    if not database.parent.is_dir():
        return
    owner = owner_of(database.parent)
    foreign = [path for path in _files(database, content, env_file) if owner_of(path) != owner]
    if foreign:
        more = f" (+{len(foreign) - _SHOWN})" if len(foreign) > _SHOWN else ""
        shown = ", ".join(map(str, foreign[:_SHOWN])) + more
        places = " ".join(map(str, dict.fromkeys(_place(path, content) for path in foreign)))
        yield bad("files.foreign", files=shown, owner=_name(owner), places=places)


def left_by_restores(database: Path, now: datetime) -> Iterator[Finding]:
    """Whole databases beside the one in use: they still hold people who were erased from it."""
    for path in sorted(database.parent.glob(f"{database.name}.restoring-*")):
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        yield bad("copies.half", path=path, days=(now - since).days)
    for path in sorted(database.parent.glob(f"{database.name}.before-restore-*")):
        stamp = _STAMP.search(path.name)
        if stamp is not None:  # the others are its WAL
            since = datetime.strptime(stamp[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            yield notice("copies.before", path=path, days=(now - since).days)


def _files(database: Path, content: Path | None, env_file: Path) -> Iterator[Path]:
    beside = (database.with_name(database.name + suffix) for suffix in _COMPANIONS)
    yield from (path for path in (env_file, *beside) if path.exists())
    if content is not None and content.is_dir():
        yield content
        for folder, folders, names in os.walk(content):
            yield from (Path(folder, name) for name in sorted((*folders, *names)))


def _place(path: Path, content: Path | None) -> Path:
    return content if content is not None and path.is_relative_to(content) else path


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
