"""Putting a backup in the place of the database: everything is proved on a copy before anything is moved.

What stood there is kept aside under another name, never written over. What a restored database may do again is
decided in after_restore.py.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from storage import after_restore, migrate
from storage.after_restore import SetAside
from storage.archive import CONTENT, DATABASE, Manifest, unpack
from storage.backup import counts, inspect, sync_folder, writable
from storage.backup_problems import BackupDamaged, BackupNewer, NoRoom
from storage.erasures import ErasureLog
from storage.errors import ForeignDatabase
from storage.lock import DatabaseLock
from storage.migrate import MIGRATIONS
from storage.ownership import Rights, give, give_folder, make_folder, rights_of
from storage.sqlite import require_ours, translated, truncate_wal, writer_engine

_SPARE: Final = 64 * 1024 * 1024
_COMPANIONS: Final = ("", "-wal", "-shm", "-journal")

Erase = Callable[[Connection, datetime], int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. `kept` and `content_kept` are what stood there before, None when nothing did.

    `content` is the folder that was written, None when the archive holds none or it was left alone;
    `erased` counts erasures that came after the backup and were made again.
    """

    manifest: Manifest
    aside: SetAside
    erased: int
    kept: Path | None
    content: Path | None
    content_kept: Path | None


@dataclass(frozen=True, slots=True)
class Where:
    """Where things belong on this machine. `content` is written when nothing is there; `content_too` puts
    the backup's in the place of one that is."""

    database: Path
    content: Path | None = None
    content_too: bool = False


def restore(
    archive: Path, where: Where, now: datetime, *, erase: Erase, migrations: Path = MIGRATIONS
) -> Restored:
    """Restore a backup; `erase(conn, since)` makes the erasures after a moment again and counts them.

    Raises `BackupDamaged`, `BackupNewer`, `DatabaseInUse`, `NoRoom`: then everything is as it was.
    """
    database = where.database.resolve()
    with writable(database.parent):
        make_folder(database.parent)
        rights = rights_of(database)
        _require_room(archive, database.parent)
        with DatabaseLock.take(database), _staging(database) as staging:
            manifest = unpack(archive, staging)
            staged = staging / DATABASE
            _prove(archive, staged, manifest, migrations)
            migrate.upgrade(staged, migrations)
            aside, erased = _settle(staged, manifest.made_at, now, erase)
            kept = _move_aside(database, now)
            staged.rename(database)
            _give_database(database, rights)
            sync_folder(database.parent)
            content, content_kept = _content(staging / CONTENT, where, now)
    return Restored(manifest, aside, erased, kept, content, content_kept)


@contextmanager
def _staging(database: Path) -> Iterator[Path]:
    """Beside the database, so that the last step is a rename."""
    name = tempfile.mkdtemp(prefix=f"{database.name}.restoring-", dir=database.parent)
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


def _require_room(archive: Path, folder: Path) -> None:
    """A first guess; whatever does not fit after all is cleared away."""
    if not archive.is_file():
        raise BackupDamaged(archive, "there is no such file")
    needed, free = 2 * archive.stat().st_size + _SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(folder, needed, free)


def _prove(archive: Path, staged: Path, manifest: Manifest, migrations: Path) -> None:
    try:
        require_ours(staged)
    except ForeignDatabase:
        raise BackupDamaged(archive, "what is in it is not a database of Zabota") from None
    if manifest.schema not in migrate.revisions(migrations):
        raise BackupNewer(archive, manifest.version, manifest.schema)
    found = inspect(staged)
    if found:
        raise BackupDamaged(archive, f"the database in it is damaged ({found})")
    if migrate.current(staged) != manifest.schema or counts(staged) != dict(manifest.counts):
        raise BackupDamaged(archive, "the database in it is not the one that was backed up")


def _settle(staged: Path, made_at: datetime, now: datetime, erase: Erase) -> tuple[SetAside, int]:
    engine = writer_engine(staged)
    try:
        with translated(), engine.begin() as connection:
            aside = after_restore.settle(connection, made_at, now)
            erased = erase(connection, made_at)
    finally:
        engine.dispose()
    truncate_wal(staged)
    with staged.open("rb+") as file:
        os.fsync(file.fileno())
    return aside, erased


def _move_aside(database: Path, now: datetime) -> Path | None:
    """The file with its WAL: together they are what stood there."""
    if not any(_beside(database, suffix).exists() for suffix in _COMPANIONS):
        return None
    kept = _free(database.with_name(f"{database.name}.{_stamp(now)}"))
    for suffix in _COMPANIONS:
        companion = _beside(database, suffix)
        if companion.exists():
            companion.rename(_beside(kept, suffix))
    return kept


def _give_database(database: Path, rights: Rights) -> None:
    """With what is written beside it: the bot has to open each of them."""
    give(database, rights)
    for beside in (_beside(database, ".lock"), ErasureLog.beside(database).path):
        if beside.exists():
            give(beside, rights._replace(mode=None))


def _content(found: Path, where: Where, now: datetime) -> tuple[Path | None, Path | None]:
    target = where.content
    if target is None or not found.is_dir():
        return None, None
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        rights = rights_of(target)
        shutil.copytree(found, target, dirs_exist_ok=True)
        give_folder(target, rights, None)
        return target, None
    if not where.content_too:
        return None, None
    kept = _free(target.with_name(f"{target.name}.{_stamp(now)}"))
    target.rename(kept)
    shutil.copytree(found, target)
    give_folder(target, rights_of(kept), kept)
    return target, kept


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _free(path: Path) -> Path:
    names = (path if n == 1 else path.with_name(f"{path.name}-{n}") for n in range(1, 1000))
    return next(name for name in names if not name.exists())


def _stamp(now: datetime) -> str:
    return f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
