"""The log of erasures: an append-only file beside the database, so that a restored backup forgets again.

The database remembers which lines it has carried out; a backup is older than some of them, and carries those out
when it is opened. People are known by a keyed digest: the file tells nobody who they were, yet finds them in a
database that still has them. A line `{"key": …}` sets the key of the lines that follow, so that two files may be
joined by writing one after the other. The file is no part of a backup, and is never cut.
"""

import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from storage.codec import to_ms
from storage.dialect import insert
from storage.statements import Hot
from storage.tables import erasures

_KEY_BYTES: Final = 32

_KNOWN: Final = Hot(
    select(erasures.c.at).where(
        erasures.c.digest == bindparam("digest"), erasures.c.at == bindparam("at")
    )
)
_DONE: Final = Hot(
    insert(erasures).on_conflict_do_nothing(index_elements=["digest", "at"]), sets=("digest", "at")
)


class Entry(NamedTuple):
    """One line: the key it was made with, whom it is about, when (ms, UTC)."""

    key: bytes
    digest: str
    at: int


def of_telegram(tg_id: int) -> str:
    """How a Telegram user is named before the digest is made."""
    return f"tg:{tg_id}"


def of_phone(phone: str) -> str:
    """The same for a telephone (E.164)."""
    return f"phone:{phone}"


def digest(key: bytes, who: str) -> str:
    """What stands in the file for `who`."""
    return hmac.new(key, who.encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ErasureLog:
    """The file; `new_key` draws the key of a file that does not exist yet."""

    path: Path
    new_key: Callable[[int], bytes] = secrets.token_bytes

    @classmethod
    def beside(cls, database: Path) -> "ErasureLog":
        """The log that belongs to a database file."""
        return cls(database.with_name(f"{database.name}.erasures.jsonl"))

    @classmethod
    def of(cls, conn: Connection) -> "ErasureLog":
        """The log of the database behind an open connection."""
        row = conn.exec_driver_sql("PRAGMA database_list").fetchall()[0]
        return cls.beside(Path(row[2]))

    def write(self, people: Iterable[str], now: datetime) -> list[Entry]:
        """Append a line for each; on the disk when this returns, before the database forgets them."""
        key, at = self._last_key(), to_ms(now)
        lines: list[dict[str, Any]] = []
        if key is None:
            key = self.new_key(_KEY_BYTES)
            lines.append({"key": key.hex()})
        entries = [Entry(key, digest(key, who), at) for who in people]
        lines += [{"who": entry.digest, "at": entry.at} for entry in entries]
        self._append("".join(json.dumps(line) + "\n" for line in lines))
        return entries

    def entries(self) -> Iterator[Entry]:
        """Every line; one that was broken off by a power cut is passed over."""
        key = b""
        for line in self._lines():
            if "key" in line:
                key = bytes.fromhex(line["key"])
            elif key and "who" in line:
                yield Entry(key, str(line["who"]), int(line["at"]))

    def _last_key(self) -> bytes | None:
        keys = [line["key"] for line in self._lines() if "key" in line]
        return bytes.fromhex(keys[-1]) if keys else None

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        for text in self.path.read_text("utf-8").splitlines():
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if isinstance(line, dict):
                yield line

    def _append(self, text: str) -> None:
        fresh = not self.path.exists()
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(file).st_size
            if size and os.pread(file, 1, size - 1) != b"\n":
                text = "\n" + text  # the line before was broken off
            os.write(file, text.encode())
            os.fsync(file)
        finally:
            os.close(file)
        if fresh:
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)


def carried_out(conn: Connection, entries: Iterable[Entry]) -> None:
    """This database has forgotten them."""
    for entry in entries:
        _DONE.run(conn, digest=entry.digest, at=entry.at)


def pending(conn: Connection, log: ErasureLog) -> list[Entry]:
    """Lines of the log that this database has not carried out: it was restored from a backup."""
    return [
        entry
        for entry in log.entries()
        if _KNOWN.row(conn, digest=entry.digest, at=entry.at) is None
    ]
