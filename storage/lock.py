"""One process writes to a database: the lock file beside it; nothing of SQLite's own locks."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from storage.errors import DatabaseInUse, StorageProblem


class DatabaseLock:
    """Held from `take` to `release`, or until the process is gone, however it ends.

    The file `<database>.lock` stays where it is: deleting it would let two processes each hold a
    lock on a file of the same name.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> Self:
        """Take the lock at once or raise `DatabaseInUse` with the holder's pid."""
        path = database.with_name(database.name + ".lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageProblem(
                f"The lock file {path} cannot be written ({error.strerror}): "
                "check the folder and the rights to it."
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = _pid_in(descriptor)
            os.close(descriptor)
            raise DatabaseInUse(database, pid) from None
        # The pid is a courtesy: on a full disk the lock holds without it.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return cls(descriptor)

    def release(self) -> None:
        """Let the next one in; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.release()


def _pid_in(descriptor: int) -> int | None:
    written = os.pread(descriptor, 32, 0).strip()
    return int(written) if written.isdigit() else None
