"""Whose the files are that one user, often root, writes for another: of whoever had what stood in their place.

What belongs to nobody yet becomes its folder's owner's. Only root can give files away; for anybody else the
owner stays, and only the mode follows.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Rights(NamedTuple):
    """Owner, group, and the mode of what stood there: None when nothing did."""

    uid: int
    gid: int
    mode: int | None


def rights_of(path: Path) -> Rights:
    """Rights of what stands there, else the owner of the nearest folder that does."""
    known = next(each for each in (path, *path.absolute().parents) if each.exists())
    found = known.stat()
    return Rights(
        found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode) if known == path else None
    )


def give(path: Path, rights: Rights) -> None:
    """Make it theirs; the mode stays when none is known."""
    with suppress(PermissionError):
        os.chown(path, rights.uid, rights.gid, follow_symlinks=False)
    if rights.mode is not None:
        path.chmod(rights.mode)


def give_folder(folder: Path, rights: Rights, before: Path | None) -> None:
    """The same for a folder and all in it; files of the one `before` keep their own modes, new ones take its."""
    plain = None if rights.mode is None else rights.mode & 0o666
    give(folder, rights)
    for path in folder.rglob("*"):
        stood = before / path.relative_to(folder) if before is not None else None
        if stood is not None and stood.exists():
            give(path, rights_of(stood))
        else:
            give(path, rights if path.is_dir() else rights._replace(mode=plain))


def make_folder(folder: Path) -> None:
    """Create a folder with all above it that is missing; what is new belongs to the owner of what was there."""
    rights = rights_of(folder)._replace(mode=None)
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in new:
        give(each, rights)
