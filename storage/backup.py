"""Making a backup, whether a bot runs on the database or not, and keeping the newest. Putting one back: restore.py.

`VACUUM INTO` reads one moment of the database beside a writer and needs no lock of ours; a copy of the file would
miss its WAL. It blocks for seconds: the running bot does it in a process of its own.
"""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Final, Literal

from storage import archive
from storage.archive import CONTENT, DATABASE, Manifest
from storage.backup_problems import DatabaseDamaged, FolderUnusable, NoRoom
from storage.errors import StorageUnavailable
from storage.sqlite import connect, require_ours, translated

Why = Literal["by-hand", "nightly", "upgrade", "migrate"]

PARTIAL: Final = ".partial"
VERSIONS: Final = ".versions"  # of the content, beside it; each with a note of what it changed
VERSION_NOTE: Final = "change.json"
_NAME: Final = re.compile(r"zabota-([a-z-]+)-(\d{8}T\d{6}Z)\.tar\.gz")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_SPARE: Final = 64 * 1024 * 1024  # left to the bot on a disk that they share
_STALE: Final = timedelta(days=1)  # what a killed backup left behind
_BUSY_MS: Final = 30_000


@dataclass(frozen=True, slots=True)
class Backup:
    """One that stands in a folder; `made_at` is UTC."""

    path: Path
    why: str
    made_at: datetime


def make(
    database: Path,
    folder: Path,
    made_at: datetime,
    *,
    why: Why,
    version: str,
    content: Path | None = None,
    secrets: Path | None = None,
) -> tuple[Backup, Manifest]:
    """Back up into a new file of `folder`; an existing one is never written over.

    `content` is the owner's folder, `secrets` the .env: they go along when given. Raises `DatabaseMissing`,
    `ForeignDatabase`, `NoRoom`, `FolderUnusable`, `DatabaseDamaged`; then no file is left behind.
    """
    database, folder = database.resolve(), folder.resolve()
    require_ours(database)
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear_partial(folder, made_at)
        _require_room(database, folder)
        along = {
            **_files_of(content),
            **({archive.SECRETS: secrets.read_bytes()} if secrets else {}),
        }
        path = _free_name(folder, why, made_at)
        snapshot = path.with_name(path.name + f".{os.getpid()}.db{PARTIAL}")
        packed = path.with_name(path.name + f".{os.getpid()}{PARTIAL}")
        try:
            manifest = _snapshot(database, snapshot, made_at, version, along)
            with _new_file(packed) as out:
                archive.write(out, manifest, snapshot, along)
                out.flush()
                os.fsync(out.fileno())
            _put_in_place(packed, path)
        finally:
            for left in (packed, snapshot, snapshot.with_name(snapshot.name + "-journal")):
                left.unlink(missing_ok=True)
    return Backup(path, why, made_at), manifest


def listing(folder: Path) -> list[Backup]:
    """Backups of a folder by their names, the newest first; a folder that is not there has none."""
    if not folder.is_dir():
        return []
    found = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir()]
    backups = [Backup(path, m[1], _moment(m[2])) for path, m in found if m is not None]
    return sorted(backups, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def keep_newest(folder: Path, why: Why, count: int) -> list[Path]:
    """Delete all but the newest `count` made for this reason; those made for another stay."""
    old = [backup.path for backup in listing(folder) if backup.why == why][max(count, 1) :]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def clear_partial(folder: Path, now: datetime) -> None:
    """Remove what a killed backup left behind a day ago; a younger one may still be written."""
    for path in folder.glob(f"zabota-*{PARTIAL}*"):
        with suppress(FileNotFoundError):
            if now.timestamp() - path.lstat().st_mtime > _STALE.total_seconds():
                path.unlink()


def inspect(database: Path) -> str:
    """What is wrong inside the file, in SQLite's words; "" when nothing is."""
    try:
        with closing(connect(database, _BUSY_MS)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if said != ["ok"]:
        return said[0]
    return "" if broken is None else f"rows of {broken[0]} point nowhere"


def counts(database: Path) -> dict[str, int]:
    """Rows of every table."""
    with closing(connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - a name out of the schema itself
            for (name,) in sorted(tables)
        }


def _snapshot(
    database: Path, copy: Path, made_at: datetime, version: str, along: Mapping[str, bytes]
) -> Manifest:
    _new_file(
        copy
    ).close()  # for the owner's eyes alone; SQLite writes into an empty file that is there
    with translated(), closing(connect(database, _BUSY_MS)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    found = inspect(copy)
    if found:
        raise DatabaseDamaged(database, found)
    with closing(connect(copy)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    with copy.open("rb") as source:
        files = {DATABASE: archive.digest(source)}
    files |= {name: archive.digest(BytesIO(contents)) for name, contents in along.items()}
    return Manifest(made_at, version, str(row[0]), counts(copy), files)


def _files_of(content: Path | None) -> dict[str, bytes]:
    """The content and its last versions by names in the archive; whatever else lies in the folder stays out."""
    if content is None or not content.is_dir():
        return {}
    names = {
        path: path.relative_to(content)
        for path in sorted(content.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    return {
        f"{CONTENT}/{name.as_posix()}": path.read_bytes()
        for path, name in names.items()
        if _is_content(name)
    }


def _is_content(name: Path) -> bool:
    """A .env, a key, a half-written file: none of them goes along with a backup that is to hold no secrets."""
    is_note_of_version = name.parts[0] == VERSIONS and name.name == VERSION_NOTE
    return name.suffix in {".yaml", ".yml"} or is_note_of_version


def _require_room(database: Path, folder: Path) -> None:
    """The copy and the archive stand side by side for a while."""
    wal = database.with_name(database.name + "-wal")
    size = database.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    needed, free = 2 * size + _SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(folder, needed, free)


def _free_name(folder: Path, why: Why, made_at: datetime) -> Path:
    moment = made_at.astimezone(UTC).replace(microsecond=0)
    while True:
        path = folder / f"zabota-{why}-{moment.strftime(_STAMP)}.tar.gz"
        if not path.exists() and not path.is_symlink():
            return path
        moment += timedelta(seconds=1)


def _new_file(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb")


def _put_in_place(packed: Path, path: Path) -> None:
    """A link refuses where a rename would write over what came to stand there meanwhile."""
    try:
        os.link(packed, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if path.exists():
            raise FileExistsError(path) from None
        packed.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was created or renamed in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Raise what the disk or the rights to a folder refuse as a problem for people."""
    try:
        yield
    except StorageUnavailable as error:
        if error.reason == "full":
            raise NoRoom(folder) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(folder) from error
        raise FolderUnusable(folder, error.strerror or type(error).__name__) from error


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
