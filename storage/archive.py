"""The file a backup is: one .tar.gz with a manifest first, and how it is read back. What goes into it: backup.py.

Whatever an archive says is checked while it is unpacked: it may be cut off, damaged or made by somebody else.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, Self

from storage.backup_problems import BackupDamaged

DATABASE: Final = "zabota.db"
CONTENT: Final = "content"
SECRETS: Final = "env"

_MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_PORTION: Final = 1024 * 1024
_MOST_MANIFEST: Final = 16 * 1024 * 1024
_COMPRESSION: Final = 5


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file in the archive must be: bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds. `made_at` is UTC, `counts` are rows by table, `files` are names in the archive."""

    made_at: datetime
    version: str
    schema: str
    counts: Mapping[str, int]
    files: Mapping[str, Digest]

    def as_json(self) -> bytes:
        """As it stands in the archive."""
        said = {"format": _FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, source: bytes) -> Self:
        """Raises ValueError, KeyError or TypeError for what is no manifest of ours."""
        said: dict[str, Any] = json.loads(source)
        if said["format"] != _FORMAT:
            raise ValueError("unknown format")
        made_at = datetime.fromisoformat(said["made_at"])
        if made_at.tzinfo is None:
            raise ValueError("a moment without a zone")
        files = {
            name: Digest(int(d["size"]), str(d["sha256"])) for name, d in said["files"].items()
        }
        if DATABASE not in files or not all(map(_is_inside, files)):
            raise ValueError("files that do not belong here")
        counts = {str(table): int(count) for table, count in said["counts"].items()}
        return cls(made_at, str(said["version"]), str(said["schema"]), counts, files)


def digest(source: IO[bytes]) -> Digest:
    """Of everything that is left in an open file."""
    seen, size = hashlib.sha256(), 0
    while portion := source.read(_PORTION):
        seen.update(portion)
        size += len(portion)
    return Digest(size, seen.hexdigest())


def write(out: IO[bytes], manifest: Manifest, database: Path, along: Mapping[str, bytes]) -> None:
    """Pack the manifest, the database and small files that go along; names as the manifest has them."""
    with (
        gzip.GzipFile("", "wb", _COMPRESSION, out, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add(archive, _MANIFEST, BytesIO(manifest.as_json()), manifest)
        # Small files first: the .env is wanted before it is known where the database belongs.
        for name, contents in sorted(along.items(), key=lambda each: each[0] != SECRETS):
            _add(archive, name, BytesIO(contents), manifest)
        with database.open("rb") as source:
            _add(archive, DATABASE, source, manifest)


def unpack(archive: Path, into: Path) -> Manifest:
    """Unpack a whole and undamaged archive into an empty folder; raises BackupDamaged for any other."""
    with _undamaged(archive), tarfile.open(archive, "r:gz") as packed:
        manifest = _manifest_of(packed)
        left = dict(manifest.files)
        while (member := packed.next()) is not None:
            _unpack_one(packed, member, left.pop(member.name), into)
        if left:
            raise ValueError("files are missing")
    return manifest


def secrets_of(archive: Path) -> bytes | None:
    """The .env that went along; None when it did not. Raises BackupDamaged."""
    with _undamaged(archive), tarfile.open(archive, "r:gz") as packed:
        manifest = _manifest_of(packed)
        member = packed.next()
        if member is None or member.name != SECRETS:
            return None
        found = _opened(packed, member).read()
        if digest(BytesIO(found)) != manifest.files[SECRETS]:
            raise ValueError("another sum")
        return found


@contextmanager
def _undamaged(archive: Path) -> Iterator[None]:
    """Whatever a damaged file makes of our reading is one problem."""
    if not archive.is_file():
        raise BackupDamaged(archive, "there is no such file")
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BackupDamaged(archive) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupDamaged(archive) from error


def _add(archive: tarfile.TarFile, name: str, source: IO[bytes], manifest: Manifest) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = source.seek(0, os.SEEK_END)
    source.seek(0)
    entry.mtime = int(manifest.made_at.timestamp())
    entry.mode = 0o600
    archive.addfile(entry, source)


def _manifest_of(packed: tarfile.TarFile) -> Manifest:
    first = packed.next()
    if first is None or first.name != _MANIFEST or not 0 < first.size <= _MOST_MANIFEST:
        raise ValueError("no manifest")
    return Manifest.read(_opened(packed, first).read())


def _unpack_one(
    packed: tarfile.TarFile, member: tarfile.TarInfo, wanted: Digest, into: Path
) -> None:
    if member.size != wanted.size:
        raise ValueError("another size")
    target = into / member.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source, seen = _opened(packed, member), hashlib.sha256()
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while portion := source.read(_PORTION):
            seen.update(portion)
            out.write(portion)
        out.flush()
        os.fsync(out.fileno())
    if seen.hexdigest() != wanted.sha256:
        raise ValueError("another sum")


def _opened(packed: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Only plain files: a link could lead anywhere."""
    source = packed.extractfile(member) if member.isreg() else None
    if source is None:
        raise ValueError("not a file")
    return source


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    known = name in {DATABASE, SECRETS} or path.parts[:1] == (CONTENT,)
    return known and not path.is_absolute() and ".." not in path.parts and str(path) == name
