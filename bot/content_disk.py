"""The owner's folder as the bot writes it: whole or not at all, with the last versions beside it.

A change stands complete in `.versions/` before the first file is touched; then each file takes its place by a
rename, which needs no room and cannot stop half-way. Killed in between, the next look finishes the change.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from errno import EACCES, EDQUOT, ENOSPC, ENOTDIR, EPERM, EROFS
from pathlib import Path
from typing import Any, Final

import structlog

from flows.content_work import Hindrance
from flows.yaml_source import MOST_BYTES
from storage.backup import VERSION_NOTE, VERSIONS

_log = structlog.get_logger(__name__)

_UNFINISHED: Final = ".tmp-"
_FULL: Final = (ENOSPC, EDQUOT)
_FORBIDDEN: Final = (EACCES, EPERM, EROFS, ENOTDIR)


class HinderedError(Exception):
    """The folder cannot be read or written as asked; `why` is for the person, and nothing was changed."""

    def __init__(self, why: Hindrance) -> None:
        super().__init__(why.value)
        self.why = why


class ContentFolder:
    """One folder; `keep` is how many versions stay. Blocking: call it off the event loop, one call at a time."""

    def __init__(self, path: Path, keep: int) -> None:
        self.path = path
        self._keep = keep

    # ---- reading

    def read(self) -> dict[str, bytes]:
        """The content's files by their name below the folder, as they are on disk."""
        self.finish()
        if not self.path.is_dir():
            raise HinderedError(Hindrance.NO_FOLDER)
        with told():
            return {name: _bytes(file) for name, file in _yaml_files(self.path)}

    # ---- writing

    def write(
        self,
        key: str,
        at: datetime,
        seen: Mapping[str, bytes],
        changed: Mapping[str, bytes | None],
    ) -> None:
        """Write files (None: taken away) as one change. HinderedError when the folder is not as `seen`."""
        if self.knows(key):
            self.finish()
            return
        with told():
            if self.read() != dict(seen):
                raise HinderedError(Hindrance.CHANGED)
            staged = self._staged(key, at, seen, changed)
            self._apply(staged)
            self._forget_old()

    def undo(self, key: str) -> dict[str, bytes | None]:
        """What the files of that change were before it; HinderedError when they were changed since."""
        version = self._version(key)
        if version is None:
            raise HinderedError(Hindrance.GONE)
        with told():
            before: dict[str, bytes | None] = {}
            for name, sha in _manifest(version)["after"].items():
                if _sha(_bytes_or_none(self.path / name)) != sha:
                    raise HinderedError(Hindrance.CHANGED)
                before[name] = _bytes_or_none(version / "before" / name)
            return before

    def knows(self, key: str) -> bool:
        """A change with this key was begun, and so it is done or will be finished."""
        return self._version(key) is not None

    def finish(self) -> None:
        """Complete a change that a dead process has left half-way; what somebody has edited since stays."""
        for version in self._versions():
            if (version / "after").is_dir():
                with told():
                    self._apply(version)
        for rest in self._root.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(rest, ignore_errors=True)

    # ---- inside

    @property
    def _root(self) -> Path:
        return self.path / VERSIONS

    def _versions(self) -> list[Path]:
        """The oldest first."""
        return sorted(p for p in self._root.glob("[0-9]*") if (p / VERSION_NOTE).is_file())

    def _version(self, key: str) -> Path | None:
        return next((v for v in self._versions() if _manifest(v)["key"] == key), None)

    def _staged(
        self,
        key: str,
        at: datetime,
        seen: Mapping[str, bytes],
        changed: Mapping[str, bytes | None],
    ) -> Path:
        making = self._root / f"{_UNFINISHED}{key}"
        shutil.rmtree(making, ignore_errors=True)
        try:
            for name, content in changed.items():
                if name in seen:
                    _write(making / "before" / name, seen[name])
                if content is not None:
                    _write(making / "after" / name, content)
            (making / "after").mkdir(parents=True, exist_ok=True)
            after = {name: _sha(content) for name, content in changed.items()}
            _write(making / VERSION_NOTE, json.dumps({"key": key, "after": after}).encode())
            staged = self._root / f"{at:%Y%m%d-%H%M%S-%f}-{key}"
            making.rename(staged)
            _sync(self._root)
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
            raise
        return staged

    def _apply(self, version: Path) -> None:
        for name, sha in _manifest(version)["after"].items():
            new, target = version / "after" / name, self.path / name
            before = _bytes_or_none(version / "before" / name)
            if _sha(_bytes_or_none(target)) == sha:
                continue  # in its place already
            if _bytes_or_none(target) != before:
                _log.warning("content_edited_meanwhile", file=name)
            elif sha == "":
                target.unlink(missing_ok=True)
                _sync(target.parent)
            elif new.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                new.replace(target)
                _sync(target.parent)
        shutil.rmtree(version / "after")

    def _forget_old(self) -> None:
        for version in self._versions()[: -self._keep]:
            shutil.rmtree(version, ignore_errors=True)


def finish_change(folder: Path) -> None:
    """At start: a change that was begun before a kill is whole before the folder is read."""
    try:
        ContentFolder(folder, keep=1).finish()
    except (HinderedError, OSError) as error:
        _log.error("content_change_cannot_be_finished", reason=str(error))


def _yaml_files(folder: Path, under: str = "") -> Iterator[tuple[str, Path]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _yaml_files(entry, f"{under}{entry.name}/")
        elif entry.suffix in (".yaml", ".yml"):
            yield f"{under}{entry.name}", entry


def _manifest(version: Path) -> dict[str, Any]:
    return dict(json.loads((version / VERSION_NOTE).read_bytes()))


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _bytes_or_none(file: Path) -> bytes | None:
    return _bytes(file) if file.is_file() else None


def _sha(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    _sync(file.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def told() -> Iterator[None]:
    """What the disk says, as a reason a person can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise HinderedError(Hindrance.DISK_FULL) from error
        if error.errno in _FORBIDDEN:
            raise HinderedError(Hindrance.READ_ONLY) from error
        raise
