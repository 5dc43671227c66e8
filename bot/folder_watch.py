"""Notices that the owner's folder has changed and come to rest; what is in it is judged elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.content import is_content

# A save is several steps, and many files are copied one by one: half of it is nobody's content.
REST: Final = timedelta(seconds=2)

Signature = tuple[tuple[str, int, int, int], ...]


class FolderWatch:
    """Looks at names, sizes and times; `settled` says once that there is something new to read."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], rest: timedelta = REST) -> None:
        """Nothing counts as read yet."""
        self._folder = folder
        self._clock = clock
        self._rest = rest
        self._read: Signature = ()
        self._seen = _signature(folder)
        self._seen_at = clock()

    def settled(self) -> bool:
        """True when something has changed since it was read, and then stayed for a while."""
        now, found = self._clock(), _signature(self._folder)
        if found != self._seen:
            self._seen, self._seen_at = found, now
        if self._seen == self._read or now - self._seen_at < self._rest:
            return False
        self._read = self._seen
        return True

    def reading(self) -> None:
        """Somebody reads the folder now, at rest or not."""
        self._read = self._seen = _signature(self._folder)

    def unread(self) -> None:
        """What was read could not be used: it is new again at the next look."""
        self._read = ()


def _signature(folder: Path) -> Signature:
    """Of all files that count. A file replaced by another has another number."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not is_content(path.relative_to(folder).parts):
            continue
        try:
            stat = path.stat()
        except OSError:  # an editor replaces files under our eyes
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)
