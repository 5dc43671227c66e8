"""What can be wrong with making a backup or putting one back, each in a sentence that says what to do."""

from pathlib import Path

from storage.errors import StorageProblem

_MB = 1_000_000


class NoRoom(StorageProblem):
    """The disk would be full before the work is done; nothing was begun, or it was cleared away."""

    def __init__(self, folder: Path, needed: int | None = None, free: int | None = None) -> None:
        figures = ""
        if needed is not None and free is not None:
            figures = f" (about {needed // _MB + 1} MB are needed, {free // _MB} MB are free)"
        super().__init__(
            f"There is no room in {folder}{figures}: free some space, or name another."
        )


class FolderUnusable(StorageProblem):
    """The folder for backups cannot be written to."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"The folder {folder} cannot be written to ({why}): check its rights, or name another."
        )


class DatabaseDamaged(StorageProblem):
    """The check found damage: what was copied is thrown away, older backups stay."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"The database {path} is damaged ({found}): no backup was made of it. Keep the older "
            "ones, check the disk, and restore the newest with `zabota restore`."
        )


class BackupDamaged(StorageProblem):
    """Cut off, changed, or no backup at all; nothing was touched."""

    def __init__(
        self, path: Path, why: str = "it is cut off, changed, or no backup of Zabota"
    ) -> None:
        super().__init__(
            f"The backup {path} cannot be used, {why}: take another. Nothing was changed."
        )


class BackupNewer(StorageProblem):
    """Made by a version that knows more revisions than this one."""

    def __init__(self, path: Path, version: str, revision: str) -> None:
        super().__init__(
            f"The backup {path} was made by a newer version ({version}, schema {revision}): install "
            "that version of Zabota first, then restore. Nothing was changed."
        )
