"""From one schema to the next: Alembic over the revisions in `migrations/`; no rows are read here.

Revision files are named `0001_what_it_does.py` with `revision = "0001"`, one after another, so
that opening a database needs no Alembic: importing it costs a third of a second.
"""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from storage.errors import (
    DatabaseExists,
    MigrationRefused,
    SchemaNewer,
    SchemaOutdated,
    StorageProblem,
)
from storage.lock import DatabaseLock
from storage.sqlite import (
    APPLICATION_ID,
    connect,
    path_of,
    require_ours,
    translated,
    watch,
    writer_engine,
)

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).with_name("migrations")


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """Every revision this code knows, oldest first, read off the file names."""
    files = (migrations / "versions").glob("[0-9]*_*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def head(migrations: Path = MIGRATIONS) -> str:
    """The revision a database must have to be opened."""
    return revisions(migrations)[-1]


def current(url_or_path: str | Path) -> str | None:
    """The revision the database has; None when it never was migrated."""
    with translated(), closing(connect(path_of(url_or_path))) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if known.fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def require_head(path: Path, migrations: Path = MIGRATIONS) -> None:
    """Raise `SchemaOutdated` or `SchemaNewer` unless the database is at head."""
    found = current(path)
    known = revisions(migrations)
    if found is None or found in known[:-1]:
        raise SchemaOutdated(path)
    if found not in known:
        raise SchemaNewer(path, found)


def create(url_or_path: str | Path, migrations: Path = MIGRATIONS) -> None:
    """Make a new database at head, complete or not at all.

    Raises `DatabaseExists` when the file, or the WAL of one that is gone, stands there: SQLite
    would play such a WAL into the new file.
    """
    path = path_of(url_or_path)
    _require_free(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with DatabaseLock.take(path):
            _require_free(path)
            _build(path, migrations)
    except PermissionError:
        raise StorageProblem(
            f"The database {path} cannot be created: the folder may not be written to."
        ) from None


def upgrade(
    url_or_path: str | Path,
    migrations: Path = MIGRATIONS,
    *,
    on_progress: Callable[[], None] | None = None,
) -> None:
    """Bring an existing database to head in one transaction: all of it, or it is as it was.

    `on_progress` is called again and again while SQLite works on a big table.
    Raises `DatabaseInUse` while a bot runs on it, `SchemaNewer`, `MigrationRefused`.
    """
    path = path_of(url_or_path)
    require_ours(path)
    with DatabaseLock.take(path):
        try:
            require_head(path, migrations)
        except SchemaOutdated:
            _run(path, migrations, on_progress)


def alembic_config(migrations: Path = MIGRATIONS) -> "Config":
    """Alembic's settings, which need no file of their own."""
    from alembic.config import Config  # noqa: PLC0415  (a third of a second at every start)

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _require_free(path: Path) -> None:
    for taken in (path, path.with_name(path.name + "-wal")):
        if taken.exists():
            raise DatabaseExists(taken)


def _build(path: Path, migrations: Path) -> None:
    building = path.with_name(path.name + ".new")
    for suffix in ("", "-wal", "-shm", "-journal"):
        building.with_name(building.name + suffix).unlink(missing_ok=True)
    # Customers' words are inside: for the owner's eyes only. SQLite gives the WAL the same rights.
    os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with translated(), closing(connect(building)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _run(building, migrations)
    except BaseException:
        building.unlink(missing_ok=True)
        raise
    building.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _run(path: Path, migrations: Path, on_progress: Callable[[], None] | None = None) -> None:
    from alembic import command  # noqa: PLC0415  (a third of a second at every start)

    # With foreign keys on, Alembic's "copy, drop, rename" would delete the rows of children.
    engine = writer_engine(path, foreign_keys=False)
    try:
        with translated(), engine.begin() as connection:
            if on_progress is not None:
                watch(connection, on_progress)
            config = alembic_config(migrations)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _require_sound(connection, path)
    finally:
        engine.dispose()


def _require_sound(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise MigrationRefused(path, sorted({row[0] for row in broken}))
