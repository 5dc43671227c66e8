"""What can be wrong with the database, each in one sentence that says what to do; no SQL here.

Everything here is a state of the world. A mistake of our own code (a broken constraint, a bad
statement) is never one of these: it reaches the caller of that one `fn` as the exception it is.
"""

from pathlib import Path
from typing import Literal

Reason = Literal["full", "locked", "missing", "unlinked", "io", "readonly"]

_ADVICE: dict[Reason, str] = {
    "full": "The disk with the database is full: free some space, work goes on by itself.",
    "locked": (
        "Another program holds the database: close whatever has it open "
        "(a database browser, a copy in progress), work goes on by itself."
    ),
    "missing": "The database file cannot be opened: put it back in its place and start again.",
    "unlinked": (
        "The database file was deleted, moved or replaced while it was in use: "
        "stop, put the file back in its place and start again."
    ),
    "io": "The disk failed to read or write the database: check the disk and the system's log.",
    "readonly": (
        "The database cannot be written to: check the rights to the file and its folder, "
        "and that the disk is not mounted read-only."
    ),
}


class StorageProblem(Exception):
    """A fault outside our code; `str()` is one sentence for a person, with what to do."""


class StorageUnavailable(StorageProblem):
    """Nothing can be written (or read) now; nothing was changed, trying again is safe."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(_ADVICE[reason])
        self.reason: Reason = reason


class Unlinked(StorageUnavailable):
    """The open file is no longer the one at the path: what is written would go nowhere."""

    def __init__(self) -> None:
        super().__init__("unlinked")


class UnsupportedDatabase(StorageProblem):
    """The address names something that is not an SQLite file."""


class DatabaseMissing(StorageProblem):
    """No file at the path; it is never created by the way."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no database at {path}: create it with `zabota migrate`.")


class DatabaseExists(StorageProblem):
    """Creating was asked for where a file already is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There already is a file at {path}: it is left as it was.")


class ForeignDatabase(StorageProblem):
    """The file is there and is not ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The file {path} is not a database of Zabota: check DATABASE_URL, "
            "it is left as it was."
        )


class SchemaOutdated(StorageProblem):
    """The database was made by an older version."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database {path} was made by an older version: run `zabota migrate` first."
        )


class SchemaNewer(StorageProblem):
    """The database has a revision this code does not know."""

    def __init__(self, path: Path, revision: str) -> None:
        super().__init__(
            f"The database {path} was made by a newer version (schema {revision}): "
            "install that version of Zabota, or restore a backup made by this one."
        )


class DatabaseInUse(StorageProblem):
    """Another process holds the lock of this database."""

    def __init__(self, path: Path, pid: int | None) -> None:
        holder = "another process" if pid is None else f"process {pid}"
        super().__init__(
            f"The database {path} is in use by {holder} (a second bot?): stop that one first."
        )
        self.pid = pid


class DatabaseClosed(StorageProblem):
    """Work was handed over after the database was told to close."""

    def __init__(self) -> None:
        super().__init__("The database is being closed: nothing more can be written.")


class MigrationRefused(StorageProblem):
    """A migration would leave rows that point nowhere; it was undone as a whole."""

    def __init__(self, path: Path, tables: list[str]) -> None:
        super().__init__(
            f"The database {path} was not migrated and is as it was: rows of "
            f"{', '.join(tables)} would point at rows that do not exist."
        )
